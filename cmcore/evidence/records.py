"""What is kept of evidence: cohorts that somebody saved, and tables that were given out, with what they hid."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from sqlalchemy import JSON, Date, Index, Integer, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from cmcore.base.records import Kept, OfAuthority, Record, code, parent, within
from cmcore.programmes.records import Programme


class SavedCohort(Kept, OfAuthority, Record):
    """A cohort under a name: which programme, and the filters that choose whose scores are counted."""

    __tablename__ = "cm_saved_cohort"
    __table_args__ = (
        parent(),
        within("cm_programme", "programme_id"),
        UniqueConstraint("authority_id", "programme_id", "name"),
    )
    about: ClassVar[str] = "authority"
    retention: ClassVar[str] = "authority"
    words: ClassVar[tuple[str, str]] = ("saved cohort", "saved cohorts")

    programme_id: Mapped[int] = mapped_column(Integer, nullable=False, index=True)
    name: Mapped[str] = mapped_column(String(120), nullable=False)
    #: The filters in force, as :meth:`cmcore.evidence.cohorts.Cohort.as_data` gives them. Nobody's name.
    filters: Mapped[dict[str, Any]] = mapped_column(JSON, nullable=False, default=dict)
    #: Who saved it: their sign-in name.
    login: Mapped[str] = mapped_column(String(120), nullable=False, index=True)

    programme: Mapped[Programme] = relationship(primaryjoin="foreign(SavedCohort.programme_id) == Programme.id")

    def __str__(self) -> str:
        """Its name."""
        return self.name


class PublishedTable(Kept, OfAuthority, Record):
    """A subgroup table as it was given out to a reader outside: its true counts, frozen, and which were hidden.

    Without it nobody could tell what a later table of the same series would give away, so it is kept as long as the
    authority is. It holds counts only, and those are true: who may not see small numbers never reads it.
    """

    __tablename__ = "cm_published_table"
    __table_args__ = (
        parent(),
        within("cm_programme", "programme_id"),
        Index("ix_cm_published_table_series", "authority_id", "series", "drawn_on"),
    )
    about: ClassVar[str] = "authority"
    retention: ClassVar[str] = "authority"
    words: ClassVar[tuple[str, str]] = ("published table", "published tables")

    programme_id: Mapped[int] = mapped_column(Integer, nullable=False, index=True)
    #: What binds tables to one another: the programme and the measure set, "creative-mentoring eight@1".
    series: Mapped[str] = mapped_column(String(120), nullable=False)
    #: By what it is split, or nothing.
    by: Mapped[str] = mapped_column("split_by", code(), nullable=False, default="")
    filters: Mapped[dict[str, Any]] = mapped_column(JSON, nullable=False, default=dict)
    started_from: Mapped[date | None] = mapped_column(Date)
    started_to: Mapped[date | None] = mapped_column(Date)
    #: The policy as it was in force, with its limits.
    policy: Mapped[dict[str, Any]] = mapped_column(JSON, nullable=False, default=dict)
    #: Columns, groups and true counts.
    figures: Mapped[dict[str, Any]] = mapped_column(JSON, nullable=False, default=dict)
    #: The places of the hidden counts, as [row, column].
    hidden: Mapped[list[list[int]]] = mapped_column(JSON, nullable=False, default=list)
    drawn_on: Mapped[date] = mapped_column(Date, nullable=False)
    #: Who asked for it: their sign-in name.
    login: Mapped[str] = mapped_column(String(120), nullable=False)

    def __str__(self) -> str:
        """Its series, and when it was drawn."""
        return f"{self.series}, drawn on {self.drawn_on:%d/%m/%Y}"
