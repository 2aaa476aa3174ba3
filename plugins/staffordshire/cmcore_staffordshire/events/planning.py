"""What people do about an event itself: plan it, open it, change it, say that it was held, call it off."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

from sqlalchemy import select

from cmcore.api import LONDON, Finding, Work, action, authority_for, count, local, refuse, taken
from cmcore_staffordshire.events import rules
from cmcore_staffordshire.events.forms import EventAnswers
from cmcore_staffordshire.events.records import CulturalEvent, EventBooking
from cmcore_staffordshire.events.words import Access, ArtForm, Transport


@action("staffordshire_event.add")
def add_event(work: Work, answers: EventAnswers, authority_id: int | None = None) -> CulturalEvent:
    """Put an event into the calendar. It is planned; nobody is booked before it is opened."""
    authority = authority_for(work, authority_id)
    return work.add(CulturalEvent(authority_id=authority.id, taken=0, waiting=0, **_columns(taken(work, answers))))


@action("staffordshire_event.change")
def change_event(work: Work, event: CulturalEvent, answers: EventAnswers, version: int | None = None) -> CulturalEvent:
    """Change an event. Refuses fewer places than are taken (R-EVT-4). Freed places go to those who wait."""
    from cmcore_staffordshire.events.booking import give_to_those_who_wait

    told = taken(work, answers)
    if version is None or event.version == version:
        hold_still(work, event)
        version = None if version is None else event.version
    work.heed(rules.within_capacity(told.capacity, event.taken, work.policy_of(event)))
    work.change(event, version, **_columns(told))
    settle(work, event)
    give_to_those_who_wait(work, event)
    return event


@action("staffordshire_event.change")
def open_event(work: Work, event: CulturalEvent) -> CulturalEvent:
    """Open an event for bookings. Refuses one whose day has passed."""
    if event.on < work.today:
        raise refuse("The day of this event has passed.", way_out="Change its day, or say that it was held.")
    work.move(event, "open")
    return event


@action("staffordshire_event.change")
def hold_event(work: Work, event: CulturalEvent) -> CulturalEvent:
    """Say that an event was held. Refuses before its day. Attendance can still be taken afterwards."""
    work.heed(rules.has_begun(event.on, work.today))
    work.move(event, "hold")
    return event


@action("staffordshire_event.change")
def call_off(work: Work, event: CulturalEvent, reason: str) -> CulturalEvent:
    """Call an event off, and say why. Who was booked stays known; nobody was there."""
    came = select(EventBooking.id).where(EventBooking.staffordshire_event_id == event.id, EventBooking.came.is_(True))
    if work.db.scalar(came.limit(1)) is not None:
        raise refuse("Somebody came to this event.", way_out="Say that it was held instead.")
    work.move(event, "call_off", reason=reason)
    return event


@action("staffordshire_event.remove")
def remove_event(work: Work, event: CulturalEvent) -> None:
    """Remove an event that was entered by mistake. Refuses one to which anybody was invited."""
    asked = select(EventBooking.id).where(EventBooking.staffordshire_event_id == event.id).limit(1)
    if work.db.scalar(asked) is not None:
        raise refuse("Young people were invited to this event, and it stays.", way_out="Call it off instead.")
    work.db.delete(event)


def answers_of_event(event: CulturalEvent) -> EventAnswers:
    """An event as the answers that would write it again."""
    start, end = local(event.starts_at), local(event.ends_at)
    return EventAnswers(
        title=event.title,
        art_form=ArtForm(event.art_form),
        description=event.description,
        provider=event.provider,
        award=event.award,
        held_on=start.date(),
        starts=start.time(),
        ends=end.time(),
        last_day=end.date() if end.date() != start.date() else None,
        place=event.place,
        address=event.address,
        area=event.area,
        transport=Transport(event.transport),
        youngest=event.youngest,
        oldest=event.oldest,
        for_whom=event.for_whom,
        access=[Access(each) for each in event.access],
        capacity=event.capacity,
        cost_pence=event.cost_pence,
    )


# ---- for the other acts of events
def hold_still(work: Work, event: CulturalEvent) -> None:
    """Keep others from giving places of an event until this is kept, and read what stands now."""
    work.db.flush()
    work.db.execute(select(CulturalEvent.id).where(CulturalEvent.id == event.id).with_for_update())
    work.db.refresh(event)


def settle(work: Work, event: CulturalEvent) -> None:
    """Say of an event whether it is full, by the places that are taken."""
    if event.state == "open" and event.free <= 0:
        work.move(event, "fill")
    elif event.state == "full" and event.free > 0:
        work.move(event, "free")


def columns_of(answers: EventAnswers) -> dict[str, Any]:
    """The columns that answers fill."""
    return _columns(answers)


def starts_at(on: date, at: time) -> datetime:
    """An instant of a day, by England's wall clock."""
    return datetime.combine(on, at, LONDON)


def _columns(answers: EventAnswers) -> dict[str, Any]:
    return {
        "title": answers.title,
        "art_form": answers.art_form.value,
        "description": answers.description or "",
        "provider": answers.provider,
        "award": answers.award or "",
        "starts_at": starts_at(answers.held_on, answers.starts),
        "ends_at": starts_at(answers.last_day or answers.held_on, answers.ends),
        "place": answers.place,
        "address": answers.address or "",
        "area": answers.area or "",
        "transport": answers.transport.value,
        "youngest": answers.youngest,
        "oldest": answers.oldest,
        "for_whom": answers.for_whom or "",
        "access": [each.value for each in answers.access or ()],
        "capacity": answers.capacity,
        "cost_pence": answers.cost_pence,
    }


def places(event: CulturalEvent) -> str:
    """How many places are free, in words."""
    if event.free <= 0:
        return f"None of {event.capacity}, {count(event.waiting, 'waits', 'wait')}" if event.waiting else "None"
    return f"{event.free} of {event.capacity}"


def not_yet(work: Work, event: CulturalEvent) -> list[Finding]:
    """What stands in the way of saying that an event was held."""
    return rules.has_begun(event.on, work.today)
