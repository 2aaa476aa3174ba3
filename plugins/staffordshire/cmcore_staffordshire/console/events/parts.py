"""What the pages of events share: the way back to the calendar, and how an event and a place stand in a cell."""

from __future__ import annotations

from typing import Any

from flask import url_for

from cmcore.api import Work, day, local
from cmcore_staffordshire.events.queries import PLUGIN
from cmcore_staffordshire.events.records import CulturalEvent, EventBooking
from cmcore_staffordshire.events.words import Standing
from console.api import State, Sub

#: What the calendar is called in the menu and on the way to each page.
CALENDAR = "Events"
#: What of a young person is loaded with each row.
OF_PERSON = ["young_person.ref", "young_person.family_name"]
_MARKS = {
    Standing.invited: ("none", "ring"),
    Standing.waiting: ("warn", "bars"),
    Standing.booked: ("plain", "tick"),
    Standing.declined: ("none", "bars"),
    Standing.cancelled: ("none", "bars"),
}


class OnTheCalendar:
    """A page class that is reached from the calendar: the way to it, and links above its list."""

    def crumbs_before(self, record: Any) -> list[tuple[str, str]]:
        """The calendar stands before the list."""
        return [(CALENDAR, url_for("StaffordshireCalendar.index"))]

    def list_acts(self, work: Work) -> list[tuple[str, str]]:
        """The other ways of looking at events."""
        known = [
            ("Month", "StaffordshireCalendar.index", "staffordshire_event.see"),
            ("Places", "StaffordshireBookings.list", "staffordshire_booking.see"),
            ("Wishes", "StaffordshireWishes.list", "staffordshire_wish.see"),
            ("Without an award", "StaffordshireWithoutAward.list", "staffordshire_booking.invite"),
        ]
        return [(words, url_for(there)) for words, there, act in known if work.may(act)]


def when_and_where(event: CulturalEvent) -> str:
    """Day, times and place in a line."""
    start, end = local(event.starts_at), local(event.ends_at)
    until = f"{end:%H:%M}" if end.date() == start.date() else f"{day(end.date())}, {end:%H:%M}"
    return f"{day(start.date())}, {start:%H:%M} to {until} · {event.place}"


def stands(booking: EventBooking) -> Any:
    """How somebody stands to an event, and whether they came."""
    if booking.came is not None:
        return State("Came", "ok", "tick") if booking.came else State("Did not come", "none", "bars")
    look, mark = _MARKS.get(Standing(booking.standing), ("none", "ring"))
    return State(Standing.say(booking.standing), look, mark)


def event_of_row(booking: EventBooking) -> Any:
    """The event of a booking, with its day."""
    return Sub(booking.event.title, day(booking.event.on))


def on_in(work: Work) -> list[int]:
    """The authorities within reach in which the plugin is on."""
    reached = sorted(work.scope.authorities) if work.scope else []
    return [each for each in reached if work.plugin_is_on(PLUGIN, each)]
