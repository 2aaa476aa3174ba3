"""Workbooks for the tests of XLSForm, laid out as rows so that a test shows what it is about."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO

from openpyxl import Workbook

from cmcore.exchange.xlsform.read import XlsFormReading, reading_of
from cmcore.exchange.xlsform.second_reader import book_and_verdict

Rows = Sequence[Sequence[object]]


def workbook(**sheets: Rows) -> bytes:
    """A workbook with these sheets; the first row of each holds the names of its columns."""
    made = Workbook()
    assert made.active is not None
    made.remove(made.active)
    for name, rows in sheets.items():
        sheet = made.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    kept = BytesIO()
    made.save(kept)
    return kept.getvalue()


def reading(**sheets: Rows) -> XlsFormReading:
    """What comes of reading a workbook with these sheets, in this process: another one for each test takes long."""
    return reading_of(book_and_verdict(workbook(**sheets), "form.xlsx"), file="form.xlsx")


def survey(*rows: Sequence[object], columns: Sequence[str] = ("type", "name", "label")) -> Rows:
    """A survey with these columns."""
    return [columns, *rows]


def said(found: Sequence[object]) -> str:
    """Findings as a person reads them, one a line."""
    return "\n".join(str(one) for one in found)
