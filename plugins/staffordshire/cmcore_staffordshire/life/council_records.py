"""What is kept of the Virtual School Council of young people: meetings, who agreed to be named, what was decided."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from sqlalchemy import CheckConstraint, Date, Index, Integer, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from cmcore.api import (
    Kept,
    OfAuthority,
    OfYoungPerson,
    Record,
    YoungPerson,
    code,
    day,
    of_young_person,
    one_of,
    parent,
    sensitive,
    within,
)
from cmcore_staffordshire.life.words import DecisionOutcome

_OF_MEETING = "cmp_staffordshire_council"


class CouncilMeeting(Kept, OfAuthority, Record):
    """A meeting of the council: when, where, how many young people were there, what was talked about. No names."""

    __tablename__ = _OF_MEETING
    __table_args__ = (
        parent(),
        CheckConstraint("there >= 0", name="there_is_a_count"),
        Index("ix_cmp_staffordshire_council_held", "authority_id", "held_on"),
    )
    retention: ClassVar[str] = "authority"
    words: ClassVar[tuple[str, str]] = ("council meeting", "council meetings")

    held_on: Mapped[date] = mapped_column(Date, nullable=False)
    place: Mapped[str] = mapped_column(String(200), nullable=False, default="")
    #: How many young people were there, named or not.
    there: Mapped[int] = mapped_column(Integer, nullable=False)
    staff: Mapped[str] = mapped_column(String(200), nullable=False, default="")
    talked_about: Mapped[str] = mapped_column(Text, nullable=False, default="")
    next_on: Mapped[date | None] = mapped_column(Date)

    def __str__(self) -> str:
        """When it was."""
        return f"council meeting of {day(self.held_on)}"


class CouncilPerson(Kept, OfYoungPerson, Record):
    """That a young person was at a meeting, kept by name only because they agreed to it."""

    __tablename__ = "cmp_staffordshire_council_person"
    __table_args__ = (
        of_young_person(),
        within(_OF_MEETING, "council_id"),
        UniqueConstraint("authority_id", "council_id", "young_person_id", name=f"uq_{_OF_MEETING}_person_once"),
    )
    words: ClassVar[tuple[str, str]] = ("person at a council meeting", "people at council meetings")

    #: Named as the console names a record that another hangs on; the column is short, for constraints' sake.
    staffordshire_council_id: Mapped[int] = mapped_column("council_id", Integer, nullable=False, index=True)
    agreed_on: Mapped[date] = mapped_column(Date, nullable=False)
    said: Mapped[str] = mapped_column(Text, nullable=False, default="", info=sensitive())

    young_person: Mapped[YoungPerson] = relationship(
        primaryjoin="foreign(CouncilPerson.young_person_id) == YoungPerson.id"
    )
    meeting: Mapped[CouncilMeeting] = relationship(
        primaryjoin="foreign(CouncilPerson.staffordshire_council_id) == CouncilMeeting.id"
    )

    def __str__(self) -> str:
        """That somebody was there."""
        return "presence at the council"


class CouncilDecision(Kept, OfAuthority, Record):
    """Something the council decided: who sees to it, by when, what came of it, and when the young people were told."""

    __tablename__ = "cmp_staffordshire_decision"
    __table_args__ = (
        within(_OF_MEETING, "council_id"),
        one_of("outcome", DecisionOutcome, empty=True),
        CheckConstraint("(outcome IS NULL) = (settled_on IS NULL)", name="outcome_has_its_day"),
        CheckConstraint("outcome IS NULL OR outcome <> 'not_done' OR what_came <> ''", name="not_done_has_its_reason"),
        Index("ix_cmp_staffordshire_decision_open", "authority_id", "outcome", "due_on"),
    )
    retention: ClassVar[str] = "authority"
    words: ClassVar[tuple[str, str]] = ("council decision", "council decisions")

    #: Named as the console names a record that another hangs on; the column is short, for constraints' sake.
    staffordshire_council_id: Mapped[int] = mapped_column("council_id", Integer, nullable=False, index=True)
    decided: Mapped[str] = mapped_column(Text, nullable=False)
    owner: Mapped[str] = mapped_column(String(120), nullable=False)
    due_on: Mapped[date] = mapped_column(Date, nullable=False)
    outcome: Mapped[str | None] = mapped_column(code())
    settled_on: Mapped[date | None] = mapped_column(Date)
    #: What came of it, or the reason why nothing did.
    what_came: Mapped[str] = mapped_column(Text, nullable=False, default="")
    told_back_on: Mapped[date | None] = mapped_column(Date)

    meeting: Mapped[CouncilMeeting] = relationship(
        primaryjoin="foreign(CouncilDecision.staffordshire_council_id) == CouncilMeeting.id"
    )

    def __str__(self) -> str:
        """What was decided."""
        return self.decided if len(self.decided) <= 80 else f"{self.decided[:77]}…"
