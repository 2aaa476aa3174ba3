"""What is found while a workbook is read: what refuses it, and what is not carried, each with sheet, row and column."""

from __future__ import annotations

from dataclasses import dataclass, field

from cmcore.base.findings import Finding, Severity
from cmcore.exchange.checks import clipped
from cmcore.exchange.xlsform.sheets import Column, Row


@dataclass
class Gathered:
    """The findings of one reading. ``faults`` refuse the workbook; ``left_out`` says what the form goes without."""

    file: str
    faults: list[Finding] = field(default_factory=list)
    left_out: list[Finding] = field(default_factory=list)

    def fault(
        self,
        sheet: str,
        message: str,
        way_out: str = "",
        *,
        row: Row | int | None = None,
        column: Column | str | None = None,
    ) -> None:
        """Something that has to be put right before there is a form."""
        self.faults.append(self._found(Severity.block, sheet, message, way_out, row, column, None))

    def lost(
        self,
        sheet: str,
        message: str,
        way_out: str = "",
        *,
        row: Row | int | None = None,
        column: Column | str | None = None,
        value: str | None = None,
    ) -> None:
        """Something that the form asks or does in ODK, and not here."""
        self.left_out.append(self._found(Severity.warn, sheet, message, way_out, row, column, value))

    def changed(
        self,
        sheet: str,
        message: str,
        way_out: str = "",
        *,
        row: Row | int | None = None,
        column: Column | str | None = None,
        value: str | None = None,
    ) -> None:
        """Something that is carried in another way, or that only says how a phone shows it."""
        self.left_out.append(self._found(Severity.inform, sheet, message, way_out, row, column, value))

    def _found(
        self,
        severity: Severity,
        sheet: str,
        message: str,
        way_out: str,
        row: Row | int | None,
        column: Column | str | None,
        value: str | None,
    ) -> Finding:
        return Finding(
            message,
            severity=severity,
            way_out=way_out,
            file=f"{self.file}, {sheet}" if sheet else self.file,
            row=row.number if isinstance(row, Row) else row,
            column=column.header if isinstance(column, Column) else column,
            value=clipped(value) if value else None,
        )
