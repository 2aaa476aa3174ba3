"""What is read of events: who can be invited, who stands on the roll, whose attendance is missing, who has no award."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, and_, exists, or_, select

from cmcore.api import (
    Authority,
    EducationSpell,
    Period,
    Referral,
    Setting,
    Work,
    YoungPerson,
    award_standings,
    key_stage,
    permitted_people,
)
from cmcore.api.asks import ConsentKind
from cmcore_staffordshire.events import rules
from cmcore_staffordshire.events.planning import starts_at
from cmcore_staffordshire.events.records import AHEAD, CulturalEvent, EventBooking, Wish
from cmcore_staffordshire.events.words import Standing

#: The plugin's name.
PLUGIN = "staffordshire"
MIDNIGHT = datetime.min.time()


# ---- who can be invited
@dataclass(frozen=True)
class Wanted:
    """By what young people are looked for: where they learn, their key stage, and words of what they like."""

    setting_id: int | None = None
    stage: str = ""
    interest: str = ""
    of_its_ages: bool = True


@dataclass(frozen=True)
class Candidate:
    """Somebody who could be invited: who, where they learn, their key stage."""

    person: YoungPerson
    setting: str
    stage: str


def candidates(work: Work, event: CulturalEvent, wanted: Wanted) -> list[Candidate]:
    """Young people in care, or placed with whoever asks, who do not stand to an event yet. One statement."""
    on = event.on
    spell = and_(
        EducationSpell.young_person_id == YoungPerson.id,
        EducationSpell.starts_on <= work.today,
        or_(EducationSpell.ends_on.is_(None), EducationSpell.ends_on >= work.today),
    )
    asked = (
        select(YoungPerson, Setting.id, Setting.name)
        .outerjoin(EducationSpell, spell)
        .outerjoin(Setting, Setting.id == EducationSpell.setting_id)
        .where(
            YoungPerson.authority_id == event.authority_id,
            YoungPerson.ceased_on.is_(None),
            ~exists().where(
                EventBooking.staffordshire_event_id == event.id, EventBooking.young_person_id == YoungPerson.id
            ),
        )
        .order_by(YoungPerson.ref, EducationSpell.starts_on.desc())
    )
    if wanted.setting_id is not None:
        asked = asked.where(Setting.id == wanted.setting_id)
    if wanted.interest.strip():
        asked = asked.where(_likes(wanted.interest))
    found: dict[int, Candidate] = {}
    for person, _, setting in work.db.execute(asked):
        stage, age = key_stage(person.born_on, on), person.age(on)
        if wanted.stage in ("", stage) and (not wanted.of_its_ages or event.youngest <= age <= event.oldest):
            found.setdefault(person.id, Candidate(person, setting or "No school or college", stage))
    return list(found.values())


def _likes(words: str) -> ColumnElement[bool]:
    """Whose wish or referral says these words."""
    text = " ".join(words.split())[:80]
    wishes = exists().where(Wish.young_person_id == YoungPerson.id, Wish.wish.icontains(text, autoescape=True))
    referred = exists().where(
        Referral.young_person_id == YoungPerson.id, Referral.interests.icontains(text, autoescape=True)
    )
    return or_(wishes, referred)


# ---- the roll
@dataclass(frozen=True)
class OnTheRoll:
    """One young person on the attendance page: their booking, whether photographs may be taken, and their award."""

    booking: EventBooking
    person: YoungPerson
    photographs: bool
    award: bool


def roll(work: Work, event: CulturalEvent) -> list[OnTheRoll]:
    """Everybody with a place at an event, within reach, by reference. Few statements, however many there are."""
    asked = (
        select(EventBooking, YoungPerson)
        .join(YoungPerson, YoungPerson.id == EventBooking.young_person_id)
        .where(EventBooking.staffordshire_event_id == event.id, EventBooking.standing == Standing.booked)
        .order_by(YoungPerson.ref)
    )
    rows = [(booking, person) for booking, person in work.db.execute(asked)]
    people = [person for _, person in rows]
    may = permitted_people(work, people, ConsentKind.media_capture, event.on)
    standings = award_standings(work, [person.id for person in people])
    return [
        OnTheRoll(booking, person, person.id in may, rules.works_towards(standings[person.id], event.on))
        for booking, person in rows
    ]


# ---- conditions of lists
def soon_with_places(work: Work, days: int) -> ColumnElement[bool]:
    """Events of the next days that are open and have places free."""
    last = starts_at(work.today + timedelta(days=days + 1), MIDNIGHT)
    return and_(
        CulturalEvent.state == "open",
        CulturalEvent.starts_at >= starts_at(work.today, MIDNIGHT),
        CulturalEvent.starts_at < last,
        CulturalEvent.taken < CulturalEvent.capacity,
    )


def not_taken(work: Work) -> ColumnElement[bool]:
    """Events that are over, at which of somebody with a place nobody has said whether they came."""
    unmarked = (
        exists()
        .where(
            EventBooking.staffordshire_event_id == CulturalEvent.id,
            EventBooking.standing == Standing.booked,
            EventBooking.came.is_(None),
        )
        .correlate(CulturalEvent)
    )
    return and_(CulturalEvent.ends_at < work.clock.now(), CulturalEvent.state.in_((*AHEAD, "held")), unmarked)


def places_for_those_who_wait() -> ColumnElement[bool]:
    """Events with a free place and somebody who waits for one."""
    return and_(CulturalEvent.state.in_(AHEAD), CulturalEvent.waiting > 0, CulturalEvent.taken < CulturalEvent.capacity)


def came_without_award(work: Work, authorities: Collection[int]) -> list[int]:
    """The bookings of attendees who work towards no award (R-EVT-1): of each, the last event they came to.

    Looked for are those of the weeks that the setting ``award_weeks`` says. One statement, and those of the plugins
    that keep enrolments.
    """
    since = work.today - timedelta(weeks=int(work.setting(PLUGIN, "award_weeks")))
    asked = (
        select(EventBooking.id, EventBooking.young_person_id, CulturalEvent.starts_at)
        .join(CulturalEvent, CulturalEvent.id == EventBooking.staffordshire_event_id)
        .where(
            EventBooking.authority_id.in_(list(authorities)),
            EventBooking.came.is_(True),
            CulturalEvent.starts_at >= starts_at(since, MIDNIGHT),
        )
        .order_by(CulturalEvent.starts_at, EventBooking.id)
    )
    last: dict[int, tuple[int, date]] = {}
    for key, person, at in work.db.execute(asked):
        last[person] = (key, at.date())
    standings = award_standings(work, list(last))
    return [key for person, (key, on) in last.items() if not rules.works_towards(standings[person], on)]


# ---- the calendar
def between(work: Work, authority: Authority, period: Period) -> list[CulturalEvent]:
    """The events of an authority that begin within a period, the earliest first."""
    last = (period.ends_on or date(2999, 12, 30)) + timedelta(days=1)
    asked = select(CulturalEvent).where(
        CulturalEvent.authority_id == authority.id,
        CulturalEvent.starts_at >= starts_at(period.starts_on, MIDNIGHT),
        CulturalEvent.starts_at < starts_at(last, MIDNIGHT),
    )
    return list(work.db.scalars(asked.order_by(CulturalEvent.starts_at, CulturalEvent.id)))
