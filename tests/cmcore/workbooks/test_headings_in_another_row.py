"""Headings below a title, or higher up than they were given out: found, said, and every finding at its own row."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook

from cmcore.exchange.given import GivenFile
from cmcore.virtual_schools.records import Authority
from cmcore.workbooks.bringing_in import heads_of_workbook
from cmcore.workbooks.giving_back import given_back
from cmcore.workbooks.lists import list_of
from tests.cmcore.workbooks.filled import DAYS, Desk, filled, listed_words, renamed, session

SEEN = {2: 2, 3: "Confidence", 4: "Showed it.", 5: "Yes"}


def titled(book: Any, page: Any) -> None:
    """A title over all of it, in joined cells, and an empty row below."""
    page.insert_rows(1, 2)
    page["A1"] = "Sessions of the autumn, Wrenshire"
    page.merge_cells("A1:H1")


def noticed_below_a_title(book: Any, page: Any) -> None:
    """Both sheets moved, and something noticed of the second session."""
    titled(book, page)
    inner = book["What you noticed"]
    inner.insert_rows(1, 3)
    for column, value in SEEN.items():
        inner.cell(9, column).value = value


def bare(book: Any, page: Any) -> None:
    """The headings in row 1, as people like them, with nothing above and no row that says how."""
    page.delete_rows(5)
    page.delete_rows(1, 3)


@pytest.mark.parametrize(
    ("change", "row", "first"),
    [(titled, 6, 8), (noticed_below_a_title, 6, 8), (bare, 1, 2), (lambda b, p: p.delete_rows(5), 4, 5)],
    ids=["below a title", "both sheets", "in row 1", "without how"],
)
def test_headings_are_found_in_another_row_and_that_is_said(
    desk: Desk, change: Callable[[Any, Any], None], row: int, first: int
) -> None:
    blob = desk.empty()
    [who] = listed_words(blob)
    rows = [session(who, DAYS[0]), session(who, DAYS[1]), session(who, "soon")]
    blob = filled(blob, "Sessions", rows, change)
    made = desk.preview(blob)
    told = [(one.rule, one.row) for one in made.reading.findings]
    assert told == ([] if row == 4 else [("R-LST-12", row)] + ([("R-LST-12", 7)] if len(told) > 1 else []))
    assert made.counts == {"new": 2, "changed": 0, "same": 0, "refused": 1}
    assert [one.row.row for one in made.outcomes] == [first, first + 1, first + 2]
    assert (made.outcomes[1].row.raw.get("impact") is not None) == (change is noticed_below_a_title)
    wrong = [(one.row, one.column) for one in made.refused[0].findings if one.blocks]
    assert wrong == [(first + 2, "Sessions!D")]
    marked = load_workbook(BytesIO(given_back(blob, made)))["Sessions"]
    assert marked.cell(first + 2, 4).comment is not None and marked.cell(first, 4).comment is None


def test_headings_of_ones_own_are_found_below_a_title_and_shown_with_what_stands_below_them(desk: Desk) -> None:
    blob = desk.empty()
    [who] = listed_words(blob)
    blob = renamed(filled(blob, "Sessions", [session(who, DAYS[0])]), "Sessions", Day="Date", Where="Venue")
    blob = filled(blob, "Sessions", [], titled)
    assert desk.preview(blob).reading.refused, "no guess is used unasked"
    with desk.stage.work() as work:
        authority = work.get(Authority, desk.stage.authority_id)
        listed = list_of("session", work, authority.id)
        heads = heads_of_workbook(work, listed, authority, GivenFile.holding("own.xlsx", blob))
    assert heads[0].row == 6 and heads[1].row == 4
    place = heads[0].headings.index("Venue")
    assert heads[0].values[place] == ("At school",)
