"""What is kept of matching: who was chosen, why and out of whom; and the distances an authority has entered."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from sqlalchemy import JSON, CheckConstraint, Date, ForeignKey, Integer, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from cmcore.base.records import Kept, OfAuthority, OfYoungPerson, Record, of_young_person, sensitive, within
from cmcore.mentors.records import Mentor
from cmcore.referrals.records import Referral
from cmcore.young_people.records import YoungPerson


class MatchDecision(Kept, OfYoungPerson, Record):
    """That a person chose a mentor for a referral, why, and what the proposal said that day. It commissions nobody."""

    __tablename__ = "cm_match_decision"
    __table_args__ = (of_young_person(), within("cm_referral", "referral_id"))
    words: ClassVar[tuple[str, str]] = ("match", "matches")

    referral_id: Mapped[int] = mapped_column(Integer, nullable=False, index=True)
    mentor_id: Mapped[int] = mapped_column(ForeignKey("cm_mentor.id"), nullable=False, index=True)
    #: The day the work is meant to begin: blocks were looked at as on that day.
    planned_on: Mapped[date] = mapped_column(Date, nullable=False)
    decided_on: Mapped[date] = mapped_column(Date, nullable=False)
    decided_by: Mapped[str] = mapped_column(String(120), nullable=False)
    reason: Mapped[str] = mapped_column(String(1000), nullable=False, info=sensitive())
    #: The place of the chosen mentor in the ranking that day, from 1, and how many were ranked.
    place: Mapped[int | None] = mapped_column(Integer)
    ranked: Mapped[int] = mapped_column(Integer, nullable=False, default=0)
    #: The score out of 100 and its parts, as they were shown.
    score: Mapped[int] = mapped_column(Integer, nullable=False, default=0)
    parts: Mapped[list[dict[str, Any]]] = mapped_column(JSON, nullable=False, default=list, info=sensitive())

    referral: Mapped[Referral] = relationship(primaryjoin="foreign(MatchDecision.referral_id) == Referral.id")
    young_person: Mapped[YoungPerson] = relationship(
        primaryjoin="foreign(MatchDecision.young_person_id) == YoungPerson.id", viewonly=True
    )
    mentor: Mapped[Mentor] = relationship()

    def __str__(self) -> str:
        """When it was decided."""
        return f"match of {self.decided_on:%d/%m/%Y}"


class TravelDistance(Kept, OfAuthority, Record):
    """How far apart two postcode districts are, where an authority knows better than their letters and numbers tell."""

    __tablename__ = "cm_travel_distance"
    __table_args__ = (
        UniqueConstraint("authority_id", "one_district", "other_district"),
        CheckConstraint("one_district <= other_district", name="in_order"),
        CheckConstraint("miles >= 0", name="not_negative"),
    )
    about: ClassVar[str] = "authority"
    retention: ClassVar[str] = "authority"
    words: ClassVar[tuple[str, str]] = ("distance", "distances")

    #: The two first halves of a postcode, in the order of the alphabet, so that a pair stands once.
    one_district: Mapped[str] = mapped_column(String(5), nullable=False)
    other_district: Mapped[str] = mapped_column(String(5), nullable=False)
    #: Whole miles by road, as somebody who knows the way says.
    miles: Mapped[int] = mapped_column(Integer, nullable=False)

    def __str__(self) -> str:
        """Between which two."""
        return f"{self.one_district} to {self.other_district}"
