"""The columns of a list's workbook as they are matched, and the workbook with its own headings put back over them."""

from __future__ import annotations

from collections.abc import Sequence

from cmcore.exchange.columns import ABSENT, Column, Heads, Matched
from cmcore.exchange.tables import folded
from cmcore.exchange.workbook import layout
from cmcore.exchange.workbook.form_sheet import about_of
from cmcore.exchange.workbook.layout import Table
from cmcore.exchange.workbook.reading import SheetReader
from cmcore.exchange.workbook.seen import Book, Page, Seen
from cmcore.forms import Form
from cmcore.forms.descriptions import kind_in_words
from cmcore.workbooks.lists import ListWorkbook

#: What a sheet without a single cell in its headings is wide.
_NARROWEST = 1


def list_heads(listed: ListWorkbook, form: Form, book: Book, file: str) -> list[Heads]:
    """The headings of each sheet of a list's workbook that holds rows; ``form`` is its sheet's form.

    A column is known by the words that were written over it. The form says what it holds, the list which other words
    people use for it.
    """
    reader = SheetReader(form, book, about_of(book), file)
    made = []
    for table in reader.plan.tables:
        page = book.page(table.sheet)
        if page is not None and any(row == layout.TABLE_HEADINGS for row, _ in page.cells):
            made.append(_heads(listed, table, page, file))
    return made


def _heads(listed: ListWorkbook, table: Table, page: Page, file: str) -> Heads:
    columns, seen_labels = [], set[str]()
    for one in table.columns:
        if folded(one.label) in seen_labels:
            continue
        seen_labels.add(folded(one.label))
        question = one.question
        needed = question.required and question.show_when is None and one.spot.column == 0
        words = tuple(listed.synonyms.get(question.key, ()))
        columns.append(Column(one.label, one.label, needed, kind_in_words(question.kind), words))
    wide = max((column for row, column in page.cells if row == layout.TABLE_HEADINGS), default=_NARROWEST)
    below: list[list[str]] = [[] for _ in range(wide)]
    for (row, column), seen in sorted(page.cells.items()):
        if row >= layout.TABLE_FIRST and column <= wide and len(below[column - 1]) < 3 and seen.text.strip():
            below[column - 1].append(seen.plain[:40])
    headings = tuple(page.text(layout.TABLE_HEADINGS, column) for column in range(1, wide + 1))
    return Heads(
        file,
        page.name,
        f"workbook.{listed.key}.{table.question.key}"[:80],
        tuple(columns),
        headings,
        tuple(map(tuple, below)),
        layout.TABLE_HEADINGS,
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
