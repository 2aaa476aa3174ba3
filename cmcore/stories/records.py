"""What is kept of a young person's story: how it is told, which names are left out, who approved it, and its files."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, ClassVar

from sqlalchemy import JSON, CheckConstraint, Date, Index, Integer, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from cmcore.base.lifecycle import Lifecycle, State, Stateful, Transition
from cmcore.base.records import (
    Instant,
    Kept,
    OfYoungPerson,
    Record,
    code,
    of_young_person,
    one_of,
    parent,
    sensitive,
    within,
)
from cmcore.stories.words import FileKind, GivenHow, GivenTo, StoryWhy
from cmcore.young_people.records import YoungPerson

STORY_LIFE = Lifecycle(
    "story",
    (
        State("draft", "Names are being marked"),
        State("submitted", "Waits for a second person"),
        State("approved", "Approved, not given yet"),
        State("given", "Given out", ended=True),
        State("withdrawn", "Not given", ended=True),
    ),
    (
        Transition("ask", ("draft",), "submitted", "Ask a second person", guards=("names_decided",)),
        Transition("send_back", ("submitted", "approved"), "draft", "Send it back", needs_reason=True),
        Transition("approve", ("submitted",), "approved", "Approve it", guards=("second_person",)),
        Transition("give", ("approved",), "given", "Give it out", guards=("as_approved",)),
        Transition("withdraw", ("draft", "submitted", "approved"), "withdrawn", "Do not give it", needs_reason=True),
    ),
)


class Story(Kept, OfYoungPerson, Stateful, Record):
    """A young person's own record as a document they can read, with what becomes of every name that stands in it."""

    __tablename__ = "cm_story"
    __table_args__ = (
        parent(),
        of_young_person(),
        one_of("why", StoryWhy),
        one_of("given_to", GivenTo, empty=True),
        one_of("given_how", GivenHow, empty=True),
        CheckConstraint("due_on >= asked_on", name="due_after_asked"),
        Index("ix_cm_story_waiting", "authority_id", "state", "due_on"),
    )
    life = STORY_LIFE
    #: Who reaches one young person only is not told why somebody's story was sent back.
    narrow: ClassVar[bool] = True
    words: ClassVar[tuple[str, str]] = ("story", "stories")

    ref: Mapped[str] = mapped_column(String(20), nullable=False, unique=True)
    why: Mapped[str] = mapped_column(code(), nullable=False)
    asked_on: Mapped[date] = mapped_column(Date, nullable=False)
    #: The last day on which it may be given: DOMAIN §13, one month.
    due_on: Mapped[date] = mapped_column(Date, nullable=False)
    #: The last day it tells of.
    up_to_on: Mapped[date] = mapped_column(Date, nullable=False)
    made_by: Mapped[str] = mapped_column(String(120), nullable=False)
    made_by_login: Mapped[str] = mapped_column(String(120), nullable=False)
    #: Whoever decided on names last.
    marked_by_login: Mapped[str] = mapped_column(String(120), nullable=False, default="")
    approved_by: Mapped[str] = mapped_column(String(120), nullable=False, default="")
    approved_at: Mapped[datetime | None] = mapped_column(Instant)
    #: The SHA-256 of the story as it was when a second person was asked; empty before.
    digest: Mapped[str] = mapped_column(String(64), nullable=False, default="")
    given_on: Mapped[date | None] = mapped_column(Date)
    given_to: Mapped[str | None] = mapped_column(code())
    given_how: Mapped[str | None] = mapped_column(code())
    #: How many marks nobody has decided on yet, repeated so that a list need not read them all.
    undecided: Mapped[int] = mapped_column(Integer, nullable=False, default=0)
    #: As :func:`cmcore.stories.passages.as_kept` and ``marks_kept`` give them.
    passages: Mapped[list[dict[str, Any]]] = mapped_column(JSON, nullable=False, default=list, info=sensitive())
    marks: Mapped[list[dict[str, Any]]] = mapped_column(JSON, nullable=False, default=list, info=sensitive())
    #: A few words of whoever makes it, before the first passage.
    opening: Mapped[str] = mapped_column(Text, nullable=False, default="", info=sensitive())

    young_person: Mapped[YoungPerson] = relationship(primaryjoin="foreign(Story.young_person_id) == YoungPerson.id")

    def __str__(self) -> str:
        """Its reference."""
        return self.ref


class StoryFile(OfYoungPerson, Record):
    """A story as it was approved, as a file, with the hash by which a change would be known."""

    __tablename__ = "cm_story_file"
    __table_args__ = (
        of_young_person(),
        within("cm_story", "story_id"),
        one_of("kind_of_file", FileKind),
        UniqueConstraint("story_id", "kind_of_file"),
        CheckConstraint("size > 0", name="some_content"),
    )
    words: ClassVar[tuple[str, str]] = ("file of a story", "files of stories")

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    story_id: Mapped[int] = mapped_column(Integer, nullable=False)
    kind_of_file: Mapped[str] = mapped_column(code(), nullable=False)
    content: Mapped[bytes] = mapped_column(LargeBinary, nullable=False, deferred=True, info=sensitive())
    size: Mapped[int] = mapped_column(Integer, nullable=False)
    digest: Mapped[str] = mapped_column(String(64), nullable=False)
    made_at: Mapped[datetime] = mapped_column(Instant, nullable=False)

    story: Mapped[Story] = relationship(primaryjoin="foreign(StoryFile.story_id) == Story.id")
