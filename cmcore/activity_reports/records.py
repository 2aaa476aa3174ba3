"""What is kept of an activity report: DOMAIN §6. Its sessions name it; once it is sent they stand as they are."""

from __future__ import annotations

from datetime import date, datetime
from typing import ClassVar

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, Integer, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, deferred, mapped_column, relationship

from cmcore.base.clock import short_day
from cmcore.base.lifecycle import Lifecycle, State, Stateful, Transition
from cmcore.base.records import Instant, Kept, OfAuthority, Record, of_young_person, parent, sensitive, within
from cmcore.commissions.records import Commission
from cmcore.mentors.records import Mentor
from cmcore.young_people.records import YoungPerson

REPORT_LIFE = Lifecycle(
    "activity_report",
    (
        State("draft", "Being written"),
        State("submitted", "Sent"),
        State("returned", "Sent back"),
        State("accepted", "Accepted"),
        State("locked", "Locked by an invoice", ended=True),
    ),
    (
        Transition("submit", ("draft", "returned"), "submitted", "Send", guards=("complete",)),
        Transition("return", ("submitted",), "returned", "Send back", needs_reason=True),
        Transition("accept", ("submitted",), "accepted", "Accept", guards=("still_to_be_billed",)),
        Transition("lock", ("accepted",), "locked", "Lock"),
    ),
)


class ActivityReport(Kept, OfAuthority, Stateful, Record):
    """A mentor's account of the sessions of one commission in a period."""

    __tablename__ = "cm_activity_report"
    __table_args__ = (
        parent(),
        of_young_person(),
        within("cm_commission", "commission_id"),
        CheckConstraint("starts_on <= ends_on", name="in_order"),
        Index("ix_cm_activity_report_of_commission", "commission_id", "starts_on"),
        Index("ix_cm_activity_report_waiting", "authority_id", "state", "submitted_at"),
    )
    life = REPORT_LIFE
    about: ClassVar[str] = "child"
    retention: ClassVar[str] = "child"
    words: ClassVar[tuple[str, str]] = ("activity report", "activity reports")

    ref: Mapped[str] = mapped_column(String(20), nullable=False, unique=True)
    commission_id: Mapped[int] = mapped_column(Integer, nullable=False)
    #: Mentor and young person of the commission, repeated for reach.
    mentor_id: Mapped[int] = mapped_column(ForeignKey("cm_mentor.id"), nullable=False, index=True)
    young_person_id: Mapped[int | None] = mapped_column(Integer, index=True)
    starts_on: Mapped[date] = mapped_column(Date, nullable=False)
    ends_on: Mapped[date] = mapped_column(Date, nullable=False)
    summary: Mapped[str] = mapped_column(Text, nullable=False, default="", info=sensitive())
    submitted_at: Mapped[datetime | None] = mapped_column(Instant)
    submitted_by: Mapped[str] = mapped_column(String(120), nullable=False, default="")
    accepted_at: Mapped[datetime | None] = mapped_column(Instant)
    accepted_by: Mapped[str] = mapped_column(String(120), nullable=False, default="")

    commission: Mapped[Commission] = relationship(primaryjoin="foreign(ActivityReport.commission_id) == Commission.id")
    mentor: Mapped[Mentor] = relationship()
    young_person: Mapped[YoungPerson | None] = relationship(
        primaryjoin="foreign(ActivityReport.young_person_id) == YoungPerson.id", viewonly=True
    )

    def __str__(self) -> str:
        """Its reference and its days."""
        return f"{self.ref}, {short_day(self.starts_on)} to {short_day(self.ends_on)}"


class ReportTemplate(Kept, OfAuthority, Record):
    """An authority's own Word template of activity reports, in place of the one that comes along."""

    __tablename__ = "cm_report_template"
    __table_args__ = (UniqueConstraint("authority_id"),)
    retention: ClassVar[str] = "authority"
    words: ClassVar[tuple[str, str]] = ("Word template", "Word templates")

    content: Mapped[bytes] = deferred(mapped_column(LargeBinary, nullable=False, info=sensitive()))
    size: Mapped[int] = mapped_column(Integer, nullable=False)
    #: The SHA-256 of the file, in hexadecimal.
    digest: Mapped[str] = mapped_column(String(64), nullable=False)
    kept_by: Mapped[str] = mapped_column(String(120), nullable=False)

    def __str__(self) -> str:
        """What it is."""
        return "Word template of activity reports"
