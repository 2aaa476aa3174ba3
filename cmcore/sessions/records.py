"""What is kept of a mentoring session: DOMAIN §6."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import JSON, Boolean, CheckConstraint, ForeignKey, Index, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from cmcore.base.records import (
    Instant,
    Kept,
    OfAuthority,
    Record,
    code,
    of_young_person,
    one_of,
    parent,
    sensitive,
    within,
)
from cmcore.base.words import Choice
from cmcore.commissions.records import Commission
from cmcore.enrolments.records import Enrolment
from cmcore.mentors.records import Mentor
from cmcore.young_people.records import YoungPerson


class SessionPlace(Choice):
    """Where a session was held: DOMAIN §6."""

    home = "home", "At home"
    school = "school", "At school"
    community = "community", "In the community"
    online = "online", "Online"
    other = "other", "Somewhere else"


class Outcome(Choice):
    """What became of a session: DOMAIN §6."""

    held = "held", "Held"
    shortened = "shortened", "Held, but cut short"
    absent = "absent", "Young person absent"
    cancelled_by_young_person = "cancelled_by_young_person", "Cancelled by the young person"
    cancelled_by_mentor = "cancelled_by_mentor", "Cancelled by the mentor"
    postponed = "postponed", "Postponed, unsettled"
    ended_for_safety = "ended_for_safety", "Ended for safety"
    left = "left", "Young person left the session"


#: Outcomes in which mentor and young person met.
MET = (Outcome.held, Outcome.shortened, Outcome.ended_for_safety, Outcome.left)
#: Outcomes that count as an absence (R-SES-2).
ABSENCES = (Outcome.absent, Outcome.cancelled_by_young_person)
#: Outcomes in which nothing took place at that time, so the time is free again.
NOT_HELD = (Outcome.cancelled_by_young_person, Outcome.cancelled_by_mentor, Outcome.postponed)


class MentoringSession(Kept, OfAuthority, Record):
    """One session of a commission: planned while it has no outcome, reported once it has one."""

    __tablename__ = "cm_session"
    __table_args__ = (
        parent(),
        of_young_person(),
        within("cm_commission", "commission_id"),
        within("cm_enrolment", "enrolment_id"),
        one_of("place", SessionPlace),
        one_of("outcome", Outcome, empty=True),
        CheckConstraint("starts_at < ends_at", name="ends_after_it_starts"),
        CheckConstraint("minutes > 0", name="some_time"),
        Index("ix_cm_session_of_mentor", "mentor_id", "starts_at"),
        Index("ix_cm_session_of_person", "young_person_id", "starts_at"),
        Index("ix_cm_session_latest", "authority_id", "starts_at", "id"),
    )
    about: ClassVar[str] = "child"
    retention: ClassVar[str] = "child"
    words: ClassVar[tuple[str, str]] = ("session", "sessions")

    commission_id: Mapped[int] = mapped_column(Integer, nullable=False, index=True)
    #: Enrolment, young person and mentor of the commission, repeated for reach, clashes and counting.
    enrolment_id: Mapped[int] = mapped_column(Integer, nullable=False, index=True)
    young_person_id: Mapped[int | None] = mapped_column(Integer)
    mentor_id: Mapped[int] = mapped_column(ForeignKey("cm_mentor.id"), nullable=False)
    starts_at: Mapped[datetime] = mapped_column(Instant, nullable=False)
    ends_at: Mapped[datetime] = mapped_column(Instant, nullable=False)
    #: Whole minutes between the two instants, right across clock changes.
    minutes: Mapped[int] = mapped_column(Integer, nullable=False)
    place: Mapped[str] = mapped_column(code(), nullable=False)
    outcome: Mapped[str | None] = mapped_column(code())
    joint: Mapped[bool] = mapped_column(Boolean, nullable=False, default=False)
    mentor_drove: Mapped[bool] = mapped_column(Boolean, nullable=False, default=False)
    adults_present: Mapped[str] = mapped_column(String(300), nullable=False, default="", info=sensitive())
    planned_measures: Mapped[list[str]] = mapped_column(JSON, nullable=False, default=list)
    intention: Mapped[str] = mapped_column(Text, nullable=False, default="", info=sensitive())
    done: Mapped[str] = mapped_column(Text, nullable=False, default="", info=sensitive())
    art_form: Mapped[str] = mapped_column(String(60), nullable=False, default="")
    #: Notes of impact: measure, note, and whether it was expected.
    impact: Mapped[list[dict[str, Any]]] = mapped_column(JSON, nullable=False, default=list, info=sensitive())
    words_said: Mapped[str] = mapped_column(Text, nullable=False, default="", info=sensitive())
    chargeable: Mapped[bool] = mapped_column(Boolean, nullable=False, default=True)

    commission: Mapped[Commission] = relationship(
        primaryjoin="foreign(MentoringSession.commission_id) == Commission.id"
    )
    enrolment: Mapped[Enrolment] = relationship(primaryjoin="foreign(MentoringSession.enrolment_id) == Enrolment.id")
    young_person: Mapped[YoungPerson | None] = relationship(
        primaryjoin="foreign(MentoringSession.young_person_id) == YoungPerson.id", viewonly=True
    )
    mentor: Mapped[Mentor] = relationship()

    def __str__(self) -> str:
        """When it begins."""
        return f"session on {self.starts_at:%d/%m/%Y}"
