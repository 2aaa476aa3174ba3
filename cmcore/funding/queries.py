"""What is read of funding lines."""

from __future__ import annotations

from sqlalchemy import select

from cmcore.funding.records import FundingLine
from cmcore.safekeeping.work import Work


def find(work: Work, text: str, limit: int = 20) -> list[FundingLine]:
    """Funding lines whose name matches, the latest financial year first; a year ("2026") narrows too."""
    asked = select(FundingLine).order_by(FundingLine.financial_year.desc(), FundingLine.name, FundingLine.id)
    for word in text.split():
        named = FundingLine.name.icontains(word, autoescape=True)
        year = FundingLine.financial_year == int(word) if word.isascii() and word.isdigit() and len(word) == 4 else None
        asked = asked.where(named if year is None else named | year)
    return list(work.db.scalars(asked.limit(limit)))
