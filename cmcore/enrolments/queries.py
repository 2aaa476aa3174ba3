"""What is read of enrolments."""

from __future__ import annotations

from datetime import date

from sqlalchemy import func, select

from cmcore.enrolments.records import Enrolment
from cmcore.safekeeping.records import StateChange
from cmcore.safekeeping.work import Work


def last_step_on(work: Work, enrolment: Enrolment) -> date | None:
    """The day of the enrolment's last change of state; nothing before its first."""
    asked = select(func.max(StateChange.moved_on)).where(
        StateChange.kind_of_record == "enrolment", StateChange.record_id == enrolment.id
    )
    return work.db.scalar(asked)


def of_young_person(work: Work, young_person_id: int) -> list[Enrolment]:
    """The young person's enrolments, the latest first."""
    asked = (
        select(Enrolment)
        .where(Enrolment.young_person_id == young_person_id)
        .order_by(Enrolment.started_on.desc().nulls_first(), Enrolment.id.desc())
    )
    return list(work.db.scalars(asked))


def of_referral(work: Work, referral_id: int) -> Enrolment | None:
    """The enrolment that came of a referral."""
    return work.db.scalars(
        select(Enrolment).where(Enrolment.referral_id == referral_id).order_by(Enrolment.id.desc()).limit(1)
    ).first()


def find(work: Work, text: str, limit: int = 20) -> list[Enrolment]:
    """Enrolments whose reference begins so."""
    return list(
        work.db.scalars(
            select(Enrolment).where(Enrolment.ref.ilike(f"{text.strip()}%")).order_by(Enrolment.ref).limit(limit)
        )
    )
