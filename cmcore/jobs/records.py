"""What is kept of long work: who asked for what, how far it is, what came of it, and the files that belong to it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import JSON, ColumnElement, Index, Integer, LargeBinary, String, UniqueConstraint, select
from sqlalchemy.orm import Mapped, declared_attr, deferred, mapped_column, relationship

from cmcore.base.among import among
from cmcore.base.lifecycle import Lifecycle, State, Stateful, Transition
from cmcore.base.records import Instant, Kept, OfAuthority, Record, code, one_of, parent, sensitive, within
from cmcore.jobs.words import FilePart
from cmcore.safekeeping.access import reach
from cmcore.safekeeping.scope import Grant, Scope

TASK_LIFE = Lifecycle(
    "task",
    (
        State("queued", "Waits its turn"),
        State("running", "Being done"),
        State("done", "Done", ended=True),
        State("failed", "Not done", ended=True),
        State("cancelled", "Stopped", ended=True),
    ),
    (
        Transition("start", ("queued",), "running", "Begin"),
        Transition("finish", ("running",), "done", "Say that it is done"),
        Transition("fail", ("queued", "running"), "failed", "Say that it could not be done"),
        Transition("cancel", ("queued", "running"), "cancelled", "Stop it"),
        Transition("again", ("failed", "cancelled"), "queued", "Try again"),
    ),
)


class Task(Kept, OfAuthority, Stateful, Record):
    """One piece of long work that somebody asked for, or that is done each day: what, for whom, and what came of it."""

    __tablename__ = "cm_task"
    __table_args__ = (
        parent(),
        UniqueConstraint("authority_id", "kind_of_task", "once"),
        Index("ix_cm_task_waiting", "authority_id", "state", "asked_at"),
        Index("ix_cm_task_asked_by", "asked_by_login", "asked_at"),
    )
    life = TASK_LIFE
    about: ClassVar[str] = "task"
    retention: ClassVar[str] = "account"
    words: ClassVar[tuple[str, str]] = ("long work", "pieces of long work")

    kind_of_task: Mapped[str] = mapped_column(code(), nullable=False)
    #: What makes it one of its kind: a day for what is done daily, a mark of the page it was asked from otherwise.
    once: Mapped[str] = mapped_column(String(80), nullable=False)
    #: Keys, days and codes that say what it is about; never a name or a text.
    parameters: Mapped[dict[str, Any]] = mapped_column(JSON, nullable=False, default=dict)
    asked_at: Mapped[datetime] = mapped_column(Instant, nullable=False)
    asked_by: Mapped[str] = mapped_column(String(120), nullable=False)
    asked_by_login: Mapped[str] = mapped_column(String(120), nullable=False)
    #: When somebody asked for it to stop; it does so between two steps.
    stop_asked_at: Mapped[datetime | None] = mapped_column(Instant)
    ended_at: Mapped[datetime | None] = mapped_column(Instant)
    #: What came of it, in a sentence: what was done, or why it was not.
    said: Mapped[str] = mapped_column(String(600), nullable=False, default="")
    #: What came of it in numbers, by word.
    counts: Mapped[dict[str, Any]] = mapped_column(JSON, nullable=False, default=dict)
    #: The record that came of it, where one did: its kind and its key.
    result_kind: Mapped[str] = mapped_column(code(60), nullable=False, default="")
    result_id: Mapped[int | None] = mapped_column(Integer)
    #: When its result was first opened by whoever asked.
    fetched_at: Mapped[datetime | None] = mapped_column(Instant)

    progress: Mapped[TaskProgress] = relationship(
        primaryjoin="foreign(TaskProgress.task_id) == Task.id", uselist=False, viewonly=True
    )

    def __str__(self) -> str:
        """Which one."""
        return f"long work {self.id}"


class TaskProgress(OfAuthority, Record):
    """How far a piece of long work is: written every other second, and for that reason not in the audit."""

    __tablename__ = "cm_task_progress"
    __table_args__ = (within("cm_task", "task_id"),)
    about: ClassVar[str] = "task"
    retention: ClassVar[str] = "account"
    words: ClassVar[tuple[str, str]] = ("progress of long work", "progress of long work, all of it")
    audited: ClassVar[bool] = False

    task_id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    version: Mapped[int] = mapped_column(Integer, nullable=False, default=1)
    #: How often it was begun. A step is kept only by whoever began it last.
    attempt: Mapped[int] = mapped_column(Integer, nullable=False, default=0)
    #: Where it goes on after it was killed: what its last step left, kept together with what that step did.
    checkpoint: Mapped[dict[str, Any]] = mapped_column(JSON, nullable=False, default=dict)
    done: Mapped[int] = mapped_column(Integer, nullable=False, default=0)
    of: Mapped[int] = mapped_column(Integer, nullable=False, default=0)
    words_of: Mapped[str] = mapped_column("words", String(200), nullable=False, default="")
    #: The last sign of life of whoever does it.
    beat_at: Mapped[datetime | None] = mapped_column(Instant)

    @declared_attr.directive
    def __mapper_args__(cls) -> dict[str, Any]:
        """Let the database's own row count tell a lost race from a kept step."""
        return {"version_id_col": cls.version}


class TaskFile(OfAuthority, Record):
    """A file of long work: given to it, a piece it has made so far, or its result; gone after a week."""

    __tablename__ = "cm_task_file"
    __table_args__ = (
        within("cm_task", "task_id"),
        one_of("part", FilePart),
        UniqueConstraint("task_id", "part", "number"),
        Index("ix_cm_task_file_expires", "authority_id", "expires_at"),
    )
    about: ClassVar[str] = "task"
    retention: ClassVar[str] = "a week"
    words: ClassVar[tuple[str, str]] = ("file of long work", "files of long work")

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    task_id: Mapped[int] = mapped_column(Integer, nullable=False, index=True)
    part: Mapped[str] = mapped_column(code(20), nullable=False)
    number: Mapped[int] = mapped_column(Integer, nullable=False, default=0)
    name: Mapped[str] = mapped_column(String(120), nullable=False, info=sensitive())
    media_type: Mapped[str] = mapped_column(String(120), nullable=False)
    size: Mapped[int] = mapped_column(Integer, nullable=False)
    content: Mapped[bytes] = deferred(mapped_column(LargeBinary, nullable=False, info=sensitive()))
    kept_at: Mapped[datetime] = mapped_column(Instant, nullable=False)
    expires_at: Mapped[datetime] = mapped_column(Instant, nullable=False)


@reach("own tasks")
def _asked_by_them(record: type[Any], scope: Scope, grants: Sequence[Grant]) -> ColumnElement[bool]:
    """The long work somebody asked for themselves, how far it is, and its files."""
    task = Task.__table__
    asked = select(task.c.id).where(
        among(task.c.authority_id, sorted({grant.authority_id for grant in grants})),
        task.c.asked_by_login == scope.login,
    )
    key = record.id if record.kind() == "task" else record.task_id
    found: ColumnElement[bool] = key.in_(asked)
    return found
