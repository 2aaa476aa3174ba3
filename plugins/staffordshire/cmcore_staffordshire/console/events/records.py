"""Events as a list and as records: planned, opened, held, called off, with who has a place."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from flask import url_for

from cmcore.api import Work, pounds
from cmcore_staffordshire.console.events.parts import OnTheCalendar, when_and_where
from cmcore_staffordshire.console.events.places import StaffordshireBookings
from cmcore_staffordshire.events import attending, booking, planning
from cmcore_staffordshire.events.forms import EventAnswers, WalkInAnswers
from cmcore_staffordshire.events.planning import starts_at
from cmcore_staffordshire.events.queries import (
    MIDNIGHT,
    PLUGIN,
    not_taken,
    places_for_those_who_wait,
    soon_with_places,
)
from cmcore_staffordshire.events.records import AHEAD, EVENT_LIFE, CulturalEvent
from cmcore_staffordshire.events.words import Access, ArtForm, Transport
from console.api import Filter, NextStep, Queue, RecordView, Related, Step, Sub, transitions, work


def _wanted(value: str, work: Work) -> Any:
    today = starts_at(work.today, MIDNIGHT)
    if value == "soon":
        return soon_with_places(work, int(work.setting(PLUGIN, "places_days")))
    if value == "attendance":
        return not_taken(work)
    if value == "waiting":
        return places_for_those_who_wait()
    if value == "past":
        return CulturalEvent.starts_at < today
    month = today + timedelta(days=31)
    return (CulturalEvent.starts_at >= today) & (CulturalEvent.starts_at < month if value == "month" else True)


class StaffordshireEvents(OnTheCalendar, RecordView):
    """The calendar of events as a list."""

    record = CulturalEvent
    route_base = "/staffordshire-events"
    about = (
        "The calendar of events for two years: what, with whom, where, for whom, how many can come, and who has a "
        "place. Events with places free and events without attendance wait on Today."
    )
    list_columns = ["title", "when", "art_form", "place", "places", "state"]
    label_columns = {
        "title": "Event",
        "when": "When",
        "art_form": "Art form",
        "places": "Places free",
        "description": "What happens there",
        "provider": "Who runs it",
        "where": "Where",
        "for_whom_words": "For whom",
        "access_words": "So that everybody can come",
        "transport": "How they get there",
        "cost": "Cost in all",
        "award": "Award",
        "has_place": "Have a place",
    }
    load_columns = ["starts_at", "ends_at", "capacity", "taken", "waiting", "area"]
    search_columns = ["title", "provider", "place", "area"]
    choice_columns = {"art_form": ArtForm, "transport": Transport}
    filter_columns = [
        Filter(
            "which",
            "Which",
            (
                ("ahead", "Ahead"),
                ("month", "In the next month"),
                ("soon", "Soon, with places free"),
                ("attendance", "Attendance not taken"),
                ("waiting", "Places free, and somebody waits"),
                ("past", "Past"),
            ),
            _wanted,
        ),
        "state",
        "art_form",
        "transport",
    ]
    order_columns = {"title": "title", "when": "starts_at"}
    base_order = ("starts_at", "asc")
    views = [
        ("Ahead", {"which": "ahead"}),
        ("Attendance not taken", {"which": "attendance"}),
        ("Past", {"which": "past"}),
    ]
    queues = (
        Queue(
            "Events without attendance", {"which": "attendance"}, "now", "Say who came.", "staffordshire_booking.invite"
        ),
        Queue(
            "Places free that somebody waits for",
            {"which": "waiting"},
            "now",
            "Give them to those who waited longest.",
            "staffordshire_event.change",
        ),
        Queue(
            "Events soon with places free",
            {"which": "soon"},
            "week",
            "Invite more young people.",
            "staffordshire_booking.invite",
        ),
    )
    show_columns = [
        "where",
        "art_form",
        "provider",
        "description",
        "for_whom_words",
        "access_words",
        "transport",
        "has_place",
        "cost",
        "award",
        "state",
    ]
    facts_heading = "The event"
    related_views = [
        Related(StaffordshireBookings, "staffordshire_event_id", "Who", ["young_person", "stands", "lift", "needs"], 60)
    ]
    empty_words = "No events yet. They are added here one by one, or two years of them brought in as a workbook."
    add_form = EventAnswers
    add_action = staticmethod(planning.add_event)
    edit_form = EventAnswers
    answers_of = staticmethod(planning.answers_of_event)
    edit_action = staticmethod(planning.change_event)
    remove_action = staticmethod(planning.remove_event)
    steps = (
        Step(
            "open",
            "Open it for bookings",
            planning.open_event,
            why="Places can be booked then.",
            offered=lambda event: event.state == "planned",
        ),
        Step(
            "came",
            "Write down somebody who was not booked",
            attending.walk_in,
            form=WalkInAnswers,
            why="They came all the same. They get a place, if one is free.",
            done="They are on the roll, and came.",
            offered=lambda event: event.state != "called_off" and event.on <= work().today,
        ),
        Step(
            "hand-on",
            "Give free places to those who wait",
            booking.give_place,
            act="staffordshire_event.change",
            why="Who waited longest comes first.",
            offered=lambda event: event.state in AHEAD and event.waiting > 0 and event.free > 0,
        ),
        Step(
            "hold",
            "Say that it was held",
            planning.hold_event,
            why="Attendance says so too.",
            offered=lambda event: event.state in AHEAD,
            stands_in_the_way=lambda work, event: planning.not_yet(work, event),
        ),
        *transitions(
            EVENT_LIFE,
            lambda work, event, name, reason: planning.call_off(work, event, reason),
            "staffordshire_event.change",
            only=("call_off",),
        ),
    )

    def next_steps(self, work: Work, event: CulturalEvent) -> list[NextStep]:
        """Who is invited and who came stand on pages of their own."""
        made: list[NextStep] = []
        if work.may("staffordshire_booking.mark", event.authority_id) and event.state != "called_off":
            there = url_for("StaffordshireAttendance.index", event_id=event.id)
            if event.on <= work.today:
                made.append(NextStep("Take attendance", there, "One tap for each, on a phone."))
        if work.may("staffordshire_booking.invite", event.authority_id) and event.state in AHEAD:
            there = url_for("StaffordshireInviting.index", event_id=event.id)
            made.append(NextStep("Invite young people", there, "Many at once: by school, key stage and interest."))
        return [*made, *super().next_steps(work, event)]

    def cell_when(self, event: CulturalEvent) -> Any:
        """When it begins."""
        return event.starts_at

    def cell_place(self, event: CulturalEvent) -> Any:
        """The place and its town."""
        return Sub(event.place, event.area)

    def cell_places(self, event: CulturalEvent) -> str:
        """How many places are free."""
        return planning.places(event) if event.state in AHEAD else ""

    def cell_has_place(self, event: CulturalEvent) -> str:
        """How many have a place, and how many wait."""
        waits = f"; {event.waiting} on the waiting list" if event.waiting else ""
        return f"{event.taken} of {event.capacity}{waits}"

    def cell_where(self, event: CulturalEvent) -> Any:
        """When and where in a line."""
        return Sub(when_and_where(event), ", ".join(part for part in (event.address, event.area) if part))

    def cell_for_whom_words(self, event: CulturalEvent) -> Any:
        """The ages, and who it is for."""
        return Sub(f"{event.youngest} to {event.oldest} years", event.for_whom)

    def cell_access_words(self, event: CulturalEvent) -> str:
        """What makes sure that everybody can come."""
        return "; ".join(Access.say(each) for each in event.access)

    def cell_cost(self, event: CulturalEvent) -> str:
        """What it costs the Virtual School."""
        return pounds(event.cost_pence) if event.cost_pence is not None else ""

    def found_detail(self, event: CulturalEvent) -> str:
        """When it is, where an event is chosen."""
        return when_and_where(event)
