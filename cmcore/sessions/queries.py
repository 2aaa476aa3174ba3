"""What is read of sessions: clashes, time used, the last ones of a young person."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import ScalarSelect, func, or_, select, text

from cmcore.base.engine import is_sqlite
from cmcore.commissions.records import Commission
from cmcore.enrolments.records import Enrolment
from cmcore.programmes.measured import sets_written_with
from cmcore.programmes.records import Programme
from cmcore.safekeeping.access import beyond
from cmcore.safekeeping.work import Work
from cmcore.sessions.at_hand import near
from cmcore.sessions.records import MentoringSession
from cmcore.sessions.rules import Overlap
from cmcore.sessions.words import NOT_HELD

_BUSY = beyond("a mentor is never in two places, whichever authority the other place is; only yes or no comes back")

_SUM = beyond("the hours of a commission are counted whole, whoever sees which session; only the sum comes back")


def sets_of_commission(work: Work, commission_id: int | None) -> tuple[str, ...]:
    """The full name of the measure set a commission's programme is measured with; of none, every one within reach."""
    if commission_id is None:
        return sets_written_with(work)
    asked = (
        select(Programme.measure_set)
        .join(Enrolment, Enrolment.programme_id == Programme.id)
        .join(Commission, Commission.enrolment_id == Enrolment.id)
        .where(Commission.id == commission_id)
    )
    return tuple(work.db.scalars(asked))


def mentor_is_busy(work: Work, mentor_id: int, starts_at: datetime, ends_at: datetime, but: int | None = None) -> bool:
    """Whether the mentor has another session then, for whichever authority; nothing else about it is told."""
    if but is None and (at_hand := near(work)) is not None and at_hand.knows_mentor(mentor_id):
        return at_hand.busy(mentor_id, starts_at, ends_at)
    free = [str(each) for each in NOT_HELD]
    if not is_sqlite(work.engine):
        told = {"mentor": mentor_id, "from": starts_at, "until": ends_at, "but": but, "free": free}
        # Row-level security holds here too; the function looks past it, and says yes or no.
        busy = text("SELECT cm_mentor_busy(:mentor, :from, :until, CAST(:but AS integer), CAST(:free AS text[]))")
        return bool(work.db.execute(busy, told, execution_options=_BUSY).scalar_one())
    table = MentoringSession.__table__
    asked = select(table.c.id).where(
        table.c.mentor_id == mentor_id,
        table.c.starts_at < ends_at,
        table.c.ends_at > starts_at,
        or_(table.c.outcome.is_(None), table.c.outcome.not_in(free)),
    )
    if but is not None:
        asked = asked.where(table.c.id != but)
    return work.db.execute(asked.limit(1), execution_options=_BUSY).first() is not None


def overlaps_of(
    work: Work, young_person_id: int, enrolment_id: int, starts_at: datetime, ends_at: datetime, but: int | None = None
) -> list[Overlap]:
    """The young person's other sessions at that time."""
    if but is None and (at_hand := near(work)) is not None and young_person_id in at_hand.people:
        return at_hand.overlaps(young_person_id, enrolment_id, starts_at, ends_at)
    asked = select(MentoringSession).where(
        MentoringSession.young_person_id == young_person_id,
        MentoringSession.starts_at < ends_at,
        MentoringSession.ends_at > starts_at,
        or_(MentoringSession.outcome.is_(None), MentoringSession.outcome.not_in(NOT_HELD)),
    )
    if but is not None:
        asked = asked.where(MentoringSession.id != but)
    return [Overlap(each.enrolment_id == enrolment_id, each.joint, each.starts_at) for each in work.db.scalars(asked)]


#: What counts towards the hours of a commission: what was reported and is charged.
_COUNTS = (MentoringSession.chargeable, MentoringSession.outcome.is_not(None))


def minutes_used(work: Work, commission_id: int, but: int | None = None) -> int:
    """Chargeable minutes that were reported under a commission."""
    if but is None and (at_hand := near(work)) is not None and commission_id in at_hand.commissions:
        return at_hand.minutes(commission_id)
    asked = select(func.coalesce(func.sum(MentoringSession.minutes), 0)).where(
        MentoringSession.commission_id == commission_id, *_COUNTS
    )
    if but is not None:
        asked = asked.where(MentoringSession.id != but)
    return int(work.db.scalar(asked, execution_options=_SUM) or 0)


def minutes_used_of(work: Work, commission_ids: Collection[int]) -> dict[int, int]:
    """Chargeable minutes that were reported under each of these commissions, which the caller has read."""
    asked = (
        select(MentoringSession.commission_id, func.sum(MentoringSession.minutes))
        .where(MentoringSession.commission_id.in_(commission_ids), *_COUNTS)
        .group_by(MentoringSession.commission_id)
    )
    return {key: int(minutes) for key, minutes in work.db.execute(asked, execution_options=_SUM)}


def used_of_commission() -> ScalarSelect[int]:
    """The minutes used of a commission, to stand in a statement that reads commissions."""
    spent = select(func.coalesce(func.sum(MentoringSession.minutes), 0))
    return (
        spent.where(MentoringSession.commission_id == Commission.id, *_COUNTS).correlate(Commission).scalar_subquery()
    )


def last_outcomes(work: Work, enrolment_id: int, before: datetime | None = None, many: int = 12) -> list[str]:
    """The outcomes of an enrolment's last reported sessions, oldest first."""
    if (at_hand := near(work)) is not None and any(
        one.enrolment_id == enrolment_id for one in at_hand.commissions.values()
    ):
        return at_hand.outcomes(enrolment_id, before, many)
    asked = select(MentoringSession.outcome).where(
        MentoringSession.enrolment_id == enrolment_id, MentoringSession.outcome.is_not(None)
    )
    if before is not None:
        asked = asked.where(MentoringSession.starts_at <= before)
    found = list(work.db.scalars(asked.order_by(MentoringSession.starts_at.desc()).limit(many)))
    return [str(each) for each in reversed(found)]


def of_enrolment(work: Work, enrolment_id: int) -> list[MentoringSession]:
    """The enrolment's sessions, the latest first."""
    asked = (
        select(MentoringSession)
        .where(MentoringSession.enrolment_id == enrolment_id)
        .order_by(MentoringSession.starts_at.desc())
    )
    return list(work.db.scalars(asked))
