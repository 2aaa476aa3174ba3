"""Sixty workbooks and more broken on purpose: every fault is named at its place; good ones are hardly ever doubted."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

from cmcore.base.findings import Finding, Refused
from cmcore.exchange.workbook.book import read_book
from cmcore.virtual_schools.records import Authority
from cmcore.workbooks.bringing_in import preview_workbook
from cmcore.workbooks.lists import list_of
from cmcore.workbooks.outcomes import Preview
from cmcore.workbooks.reading import ListReading, read_list
from cmcore.workbooks.sheet import sheet_form, stamp_of
from tests.cmcore.workbooks.broken import Broken, broken_cells, broken_files, broken_sheets, good_rows
from tests.cmcore.workbooks.filled import Desk, filled, heads_of, listed_words


def looked_at(desk: Desk, blob: bytes) -> Preview:
    """A preview of a workbook read in this process, which is quicker."""
    with desk.stage.work() as work:
        authority = work.get(Authority, desk.stage.authority_id)
        listed = list_of("session", work, authority.id)
        form = listed.form_for(work, authority.id)
        try:
            book = read_book(blob, "x.xlsx")
        except Refused as refused:
            return Preview("session", ListReading("x.xlsx", findings=list(refused.findings)))
        told = read_list(
            sheet_form(listed, form), book, file="x.xlsx", edition=stamp_of(form), authority=authority.code
        )
        return preview_workbook(work, listed, authority, told)


def said(made: Preview) -> Iterator[Finding]:
    yield from made.reading.findings
    for one in made.outcomes:
        yield from one.findings


def names(one: Broken, found: Finding, columns: dict[str, str]) -> bool:
    """Whether a finding names the planted fault, at its place."""
    # Of two times that do not fit the rule says which is to be put right.
    column = "" if one.rule == "R-SES-1" else columns.get(one.head, one.head)
    return (
        (one.row is None or found.row == one.row)
        and (not column or (found.column or "").rpartition("!")[2] == column)
        and (one.rule is None or one.rule == "" or found.rule == one.rule)
        and one.words.casefold() in f"{found.message} {found.value or ''} {found.way_out}".casefold()
    )


@pytest.fixture
def planted(desk: Desk) -> list[Broken]:
    empty = desk.empty()
    (who,) = listed_words(empty)
    other = Desk(desk.stage, desk.story, "mentor").empty()
    return [*broken_cells(empty, who), *broken_sheets(empty, who), *broken_files(empty, who, other)]


def test_every_planted_fault_is_named_at_its_sheet_row_and_column(desk: Desk, planted: list[Broken]) -> None:
    from io import BytesIO

    heads = heads_of(load_workbook(BytesIO(desk.empty()))["Sessions"])
    columns = {head: get_column_letter(at) for head, at in heads.items()}
    missed = []
    for one in planted:
        found = list(said(looked_at(desk, one.blob)))
        if not any(names(one, each, columns) for each in found):
            missed.append(f"{one.name}: {[str(each) for each in found]}")
    assert len(planted) >= 60
    assert not missed, "\n".join(missed)


def test_at_most_one_good_row_in_a_hundred_is_doubted(desk: Desk) -> None:
    empty = desk.empty()
    (who,) = listed_words(empty)
    rows = good_rows(who, 200)
    made = looked_at(desk, filled(empty, "Sessions", rows))
    assert not made.reading.findings
    doubted = {one.row.row: [str(each) for each in one.findings] for one in made.outcomes if one.findings}
    assert len(made.outcomes) == 200 and len(doubted) <= 2, doubted


#: Reads each file named and prints the most its reader held. In a small process of its own: what a process held before
#: it became another program counts with it, and one that runs tests holds a lot.
_MEASURE = """
import resource, sys
from pathlib import Path
from cmcore.base.findings import Refused
from cmcore.exchange.workbook.form_sheet import sheet_book
for path in map(Path, sys.argv[1:]):
    try:
        sheet_book(path.read_bytes(), path.name)
    except Refused:
        pass
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""


def test_no_file_takes_its_reader_over_500_megabytes(desk: Desk, tmp_path: Path) -> None:
    empty = desk.empty()
    (who,) = listed_words(empty)
    heavy = filled(empty, "Sessions", [{"Who with": who, "What was the idea?": "x" * 30_000} for _ in range(200)])
    far = filled(empty, "Sessions", [], lambda b, p: p.cell(1_048_576, 16_384, "x"))
    for name, blob in (("heavy.xlsx", heavy), ("far.xlsx", far)):
        (tmp_path / name).write_bytes(blob)
    files = [str(path) for path in sorted(tmp_path.glob("*.xlsx"))]
    told = subprocess.run([sys.executable, "-c", _MEASURE, *files], capture_output=True, text=True, check=True)
    assert len(files) == 2 and 10_000 < int(told.stdout) < 500_000
