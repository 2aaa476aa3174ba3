"""A calendar as programs read it (iCalendar, RFC 5545): days and times, right across clock changes, and a few words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from icalendar import Calendar, Event

#: How often a calendar is asked to look again.
LOOK_AGAIN = timedelta(hours=1)


@dataclass(frozen=True)
class Entry:
    """One thing in a calendar: from when to when, or a whole day; its words, where, and the page it leads to."""

    key: str
    starts: datetime | date
    ends: datetime | None
    title: str
    where: str = ""
    address: str = ""


def calendar_file(entries: Iterable[Entry], made_at: datetime) -> bytes:
    """The entries as an iCalendar file. Times are written in UTC, so that no zone has to be known to read them."""
    made = Calendar()
    made.add("prodid", "-//Creative mentoring//Calendar//EN")
    made.add("version", "2.0")
    made.add("calscale", "GREGORIAN")
    made.add("method", "PUBLISH")
    made.add("x-wr-calname", "Creative mentoring")
    made.add("refresh-interval", LOOK_AGAIN, parameters={"VALUE": "DURATION"})
    made.add("x-published-ttl", "PT1H")
    for each in entries:
        made.add_component(_event(each, made_at))
    return bytes(made.to_ical())


def _event(entry: Entry, made_at: datetime) -> Event:
    event = Event()
    event.add("uid", entry.key)
    event.add("dtstamp", made_at)
    event.add("dtstart", entry.starts)
    if entry.ends is not None:
        event.add("dtend", entry.ends)
    elif not isinstance(entry.starts, datetime):
        event.add("dtend", entry.starts + timedelta(days=1))
    event.add("summary", entry.title)
    # Shown as busy by nobody but whoever reads the feed.
    event.add("class", "PRIVATE")
    event.add("transp", "OPAQUE" if entry.ends is not None else "TRANSPARENT")
    if entry.where:
        event.add("location", entry.where)
    if entry.address:
        event.add("url", entry.address)
    return event
