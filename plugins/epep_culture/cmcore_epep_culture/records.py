"""What the plugin keeps: a page for a PEP, and its lines, each with where it comes from.

Lines are rows and not answers to a form: each is known again when the page is drafted once more, and what a person did
to it stays.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import ClassVar

from sqlalchemy import Boolean, Date, Index, Integer, MetaData, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from cmcore.api import (
    Instant,
    Kept,
    Line,
    OfYoungPerson,
    PepCycle,
    Record,
    YoungPerson,
    code,
    of_young_person,
    one_of,
    parent,
    sensitive,
    within,
)
from cmcore.api.asks import CulturalPart
from cmcore_epep_culture.words import Barrier, Origin


class CulturePage(Kept, OfYoungPerson, Record):
    """The cultural entitlement page of one PEP. What it says are its lines; what boards count stands here."""

    __tablename__ = "cmp_epep_culture_page"
    __table_args__ = (
        parent(),
        of_young_person(),
        within("cm_pep_cycle", "pep_cycle_id"),
        UniqueConstraint("authority_id", "pep_cycle_id"),
    )
    words: ClassVar[tuple[str, str]] = ("cultural entitlement page", "cultural entitlement pages")

    pep_cycle_id: Mapped[int] = mapped_column(Integer, nullable=False, index=True)
    drafted_at: Mapped[datetime] = mapped_column(Instant, nullable=False)
    drafted_by: Mapped[str] = mapped_column(String(120), nullable=False)
    #: How many lines stand on it, and whether one of them says that the young person does or comes to something.
    standing: Mapped[int] = mapped_column(Integer, nullable=False, default=0)
    reached: Mapped[bool] = mapped_column(Boolean, nullable=False, default=False)

    young_person: Mapped[YoungPerson] = relationship(
        primaryjoin="foreign(CulturePage.young_person_id) == YoungPerson.id"
    )
    pep_cycle: Mapped[PepCycle] = relationship(primaryjoin="foreign(CulturePage.pep_cycle_id) == PepCycle.id")

    def __str__(self) -> str:
        """What it is."""
        return "cultural entitlement page"


class CultureLine(Kept, OfYoungPerson, Record):
    """One line of a page: drafted from a record, or written by somebody; a person's change is never written over."""

    __tablename__ = "cmp_epep_culture_line"
    __table_args__ = (
        of_young_person(),
        within("cmp_epep_culture_page", "epep_culture_page_id"),
        UniqueConstraint("authority_id", "epep_culture_page_id", "key"),
        one_of("part", CulturalPart),
        one_of("barrier", Barrier, empty=True),
        one_of("origin", Origin),
        Index("ix_cmp_epep_culture_line_of_person", "young_person_id", "part"),
    )
    words: ClassVar[tuple[str, str]] = ("line of a cultural entitlement page", "lines of cultural entitlement pages")

    epep_culture_page_id: Mapped[int] = mapped_column(Integer, nullable=False, index=True)
    #: What it is known by when the page is drafted again; "own:" and a number for what somebody wrote.
    key: Mapped[str] = mapped_column(String(160), nullable=False)
    part: Mapped[str] = mapped_column(code(), nullable=False)
    text: Mapped[str] = mapped_column(Text, nullable=False, info=sensitive())
    #: What the draft says, beside what a person made of it.
    drafted: Mapped[str] = mapped_column(Text, nullable=False, default="", info=sensitive())
    source: Mapped[str] = mapped_column(String(300), nullable=False, info=sensitive())
    origin: Mapped[str] = mapped_column(code(), nullable=False, default=Origin.drafted)
    #: What is in the way, of a line that says so.
    barrier: Mapped[str | None] = mapped_column(code())
    #: Who sees to a next step, by when, and when it was done.
    owner: Mapped[str] = mapped_column(String(120), nullable=False, default="", info=sensitive())
    due_on: Mapped[date | None] = mapped_column(Date)
    done_on: Mapped[date | None] = mapped_column(Date)
    #: Whether somebody left it out of the page: then it stays out.
    left_out: Mapped[bool] = mapped_column(Boolean, nullable=False, default=False)

    young_person: Mapped[YoungPerson] = relationship(
        primaryjoin="foreign(CultureLine.young_person_id) == YoungPerson.id"
    )
    page: Mapped[CulturePage] = relationship(primaryjoin="foreign(CultureLine.epep_culture_page_id) == CulturePage.id")

    def __str__(self) -> str:
        """Which part it stands in, never what it says."""
        return f"line under {CulturalPart.say(self.part).lower()}"


def metadata() -> MetaData:
    """Every table there is; the line looks at its own."""
    return Record.metadata


#: The plugin's line of migrations.
LINE = Line("epep_culture", "cmcore_epep_culture.migrations:versions", ("cmp_epep_culture_",), metadata)
