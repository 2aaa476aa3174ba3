"""What is kept of a school's own work: its project, what was counted, its portfolio, and whom it mentors."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, ClassVar

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Date,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    String,
    Text,
    UniqueConstraint,
    select,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from cmcore.api import Instant, Kept, OfSetting, Record, Setting, code, one_of, parent, sensitive
from cmcore_attachment_aware.records import KEEPING, AwarePlace, of_place, of_school
from cmcore_attachment_aware.words import At, Indicator, PieceKind


class AwareProject(Kept, OfSetting, Record):
    """The action-research project of a school: a question, the change it tried, and what it learnt."""

    __tablename__ = "cmp_attachment_aware_project"
    __table_args__ = (
        parent(),
        of_school(),
        of_place(),
        UniqueConstraint("authority_id", "attachment_aware_place_id"),
        CheckConstraint("before_from <= before_to AND before_to < after_from", name="before_comes_first"),
        CheckConstraint("after_from <= after_to", name="after_in_order"),
    )
    retention: ClassVar[str] = KEEPING
    words: ClassVar[tuple[str, str]] = ("project of a school", "projects of schools")

    attachment_aware_place_id: Mapped[int] = mapped_column(Integer, nullable=False)
    title: Mapped[str] = mapped_column(String(160), nullable=False)
    question: Mapped[str] = mapped_column(Text, nullable=False)
    tried: Mapped[str] = mapped_column(Text, nullable=False, default="")
    for_whom: Mapped[str] = mapped_column(String(300), nullable=False, default="")
    #: The periods that are compared, both of whose days are counted.
    before_from: Mapped[date] = mapped_column(Date, nullable=False)
    before_to: Mapped[date] = mapped_column(Date, nullable=False)
    after_from: Mapped[date] = mapped_column(Date, nullable=False)
    after_to: Mapped[date] = mapped_column(Date, nullable=False)
    learnt: Mapped[str] = mapped_column(Text, nullable=False, default="")
    learnt_on: Mapped[date | None] = mapped_column(Date)

    place: Mapped[AwarePlace] = relationship(
        primaryjoin="foreign(AwareProject.attachment_aware_place_id) == AwarePlace.id"
    )

    def __str__(self) -> str:
        """What it is called."""
        return self.title


class AwareReading(Kept, OfSetting, Record):
    """One indicator counted in one of the two periods: how many, of how many; or why it is not known."""

    __tablename__ = "cmp_attachment_aware_reading"
    __table_args__ = (
        ForeignKeyConstraint(
            ["authority_id", "setting_id", "attachment_aware_project_id"],
            [f"cmp_attachment_aware_project.{name}" for name in ("authority_id", "setting_id", "id")],
        ),
        UniqueConstraint("authority_id", "attachment_aware_project_id", "indicator", "at"),
        one_of("indicator", Indicator),
        one_of("at", At),
        CheckConstraint("(number IS NULL) = (out_of IS NULL)", name="number_with_its_whole"),
        CheckConstraint("(number IS NULL) = (missing <> '')", name="missing_says_why"),
        CheckConstraint("number >= 0 AND out_of >= 1", name="counted"),
    )
    retention: ClassVar[str] = KEEPING
    words: ClassVar[tuple[str, str]] = ("count of an indicator", "counts of indicators")

    attachment_aware_project_id: Mapped[int] = mapped_column(Integer, nullable=False, index=True)
    indicator: Mapped[str] = mapped_column(code(), nullable=False)
    at: Mapped[str] = mapped_column(code(), nullable=False)
    number: Mapped[int | None] = mapped_column(Integer)
    out_of: Mapped[int | None] = mapped_column(Integer)
    missing: Mapped[str] = mapped_column(String(300), nullable=False, default="")
    source: Mapped[str] = mapped_column(String(160), nullable=False, default="")
    counted_on: Mapped[date] = mapped_column(Date, nullable=False)
    counted_by: Mapped[str] = mapped_column(String(120), nullable=False)

    project: Mapped[AwareProject] = relationship(
        primaryjoin="foreign(AwareReading.attachment_aware_project_id) == AwareProject.id"
    )

    def __str__(self) -> str:
        """Which indicator, and when."""
        return f"{Indicator.say(self.indicator)}, {At.say(self.at).lower()}"


class AwarePiece(Kept, OfSetting, Record):
    """One piece of a school's portfolio of practice; one that is shared is read by the staff of every school."""

    __tablename__ = "cmp_attachment_aware_piece"
    __table_args__ = (parent(), of_school(), of_place(), one_of("kind_of_piece", PieceKind))
    retention: ClassVar[str] = KEEPING
    words: ClassVar[tuple[str, str]] = ("piece of a portfolio", "portfolios")

    attachment_aware_place_id: Mapped[int] = mapped_column(Integer, nullable=False, index=True)
    title: Mapped[str] = mapped_column(String(160), nullable=False)
    kind_of_piece: Mapped[str] = mapped_column(code(), nullable=False)
    told: Mapped[str] = mapped_column(Text, nullable=False)
    how: Mapped[str] = mapped_column(Text, nullable=False, default="")
    link: Mapped[str] = mapped_column(String(300), nullable=False, default="")
    written_on: Mapped[date] = mapped_column(Date, nullable=False)
    #: The day from which every school may read it.
    shared_on: Mapped[date | None] = mapped_column(Date)

    place: Mapped[AwarePlace] = relationship(
        primaryjoin="foreign(AwarePiece.attachment_aware_place_id) == AwarePlace.id"
    )
    setting: Mapped[Setting] = relationship()

    @classmethod
    def shown_to_settings(cls) -> Any:
        """What is shared is read by every school of the authority."""
        return cls.shared_on.is_not(None)

    def __str__(self) -> str:
        """What it is called."""
        return self.title


