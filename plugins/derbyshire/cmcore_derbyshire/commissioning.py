"""What a commission in Derbyshire begins with: sessional hours at the usual rate, paid from Pupil Premium Plus."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from cmcore.api import Enrolment, FundingLine, Record, Work, financial_year


def usual(work: Work, about: Record | None) -> dict[str, Any]:
    """The usual hours, rate, purpose and, where there is one this financial year, funding line.

    Mentors are employed on a sessional basis using Pupil Premium Plus [LGA]; the numbers are settings of the plugin.
    """
    told = {
        "hours": work.setting("derbyshire", "commission_hours"),
        "rate_pence": work.setting("derbyshire", "commission_rate_pence"),
        "purpose": work.setting("derbyshire", "commission_purpose"),
    }
    if isinstance(about, Enrolment) and (line := _line(work, about.authority_id)) is not None:
        told["funding_line_id"] = line
    return told


def _line(work: Work, authority_id: int) -> int | None:
    asked = select(FundingLine.id).where(
        FundingLine.authority_id == authority_id,
        FundingLine.kind_of_money == work.setting("derbyshire", "commission_funding"),
        FundingLine.financial_year == financial_year(work.today),
    )
    return work.db.scalars(asked.order_by(FundingLine.id).limit(1)).first()
