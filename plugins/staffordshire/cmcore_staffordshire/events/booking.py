"""Inviting many at once, booking, waiting, giving a place back: never more places than there are (R-EVT-4)."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import select

from cmcore.api import Work, YoungPerson, action, refuse, taken
from cmcore_staffordshire.events import rules
from cmcore_staffordshire.events.forms import BookingAnswers, NeedsAnswers, NoAnswers
from cmcore_staffordshire.events.planning import hold_still, settle
from cmcore_staffordshire.events.records import AHEAD, CulturalEvent, EventBooking
from cmcore_staffordshire.events.words import Standing


@action("staffordshire_booking.invite")
def invite(work: Work, event: CulturalEvent, people: Sequence[YoungPerson]) -> list[EventBooking]:
    """Invite young people to an event, any number at once. Who stands to it already is left as they are.

    Refuses an event that is held or called off, and somebody of another authority.
    """
    _refuse_past(event)
    if any(person.authority_id != event.authority_id for person in people):
        raise refuse("One of them belongs to another authority.", way_out="Invite those of your own.")
    known = known_people(work, event)
    made = []
    for person in people:
        if person.id not in known:
            known.add(person.id)
            made.append(work.add(_booking(work, event, person, Standing.invited, invited_on=work.today)))
    return made


@action("staffordshire_booking.book")
def book(work: Work, event: CulturalEvent, answers: BookingAnswers) -> EventBooking:
    """Book a place; where none is free, or others wait already, put them on the waiting list.

    Refuses an event that is not open. Two who book the last place at once come one after the other.
    """
    told = taken(work, answers)
    person = work.get(YoungPerson, told.young_person_id)
    if person.authority_id != event.authority_id:
        raise refuse("They belong to another authority.", place="young_person_id", way_out="Choose one of your own.")
    needs = NeedsAnswers(wants_transport=told.wants_transport, needs=told.needs or "")
    return _book(work, event, booking_of(work, event, person), person, needs)


@action("staffordshire_booking.book")
def accept(work: Work, booking: EventBooking, answers: NeedsAnswers) -> EventBooking:
    """Book a place for somebody who was invited, said no before, or gave a place back."""
    event, person = event_of(work, booking), work.get(YoungPerson, booking.young_person_id)
    return _book(work, event, booking, person, taken(work, answers))


@action("staffordshire_booking.book")
def change_needs(work: Work, booking: EventBooking, answers: NeedsAnswers, version: int | None = None) -> EventBooking:
    """Change how they get there, and what they need."""
    told = taken(work, answers)
    work.change(booking, version, wants_transport=told.wants_transport, needs=told.needs or "")
    return booking


@action("staffordshire_booking.decline")
def decline(work: Work, booking: EventBooking, answers: NoAnswers) -> EventBooking:
    """Say no to an invitation, or give a place back; the next who waits gets it. Refuses who was there."""
    told, event = taken(work, answers), event_of(work, booking)
    if booking.came is not None:
        raise refuse("It is written down already whether they came.", way_out="Take that back first.")
    hold_still(work, event)
    work.db.refresh(booking)
    had, waited = booking.standing == Standing.booked, booking.standing == Standing.waiting
    standing = Standing.cancelled if had or booking.standing == Standing.cancelled else Standing.declined
    way = told.in_the_way.value if told.in_the_way else None
    _stand(work, booking, standing, in_the_way=way)
    work.change(event, taken=event.taken - had, waiting=event.waiting - waited)
    settle(work, event)
    give_to_those_who_wait(work, event)
    return booking


@action("staffordshire_event.change")
def give_place(work: Work, event: CulturalEvent) -> int:
    """Give the places that are free to those who wait, who waited longest first. Returns how many got one."""
    hold_still(work, event)
    return give_to_those_who_wait(work, event)


def give_to_those_who_wait(work: Work, event: CulturalEvent) -> int:
    """As :func:`give_place`, within what is being done. Whoever sees only their own people leaves it to others."""
    if event.state not in AHEAD or event.free <= 0 or event.waiting <= 0:
        return 0
    if not work.may("staffordshire_event.change", event.authority_id):
        return 0
    work.db.flush()
    asked = (
        select(EventBooking)
        .where(EventBooking.staffordshire_event_id == event.id, EventBooking.standing == Standing.waiting)
        .order_by(EventBooking.waiting_since, EventBooking.id)
        .limit(event.free)
    )
    given = list(work.db.scalars(asked))
    for one in given:
        _stand(work, one, Standing.booked)
    work.change(event, taken=event.taken + len(given), waiting=event.waiting - len(given))
    settle(work, event)
    return len(given)


# ---- what is read for it
def booking_of(work: Work, event: CulturalEvent, person: YoungPerson) -> EventBooking | None:
    """How somebody stands to an event already, or nothing."""
    asked = select(EventBooking).where(
        EventBooking.staffordshire_event_id == event.id, EventBooking.young_person_id == person.id
    )
    return work.db.scalars(asked).first()


def known_people(work: Work, event: CulturalEvent) -> set[int]:
    """The keys of all who stand to an event in any way, within reach."""
    asked = select(EventBooking.young_person_id).where(EventBooking.staffordshire_event_id == event.id)
    return set(work.db.scalars(asked))


def event_of(work: Work, booking: EventBooking) -> CulturalEvent:
    """The event of a booking."""
    return work.get(CulturalEvent, booking.staffordshire_event_id)


def people_of(work: Work, keys: Collection[int]) -> list[YoungPerson]:
    """The young people with these keys that are within reach, in one statement."""
    return list(work.db.scalars(select(YoungPerson).where(YoungPerson.id.in_(list(keys))).order_by(YoungPerson.id)))


def take_place(work: Work, event: CulturalEvent) -> None:
    """Count one more place as taken. Refuses one more than there are (R-EVT-4)."""
    work.heed(rules.within_capacity(event.capacity, event.taken + 1, work.policy_of(event)))
    work.change(event, taken=event.taken + 1)
    settle(work, event)


def _book(
    work: Work, event: CulturalEvent, booking: EventBooking | None, person: YoungPerson, needs: NeedsAnswers
) -> EventBooking:
    _refuse_past(event)
    if event.state == "planned":
        raise refuse("This event is not open for bookings yet.", way_out="Open it first, or invite them.")
    if event.on < work.today:
        raise refuse("The day of this event has passed.", way_out="Write down who came on its attendance page.")
    work.heed(rules.fits_age(person.age(event.on), event.youngest, event.oldest, work.policy_of(event)))
    hold_still(work, event)
    if booking is None:
        booking = work.add(_booking(work, event, person, Standing.invited))
    else:
        work.db.refresh(booking)
    if booking.standing in (Standing.booked, Standing.waiting):
        work.change(booking, wants_transport=needs.wants_transport, needs=needs.needs or "")
        return booking
    asked: dict[str, Any] = {"wants_transport": needs.wants_transport, "needs": needs.needs or "", "in_the_way": None}
    if event.free > 0 and event.waiting == 0:
        _stand(work, booking, Standing.booked, **asked)
        take_place(work, event)
    else:
        _stand(work, booking, Standing.waiting, **asked)
        work.change(event, waiting=event.waiting + 1)
    return booking


def _booking(work: Work, event: CulturalEvent, person: YoungPerson, standing: Standing, **more: object) -> EventBooking:
    return EventBooking(
        authority_id=event.authority_id,
        young_person_id=person.id,
        staffordshire_event_id=event.id,
        standing=standing.value,
        answered_at=work.clock.now(),
        answered_by=work.actor.name[:120],
        **more,
    )


def _stand(work: Work, booking: EventBooking, standing: Standing, **more: Any) -> None:
    now = work.clock.now()
    since = now if standing is Standing.waiting else None
    work.change(
        booking,
        standing=standing.value,
        answered_at=now,
        answered_by=work.actor.name[:120],
        waiting_since=since,
        **more,
    )


def _refuse_past(event: CulturalEvent) -> None:
    if event.state not in AHEAD:
        raise refuse(f"This event is {event.state_label.lower()}.", way_out="Choose one that is still to come.")
