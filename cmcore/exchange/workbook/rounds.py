"""The sheets of repeated groups as rows: which are filled in, and to which round of an outer group each belongs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from cmcore.exchange.tables import folded
from cmcore.exchange.workbook import layout
from cmcore.exchange.workbook.layout import Column, Plan, Table
from cmcore.exchange.workbook.seen import Book, Page, Seen

#: The highest number a row is known by; what is written above it is no number of a row.
_HIGHEST = 1_000_000


@dataclass
class Row:
    """One row of a group's sheet: its number, what is filled in by column, and the rows of inner groups under it."""

    row: int
    number: int
    seen: Mapping[int, Seen]
    #: What is written as the number of the outer round, and where.
    parent: Seen | None = None
    under: dict[str, list[Row]] = field(default_factory=dict)

    @property
    def used(self) -> bool:
        """Whether anything is filled in, here or in an inner group."""
        return bool(self.seen) or any(one.used for rows in self.under.values() for one in rows)


@dataclass
class Rounds:
    """The rows of one group's sheet, and of those within it."""

    page: Page
    table: Table
    rows: list[Row]
    columns: list[tuple[int, Column]]
    #: Headings that are not where they were, each with where it is looked for and what stands there.
    changed: list[tuple[Column, str]]
    inner: list[Rounds]
    #: Rows that belong to no round of the outer group.
    lost: list[Row] = field(default_factory=list)


def gather(book: Book, plan: Plan, table: Table, missing: list[Table]) -> Rounds | None:
    """The rows of a group and of those within it; a sheet that is not there is put into ``missing``."""
    page = book.page(table.sheet)
    if page is None:
        missing.append(table)
        return None
    columns, changed = _columns(page, table)
    made = Rounds(page, table, _rows(page, table, columns), columns, changed, [])
    for inner in plan.tables_in(table.place):
        found = gather(book, plan, inner, missing)
        if found is not None:
            made.inner.append(found)
            _hang(found, made.rows)
    return made


def _columns(page: Page, table: Table) -> tuple[list[tuple[int, Column]], list[tuple[Column, str]]]:
    """Where each column stands now: where it was, or wherever else its heading stands once."""
    heads: dict[str, list[int]] = {}
    at = layout.headings_row(page)
    for (row, column), seen in page.cells.items():
        if row == at:
            heads.setdefault(folded(seen.plain), []).append(column)
    found, changed = [], []
    for one in table.columns:
        told = page.text(at, one.column)
        elsewhere = heads.get(folded(one.label), [])
        if folded(told) == folded(one.label):
            found.append((one.column, one))
        elif len(elsewhere) == 1:
            found.append((elsewhere[0], one))
        else:
            changed.append((one, told))
    return found, changed


def _rows(page: Page, table: Table, columns: Sequence[tuple[int, Column]]) -> list[Row]:
    wanted = {column for column, _ in columns}
    filled: dict[int, dict[int, Seen]] = {}
    numbers: dict[int, int] = {}
    first = layout.first_row(page)
    for (row, column), seen in page.cells.items():
        if row < first:
            continue
        if column in wanted and seen.text.strip():
            filled.setdefault(row, {})[column] = seen
        elif column == 1 and seen.holds == "number" and seen.number.is_integer() and 0 < seen.number < _HIGHEST:
            numbers[row] = int(seen.number)
    made, taken = [], set[int]()
    for row in sorted(filled.keys() | numbers.keys()):
        number = numbers.get(row, row - first + 1)
        if number in taken:
            # Two rows of one number (copied whole, say): the second is known by nothing, but it is read.
            number = _HIGHEST + row
        taken.add(number)
        parent = page.get(row, table.parent_column) if table.parent_column else None
        made.append(Row(row, number, filled.get(row, {}), parent))
    return made


def _hang(inner: Rounds, rows: Sequence[Row]) -> None:
    """Put each row of an inner group under the row of the outer one that it names."""
    by_number = {one.number: one for one in rows}
    used = [one for one in rows if one.seen]
    key = inner.table.question.key
    for one in inner.rows:
        if not one.used:
            continue
        if one.parent is None:
            # With one outer round there is nothing to choose.
            over = used[0] if len(used) == 1 else None
        else:
            told = one.parent.plain.strip()
            over = by_number.get(int(told)) if told.isdecimal() and len(told) < 8 else None
        if over is None:
            inner.lost.append(one)
        else:
            over.under.setdefault(key, []).append(one)
