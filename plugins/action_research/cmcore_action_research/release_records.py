"""What the plugin keeps of a release without names: what was decided, its files as they were frozen, and its secret."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, ClassVar

from sqlalchemy import JSON, ColumnElement, Date, Integer, String, Text, UniqueConstraint, and_, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from cmcore.api import Grant, Kept, OfAuthority, Record, Scope, Stateful, among, parent, reach, sensitive, within
from cmcore_action_research.lives import RELEASE_LIFE
from cmcore_action_research.records import KEEPING, ResearchStudy, StudyProtocol


class StudyRelease(Kept, OfAuthority, Stateful, Record):
    """Rows without names, frozen: how coarse each column is, how many share what is told, the hash of all of it."""

    __tablename__ = "cmp_action_research_release"
    __table_args__ = (
        parent(),
        within("cmp_action_research_study", "action_research_study_id"),
        within("cmp_action_research_protocol", "action_research_protocol_id"),
        UniqueConstraint("authority_id", "action_research_study_id", "number"),
    )
    life = RELEASE_LIFE
    retention: ClassVar[str] = KEEPING
    words: ClassVar[tuple[str, str]] = ("release without names", "releases without names")

    action_research_study_id: Mapped[int] = mapped_column(Integer, nullable=False, index=True)
    #: The version of the protocol that was in force.
    action_research_protocol_id: Mapped[int] = mapped_column(Integer, nullable=False)
    number: Mapped[int] = mapped_column(Integer, nullable=False)
    made_on: Mapped[date] = mapped_column(Date, nullable=False)
    made_by: Mapped[str] = mapped_column(String(120), nullable=False)
    people: Mapped[int] = mapped_column(Integer, nullable=False)
    #: How coarse each quasi-identifier is, by its name; and the smallest number who share all of them.
    coarseness: Mapped[dict[str, str]] = mapped_column(JSON, nullable=False, default=dict)
    smallest: Mapped[int] = mapped_column(Integer, nullable=False)
    #: What readers outside may be told beside the rows: counts and the comparison, small numbers hidden.
    summary: Mapped[dict[str, Any]] = mapped_column(JSON, nullable=False, default=dict)
    content_hash: Mapped[str] = mapped_column(String(64), nullable=False)
    given_on: Mapped[date | None] = mapped_column(Date)
    given_to: Mapped[str] = mapped_column(String(120), nullable=False, default="")
    #: Who decided that the themes leave, and why; empty where they do not (R-STUDY-9).
    theme_by: Mapped[str] = mapped_column(String(120), nullable=False, default="")
    theme_why: Mapped[str] = mapped_column(Text, nullable=False, default="", info=sensitive())
    #: Pseudonyms whose rows the evaluator has been told to delete (R-STUDY-13).
    to_delete: Mapped[list[str]] = mapped_column(JSON, nullable=False, default=list)

    study: Mapped[ResearchStudy] = relationship(
        primaryjoin="foreign(StudyRelease.action_research_study_id) == ResearchStudy.id"
    )
    protocol: Mapped[StudyProtocol] = relationship(
        primaryjoin="foreign(StudyRelease.action_research_protocol_id) == StudyProtocol.id"
    )

    def __str__(self) -> str:
        """Which release."""
        return f"Release {self.number}"


class ReleaseFile(Kept, OfAuthority, Record):
    """One file of a release, as it was frozen."""

    __tablename__ = "cmp_action_research_file"
    __table_args__ = (
        within("cmp_action_research_release", "action_research_release_id"),
        UniqueConstraint("authority_id", "action_research_release_id", "name"),
    )
    retention: ClassVar[str] = KEEPING
    words: ClassVar[tuple[str, str]] = ("file of a release", "files of releases")

    action_research_release_id: Mapped[int] = mapped_column(Integer, nullable=False, index=True)
    name: Mapped[str] = mapped_column(String(80), nullable=False)
    content: Mapped[str] = mapped_column(Text, nullable=False, info=sensitive())
    sha256: Mapped[str] = mapped_column(String(64), nullable=False)

    def __str__(self) -> str:
        """Its name."""
        return self.name


class ReleaseKey(Kept, OfAuthority, Record):
    """The secret of one release and whom it holds. It is never shown, exported or given out."""

    __tablename__ = "cmp_action_research_key"
    __table_args__ = (
        within("cmp_action_research_release", "action_research_release_id"),
        UniqueConstraint("authority_id", "action_research_release_id"),
    )
    about: ClassVar[str] = "key of a release"
    retention: ClassVar[str] = KEEPING
    words: ClassVar[tuple[str, str]] = ("key of a release", "keys of releases")

    action_research_release_id: Mapped[int] = mapped_column(Integer, nullable=False, index=True)
    secret: Mapped[str] = mapped_column(String(64), nullable=False, info=sensitive())
    #: Keys of the young people in it.
    people: Mapped[list[int]] = mapped_column(JSON, nullable=False, default=list, info=sensitive())

    def __str__(self) -> str:
        """Nothing of what it holds."""
        return "key of a release"


@reach("action_research given")
def _given_out(record: type[Any], scope: Scope, grants: Sequence[Grant]) -> ColumnElement[bool]:
    """An evaluator's: the releases that were given out and not called back, and their files."""
    within_authorities = among(record.authority_id, sorted({grant.authority_id for grant in grants}))
    if record.kind() == "action_research_release":
        return and_(within_authorities, record.state == "given")
    given = select(StudyRelease.id).where(StudyRelease.state == "given")
    return and_(within_authorities, record.action_research_release_id.in_(given))
