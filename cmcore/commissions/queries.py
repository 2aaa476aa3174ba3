"""What is read of commissions: those of an enrolment, and how much of their time is used."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from cmcore.commissions.records import Commission
from cmcore.safekeeping.work import Work


def of_enrolment(work: Work, enrolment_id: int) -> list[Commission]:
    """The enrolment's commissions within reach, the first one first."""
    asked = (
        select(Commission)
        .where(Commission.enrolment_id == enrolment_id)
        .options(joinedload(Commission.mentor))
        .order_by(Commission.starts_on, Commission.id)
    )
    return list(work.db.scalars(asked))
