"""How much of it there is: the numbers of the board and of figures, each with what it is out of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, func, select

from cmcore.api import Authority, Period, Work, YoungPerson, academic_year
from cmcore.api.asks import CareStatus
from cmcore_staffordshire.life.council_records import CouncilDecision, CouncilMeeting
from cmcore_staffordshire.life.queries import going_on, past_its_day, to_ask, to_tell_back, unseen
from cmcore_staffordshire.life.records import Club, MusicLesson, Signpost, WorkExperience
from cmcore_staffordshire.life.words import Became, ClubKind, Went


@dataclass(frozen=True)
class Doing:
    """How many young people in care do something, and what they do most."""

    people: int
    going_on: int
    most: tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class Life:
    """What the board shows: of how many in care, who learns, goes, was pointed to and worked; and the council."""

    in_care: int
    lessons: Doing
    clubs: Doing
    pointed_out: int
    to_ask: int
    became: tuple[tuple[str, int], ...]
    placements: int
    hours: int
    completed: int
    unseen: int
    meetings: int
    there: int
    last_on: date | None
    decided: int
    done: int
    late: int
    to_tell: int


def life(work: Work, authority: Authority) -> Life:
    """The numbers of an authority within reach of whoever asks. Seven statements, however many records there are."""
    year = school_year(work.today)
    asked, became = _signposts(work, authority, year)
    meetings, there, last_on = _row(
        work,
        CouncilMeeting,
        authority,
        func.count(CouncilMeeting.id).filter(_within(CouncilMeeting.held_on, year)),
        func.coalesce(func.sum(CouncilMeeting.there).filter(_within(CouncilMeeting.held_on, year)), 0),
        func.max(CouncilMeeting.held_on),
    )
    decided, done, late, to_tell = _row(
        work,
        CouncilDecision,
        authority,
        func.count(CouncilDecision.id),
        func.count(CouncilDecision.id).filter(CouncilDecision.outcome == "done"),
        func.count(CouncilDecision.id).filter(past_its_day(work.today)),
        func.count(CouncilDecision.id).filter(to_tell_back()),
    )
    placements, hours, completed, without = _row(
        work,
        WorkExperience,
        authority,
        func.count(WorkExperience.id).filter(_within(WorkExperience.starts_on, year)),
        func.coalesce(func.sum(WorkExperience.hours).filter(_within(WorkExperience.starts_on, year), _took_place()), 0),
        func.count(WorkExperience.id).filter(
            _within(WorkExperience.starts_on, year), WorkExperience.went == Went.completed
        ),
        func.count(WorkExperience.id).filter(unseen(work.today)),
    )
    return Life(
        in_care=in_care(work, authority),
        lessons=_doing(work, authority, MusicLesson, MusicLesson.instrument),
        clubs=_doing(work, authority, Club, Club.club_kind, ClubKind),
        pointed_out=sum(many for _, many in became),
        to_ask=asked,
        became=became,
        placements=placements,
        hours=hours,
        completed=completed,
        unseen=without,
        meetings=meetings,
        there=there,
        last_on=last_on,
        decided=decided,
        done=done,
        late=late,
        to_tell=to_tell,
    )


def in_care(work: Work, authority: Authority) -> int:
    """How many young people in care an authority keeps a record of: what most numbers here are out of."""
    asked = select(func.count(YoungPerson.id)).where(
        YoungPerson.authority_id == authority.id, YoungPerson.care_status == CareStatus.looked_after
    )
    return work.db.scalar(asked) or 0


def people_with(work: Work, authority: Authority, record: Any, *where: ColumnElement[bool]) -> int:
    """How many young people in care have a record of a kind that meets some conditions, each counted once."""
    asked = (
        select(func.count(func.distinct(record.young_person_id)))
        .join(YoungPerson, YoungPerson.id == record.young_person_id)
        .where(record.authority_id == authority.id, YoungPerson.care_status == CareStatus.looked_after, *where)
    )
    return work.db.scalar(asked) or 0


def school_year(on: date) -> Period:
    """The academic year of a day, from 1 September."""
    begins = academic_year(on)
    return Period(date(begins, 9, 1), date(begins + 1, 8, 31))


def _doing(work: Work, authority: Authority, record: Any, by: Any, choice: Any = None) -> Doing:
    """Who does something today, and the five things done most. One statement: a young person may do two of a kind."""
    asked = (
        select(by, record.young_person_id)
        .join(YoungPerson, YoungPerson.id == record.young_person_id)
        .where(
            record.authority_id == authority.id,
            YoungPerson.care_status == CareStatus.looked_after,
            going_on(record, work.today),
        )
    )
    kinds: dict[str, int] = {}
    people: set[int] = set()
    rows = work.db.execute(asked).all()
    for kind, person in rows:
        words = choice.say(kind) if choice else kind[:1].upper() + kind[1:].lower()
        kinds[words] = kinds.get(words, 0) + 1
        people.add(person)
    most = sorted(kinds.items(), key=lambda one: (-one[1], one[0]))[:5]
    return Doing(len(people), len(rows), tuple(most))


def _signposts(work: Work, authority: Authority, year: Period) -> tuple[int, tuple[tuple[str, int], ...]]:
    asked = (
        select(
            Signpost.became,
            func.count(Signpost.id).filter(_within(Signpost.pointed_out_on, year)),
            func.count(Signpost.id).filter(to_ask(work.today)),
        )
        .where(Signpost.authority_id == authority.id)
        .group_by(Signpost.became)
    )
    found = {became: (many, waits) for became, many, waits in work.db.execute(asked)}
    order = [None, *(each.value for each in Became)]
    told = [
        (Became.say(each) if each else "Not known yet", found[each][0])
        for each in order
        if each in found and found[each][0]
    ]
    return sum(waits for _, waits in found.values()), tuple(told)


def _took_place() -> ColumnElement[bool]:
    return WorkExperience.went.in_((Went.completed, Went.early))


def _within(column: Any, period: Period) -> ColumnElement[bool]:
    found: ColumnElement[bool] = column.between(period.starts_on, period.ends_on)
    return found


def _row(work: Work, record: Any, authority: Authority, *counted: Any) -> Sequence[Any]:
    asked = select(*counted).select_from(record).where(record.authority_id == authority.id)
    return work.db.execute(asked).one()
