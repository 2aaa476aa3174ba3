"""What is kept of a mentor's support and training, and of risk assessments and who read them: DOMAIN §5 and §7."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from sqlalchemy import (
    JSON,
    Boolean,
    CheckConstraint,
    Date,
    ForeignKey,
    Index,
    Integer,
    String,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from cmcore.base.records import Kept, OfAuthority, Record, code, one_of, parent, within
from cmcore.mentors.records import Mentor
from cmcore.readiness.words import Attendance, Support, TrainingSubject


class Supervision(Kept, OfAuthority, Record):
    """A reflective session with a psychologist, or one-to-one support, and whether a mentor came.

    What was said in it is not kept: there is no field for it.
    """

    __tablename__ = "cm_supervision"
    __table_args__ = (
        UniqueConstraint("authority_id", "mentor_id", "held_on", "kind_of_support", name="uq_cm_supervision_once"),
        one_of("kind_of_support", Support),
        one_of("attendance", Attendance),
    )
    about: ClassVar[str] = "mentor"
    retention: ClassVar[str] = "mentor"
    words: ClassVar[tuple[str, str]] = ("reflective session", "reflective sessions")

    mentor_id: Mapped[int] = mapped_column(ForeignKey("cm_mentor.id"), nullable=False, index=True)
    kind_of_support: Mapped[str] = mapped_column(code(), nullable=False, default=Support.reflective)
    held_on: Mapped[date] = mapped_column(Date, nullable=False)
    #: The psychologist, or whoever gave it.
    led_by: Mapped[str] = mapped_column(String(120), nullable=False, default="")
    attendance: Mapped[str] = mapped_column(code(), nullable=False, default=Attendance.came)

    mentor: Mapped[Mentor] = relationship()

    def __str__(self) -> str:
        """What it was."""
        return Support.say(self.kind_of_support)


class Training(Kept, OfAuthority, Record):
    """A day or an hour of training, and whether a mentor came."""

    __tablename__ = "cm_training"
    __table_args__ = (
        UniqueConstraint("authority_id", "mentor_id", "held_on", "subject"),
        one_of("subject", TrainingSubject),
        one_of("attendance", Attendance),
        CheckConstraint("minutes IS NULL OR minutes > 0", name="some_time"),
    )
    about: ClassVar[str] = "mentor"
    retention: ClassVar[str] = "mentor"
    words: ClassVar[tuple[str, str]] = ("training", "trainings")

    mentor_id: Mapped[int] = mapped_column(ForeignKey("cm_mentor.id"), nullable=False, index=True)
    subject: Mapped[str] = mapped_column(code(), nullable=False)
    title: Mapped[str] = mapped_column(String(120), nullable=False, default="")
    held_on: Mapped[date] = mapped_column(Date, nullable=False)
    #: Whole minutes.
    minutes: Mapped[int | None] = mapped_column(Integer)
    led_by: Mapped[str] = mapped_column(String(120), nullable=False, default="")
    attendance: Mapped[str] = mapped_column(code(), nullable=False, default=Attendance.came)

    mentor: Mapped[Mentor] = relationship()

    def __str__(self) -> str:
        """What it was in."""
        return TrainingSubject.say(self.subject)


class RiskAssessment(Kept, OfAuthority, Record):
    """What could harm somebody in a kind of activity and what is done about it. No young person is named in it."""

    __tablename__ = "cm_risk_assessment"
    __table_args__ = (
        parent(),
        CheckConstraint("replaced_on IS NULL OR made_on <= replaced_on", name="in_order"),
        Index("ix_cm_risk_assessment_in_force", "authority_id", "for_everybody", "made_on"),
    )
    about: ClassVar[str] = "authority"
    retention: ClassVar[str] = "six years"
    words: ClassVar[tuple[str, str]] = ("risk assessment", "risk assessments")

    activity: Mapped[str] = mapped_column(String(200), nullable=False)
    #: The template it was drawn up from, in the authority's own words.
    template: Mapped[str] = mapped_column(String(120), nullable=False, default="")
    #: Each hazard with who could be harmed, what is done about it, and how likely harm is then.
    hazards: Mapped[list[dict[str, Any]]] = mapped_column(JSON, nullable=False, default=list)
    exclusions: Mapped[list[str]] = mapped_column(JSON, nullable=False, default=list)
    #: Somebody trained, with whom what is left out may be done after all.
    trained: Mapped[str] = mapped_column(String(200), nullable=False, default="")
    #: Whether every mentor reads it before the first session (R-MEN-2); otherwise those who do the activity.
    for_everybody: Mapped[bool] = mapped_column(Boolean, nullable=False, default=True)
    made_on: Mapped[date] = mapped_column(Date, nullable=False)
    review_on: Mapped[date | None] = mapped_column(Date)
    #: From this day a newer one holds.
    replaced_on: Mapped[date | None] = mapped_column(Date)

    readings: Mapped[list[AssessmentRead]] = relationship(back_populates="assessment", viewonly=True)

    def __str__(self) -> str:
        """The activity."""
        return self.activity


class AssessmentRead(Kept, OfAuthority, Record):
    """That a mentor has read a risk assessment, and on which day."""

    __tablename__ = "cm_assessment_read"
    __table_args__ = (
        UniqueConstraint("authority_id", "assessment_id", "mentor_id"),
        within("cm_risk_assessment", "assessment_id"),
    )
    about: ClassVar[str] = "mentor"
    retention: ClassVar[str] = "mentor"
    words: ClassVar[tuple[str, str]] = ("reading of a risk assessment", "readings of risk assessments")

    assessment_id: Mapped[int] = mapped_column(Integer, nullable=False, index=True)
    mentor_id: Mapped[int] = mapped_column(ForeignKey("cm_mentor.id"), nullable=False, index=True)
    read_on: Mapped[date] = mapped_column(Date, nullable=False)
    #: Who wrote it down: the mentor, or a coordinator the mentor told.
    recorded_by: Mapped[str] = mapped_column(String(120), nullable=False, default="")

    assessment: Mapped[RiskAssessment] = relationship(
        primaryjoin="foreign(AssessmentRead.assessment_id) == RiskAssessment.id", back_populates="readings"
    )
    mentor: Mapped[Mentor] = relationship()

    def __str__(self) -> str:
        """What was read."""
        return f"{self.assessment}"
