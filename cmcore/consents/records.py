"""What is kept of a permission: DOMAIN §3."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from sqlalchemy import CheckConstraint, Date, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from cmcore.base.records import Kept, OfYoungPerson, Record, code, of_young_person, one_of, parent, sensitive
from cmcore.consents.words import ConsentKind, Decider, Decision
from cmcore.young_people.records import YoungPerson


class Consent(Kept, OfYoungPerson, Record):
    """One decision about one kind of use. A later decision of the same kind takes its place from its day on."""

    __tablename__ = "cm_consent"
    __table_args__ = (
        parent(),
        of_young_person(),
        one_of("kind_of_use", ConsentKind),
        one_of("decided_by", Decider),
        one_of("decision", Decision),
        CheckConstraint("ends_on IS NULL OR starts_on <= ends_on", name="in_order"),
        CheckConstraint("withdrawn_on IS NULL OR starts_on <= withdrawn_on", name="withdrawn_after"),
        Index("ix_cm_consent_of_person", "young_person_id", "kind_of_use", "starts_on"),
    )
    words: ClassVar[tuple[str, str]] = ("permission", "permissions")

    kind_of_use: Mapped[str] = mapped_column(code(), nullable=False)
    decided_by: Mapped[str] = mapped_column(code(), nullable=False)
    decider_name: Mapped[str] = mapped_column(String(120), nullable=False, default="", info=sensitive())
    decision: Mapped[str] = mapped_column(code(), nullable=False)
    starts_on: Mapped[date] = mapped_column(Date, nullable=False)
    ends_on: Mapped[date | None] = mapped_column(Date)
    withdrawn_on: Mapped[date | None] = mapped_column(Date)
    note: Mapped[str] = mapped_column(String(500), nullable=False, default="", info=sensitive())

    young_person: Mapped[YoungPerson] = relationship(primaryjoin="foreign(Consent.young_person_id) == YoungPerson.id")

    def __str__(self) -> str:
        """What it is for, and what was decided."""
        return f"{ConsentKind.say(self.kind_of_use)}: {Decision.say(self.decision).lower()}"
