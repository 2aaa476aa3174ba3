"""The columns of a list's workbook as they are matched, and the workbook with its own headings put back over them."""

from __future__ import annotations

from collections.abc import Sequence

from cmcore.exchange.columns import ABSENT, Column, Heads, Matched, match_columns
from cmcore.exchange.tables import folded
from cmcore.exchange.workbook import layout
from cmcore.exchange.workbook.form_sheet import about_of
from cmcore.exchange.workbook.layout import Table
from cmcore.exchange.workbook.reading import SheetReader
from cmcore.exchange.workbook.seen import Book, Page, Seen
from cmcore.forms import Form
from cmcore.forms.descriptions import kind_in_words
from cmcore.workbooks.lists import ListWorkbook

#: Rows in which headings are looked for where they are not in the one they were given in.
LOOKED_THROUGH = 15
#: So many columns have to be found in a row for it to be taken for the headings.
_TELLING = 3


def list_heads(listed: ListWorkbook, form: Form, book: Book, file: str) -> list[Heads]:
    """The headings of each sheet of a list's workbook that holds rows; ``form`` is its sheet's form.

    A column is known by the words that were written over it. The form says what it holds, the list which other words
    people use for it.
    """
    reader = SheetReader(form, book, about_of(book), file)
    made = []
    for table in reader.plan.tables:
        page = book.page(table.sheet)
        if page is not None and (found := _found(listed, table, page, file)) is not None:
            made.append(found)
    return made


def _found(listed: ListWorkbook, table: Table, page: Page, file: str) -> Heads | None:
    """The headings where they were given, unless another of the first rows reads more like them."""
    rows = {row for row, _ in page.cells if row <= LOOKED_THROUGH}
    best = _heads(listed, table, page, file, layout.TABLE_HEADINGS) if layout.TABLE_HEADINGS in rows else None
    most = _like(best) if best is not None else 0
    if most < _TELLING:
        for row in sorted(rows - {layout.TABLE_HEADINGS}):
            heads = _heads(listed, table, page, file, row)
            if (many := _like(heads)) >= _TELLING and many > most:
                best, most = heads, many
    return best


def _like(heads: Heads) -> int:
    return len(match_columns(heads).matches)


def _heads(listed: ListWorkbook, table: Table, page: Page, file: str, at: int) -> Heads:
    columns, seen_labels = [], set[str]()
    for one in table.columns:
        if folded(one.label) in seen_labels:
            continue
        seen_labels.add(folded(one.label))
        question = one.question
        needed = question.required and question.show_when is None and one.spot.column == 0
        words = tuple(listed.synonyms.get(question.key, ()))
        columns.append(Column(one.label, one.label, needed, kind_in_words(question.kind), words))
    wide = max(column for row, column in page.cells if row == at)
    # What says how each column is filled in is no value, where it still stands below its heading.
    how = {folded(one.how) for one in table.columns if one.how}
    first = at + 2 if any(folded(page.text(at + 1, column)) in how for column in range(1, wide + 1)) else at + 1
    below: list[list[str]] = [[] for _ in range(wide)]
    for (row, column), seen in sorted(page.cells.items()):
        if row >= first and column <= wide and len(below[column - 1]) < 3 and seen.text.strip():
            below[column - 1].append(seen.plain[:40])
    headings = tuple(page.text(at, column) for column in range(1, wide + 1))
    return Heads(
        file,
        page.name,
        f"workbook.{listed.key}.{table.question.key}"[:80],
        tuple(columns),
        headings,
        tuple(map(tuple, below)),
        at,
        page.name,
        whole=True,
    )


def with_own_headings(book: Book, matched: Sequence[Matched | None]) -> Book:
    """The workbook with our headings over the columns that were chosen for them, so that its reader finds them.

    A column that is said not to be there gets one of its own, with nothing in it. What stood over another column and
    would now stand twice goes.
    """
    told = {one.part.casefold(): one for one in matched if one is not None}
    pages = [
        _relabelled(page, told[page.name.casefold()]) if page.name.casefold() in told else page for page in book.pages
    ]
    return Book(pages, book.from_1904)


def _relabelled(page: Page, told: Matched) -> Page:
    row = told.row
    ours = {folded(label) for label in told.places}
    cells = {at: seen for at, seen in page.cells.items() if at[0] != row or folded(seen.plain) not in ours}
    further = max((column for _, column in page.cells), default=0)
    for label, place in told.places.items():
        column = place + 1
        if place == ABSENT:
            further += 1
            column = further
        cells[row, column] = Seen(row, column, "text", label)
    return Page(page.name, page.hidden, cells, page.hidden_rows, page.hidden_columns, page.merged)
