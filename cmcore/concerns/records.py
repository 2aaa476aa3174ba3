"""What is kept of a concern: DOMAIN §7. It is only added to (R-SAF-1), and the database itself keeps to that."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import ColumnElement, Index, Integer, String, Text, and_, false, or_, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from cmcore.base.among import among
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
from cmcore.concerns.words import ConcernKind, Told
from cmcore.safekeeping.access import reach, reached
from cmcore.safekeeping.scope import Grant, Scope
from cmcore.young_people.records import YoungPerson

CONCERN_LIFE = Lifecycle(
    "concern",
    (
        State("raised", "Raised, not answered"),
        State("acknowledged", "Acknowledged"),
        State("passed_on", "Passed on"),
        State("closed", "Closed", ended=True),
    ),
    (
        Transition("acknowledge", ("raised",), "acknowledged", "Acknowledge"),
        Transition("pass_on", ("acknowledged",), "passed_on", "Say that it is passed on", guards=("both_told",)),
        Transition("close", ("passed_on",), "closed", "Close", needs_reason=True),
    ),
)


class Concern(Kept, OfYoungPerson, Stateful, Record):
    """Somebody's worry about a young person's safety, as it was raised; what comes after is added beside it."""

    __tablename__ = "cm_concern"
    __table_args__ = (
        parent(),
        of_young_person(),
        one_of("kind_of_concern", ConcernKind),
        Index("ix_cm_concern_waiting", "authority_id", "state", "raised_at"),
    )
    life = CONCERN_LIFE
    #: Who may see the young person does not therefore see that there is a concern: its steps are reached by whoever
    #: reaches the whole authority.
    narrow: ClassVar[bool] = True
    words: ClassVar[tuple[str, str]] = ("concern", "concerns")

    ref: Mapped[str] = mapped_column(String(20), nullable=False, unique=True)
    kind_of_concern: Mapped[str] = mapped_column(code(), nullable=False)
    #: What the young person said, in their words.
    said: Mapped[str] = mapped_column(Text, nullable=False, default="", info=sensitive())
    happened: Mapped[str] = mapped_column(Text, nullable=False, default="", info=sensitive())
    immediate_action: Mapped[str] = mapped_column(Text, nullable=False, default="", info=sensitive())
    raised_at: Mapped[datetime] = mapped_column(Instant, nullable=False)
    raised_by: Mapped[str] = mapped_column(String(120), nullable=False)
    raised_by_login: Mapped[str] = mapped_column(String(120), nullable=False, index=True)

    young_person: Mapped[YoungPerson] = relationship(primaryjoin="foreign(Concern.young_person_id) == YoungPerson.id")

    def __str__(self) -> str:
        """Its reference."""
        return self.ref


class ConcernNote(OfYoungPerson, Record):
    """Something added to a concern: what was done or found out, or who was told and when. Never changed."""

    __tablename__ = "cm_concern_note"
    __table_args__ = (of_young_person(), within("cm_concern", "concern_id"), one_of("told", Told, empty=True))
    words: ClassVar[tuple[str, str]] = ("note on a concern", "notes on a concern")
    narrow: ClassVar[bool] = True

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    concern_id: Mapped[int] = mapped_column(Integer, nullable=False, index=True)
    #: Who was told, where this note says so; nothing otherwise.
    told: Mapped[str | None] = mapped_column(code())
    told_at: Mapped[datetime | None] = mapped_column(Instant)
    told_name: Mapped[str] = mapped_column(String(120), nullable=False, default="", info=sensitive())
    text: Mapped[str] = mapped_column(Text, nullable=False, default="", info=sensitive())
    noted_at: Mapped[datetime] = mapped_column(Instant, nullable=False)
    noted_by: Mapped[str] = mapped_column(String(120), nullable=False)

    concern: Mapped[Concern] = relationship(primaryjoin="foreign(ConcernNote.concern_id) == Concern.id")


@reach("own concerns")
def _raised_by_them(record: type[Any], scope: Scope, grants: Sequence[Grant]) -> ColumnElement[bool]:
    """The concerns somebody raised themselves, and what was added to those, about young people they work with today.

    What is about a young person follows the young person: with the last days of a commission (R-ACC-1) it goes too, and
    what the virtual school adds later is not told to whoever raised it once.
    """
    concern = Concern.__table__
    raised = select(concern.c.id).where(
        among(concern.c.authority_id, sorted({grant.authority_id for grant in grants})),
        concern.c.raised_by_login == scope.login,
    )
    key = record.id if record.kind() == "concern" else record.concern_id
    mentors = [grant for grant in grants if grant.mentor_id is not None]
    others = [grant for grant in grants if grant.mentor_id is None]
    near = [reached("commissioned", record, scope, mentors)] if mentors else []
    near += [reached("own pupils", record, scope, others)] if others else []
    return and_(key.in_(raised), or_(false(), *near))