class AwarePicture(Kept, OfSetting, Record):
    """A picture of a piece of a portfolio, cleaned before it is kept: without where it was taken."""

    __tablename__ = "cmp_attachment_aware_picture"
    __table_args__ = (
        ForeignKeyConstraint(
            ["authority_id", "setting_id", "attachment_aware_piece_id"],
            [f"cmp_attachment_aware_piece.{name}" for name in ("authority_id", "setting_id", "id")],
        ),
        UniqueConstraint("authority_id", "attachment_aware_piece_id"),
    )
    retention: ClassVar[str] = KEEPING
    beside: ClassVar[bool] = False
    words: ClassVar[tuple[str, str]] = ("picture of a portfolio", "pictures of portfolios")

    attachment_aware_piece_id: Mapped[int] = mapped_column(Integer, nullable=False)
    media_type: Mapped[str] = mapped_column(String(80), nullable=False)
    content: Mapped[bytes] = mapped_column(LargeBinary, nullable=False, deferred=True, info=sensitive())
    #: What it shows, for those who do not see it.
    shows: Mapped[str] = mapped_column(String(300), nullable=False)
    #: That nobody can be recognised in it, as whoever kept it said.
    nobody_in_it: Mapped[bool] = mapped_column(Boolean, nullable=False)
    kept_at: Mapped[datetime] = mapped_column(Instant, nullable=False)

    @classmethod
    def shown_to_settings(cls) -> Any:
        """The picture of a piece that is shared."""
        shared = select(AwarePiece.id).where(AwarePiece.id == cls.attachment_aware_piece_id)
        return shared.where(AwarePiece.shared_on.is_not(None)).exists()

    def __str__(self) -> str:
        """What it shows."""
        return self.shows


class AwareMentoring(Kept, OfSetting, Record):
    """One school that graduated mentors another, over some time; the staff of both may read it."""

    __tablename__ = "cmp_attachment_aware_mentoring"
    __table_args__ = (
        of_place(),
        CheckConstraint("setting_id <> mentored_id", name="not_itself"),
        CheckConstraint("ends_on IS NULL OR starts_on <= ends_on", name="in_order"),
        Index("ix_cmp_attachment_aware_mentoring_mentored", "mentored_id"),
    )
    of_settings: ClassVar[tuple[str, ...]] = ("setting_id", "mentored_id")
    retention: ClassVar[str] = KEEPING
    words: ClassVar[tuple[str, str]] = ("mentoring of a school", "mentoring of schools")

    #: The place with which the mentoring school graduated.
    attachment_aware_place_id: Mapped[int] = mapped_column(Integer, nullable=False, index=True)
    mentored_id: Mapped[int] = mapped_column(ForeignKey("cm_setting.id"), nullable=False)
    focus: Mapped[str] = mapped_column(String(300), nullable=False, default="")
    starts_on: Mapped[date] = mapped_column(Date, nullable=False)
    ends_on: Mapped[date | None] = mapped_column(Date)
    came_of_it: Mapped[str] = mapped_column(Text, nullable=False, default="")

    setting: Mapped[Setting] = relationship(foreign_keys="AwareMentoring.setting_id")
    mentored: Mapped[Setting] = relationship(foreign_keys="AwareMentoring.mentored_id")

    def __str__(self) -> str:
        """Who mentors whom."""
        return f"{self.setting.name} mentors {self.mentored.name}"
