"""What is kept of an import: the run with its receipt, and each change it made, so that it can be undone."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, ClassVar

from sqlalchemy import JSON, Date, Index, Integer, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from cmcore.base.records import Instant, Kept, OfAuthority, Record, code, parent, within


class ImportRun(Kept, OfAuthority, Record):
    """One bringing-in of files: which, by whom, what came of it. The receipt holds what was held back and why."""

    __tablename__ = "cm_import_run"
    __table_args__ = (parent(),)
    about: ClassVar[str] = "import"
    retention: ClassVar[str] = "import"
    words: ClassVar[tuple[str, str]] = ("import", "imports")

    importer: Mapped[str] = mapped_column(code(), nullable=False)
    #: Of a list's workbook: the kind of record, and who brought it in.
    of_kind: Mapped[str] = mapped_column(code(60), nullable=False, default="", server_default="")
    login: Mapped[str] = mapped_column(String(120), nullable=False, default="", server_default="")
    as_at: Mapped[date | None] = mapped_column(Date)
    started_at: Mapped[datetime] = mapped_column(Instant, nullable=False)
    finished_at: Mapped[datetime | None] = mapped_column(Instant)
    started_by: Mapped[str] = mapped_column(String(120), nullable=False)
    undone_at: Mapped[datetime | None] = mapped_column(Instant)
    undone_by: Mapped[str] = mapped_column(String(120), nullable=False, default="")
    #: The SHA-256 of each file by what it is ("header"), never by its name.
    files: Mapped[dict[str, Any]] = mapped_column(JSON, nullable=False, default=dict)
    counts: Mapped[dict[str, Any]] = mapped_column(JSON, nullable=False, default=dict)
    receipt: Mapped[dict[str, Any]] = mapped_column(JSON, nullable=False, default=dict, info={"sensitive": True})

    def __str__(self) -> str:
        """What was brought in and when."""
        return f"{self.importer} {self.started_at:%d/%m/%Y %H:%M}"


class ImportChange(OfAuthority, Record):
    """One record that an import made or changed, with the values before and after."""

    __tablename__ = "cm_import_change"
    __table_args__ = (
        within("cm_import_run", "run_id"),
        Index("ix_cm_import_change_record", "kind_of_record", "record_id"),
    )
    about: ClassVar[str] = "import"
    retention: ClassVar[str] = "import"
    words: ClassVar[tuple[str, str]] = ("imported change", "imported changes")

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    run_id: Mapped[int] = mapped_column(Integer, nullable=False, index=True)
    kind_of_record: Mapped[str] = mapped_column(code(), nullable=False)
    record_id: Mapped[int] = mapped_column(Integer, nullable=False)
    change: Mapped[str] = mapped_column(code(20), nullable=False)
    before: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True), info={"sensitive": True})
    after: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True), info={"sensitive": True})

    run: Mapped[ImportRun] = relationship(primaryjoin="foreign(ImportChange.run_id) == ImportRun.id")
