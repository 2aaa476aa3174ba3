"""A mentor's own sessions: what is next, what is not recorded yet, what a week holds, and what it is expected to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import joinedload

from cmcore.base.clock import LONDON, local
from cmcore.commissions.records import Commission
from cmcore.safekeeping.work import Work
from cmcore.sessions.records import MentoringSession

#: How far back one looks for the time at which two usually meet.
LOOKS_BACK = timedelta(days=28)


@dataclass(frozen=True)
class Expected:
    """A session that is likely: at the weekday and the time of the last one of its commission."""

    commission_id: int
    on: date
    starts: time
    ends: time
    place: str


def monday_of(on: date) -> date:
    """The Monday of the week a day is in."""
    return on - timedelta(days=on.weekday())


def own_mentors(work: Work) -> list[int]:
    """The mentors whom whoever asks is: one, or one for each authority they work for; nobody for anybody else."""
    found = {each.mentor_id for each in (work.scope.grants if work.scope else ()) if each.mentor_id is not None}
    return sorted(found)


def only_commission(work: Work) -> int | None:
    """The commission of a mentor who has no other at the moment."""
    if not (own := own_mentors(work)):
        return None
    asked = select(Commission.id).where(Commission.mentor_id.in_(own), Commission.state == "active").limit(2)
    found = list(work.db.scalars(asked))
    return found[0] if len(found) == 1 else None


def last_session(work: Work, commission_id: int | None) -> MentoringSession | None:
    """The last session of a commission: when and where the two usually meet."""
    if commission_id is None:
        return None
    asked = select(MentoringSession).where(MentoringSession.commission_id == commission_id)
    return work.db.scalar(asked.order_by(MentoringSession.starts_at.desc()).limit(1))


def waiting_to_be_told(work: Work, most: int = 12) -> list[MentoringSession]:
    """A mentor's plans whose time has passed and of which nobody has said how they went, the longest ago first."""
    if not own_mentors(work):
        return []
    return _plans(work, MentoringSession.ends_at <= work.clock.now(), most)


def plans_before(work: Work, until: datetime, most: int = 24) -> list[MentoringSession]:
    """A mentor's plans that begin before an instant, those whose time has passed included, the first first."""
    if not own_mentors(work):
        return []
    return _plans(work, MentoringSession.starts_at < until, most)


def _plans(work: Work, condition: ColumnElement[bool], most: int) -> list[MentoringSession]:
    asked = (
        select(MentoringSession)
        .where(MentoringSession.outcome.is_(None), MentoringSession.mentor_id.in_(own_mentors(work)), condition)
        .options(joinedload(MentoringSession.young_person))
        .order_by(MentoringSession.starts_at)
        .limit(most)
    )
    return list(work.db.scalars(asked))


def sessions_of_week(work: Work, mentor_ids: Sequence[int], monday: date) -> list[MentoringSession]:
    """Every session of these mentors in a week, by England's clock, in the order of their times."""
    begins, ends = (datetime.combine(each, time(), LONDON) for each in (monday, monday + timedelta(days=7)))
    asked = select(MentoringSession).where(
        MentoringSession.mentor_id.in_(mentor_ids),
        MentoringSession.starts_at >= begins,
        MentoringSession.starts_at < ends,
    )
    asked = asked.options(joinedload(MentoringSession.young_person))
    return list(work.db.scalars(asked.order_by(MentoringSession.starts_at, MentoringSession.id)))


def commissions_of(work: Work, mentor_ids: Sequence[int], monday: date) -> list[Commission]:
    """The commissions of these mentors under which a session of that week may be logged."""
    sunday = monday + timedelta(days=6)
    asked = select(Commission).where(
        Commission.mentor_id.in_(mentor_ids),
        Commission.state == "active",
        Commission.starts_on <= sunday,
        or_(Commission.ends_on.is_(None), Commission.ends_on >= monday),
    )
    asked = asked.options(joinedload(Commission.young_person))
    return list(work.db.scalars(asked.order_by(Commission.id)))


def expected_in_week(
    work: Work, commissions: Sequence[Commission], there: Sequence[MentoringSession], monday: date
) -> list[Expected]:
    """For each commission without a session in a week, one at the weekday and time of its last."""
    missing = {each.id: each for each in commissions}
    for session in there:
        missing.pop(session.commission_id, None)
    if not missing:
        return []
    begins = datetime.combine(monday, time(), LONDON)
    asked = select(MentoringSession).where(
        MentoringSession.commission_id.in_(missing),
        MentoringSession.starts_at < begins,
        MentoringSession.starts_at >= begins - LOOKS_BACK,
    )
    last = {each.commission_id: each for each in work.db.scalars(asked.order_by(MentoringSession.starts_at))}
    found = [_like(each, monday) for each in last.values()]
    allowed = [
        one
        for one in found
        if missing[one.commission_id].starts_on <= one.on
        and ((ends := missing[one.commission_id].last_day) is None or one.on <= ends)
    ]
    return sorted(allowed, key=lambda one: (one.on, one.starts))


def _like(session: MentoringSession, monday: date) -> Expected:
    start, end = local(session.starts_at), local(session.ends_at)
    on = monday + timedelta(days=start.weekday())
    return Expected(session.commission_id, on, start.time(), end.time(), session.place)
