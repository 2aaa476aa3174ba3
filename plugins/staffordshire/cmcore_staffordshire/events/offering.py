"""What events offer to others: entries of the calendar, and lines of what is known of somebody's culture."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date, timedelta
from typing import Any

from sqlalchemy import func, select

from cmcore.api import (
    Authority,
    CalendarEntry,
    Counted,
    CulturalLine,
    Figure,
    Happened,
    Period,
    Work,
    day,
    local,
    shortened,
)
from cmcore.api.asks import CulturalPart
from cmcore_staffordshire.events.planning import starts_at
from cmcore_staffordshire.events.queries import MIDNIGHT, between
from cmcore_staffordshire.events.records import CulturalEvent, EventBooking, Wish
from cmcore_staffordshire.events.words import ArtForm, Standing
from cmcore_staffordshire.life.words import InTheWay

_FAR = date(2999, 12, 30)


# ---- the calendar
def entries(work: Work, authority: Authority, period: Period) -> Iterator[CalendarEntry]:
    """Events of a period as entries of the calendar, those called off left out. One statement."""
    if not work.may("staffordshire_event.see", authority.id):
        return
    for event in between(work, authority, period):
        if event.state != "called_off":
            yield CalendarEntry(
                kind=event.kind(),
                record_id=event.id,
                title=event.title,
                starts_at=event.starts_at,
                ends_at=event.ends_at,
                place=event.place,
                source="Events",
                path=f"/staffordshire-events/{event.id}",
            )


# ---- what is known of somebody
def lines(work: Work, people: Collection[int], period: Period) -> Iterator[CulturalLine]:
    """Events somebody came to or was offered within a period, what they said of them, and what they wish for."""
    keys = list(people)
    last = (period.ends_on or _FAR) + timedelta(days=1)
    asked = (
        select(EventBooking, CulturalEvent)
        .join(CulturalEvent, CulturalEvent.id == EventBooking.staffordshire_event_id)
        .where(
            EventBooking.young_person_id.in_(keys),
            CulturalEvent.starts_at >= starts_at(period.starts_on, MIDNIGHT),
            CulturalEvent.starts_at < starts_at(last, MIDNIGHT),
            CulturalEvent.state != "called_off",
        )
        .order_by(CulturalEvent.starts_at, EventBooking.id)
    )
    for booking, event in work.db.execute(asked):
        yield from _of_booking(booking, event)
    wished = (
        select(Wish)
        .where(Wish.young_person_id.in_(keys), Wish.came_of_it_id.is_(None), Wish.said_on <= (period.ends_on or _FAR))
        .order_by(Wish.said_on, Wish.id)
    )
    for wish in work.db.scalars(wished):
        yield CulturalLine(
            young_person_id=wish.young_person_id,
            part=CulturalPart.interests,
            text=shortened(f"Wishes for: {wish.wish}"),
            source=f"Wish said on {day(wish.said_on)}, written down by {wish.written_by}",
            kind=wish.kind(),
            record_id=wish.id,
        )


def happened(work: Work, people: Collection[int]) -> Iterator[Happened]:
    """The events somebody came to, with what they said of each. One statement."""
    asked = (
        select(EventBooking, CulturalEvent)
        .join(CulturalEvent, CulturalEvent.id == EventBooking.staffordshire_event_id)
        .where(EventBooking.young_person_id.in_(list(people)), EventBooking.came.is_(True))
        .order_by(CulturalEvent.starts_at, EventBooking.id)
    )
    for booking, event in work.db.execute(asked):
        yield Happened(
            young_person_id=booking.young_person_id,
            on=local(event.starts_at).date(),
            what=f"Came to {event.title}, {event.place}",
            to_them=f"You came to {event.title}",
            said=booking.words_said.strip(),
            path=f"/staffordshire-events/{event.id}",
        )


def _of_booking(booking: EventBooking, event: CulturalEvent) -> Iterator[CulturalLine]:
    on = day(local(event.starts_at).date())
    what = f"{event.title} ({ArtForm.say(event.art_form).lower()}), {event.provider}"
    said: dict[str, Any] = {"young_person_id": booking.young_person_id, "kind": booking.kind(), "record_id": booking.id}
    source = f"Event at {event.place} on {on}"
    if booking.came:
        award = f", towards {event.award}" if event.award else ""
        yield CulturalLine(part=CulturalPart.attended, text=shortened(f"{what}{award}."), source=source, **said)
        if booking.words_said.strip():
            yield CulturalLine(part=CulturalPart.words, text=shortened(booking.words_said), source=source, **said)
        return
    how = "did not come" if booking.came is False else Standing.say(booking.standing).lower()
    yield CulturalLine(part=CulturalPart.offered, text=shortened(f"{what}: {how}."), source=source, **said)
    if booking.in_the_way:
        yield CulturalLine(
            part=CulturalPart.barriers,
            text=shortened(f"{InTheWay.say(booking.in_the_way)}: could not come to {event.title}."),
            source=source,
            also=booking.in_the_way,
            **said,
        )


# ---- figures
def _held(work: Work, authority: Authority, period: Period) -> Counted:
    """Events that were held, of all that were not called off and lie before today."""
    found = [one for one in between(work, authority, period) if one.state != "called_off" and one.on <= work.today]
    return Counted(sum(one.state == "held" for one in found), len(found))


def _bookings(work: Work, authority: Authority, period: Period, what: Any) -> int:
    last = (period.ends_on or _FAR) + timedelta(days=1)
    asked = (
        select(what)
        .select_from(EventBooking)
        .join(CulturalEvent, CulturalEvent.id == EventBooking.staffordshire_event_id)
        .where(
            EventBooking.authority_id == authority.id,
            EventBooking.came.is_(True),
            CulturalEvent.starts_at >= starts_at(period.starts_on, MIDNIGHT),
            CulturalEvent.starts_at < starts_at(last, MIDNIGHT),
        )
    )
    return int(work.db.scalar(asked) or 0)


def _attendances(work: Work, authority: Authority, period: Period) -> Counted:
    """Attendances at events: who came to three counts three times."""
    return Counted(_bookings(work, authority, period, func.count(EventBooking.id)))


def _attendees(work: Work, authority: Authority, period: Period) -> Counted:
    """Young people who came to at least one event."""
    return Counted(_bookings(work, authority, period, func.count(func.distinct(EventBooking.young_person_id))))


FIGURES = (
    Figure(
        key="staffordshire_events_held",
        title="Events held",
        meaning="Of the events of the calendar that lie in the period and are past and not called off, those held.",
        count=_held,
        of_people=False,
    ),
    Figure(
        key="staffordshire_attendances",
        title="Attendances at events",
        meaning="How often a young person came to an event of the calendar in the period; three events count three.",
        count=_attendances,
    ),
    Figure(
        key="staffordshire_attendees",
        title="Young people who came to an event",
        meaning="Young people who came to at least one event of the calendar in the period, each counted once.",
        count=_attendees,
    ),
)
