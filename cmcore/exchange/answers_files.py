"""An export of answers as a file: CSV, or an Excel workbook; no text in it can ever be taken for a formula."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font

from cmcore.answers.exporting import Export, Table
from cmcore.base.harmless import harmless

#: What no workbook can hold, and how much one cell can.
_UNSEEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_MOST = 32_000


def as_csv(export: Export) -> bytes:
    """The answers as CSV in UTF-8 with the mark Excel looks for; a text that begins like a formula is quoted."""
    return table_csv(export.answers)


def table_csv(table: Table) -> bytes:
    """A table as CSV in UTF-8 with the mark Excel looks for; a text that begins like a formula is quoted."""
    out = io.StringIO(newline="")
    rows = csv.writer(out, lineterminator="\r\n")
    rows.writerow([guarded(one) for one in table.heads])
    for row in table.rows:
        rows.writerow([guarded(one) for one in row])
    return out.getvalue().encode("utf-8-sig")


def as_workbook(export: Export) -> bytes:
    """The answers as a workbook: a sheet of them, one for each repeated group, the editions, what was left out."""
    tables = (export.answers, *export.groups, export.editions)
    return tables_book(tables, (export.title, f"Form {export.form_key}", *export.notes))


def tables_book(tables: Iterable[Table], notes: Iterable[str]) -> bytes:
    """Tables as a workbook, a sheet for each, and one that says what it is."""
    book = Workbook(write_only=True)
    taken: set[str] = set()
    for table in tables:
        _sheet(book, table, taken)
    about = book.create_sheet(_name("About", taken))
    for line in notes:
        about.append([_cell(about, line)])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def guarded(value: Any) -> Any:
    """A value for CSV: a text that a spreadsheet would run gets an apostrophe before it, numbers stay numbers."""
    if value is None:
        return ""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bool | int | float | Decimal):
        return value
    return harmless(str(value))


def _sheet(book: Workbook, table: Table, taken: set[str]) -> None:
    sheet = book.create_sheet(_name(table.title, taken))
    sheet.freeze_panes = "A2"
    heads = []
    for head in table.heads:
        cell = _cell(sheet, head)
        cell.font, cell.alignment = Font(bold=True), Alignment(wrap_text=True, vertical="top")
        heads.append(cell)
    sheet.append(heads)
    for row in table.rows:
        sheet.append([_cell(sheet, one) for one in row])


def _cell(sheet: Any, value: Any) -> Any:
    if isinstance(value, str):
        cell = WriteOnlyCell(sheet, value=_UNSEEN.sub("", value)[:_MOST])
        # Whatever a text begins with, it stays a text.
        cell.data_type = "s"
        return cell
    return WriteOnlyCell(sheet, value=value)


def _name(title: str, taken: set[str]) -> str:
    """The name of a sheet: without the signs Excel refuses, at most 31 characters, none twice."""
    plain = re.sub(r"[\[\]:*?/\\']", " ", _UNSEEN.sub("", title)).strip()[:28] or "Sheet"
    name, number = plain, 1
    while name.lower() in taken:
        number += 1
        name = f"{plain} {number}"
    taken.add(name.lower())
    return name
