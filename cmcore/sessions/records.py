"""What is kept of a mentoring session: DOMAIN §6."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, ClassVar

from sqlalchemy import (
    JSON,
    Boolean,
    CheckConstraint,
    ColumnElement,
    Date,
    ForeignKey,
    Index,
    Integer,
    String,
    Text,
    UniqueConstraint,
    and_,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from cmcore.base.clock import LONDON
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
from cmcore.commissions.records import Commission
from cmcore.enrolments.records import Enrolment
from cmcore.mentors.records import Mentor
from cmcore.safekeeping.access import reach
from cmcore.safekeeping.scope import Grant, Scope
from cmcore.sessions.words import DraftOf, Outcome, SessionPlace
from cmcore.young_people.records import YoungPerson


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
        # For whoever looks at several authorities at once, where the one above gives no order.
        Index("ix_cm_session_newest", "starts_at", "id"),
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
    #: Whether the mentor marked something in it that worried them (R-REP-3).
    worrying: Mapped[bool] = mapped_column(Boolean, nullable=False, default=False)
    #: The activity report it stands in. No foreign key: SQLite adds none to a table that stands.
    activity_report_id: Mapped[int | None] = mapped_column(Integer, index=True)
    #: Whether that report was sent: the session then stays as it is.
    settled: Mapped[bool] = mapped_column(Boolean, nullable=False, default=False)
    #: The zone whose wall clock its times were written by.
    zone: Mapped[str] = mapped_column(String(40), nullable=False, default=LONDON.key)
    #: What is known of why it did not go as planned: absent, called off, put off, ended for safety.
    in_the_way: Mapped[str] = mapped_column(Text, nullable=False, default="", info=sensitive())
    #: The mark of the page it was sent from: the same page sent twice is one session.
    sent_once: Mapped[str | None] = mapped_column(String(40), unique=True, index=True)

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


class SessionDraft(Kept, OfAuthority, Record):
    """What somebody has typed of a session, or of a week of them, and not sent: theirs alone, gone once it is sent."""

    __tablename__ = "cm_session_draft"
    __table_args__ = (
        of_young_person(),
        one_of("draft_of", DraftOf),
        UniqueConstraint("began_by", "mark"),
    )
    about: ClassVar[str] = "child"
    retention: ClassVar[str] = "draft"
    words: ClassVar[tuple[str, str]] = ("draft of a session", "drafts of sessions")

    #: The sign-in name of whoever types it.
    began_by: Mapped[str] = mapped_column(String(120), nullable=False)
    draft_of: Mapped[str] = mapped_column(code(), nullable=False)
    #: The mark of the page it is typed on, which is sent along with it.
    mark: Mapped[str] = mapped_column(String(40), nullable=False)
    #: The plan whose record it is to become.
    session_id: Mapped[int | None] = mapped_column(Integer)
    #: The Monday of the week it is about.
    week_on: Mapped[date | None] = mapped_column(Date)
    #: The young person of the commission that is chosen in it, if one is.
    young_person_id: Mapped[int | None] = mapped_column(Integer, index=True)
    values: Mapped[dict[str, Any]] = mapped_column(JSON, nullable=False, default=dict, info=sensitive())
    saved_at: Mapped[datetime] = mapped_column(Instant, nullable=False)

    def __str__(self) -> str:
        """What it is a draft of."""
        return f"draft of a {DraftOf.say(self.draft_of).lower()}"


@reach("own drafts")
def _own_drafts(record: type[Any], scope: Scope, grants: Sequence[Grant]) -> ColumnElement[bool]:
    """Drafts that the person asking began, in the authorities where they hold the role."""
    return and_(record.began_by == scope.login, record.authority_id.in_(sorted({one.authority_id for one in grants})))
