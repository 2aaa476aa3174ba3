"""Attendance on a phone: everybody with a place, one tap each, and somebody who came without one."""

from __future__ import annotations

from typing import Any

from flask import redirect, request, url_for

from cmcore.api import Finding, Refused, Work
from cmcore_staffordshire.console.events.parts import CALENDAR, when_and_where
from cmcore_staffordshire.events import rules
from cmcore_staffordshire.events.attending import mark
from cmcore_staffordshire.events.queries import OnTheRoll, roll
from cmcore_staffordshire.events.records import CulturalEvent, EventBooking
from console.api import Page, expose, needs, page_of, work

_TAPS = {"yes": True, "no": False, "unsaid": None}


class StaffordshireAttendance(Page):
    """Who came to an event."""

    route_base = "/staffordshire-attendance"

    @expose("/<int(max=2147483647):event_id>", methods=("GET", "POST"))
    @needs("staffordshire_booking.mark")
    def index(self, event_id: int) -> Any:
        """The roll of an event; a tap sends one answer, and the same answer twice is one."""
        here = work()
        event = here.get(CulturalEvent, event_id)
        said = request.form.get("mark", "")
        if request.method == "POST" and said:
            key, _, value = said.partition(":")
            if not key.isdecimal() or len(key) > 10 or value not in _TAPS:
                return redirect(url_for("StaffordshireAttendance.index", event_id=event_id), 303)
            try:
                mark(here, here.get(EventBooking, int(key)), came=_TAPS[value])
                here.commit()
            except Refused as refused:
                here.undo()
                return self._roll(work(), event_id, list(refused.findings)), 422
            if "names" not in request.form:
                return redirect(url_for("StaffordshireAttendance.index", event_id=event.id, _anchor=f"p{key}"), 303)
        # With names open the page is shown anew at once; sent again, the same answer changes nothing.
        return self._roll(here, event_id, opened=request.method == "POST" and "names" in request.form)

    def _roll(self, here: Work, event_id: int, findings: list[Finding] | None = None, *, opened: bool = False) -> str:
        event = here.get(CulturalEvent, event_id)
        begun = rules.has_begun(event.on, here.today)
        on = roll(here, event)
        taken = sum(one.booking.came is not None for one in on)
        rows = [_row(one, begun=not begun and event.state != "called_off", opened=opened) for one in on]
        if opened:
            for one in on:
                here.opened(one.person, why="Attendance with names")
        links = [("The event", page_of(event))]
        if not begun and event.state != "called_off":
            links.append(("Somebody who was not booked", url_for("StaffordshireEvents.take", pk=event.id, step="came")))
        page = self.show_page(
            "cm/roll.html",
            title="Attendance",
            heading=f"Attendance: {event.title}",
            under=when_and_where(event),
            findings=findings or begun,
            rows=rows,
            counted=f"{taken} of {len(on)} said, {sum(bool(one.booking.came) for one in on)} came.",
            empty="Nobody has a place at this event.",
            may_open=bool(on) and not opened,
            opened=opened,
            links=links,
            crumbs=(
                (CALENDAR, url_for("StaffordshireCalendar.index")),
                (event.title, page_of(event)),
                ("Attendance", ""),
            ),
        )
        if opened:
            here.commit()
        return page


def _row(one: OnTheRoll, *, begun: bool, opened: bool) -> dict[str, Any]:
    """One young person: initials and reference, what those there must know, and the taps."""
    lines = [] if one.photographs else ["No photographs"]
    lines += ["Needs a lift"] if one.booking.wants_transport else []
    lines += [one.booking.needs] if one.booking.needs else []
    lines += ["No award yet"] if one.booking.came and not one.award else []
    came = one.booking.came
    named = f"{one.person.preferred_name or one.person.given_name} {one.person.family_name}" if opened else ""
    return {
        "key": one.booking.id,
        "words": f"{named.strip()} {one.person.ref}" if named.strip() else str(one.person),
        "lines": lines,
        "fixed": "" if begun else "Not yet",
        "taps": [
            ("yes", "Came", came is True),
            ("no", "Did not come", came is False),
        ],
        "back": "unsaid" if begun and came is not None else "",
        "more": [("How it was", url_for("StaffordshireBookings.take", pk=one.booking.id, step="tell"))] if came else [],
    }
