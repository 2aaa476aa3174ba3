"""What is kept of a known risk and of who was briefed: DOMAIN §3."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from cmcore.base.records import Kept, OfYoungPerson, Record, code, of_young_person, one_of, parent, sensitive, within
from cmcore.mentors.records import Mentor
from cmcore.referrals.words import Rag
from cmcore.young_people.records import YoungPerson


class KnownRisk(Kept, OfYoungPerson, Record):
    """A risk that is known of one young person, how it is managed, and when it is looked at again."""

    __tablename__ = "cm_known_risk"
    __table_args__ = (
        parent(),
        of_young_person(),
        one_of("rag", Rag),
        CheckConstraint("known_on <= review_on", name="review_after"),
        CheckConstraint("ended_on IS NULL OR known_on <= ended_on", name="in_order"),
        Index("ix_cm_known_risk_open", "authority_id", "ended_on", "review_on"),
    )
    words: ClassVar[tuple[str, str]] = ("known risk", "known risks")

    risk: Mapped[str] = mapped_column(Text, nullable=False, info=sensitive())
    managed: Mapped[str] = mapped_column(Text, nullable=False, info=sensitive())
    rag: Mapped[str] = mapped_column(code(), nullable=False)
    known_on: Mapped[date] = mapped_column(Date, nullable=False)
    #: The day by which somebody looks at it again.
    review_on: Mapped[date] = mapped_column(Date, nullable=False)
    #: The day from which it is no longer a risk, and why.
    ended_on: Mapped[date | None] = mapped_column(Date)
    ended_why: Mapped[str] = mapped_column(Text, nullable=False, default="", info=sensitive())

    young_person: Mapped[YoungPerson] = relationship(primaryjoin="foreign(KnownRisk.young_person_id) == YoungPerson.id")
    briefings: Mapped[list[RiskBriefing]] = relationship(
        back_populates="known_risk", viewonly=True, order_by="RiskBriefing.briefed_on, RiskBriefing.id"
    )

    def __str__(self) -> str:
        """How serious it is and since when, never the risk itself: this stands in lists and headings."""
        return f"{Rag.say(self.rag)} risk known since {self.known_on:%-d %B %Y}"


class RiskBriefing(Kept, OfYoungPerson, Record):
    """That a mentor was briefed of a known risk: on which day and by whom."""

    __tablename__ = "cm_risk_briefing"
    __table_args__ = (of_young_person(), within("cm_known_risk", "known_risk_id"))
    words: ClassVar[tuple[str, str]] = ("briefing of a known risk", "briefings of known risks")

    known_risk_id: Mapped[int] = mapped_column(Integer, nullable=False, index=True)
    mentor_id: Mapped[int] = mapped_column(ForeignKey("cm_mentor.id"), nullable=False, index=True)
    briefed_on: Mapped[date] = mapped_column(Date, nullable=False)
    #: Who briefed the mentor, as whoever wrote it down said.
    briefed_by: Mapped[str] = mapped_column(String(120), nullable=False)
    recorded_by: Mapped[str] = mapped_column(String(120), nullable=False, default="")

    known_risk: Mapped[KnownRisk] = relationship(
        primaryjoin="foreign(RiskBriefing.known_risk_id) == KnownRisk.id", back_populates="briefings"
    )
    mentor: Mapped[Mentor | None] = relationship()
    young_person: Mapped[YoungPerson] = relationship(
        primaryjoin="foreign(RiskBriefing.young_person_id) == YoungPerson.id"
    )

    def __str__(self) -> str:
        """Who was briefed, as far as whoever looks may know, and when."""
        return f"{self.mentor or 'A mentor'}, briefed on {self.briefed_on:%-d %B %Y}"
