"""What is kept of workbooks that were brought in: rows that wait to be mended, and which row made which record."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, ClassVar

from sqlalchemy import JSON, ColumnElement, Date, ForeignKey, Index, Integer, String, and_, false, or_, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from cmcore.base.among import among, like_one
from cmcore.base.records import (
    Instant,
    Kept,
    OfAuthority,
    Record,
    code,
    one_of,
    sensitive,
    within,
)
from cmcore.base.words import Choice
from cmcore.exchange.records import ImportRun
from cmcore.mentors.records import Mentor
from cmcore.safekeeping.access import reach
from cmcore.safekeeping.scope import Grant, Scope


class RowState(Choice):
    """Where a row that was held back stands."""

    waiting = "waiting", "Waits to be mended"
    mended = "mended", "Mended and kept"
    left_out = "left_out", "Left out"


class WorkbookRow(Kept, OfAuthority, Record):
    """One row of a workbook that was held back: what was typed and why, until it is mended or left out."""

    __tablename__ = "cm_workbook_row"
    __table_args__ = (
        within("cm_import_run", "run_id"),
        one_of("state", RowState),
        Index("ix_cm_workbook_row_waiting", "authority_id", "state", "kind_of_record"),
    )
    about: ClassVar[str] = "import"
    retention: ClassVar[str] = "workbook row"
    words: ClassVar[tuple[str, str]] = ("row of a workbook", "rows of workbooks")

    run_id: Mapped[int] = mapped_column(Integer, nullable=False, index=True)
    #: The kind of record the row was to become, and the act it takes: whoever may do it sees the row.
    kind_of_record: Mapped[str] = mapped_column(code(60), nullable=False)
    act: Mapped[str] = mapped_column(code(80), nullable=False)
    login: Mapped[str] = mapped_column(String(120), nullable=False)
    sheet: Mapped[str] = mapped_column(String(40), nullable=False)
    row: Mapped[int] = mapped_column(Integer, nullable=False)
    #: What was typed, by question, and what was said of it. Both go once the row is mended or left out.
    told: Mapped[dict[str, Any]] = mapped_column(JSON, nullable=False, default=dict, info=sensitive())
    findings: Mapped[list[dict[str, Any]]] = mapped_column(JSON, nullable=False, default=list, info=sensitive())
    #: The fingerprint of what was typed: the same row is not held back twice.
    fingerprint: Mapped[str] = mapped_column(String(64), nullable=False)
    state: Mapped[str] = mapped_column(code(20), nullable=False, default=RowState.waiting.value)
    settled_at: Mapped[datetime | None] = mapped_column(Instant)
    settled_by: Mapped[str] = mapped_column(String(120), nullable=False, default="")
    record_id: Mapped[int | None] = mapped_column(Integer)

    def __str__(self) -> str:
        """Which row it was, never what stands in it."""
        return f"row {self.row} of “{self.sheet}”"


class WorkbookKey(OfAuthority, Record):
    """Which record a row became, by the fingerprint of the row: the same row never makes a second record."""

    __tablename__ = "cm_workbook_key"
    __table_args__ = (
        within("cm_import_run", "run_id"),
        Index("ix_cm_workbook_key_row", "authority_id", "kind_of_record", "fingerprint"),
    )
    about: ClassVar[str] = "import"
    retention: ClassVar[str] = "import"
    words: ClassVar[tuple[str, str]] = ("row that was kept", "rows that were kept")

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    run_id: Mapped[int] = mapped_column(Integer, nullable=False, index=True)
    kind_of_record: Mapped[str] = mapped_column(code(60), nullable=False)
    fingerprint: Mapped[str] = mapped_column(String(64), nullable=False)
    record_id: Mapped[int] = mapped_column(Integer, nullable=False)


class ColumnMapping(Kept, OfAuthority, Record):
    """Which column of a file is which of ours, as somebody confirmed it: headings only, nothing that stands below them.

    It is the authority's, for one importer and one set of headings; or one mentor's, whatever else stands in their own
    workbooks.
    """

    __tablename__ = "cm_column_mapping"
    __table_args__ = (Index("uq_cm_column_mapping_known", "authority_id", "importer", "known_by", unique=True),)
    about: ClassVar[str] = "import"
    retention: ClassVar[str] = "columns"
    words: ClassVar[tuple[str, str]] = ("matching of columns", "matchings of columns")

    #: What was brought in by it: "ssda903.header", "gias.register", "workbook.session.Sessions", "own invoice".
    importer: Mapped[str] = mapped_column(code(80), nullable=False)
    #: The act it takes to bring that in: whoever may do it sees the headings.
    act: Mapped[str] = mapped_column(code(80), nullable=False)
    #: The fingerprint of the headings, or whose workbooks they are: "mentor 12".
    known_by: Mapped[str] = mapped_column(String(64), nullable=False)
    mentor_id: Mapped[int | None] = mapped_column(ForeignKey("cm_mentor.id"), index=True)
    #: Our name of a column to the heading in the file, empty for one that is not there: {"DOB": "Date of birth"}.
    headings: Mapped[dict[str, Any]] = mapped_column(JSON, nullable=False, default=dict, info=sensitive())
    #: Who confirmed it last; empty for what was confirmed before that was written down.
    confirmed_by: Mapped[str] = mapped_column(String(120), nullable=False, default="", server_default="")
    #: The day something was last brought in by it; nothing where none has been since this is written down.
    last_used_on: Mapped[date | None] = mapped_column(Date)

    mentor: Mapped[Mentor | None] = relationship()

    def __str__(self) -> str:
        """What it is, without a heading."""
        return f"columns of {self.importer}"


def _addable(record: type[Any], grants: Sequence[Grant]) -> ColumnElement[bool]:
    """The rows of each grant's authority whose act the grant's role includes; a role is written out once."""
    held: dict[str, list[Grant]] = {}
    for grant in grants:
        held.setdefault(grant.role_key, []).append(grant)
    parts = []
    for of_role in held.values():
        allowed = like_one(record.act, of_role[0].role.may)
        parts.append(and_(among(record.authority_id, [each.authority_id for each in of_role]), allowed))
    return or_(*parts)


@reach("addable")
def _what_may_be_added(record: type[Any], scope: Scope, grants: Sequence[Grant]) -> ColumnElement[bool]:
    """Rows held back that would become what one may add."""
    return _addable(record, grants)


@reach("own workbooks")
def _brought_in_by_them(record: type[Any], scope: Scope, grants: Sequence[Grant]) -> ColumnElement[bool]:
    """What somebody brought in themselves, and what came of it."""
    within_reach = among(record.authority_id, sorted({grant.authority_id for grant in grants}))
    if hasattr(record, "login"):
        return and_(within_reach, record.login == scope.login)
    run = ImportRun.__table__
    return and_(within_reach, record.run_id.in_(select(run.c.id).where(run.c.login == scope.login)))


@reach("own columns")
def _columns_confirmed(record: type[Any], scope: Scope, grants: Sequence[Grant]) -> ColumnElement[bool]:
    """How files are read that one may bring in oneself; of mentors' own workbooks those of the mentor one is."""
    theirs = [one.mentor_id for one in grants if one.mentor_id is not None]
    of_all = [one for one in grants if one.mentor_id is None]
    seen = _addable(record, of_all) if of_all else false()
    if not theirs:
        return seen
    of_mentors = _addable(record, [one for one in grants if one.mentor_id is not None])
    return or_(seen, and_(of_mentors, or_(record.mentor_id.is_(None), record.mentor_id.in_(theirs))))
