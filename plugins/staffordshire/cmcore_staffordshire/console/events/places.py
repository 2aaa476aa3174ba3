"""Places at events: booked, waited for, given back, told of; and attendees who work towards no award (R-EVT-1)."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Select

from cmcore.api import Finding, Work
from cmcore_staffordshire.console.events.parts import OF_PERSON, OnTheCalendar, event_of_row, on_in, stands
from cmcore_staffordshire.events import attending, booking
from cmcore_staffordshire.events.forms import BookingAnswers, FeedbackAnswers, NeedsAnswers, NoAnswers
from cmcore_staffordshire.events.queries import came_without_award
from cmcore_staffordshire.events.records import CulturalEvent, EventBooking
from cmcore_staffordshire.events.words import Standing
from cmcore_staffordshire.life.words import InTheWay
from console.api import Queue, RecordView, Step, page_of

_LABELS = {
    "young_person": "Young person",
    "event_words": "Event",
    "stands": "Stands",
    "lift": "Lift",
    "needs": "What they need",
    "in_the_way": "What is in the way",
    "words_said": "How it was, in their words",
    "again": "Would come again",
    "invited_on": "Invited on",
    "answered": "Last said",
}
_SAID_NO = (Standing.declined, Standing.cancelled)
_OF_EVENT = ["event.title", "event.starts_at", "standing", "came", "wants_transport", *OF_PERSON]


def _needs(record: EventBooking) -> NeedsAnswers:
    return NeedsAnswers(wants_transport=record.wants_transport, needs=record.needs)


class StaffordshireBookings(OnTheCalendar, RecordView):
    """How young people stand to events."""

    record = EventBooking
    route_base = "/staffordshire-bookings"
    about = (
        "Who is invited to which event, has a place, waits for one or said no; whether they came, and what they say."
    )
    list_columns = ["young_person", "event_words", "stands", "lift", "words_said"]
    label_columns = _LABELS
    load_columns = _OF_EVENT
    search_columns = ["event.title", "young_person.ref", "young_person.family_name"]
    choice_columns = {"standing": Standing, "in_the_way": InTheWay}
    filter_columns = ["standing", "came", "young_person_id", "staffordshire_event_id"]
    order_columns = {"event_words": "event.starts_at"}
    base_order = ("id", "desc")
    show_columns = [
        "young_person",
        "event",
        "stands",
        "invited_on",
        "answered",
        "lift",
        "needs",
        "in_the_way",
        "words_said",
        "again",
    ]
    facts_heading = "The place"
    empty_words = "Nobody yet. Young people are invited on an event’s page, or booked one by one."
    add_parent = CulturalEvent
    add_form = BookingAnswers
    add_action = staticmethod(booking.book)
    add_words = "Book a place"
    edit_form = NeedsAnswers
    answers_of = staticmethod(_needs)
    edit_action = staticmethod(booking.change_needs)
    steps = (
        Step(
            "book",
            "Book a place",
            booking.accept,
            form=NeedsAnswers,
            begins=_needs,
            why="Where none is free, they are put on the waiting list.",
            offered=lambda record: record.standing in (Standing.invited, Standing.declined, Standing.cancelled),
        ),
        Step(
            "tell",
            "Write down how it was",
            attending.give_feedback,
            form=FeedbackAnswers,
            begins=lambda record: FeedbackAnswers(words_said=record.words_said, again=record.again, wish=""),
            why="In their words; and what they would like next.",
            offered=lambda record: bool(record.came),
        ),
        Step(
            "no",
            "They cannot come",
            booking.decline,
            form=NoAnswers,
            why="A place that is given back goes to the next who waits.",
            offered=lambda record: record.came is None and record.standing not in _SAID_NO,
        ),
    )

    def crumbs_before(self, record: Any) -> list[tuple[str, str]]:
        """The calendar, and the event."""
        before = super().crumbs_before(record)
        if isinstance(record, EventBooking):
            before.append((record.event.title, page_of(record.event)))
        return before

    def cell_event_words(self, record: EventBooking) -> Any:
        """Which event, and its day."""
        return event_of_row(record)

    def cell_stands(self, record: EventBooking) -> Any:
        """How they stand to it."""
        return stands(record)

    def cell_lift(self, record: EventBooking) -> str:
        """Whether they need a lift."""
        return "Needs a lift" if record.wants_transport else ""

    def cell_answered(self, record: EventBooking) -> Any:
        """When it was last said, and by whom."""
        return record.answered_at

    def heading(self, record: EventBooking) -> str:
        """Whose place, at what."""
        return f"{record.event.title}: {record.young_person}"

    def named(self, record: EventBooking) -> str:
        """Whose place."""
        return str(record.young_person)

    def findings(self, work: Work, record: EventBooking) -> list[Finding]:
        """R-EVT-1, of somebody who came."""
        if not record.came:
            return []
        return attending.award_findings(work, record)


class StaffordshireWithoutAward(OnTheCalendar, RecordView):
    """Young people who came to an event and are enrolled for no award."""

    record = EventBooking
    route_base = "/staffordshire-without-award"
    singular, plural = "attendee without an award", "attendees without an award"
    about = (
        "Young people who came to an event in the last half year and work towards no award (R-EVT-1), each with the "
        "last event they came to. All who come to events work towards an award at some level."
    )
    list_columns = ["young_person", "event_words", "words_said"]
    label_columns = _LABELS
    load_columns = _OF_EVENT
    search_columns = ["young_person.ref", "young_person.family_name"]
    order_columns = {"event_words": "event.starts_at"}
    base_order = ("id", "desc")
    empty_words = "Everybody who came to an event in the last half year works towards an award, or nobody came yet."
    queues = (
        Queue(
            "Attendees without an award",
            {},
            "soon",
            "Enrol them at the level that fits.",
            "staffordshire_booking.invite",
        ),
    )

    def narrowed(self, statement: Select[Any], work: Work) -> Select[Any]:
        """Those whom R-EVT-1 lists, in the authorities in which the plugin is on."""
        return statement.where(EventBooking.id.in_(came_without_award(work, on_in(work))))

    def address_of(self, record: Any) -> str:
        """The young person's page, where they are enrolled."""
        return page_of(record.young_person) or super().address_of(record)

    def cell_event_words(self, record: EventBooking) -> Any:
        """The last event they came to."""
        return event_of_row(record)
