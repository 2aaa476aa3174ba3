"""What is kept of money set aside for young people, and of yearly rates: DOMAIN §11. Money is whole pence."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from sqlalchemy import CheckConstraint, Date, Integer, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from cmcore.base.periods import academic_year_name
from cmcore.base.records import (
    Kept,
    OfAuthority,
    OfYoungPerson,
    Record,
    code,
    of_young_person,
    one_of,
    parent,
    sensitive,
    within,
)
from cmcore.base.words import pounds
from cmcore.funding.records import FundingLine
from cmcore.money.words import AllocationUse
from cmcore.peps.records import PepTarget
from cmcore.young_people.records import YoungPerson


class Allocation(Kept, OfYoungPerson, Record):
    """Money of one funding line set aside for one young person."""

    __tablename__ = "cm_allocation"
    __table_args__ = (
        parent(),
        of_young_person(),
        within("cm_funding_line", "funding_line_id"),
        within("cm_pep_target", "pep_target_id"),
        one_of("use", AllocationUse),
        CheckConstraint("amount_pence > 0", name="some_money"),
        CheckConstraint("spent_pence >= 0", name="spent_not_negative"),
        CheckConstraint("(spent_pence = 0) OR (spent_on IS NOT NULL)", name="spent_on_a_day"),
    )
    words: ClassVar[tuple[str, str]] = ("sum set aside", "sums set aside")

    funding_line_id: Mapped[int] = mapped_column(Integer, nullable=False, index=True)
    amount_pence: Mapped[int] = mapped_column(Integer, nullable=False)
    use: Mapped[str] = mapped_column(code(), nullable=False)
    purpose: Mapped[str] = mapped_column(String(200), nullable=False, default="", info=sensitive())
    #: The target of the education plan it serves (R-PPP-1).
    pep_target_id: Mapped[int | None] = mapped_column(Integer, index=True)
    agreed_on: Mapped[date] = mapped_column(Date, nullable=False)
    #: What was paid of it otherwise than through commissions.
    spent_pence: Mapped[int] = mapped_column(Integer, nullable=False, default=0)
    spent_on: Mapped[date | None] = mapped_column(Date)

    young_person: Mapped[YoungPerson] = relationship(
        primaryjoin="foreign(Allocation.young_person_id) == YoungPerson.id"
    )
    funding_line: Mapped[FundingLine] = relationship(
        primaryjoin="foreign(Allocation.funding_line_id) == FundingLine.id"
    )
    pep_target: Mapped[PepTarget | None] = relationship(primaryjoin="foreign(Allocation.pep_target_id) == PepTarget.id")

    def __str__(self) -> str:
        """How much, and what for."""
        return f"{pounds(self.amount_pence)} for {AllocationUse.say(self.use).lower()}"


class YearRate(Kept, OfAuthority, Record):
    """What Pupil Premium Plus is worth for one looked-after child in a financial year, as an authority entered it."""

    __tablename__ = "cm_year_rate"
    __table_args__ = (
        parent(),
        UniqueConstraint("authority_id", "financial_year"),
        CheckConstraint("amount_pence > 0", name="some_money"),
    )
    about: ClassVar[str] = "authority"
    retention: ClassVar[str] = "six years"
    words: ClassVar[tuple[str, str]] = ("yearly rate", "yearly rates")

    financial_year: Mapped[int] = mapped_column(Integer, nullable=False)
    amount_pence: Mapped[int] = mapped_column(Integer, nullable=False)
    source: Mapped[str] = mapped_column(String(200), nullable=False, default="")

    def __str__(self) -> str:
        """The year and the amount."""
        return f"{academic_year_name(self.financial_year)}: {pounds(self.amount_pence)}"
