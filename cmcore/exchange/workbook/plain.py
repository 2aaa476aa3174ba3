"""Rows as an Excel workbook to be read and handed on: headings, text that stays text, days that are days."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from io import BytesIO

from openpyxl import Workbook
from openpyxl.packaging.core import DocumentProperties
from openpyxl.styles import Alignment
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from cmcore.exchange.workbook.looks import FORMATS, add_styles
from cmcore.exchange.workbook.spots import Look
from cmcore.exchange.workbook.write import MOST_IN_A_CELL, put_text

#: Cells as they may stand in a sheet; nothing is an empty cell.
Cell = str | int | float | date | None
#: Rows above the headings: what the sheet is, and what it says of itself.
_HEADINGS = 4


@dataclass(frozen=True, kw_only=True)
class PlainSheet:
    """One sheet: its name, at most 31 characters, what it says of itself, its headings and rows."""

    name: str
    columns: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    about: str = ""
    #: How wide the columns are, in characters; as wide as their heading where it is not said.
    widths: Sequence[int] = ()


def plain_workbook(title: str, sheets: Sequence[PlainSheet]) -> bytes:
    """A workbook of these sheets. A text is a text whatever it begins with, and is cut where a cell cannot hold it.

    Refuses a workbook without a sheet, and a row that is not as long as its headings.
    """
    if not sheets:
        raise ValueError("A workbook has at least one sheet.")
    book = Workbook()
    book.remove(book.active)
    add_styles(book)
    for one in sheets:
        _write(book.create_sheet(one.name), title, one)
    book.properties = DocumentProperties(title=title, creator="", lastModifiedBy="")
    target = BytesIO()
    book.save(target)
    return target.getvalue()


def _write(sheet: Worksheet, title: str, told: PlainSheet) -> None:
    put_text(sheet, 1, 1, title, "cm title")
    put_text(sheet, 2, 1, told.about, "cm doc")
    for place, heading in enumerate(told.columns, 1):
        put_text(sheet, _HEADINGS, place, heading, "cm heading")
        width = told.widths[place - 1] if place <= len(told.widths) else max(12, len(heading) + 2)
        sheet.column_dimensions[get_column_letter(place)].width = width
    for number, row in enumerate(told.rows, _HEADINGS + 1):
        if len(row) != len(told.columns):
            raise ValueError(f"Row {number} of {told.name} has {len(row)} cells for {len(told.columns)} headings.")
        for place, value in enumerate(row, 1):
            _put(sheet, number, place, value)
    last = get_column_letter(len(told.columns))
    sheet.auto_filter.ref = f"A{_HEADINGS}:{last}{_HEADINGS + len(told.rows)}"
    sheet.freeze_panes = f"A{_HEADINGS + 1}"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_title_rows = f"{_HEADINGS}:{_HEADINGS}"


def _put(sheet: Worksheet, row: int, column: int, value: Cell) -> None:
    if isinstance(value, str):
        put_text(sheet, row, column, value[:MOST_IN_A_CELL])
    elif value is not None:
        sheet.cell(row, column).value = value
    cell = sheet.cell(row, column)
    cell.number_format = FORMATS[_look(value)]
    cell.alignment = Alignment(vertical="top", wrap_text=True)


def _look(value: Cell) -> Look:
    if isinstance(value, date):
        return "day"
    if isinstance(value, float):
        return "decimal"
    return "whole" if isinstance(value, int) else "line"
