"""The numbers of lessons, clubs, what was pointed out, work experience and the council, as stored queries."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_, select

from cmcore.api import Authority, Counted, Figure, Period, Work
from cmcore_staffordshire.life.council_records import CouncilDecision, CouncilMeeting
from cmcore_staffordshire.life.counts import in_care, people_with
from cmcore_staffordshire.life.records import Club, MusicLesson, Signpost, WorkExperience
from cmcore_staffordshire.life.words import Became, DecisionOutcome, Went


def lessons(work: Work, authority: Authority, period: Period) -> Counted:
    """Young people in care who had music lessons in a period, out of all in care."""
    learn = people_with(work, authority, MusicLesson, _in(MusicLesson, period))
    return Counted(learn, in_care(work, authority))


def clubs(work: Work, authority: Authority, period: Period) -> Counted:
    """Young people in care who went to a club in a period, out of all in care."""
    return Counted(people_with(work, authority, Club, _in(Club, period)), in_care(work, authority))


def joined(work: Work, authority: Authority, period: Period) -> Counted:
    """Things pointed out in a period that were joined, out of those of which it is known what came."""
    within = Signpost.pointed_out_on.between(period.starts_on, _last(period))
    settled = Signpost.became.is_not(None)
    asked = select(func.count(Signpost.id).filter(Signpost.became == Became.joined), func.count(Signpost.id)).where(
        Signpost.authority_id == authority.id, within, settled
    )
    return Counted(*work.db.execute(asked).one())


def placements(work: Work, authority: Authority, period: Period) -> Counted:
    """Young people in care who gained experience of work in a period, out of all in care."""
    took_place = and_(
        WorkExperience.starts_on <= work.today,
        or_(WorkExperience.went.is_(None), WorkExperience.went != Went.not_begun),
    )
    worked = people_with(work, authority, WorkExperience, _in(WorkExperience, period), took_place)
    return Counted(worked, in_care(work, authority))


def decisions(work: Work, authority: Authority, period: Period) -> Counted:
    """Decisions of council meetings held in a period that were done, out of all of them."""
    asked = (
        select(
            func.count(CouncilDecision.id).filter(CouncilDecision.outcome == DecisionOutcome.done),
            func.count(CouncilDecision.id),
        )
        .join(CouncilMeeting, CouncilMeeting.id == CouncilDecision.staffordshire_council_id)
        .where(
            CouncilDecision.authority_id == authority.id,
            CouncilMeeting.held_on.between(period.starts_on, _last(period)),
        )
    )
    return Counted(*work.db.execute(asked).one())


def _last(period: Period) -> date:
    return period.ends_on or date.max


def _in(record: Any, period: Period) -> ColumnElement[bool]:
    """What went on at some time within a period."""
    return and_(record.starts_on <= _last(period), or_(record.ends_on.is_(None), record.ends_on >= period.starts_on))


FIGURES = (
    Figure(
        key="staffordshire_lessons",
        title="Young people with music lessons",
        meaning="Young people in care who had music lessons at some time in the period, out of all in care today.",
        count=lessons,
    ),
    Figure(
        key="staffordshire_clubs",
        title="Young people in a club",
        meaning="Young people in care who went to a club at some time in the period, out of all in care today.",
        count=clubs,
    ),
    Figure(
        key="staffordshire_joined",
        title="Signposts that were followed",
        meaning="Things pointed out in the period that were joined, out of those of which it is known what came.",
        count=joined,
    ),
    Figure(
        key="staffordshire_work",
        title="Young people with work experience",
        meaning="Young people in care whose work experience took place in the period, out of all in care today.",
        count=placements,
    ),
    Figure(
        key="staffordshire_decisions",
        title="Council decisions that were done",
        meaning="Decisions of council meetings held in the period of which it was said that they are done, out of all.",
        count=decisions,
        of_people=False,
    ),
)
