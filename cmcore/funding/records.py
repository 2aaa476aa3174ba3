"""What is kept of funding lines: DOMAIN §11."""

from __future__ import annotations

from typing import ClassVar

from sqlalchemy import CheckConstraint, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from cmcore.base.records import Kept, OfAuthority, Record, code, one_of, parent
from cmcore.funding.words import FundingKind


class FundingLine(Kept, OfAuthority, Record):
    """An amount of one kind of money in one financial year, with what it may be used for."""

    __tablename__ = "cm_funding_line"
    __table_args__ = (
        parent(),
        one_of("kind_of_money", FundingKind),
        CheckConstraint("amount_pence >= 0", name="amount_not_negative"),
    )
    about: ClassVar[str] = "authority"
    retention: ClassVar[str] = "six years"
    words: ClassVar[tuple[str, str]] = ("funding line", "funding lines")

    name: Mapped[str] = mapped_column(String(120), nullable=False)
    kind_of_money: Mapped[str] = mapped_column(code(), nullable=False)
    #: The calendar year in which the financial year begins, on 1 April.
    financial_year: Mapped[int] = mapped_column(Integer, nullable=False)
    amount_pence: Mapped[int] = mapped_column(Integer, nullable=False)
    restriction: Mapped[str] = mapped_column(String(500), nullable=False, default="")

    def __str__(self) -> str:
        """Its name and year."""
        return f"{self.name} {self.financial_year}-{(self.financial_year + 1) % 100:02d}"
