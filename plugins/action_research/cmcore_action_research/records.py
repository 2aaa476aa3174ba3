"""What the plugin keeps of a study: the study, the versions of its protocol, and its analyses."""

from __future__ import annotations

from datetime import date, datetime
from typing import ClassVar

from sqlalchemy import JSON, Boolean, Date, Integer, MetaData, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from cmcore.api import (
    Instant,
    Kept,
    Line,
    OfAuthority,
    Programme,
    Record,
    Stateful,
    code,
    one_of,
    parent,
    sensitive,
    within,
)
from cmcore_action_research.lives import PROTOCOL_LIFE, STUDY_LIFE
from cmcore_action_research.words import Compares, Standing, Statistic

KEEPING = "action_research"


class ResearchStudy(Kept, OfAuthority, Stateful, Record):
    """One study of a programme. Its title says no theme: it stands in lists."""

    __tablename__ = "cmp_action_research_study"
    __table_args__ = (parent(), within("cm_programme", "programme_id"))
    life = STUDY_LIFE
    retention: ClassVar[str] = KEEPING
    words: ClassVar[tuple[str, str]] = ("study", "studies")

    title: Mapped[str] = mapped_column(String(120), nullable=False)
    programme_id: Mapped[int] = mapped_column(Integer, nullable=False, index=True)
    led_by: Mapped[str] = mapped_column(String(120), nullable=False, default="")
    #: Who evaluates it: an organisation, never a young person.
    evaluated_by: Mapped[str] = mapped_column(String(120), nullable=False, default="")
    opened_on: Mapped[date | None] = mapped_column(Date)
    closed_on: Mapped[date | None] = mapped_column(Date)

    programme: Mapped[Programme] = relationship(primaryjoin="foreign(ResearchStudy.programme_id) == Programme.id")

    def __str__(self) -> str:
        """Its title."""
        return self.title


class StudyProtocol(Kept, OfAuthority, Stateful, Record):
    """One version of what was agreed before the data: a draft, then frozen with its hash and never changed."""

    __tablename__ = "cmp_action_research_protocol"
    __table_args__ = (
        parent(),
        within("cmp_action_research_study", "action_research_study_id"),
        UniqueConstraint("authority_id", "action_research_study_id", "number"),
    )
    life = PROTOCOL_LIFE
    retention: ClassVar[str] = KEEPING
    words: ClassVar[tuple[str, str]] = ("protocol", "protocols")

    action_research_study_id: Mapped[int] = mapped_column(Integer, nullable=False, index=True)
    number: Mapped[int] = mapped_column(Integer, nullable=False)
    question: Mapped[str] = mapped_column(Text, nullable=False)
    #: Who may take part, in words.
    who: Mapped[str] = mapped_column(Text, nullable=False)
    #: Keys of the themes it is open to.
    themes: Mapped[list[str]] = mapped_column(JSON, nullable=False, default=list, info=sensitive())
    measure_set: Mapped[str] = mapped_column(code(), nullable=False)
    measures: Mapped[list[str]] = mapped_column(JSON, nullable=False, default=list)
    dose_hours: Mapped[int] = mapped_column(Integer, nullable=False)
    dose_months: Mapped[int] = mapped_column(Integer, nullable=False)
    least_age: Mapped[int] = mapped_column(Integer, nullable=False)
    most_age: Mapped[int] = mapped_column(Integer, nullable=False)
    #: How many places there are, and for how many weeks the others wait.
    places: Mapped[int] = mapped_column(Integer, nullable=False)
    waiting_weeks: Mapped[int] = mapped_column(Integer, nullable=False)
    starts_on: Mapped[date] = mapped_column(Date, nullable=False)
    ends_on: Mapped[date] = mapped_column(Date, nullable=False)
    #: Why there is another version; empty for the first.
    why_changed: Mapped[str] = mapped_column(Text, nullable=False, default="")
    #: The whole of it as it was frozen, its SHA-256, when and by whom.
    frozen_text: Mapped[str] = mapped_column(Text, nullable=False, default="", info=sensitive())
    frozen_hash: Mapped[str] = mapped_column(String(64), nullable=False, default="")
    frozen_at: Mapped[datetime | None] = mapped_column(Instant)
    frozen_by: Mapped[str] = mapped_column(String(120), nullable=False, default="")

    study: Mapped[ResearchStudy] = relationship(
        primaryjoin="foreign(StudyProtocol.action_research_study_id) == ResearchStudy.id"
    )

    def __str__(self) -> str:
        """Which version."""
        return f"Protocol, version {self.number}"


class StudyAnalysis(Kept, OfAuthority, Record):
    """One analysis: of a version of the protocol, or noted beside it, and then exploratory (R-STUDY-3)."""

    __tablename__ = "cmp_action_research_analysis"
    __table_args__ = (
        within("cmp_action_research_study", "action_research_study_id"),
        within("cmp_action_research_protocol", "action_research_protocol_id"),
        one_of("statistic", Statistic),
        one_of("compares", Compares),
    )
    retention: ClassVar[str] = KEEPING
    words: ClassVar[tuple[str, str]] = ("analysis", "analyses")

    action_research_study_id: Mapped[int] = mapped_column(Integer, nullable=False, index=True)
    #: The version it stands in; nothing for one that was noted beside the protocol.
    action_research_protocol_id: Mapped[int | None] = mapped_column(Integer, index=True)
    #: What it is called in every version and output: "A1".
    key: Mapped[str] = mapped_column(code(), nullable=False)
    #: A measure of the protocol, or "all" of them.
    measure: Mapped[str] = mapped_column(code(), nullable=False)
    statistic: Mapped[str] = mapped_column(code(), nullable=False)
    compares: Mapped[str] = mapped_column(code(), nullable=False)
    #: Whether it stood in a version that was frozen before the first measurement; settled when a version is frozen.
    planned: Mapped[bool] = mapped_column(Boolean, nullable=False, default=False)
    noted_by: Mapped[str] = mapped_column(String(120), nullable=False, default="")

    study: Mapped[ResearchStudy] = relationship(
        primaryjoin="foreign(StudyAnalysis.action_research_study_id) == ResearchStudy.id"
    )
    protocol: Mapped[StudyProtocol | None] = relationship(
        primaryjoin="foreign(StudyAnalysis.action_research_protocol_id) == StudyProtocol.id"
    )

    @property
    def standing(self) -> Standing:
        """What it may be called: planned, exploratory, or in a draft (R-STUDY-3)."""
        if self.action_research_protocol_id is not None and (self.protocol is None or self.protocol.state == "draft"):
            return Standing.draft
        return Standing.planned if self.planned else Standing.exploratory

    def __str__(self) -> str:
        """Its key, and what it may be called."""
        return f"{self.key}, {self.standing.label.lower()}"


def metadata() -> MetaData:
    """Every table there is; the line looks at its own."""
    return Record.metadata


#: The plugin's line of migrations.
LINE = Line("action_research", "cmcore_action_research.migrations:versions", ("cmp_action_research_",), metadata)
