"""What is kept of a journal and of case studies: DOMAIN §6. Media stands apart, under a reach of its own."""

from __future__ import annotations

from datetime import date, datetime
from typing import ClassVar

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, Integer, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from cmcore.base.clock import short_day
from cmcore.base.lifecycle import Lifecycle, State, Stateful, Transition
from cmcore.base.records import (
    Instant,
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
from cmcore.commissions.records import Commission
from cmcore.journals import reach  # noqa: F401  declares who reaches these records
from cmcore.journals.words import EntryKind, VisibleTo
from cmcore.mentors.records import Mentor
from cmcore.young_people.records import YoungPerson


class JournalEntry(Kept, OfYoungPerson, Record):
    """One picture, film, recording or set of words of a young person's time with a mentor. Welcome, never required."""

    __tablename__ = "cm_journal_entry"
    __table_args__ = (
        parent(),
        of_young_person(),
        one_of("kind_of_entry", EntryKind),
        one_of("visible_to", VisibleTo),
        Index("ix_cm_journal_entry_of_person", "young_person_id", "captured_on"),
        Index("ix_cm_journal_entry_latest", "authority_id", "captured_on", "id"),
    )
    words: ClassVar[tuple[str, str]] = ("journal entry", "journal entries")

    ref: Mapped[str] = mapped_column(String(20), nullable=False, unique=True)
    kind_of_entry: Mapped[str] = mapped_column(code(), nullable=False)
    captured_on: Mapped[date] = mapped_column(Date, nullable=False)
    caption: Mapped[str] = mapped_column(Text, nullable=False, default="", info=sensitive())
    #: What the young person said, in their words.
    said: Mapped[str] = mapped_column(Text, nullable=False, default="", info=sensitive())
    visible_to: Mapped[str] = mapped_column(code(), nullable=False)
    kept_by: Mapped[str] = mapped_column(String(120), nullable=False)
    kept_by_login: Mapped[str] = mapped_column(String(120), nullable=False)
    #: The day its picture, film or recording was thrown away, where it was.
    media_gone_on: Mapped[date | None] = mapped_column(Date)

    young_person: Mapped[YoungPerson] = relationship(
        primaryjoin="foreign(JournalEntry.young_person_id) == YoungPerson.id"
    )

    def __str__(self) -> str:
        """What it holds, and its day."""
        return f"{EntryKind.say(self.kind_of_entry)}, {short_day(self.captured_on)}"


class JournalMedia(OfYoungPerson, Record):
    """The picture, film or recording of an entry, cleaned; nobody is given it without permissions in force that day."""

    __tablename__ = "cm_journal_media"
    __table_args__ = (
        of_young_person(),
        within("cm_journal_entry", "entry_id"),
        CheckConstraint("size > 0", name="some_content"),
    )
    words: ClassVar[tuple[str, str]] = ("picture, film or recording", "pictures, films and recordings")

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    entry_id: Mapped[int] = mapped_column(Integer, nullable=False, unique=True)
    #: What it is by its content, never by its name.
    media_type: Mapped[str] = mapped_column(String(100), nullable=False)
    size: Mapped[int] = mapped_column(Integer, nullable=False)
    width: Mapped[int] = mapped_column(Integer, nullable=False, default=0)
    height: Mapped[int] = mapped_column(Integer, nullable=False, default=0)
    content: Mapped[bytes] = mapped_column(LargeBinary, nullable=False, deferred=True, info=sensitive())
    #: A small picture beside it, for lists; empty for what is heard.
    small: Mapped[bytes] = mapped_column(LargeBinary, nullable=False, deferred=True, info=sensitive())
    #: Who kept it, as its entry says: repeated for its reach.
    kept_by_login: Mapped[str] = mapped_column(String(120), nullable=False)
    kept_at: Mapped[datetime] = mapped_column(Instant, nullable=False)

    entry: Mapped[JournalEntry] = relationship(primaryjoin="foreign(JournalMedia.entry_id) == JournalEntry.id")


class JournalPermission(OfYoungPerson, Record):
    """A permission that an entry rests on: it covered the use on the day of the entry, and is not thrown away since."""

    __tablename__ = "cm_journal_permission"
    __table_args__ = (
        of_young_person(),
        within("cm_journal_entry", "entry_id"),
        within("cm_consent", "consent_id"),
        UniqueConstraint("entry_id", "consent_id"),
    )
    words: ClassVar[tuple[str, str]] = ("permission of an entry", "permissions of entries")

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    entry_id: Mapped[int] = mapped_column(Integer, nullable=False, index=True)
    consent_id: Mapped[int] = mapped_column(Integer, nullable=False, index=True)


CASE_STUDY_LIFE = Lifecycle(
    "case_study",
    (
        State("draft", "Being written"),
        State("ready", "Ready to be shared"),
        State("shared", "Shared with professionals"),
        State("public", "Shown in public"),
        State("taken_back", "Taken back", ended=True),
    ),
    (
        Transition("finish", ("draft",), "ready", "Say that it is finished", guards=("no_names",)),
        Transition("reopen", ("ready",), "draft", "Go on writing"),
        Transition("share", ("ready",), "shared", "Share with professionals", guards=("no_names",)),
        Transition("publish", ("ready", "shared"), "public", "Show in public", guards=("no_names", "media_public")),
        Transition("take_back", ("shared", "public"), "taken_back", "Take it back", needs_reason=True),
    ),
)


class CaseStudy(Kept, OfAuthority, Stateful, Record):
    """What came of a young person's time with a mentor, told without a name, in hours commissioned for it."""

    __tablename__ = "cm_case_study"
    __table_args__ = (
        parent(),
        of_young_person(),
        within("cm_commission", "commission_id"),
        CheckConstraint("starts_on <= ends_on", name="in_order"),
        Index("ix_cm_case_study_waiting", "authority_id", "state"),
    )
    life = CASE_STUDY_LIFE
    about: ClassVar[str] = "child"
    retention: ClassVar[str] = "child"
    words: ClassVar[tuple[str, str]] = ("case study", "case studies")

    ref: Mapped[str] = mapped_column(String(20), nullable=False, unique=True)
    commission_id: Mapped[int] = mapped_column(Integer, nullable=False, index=True)
    #: Mentor and young person of the commission, repeated for reach.
    mentor_id: Mapped[int] = mapped_column(ForeignKey("cm_mentor.id"), nullable=False, index=True)
    young_person_id: Mapped[int | None] = mapped_column(Integer, index=True)
    starts_on: Mapped[date] = mapped_column(Date, nullable=False)
    ends_on: Mapped[date] = mapped_column(Date, nullable=False)
    title: Mapped[str] = mapped_column(String(160), nullable=False, info=sensitive())
    beginning: Mapped[str] = mapped_column(Text, nullable=False, default="", info=sensitive())
    done: Mapped[str] = mapped_column(Text, nullable=False, default="", info=sensitive())
    changed: Mapped[str] = mapped_column(Text, nullable=False, default="", info=sensitive())
    said: Mapped[str] = mapped_column(Text, nullable=False, default="", info=sensitive())

    commission: Mapped[Commission] = relationship(primaryjoin="foreign(CaseStudy.commission_id) == Commission.id")
    mentor: Mapped[Mentor] = relationship()
    young_person: Mapped[YoungPerson | None] = relationship(
        primaryjoin="foreign(CaseStudy.young_person_id) == YoungPerson.id", viewonly=True
    )

    def __str__(self) -> str:
        """Its reference."""
        return self.ref
