"""The workbook somebody gave us, given back with what is wrong in red and a note beside it; made in the other process.

What is put in is text and stays text. Nothing else of the workbook is touched.
"""

from __future__ import annotations

import base64
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO

from openpyxl import load_workbook
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill

from cmcore.exchange.workbook.archive import FORM_LIMITS, open_archive
from cmcore.exchange.workbook.guarded import guarded
from cmcore.exchange.workbook.write import escaped

_RED = PatternFill("solid", fgColor="F6CFCB")
#: A note of more signs than this is cut.
_MOST = 2_000
#: The task as the other process knows it.
_TASK = "cmcore.exchange.workbook.annotate:annotated_data"


@dataclass(frozen=True)
class Mark:
    """One cell to mark: ``note`` is put beside it in red, ``text`` is put into it; either may be empty."""

    sheet: str
    row: int
    column: int
    note: str = ""
    text: str = ""


def annotated(blob: bytes, file: str, marks: Sequence[Mark], *, seconds: float = 60) -> bytes:
    """The same workbook with these marks. Raises :class:`Refused` where it cannot be opened within its limits."""
    open_archive(blob, file, FORM_LIMITS).close()
    told = [[one.sheet, one.row, one.column, one.note[:_MOST], one.text[:_MOST]] for one in marks]
    # The order is one line of the other process's input, and a long one is no trouble to it.
    made = guarded(_TASK, blob, file, seconds=seconds, marks=told)
    return base64.b64decode(made)


def annotated_data(blob: bytes, file: str, marks: list[list[object]]) -> str:
    """The marked workbook in base 64, for :func:`cmcore.exchange.workbook.guarded.guarded`."""
    book = load_workbook(BytesIO(blob))
    sheets = {sheet.title.casefold(): sheet for sheet in book.worksheets}
    notes: dict[tuple[str, int, int], list[str]] = {}
    for name, row, column, note, text in marks:
        sheet = sheets.get(str(name).casefold())
        if sheet is None or not isinstance(row, int) or not isinstance(column, int) or row < 1 or column < 1:
            continue
        if text:
            cell = sheet.cell(row, column)
            cell.value = escaped(str(text))
            cell.data_type = "s"
        if note:
            notes.setdefault((sheet.title, row, column), []).append(str(note))
    for (name, row, column), said in notes.items():
        cell = book[name].cell(row, column)
        cell.fill = _RED
        cell.comment = Comment(escaped("\n\n".join(said)), "Creative Mentoring", width=320, height=140)
    target = BytesIO()
    book.save(target)
    return base64.b64encode(target.getvalue()).decode("ascii")
