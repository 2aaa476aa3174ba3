"""The workbook that was brought in, given back: red cells and notes where a row was refused, references where not."""

from __future__ import annotations

from cmcore.base.findings import Finding
from cmcore.exchange.workbook.annotate import Mark, annotated
from cmcore.exchange.workbook.seen import number_of
from cmcore.workbooks.outcomes import REFUSED, Outcome, Preview
from cmcore.workbooks.sheet import HELD

#: The column that says which record is held, where a sheet does not say it otherwise.
_HELD_COLUMN = 2


def given_back(blob: bytes, made: Preview, waiting: dict[int, int] | None = None) -> bytes:
    """The same workbook, marked. ``waiting`` says, by row of the sheet, under which number a row waits to be mended.

    Rows that were kept carry the number of their record afterwards, so that it can be brought in again.
    """
    marks: list[Mark] = []
    for one in made.outcomes:
        marks += _of_row(one, waiting or {})
    marks += [mark for finding in made.reading.findings if (mark := _mark(finding)) is not None]
    return annotated(blob, made.reading.file, marks)


def _of_row(one: Outcome, waiting: dict[int, int]) -> list[Mark]:
    marks = [mark for finding in one.findings if (mark := _mark(finding)) is not None]
    at = one.row.where.get(HELD)
    column = at.column if at is not None else _HELD_COLUMN
    if one.what != REFUSED and one.record_id is not None:
        marks.append(Mark(one.row.sheet, one.row.row, column, text=f"[{one.record_id}]"))
    elif one.what == REFUSED and one.row.row in waiting and HELD not in one.row.raw:
        marks.append(Mark(one.row.sheet, one.row.row, column, text=f"waiting row {waiting[one.row.row]}"))
    return marks


def _mark(finding: Finding) -> Mark | None:
    """Where a finding stands in the workbook, with its words; nothing for one about the file as a whole."""
    sheet, bang, column = (finding.column or "").rpartition("!")
    if finding.row is None or not finding.column:
        return None
    said = " ".join(part for part in (finding.message, finding.way_out, finding.rule) if part)
    return Mark(sheet, finding.row, number_of(column), said) if bang else Mark(finding.column, finding.row, 1, said)
