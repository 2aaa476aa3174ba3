"""The calendar of a month: what lies in it, and the way to the months before and after."""

from __future__ import annotations

from calendar import Calendar
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from flask import request, url_for

from cmcore.api import Authority, NotFound, Period, Work, authority_for, calendar_entries, count, local
from cmcore_staffordshire.console.events.parts import on_in
from cmcore_staffordshire.events import planning
from cmcore_staffordshire.events.queries import between
from cmcore_staffordshire.events.records import AHEAD, CulturalEvent
from console.api import Page, expose, needs, work

_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
#: So far back and ahead months can be turned: the calendar is of two years, and the past stays.
_YEARS = 10


@dataclass(frozen=True)
class _Day:
    number: int
    weekday: str
    month: str
    inside: bool
    today: bool
    entries: list[tuple[str, str, str]]


class StaffordshireCalendar(Page):
    """The calendar as a month."""

    route_base = "/staffordshire-calendar"
    about = (
        "The events of a month, and what other parts of the console put into the calendar. The same stands in your own "
        "calendar, once you give it an address to read; there a title in which a name stands is left out."
    )

    @expose("/")
    @needs("staffordshire_event.see")
    def index(self) -> Any:
        """This month, or the one the address names."""
        here = work()
        authority = _authority(here)
        first = _month(request.args.get("month", ""), here.today)
        last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
        found = _entries(here, authority, Period(first, last))
        weeks = [
            [_day(on, first, here.today, found.get(on, [])) for on in week]
            for week in Calendar().monthdatescalendar(first.year, first.month)
        ]
        many = sum(len(each) for each in found.values())
        acts = [("In your own calendar", url_for("Calendar.index"), False)] if here.may("calendar_feed.see") else []
        if here.may("staffordshire_event.add", authority.id):
            acts.append(("Add an event", url_for("StaffordshireEvents.add"), True))
        before, after = first - timedelta(days=1), last + timedelta(days=1)
        return self.show_page(
            "cm/month.html",
            title=f"Events, {first:%B %Y}",
            heading=f"{first:%B %Y}",
            under=f"{count(many, 'entry', 'entries')} this month." if many else "Nothing this month.",
            weekdays=[(name[:3], name) for name in _DAYS],
            weeks=weeks,
            any=bool(many),
            acts=acts,
            views=_views(here),
            turns=[
                (f"{each:%B %Y}", url_for("StaffordshireCalendar.index", month=f"{each:%Y-%m}", **_of(here, authority)))
                for each in (before, after)
                if abs(each.year - here.today.year) <= _YEARS
            ],
            empty="No events this month. Turn to another, or look at the list.",
            about=self.about,
            crumbs=(),
        )


def _views(here: Work) -> list[tuple[str, str, bool]]:
    made = [
        ("Month", url_for("StaffordshireCalendar.index"), True),
        ("List", url_for("StaffordshireEvents.list", which="ahead"), False),
    ]
    if here.may("staffordshire_booking.see"):
        made.append(("Places", url_for("StaffordshireBookings.list"), False))
    if here.may("staffordshire_wish.see"):
        made.append(("Wishes", url_for("StaffordshireWishes.list"), False))
    if here.may("staffordshire_booking.invite"):
        made.append(("Without an award", url_for("StaffordshireWithoutAward.list"), False))
    return made


def _authority(here: Work) -> Authority:
    known = on_in(here)
    if not known:
        raise NotFound(CulturalEvent.words[0])
    asked = request.args.get("authority_id", "")
    return authority_for(here, next((each for each in known if str(each) == asked), known[0]))


def _of(here: Work, authority: Authority) -> dict[str, Any]:
    """The authority in the address, where there are several."""
    return {"authority_id": authority.id} if len(on_in(here)) > 1 else {}


def _month(asked: str, today: date) -> date:
    """The first day of the month the address names; of this one where it names none."""
    year, _, month = asked.partition("-")
    known = year.isdecimal() and month.isdecimal() and len(asked) <= len("2026-11")
    if known and 1 <= int(month) <= 12 and abs(int(year) - today.year) <= _YEARS:
        return date(int(year), int(month), 1)
    return today.replace(day=1)


def _entries(here: Work, authority: Authority, period: Period) -> dict[date, list[tuple[str, str, str]]]:
    """What lies on each day: words, where it leads, and a line about it."""
    own = {event.id: event for event in between(here, authority, period)}
    found: dict[date, list[tuple[str, str, str]]] = {}
    for entry in calendar_entries(here, authority, period):
        at = f"{local(entry.starts_at):%H:%M}" if isinstance(entry.starts_at, datetime) else ""
        about = [at, entry.place]
        event = own.get(entry.record_id) if entry.kind == "staffordshire_event" else None
        if event is not None:
            free = planning.places(event) if event.state in AHEAD else ""
            about.append(f"{free} free" if free else event.state_label)
        elif entry.source:
            about.append(entry.source)
        found.setdefault(entry.on, []).append((entry.title, entry.path, " · ".join(part for part in about if part)))
    return found


def _day(on: date, first: date, today: date, entries: list[tuple[str, str, str]]) -> _Day:
    return _Day(on.day, _DAYS[on.weekday()], f"{on:%B}", on.month == first.month, on == today, entries)
