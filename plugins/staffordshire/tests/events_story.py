"""An event of the calendar, and young people to come to it, for the tests of events."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time
from typing import Any

from cmcore.api import Work, YoungPerson
from cmcore.testing.story import Story
from cmcore_staffordshire.events.booking import book
from cmcore_staffordshire.events.forms import BookingAnswers, EventAnswers, FeedbackAnswers
from cmcore_staffordshire.events.planning import add_event, open_event
from cmcore_staffordshire.events.records import CulturalEvent, EventBooking
from cmcore_staffordshire.events.words import Access, ArtForm, Transport

TODAY, DAY = date(2026, 11, 10), date(2026, 11, 21)

PUPPETS = EventAnswers(
    title="Shadow puppets",
    art_form=ArtForm.theatre,
    description="",
    provider="Lanternfold Theatre",
    award="Arts Award Bronze",
    held_on=DAY,
    starts=time(10, 30),
    ends=time(14, 30),
    last_day=None,
    place="The Old Malthouse",
    address="",
    area="Quillen",
    transport=Transport.taxi,
    youngest=8,
    oldest=18,
    for_whom="",
    access=[Access.quiet_room],
    capacity=2,
    cost_pence=40_000,
)


def planned(work: Work, **other: Any) -> CulturalEvent:
    """An event of two places on Saturday 21 November 2026, planned."""
    event = add_event(work, replace(PUPPETS, **other))
    work.db.flush()
    return event


def opened(work: Work, **other: Any) -> CulturalEvent:
    """The event, open for bookings."""
    return open_event(work, planned(work, **other))


def booked(work: Work, event: CulturalEvent, person_id: int, needs: str = "") -> EventBooking:
    """A place for somebody, or on the waiting list."""
    return book(work, event, BookingAnswers(young_person_id=person_id, wants_transport=True, needs=needs))


def three(story: Story) -> list[int]:
    """Three young people: the story's own and two beside."""
    others = [story.beside(name, "Wickenby", date(2012, 3, 4)).person_id for name in ("Rue", "Fenn")]
    return [story.person_id, *others]


def people(work: Work, keys: list[int]) -> list[YoungPerson]:
    """The young people with these keys."""
    return [work.get(YoungPerson, key) for key in keys]


SAID = FeedbackAnswers(words_said="I wish it would go on for ever.", again=True, wish="Drums")
