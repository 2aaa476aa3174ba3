"""The headings of files somebody gave us, what stands below them, and in which row they stand."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from cmcore.base.findings import Refused
from cmcore.exchange.columns import Column, Heads, match_columns
from cmcore.exchange.content import Encoding
from cmcore.exchange.gias.read import ASKED
from cmcore.exchange.given import GivenFile
from cmcore.exchange.ssda903.layout import layout_like, layout_of
from cmcore.exchange.tables import Table, open_table, rows_above

#: So many columns at least have to be found in a row for it to be taken for the headings of the register.
_TELLING = 4

#: What a row of headings is: its part, its title, and the columns asked for; nothing where it is none.
Told = tuple[str, str, tuple[Column, ...]]


def return_heads(files: Iterable[GivenFile], most_bytes: int) -> list[Heads | None]:
    """The headings of each file of a return; nothing for a file that is none of it, of which its reader will say so."""
    return [_heads(given, most_bytes, "ssda903", _of_return, "utf-8") for given in files]


def register_heads(given: GivenFile, most_bytes: int) -> Heads | None:
    """The headings of the public register of schools; nothing where none of its first rows reads like them."""
    return _heads(given, most_bytes, "gias", _of_register, "cp1252")


def _of_return(headings: tuple[str, ...]) -> Told | None:
    layout = layout_of(headings) or layout_like(headings)
    return (layout.key, layout.title, layout.asked) if layout is not None else None


def _of_register(headings: tuple[str, ...]) -> Told | None:
    found = match_columns(Heads("", "register", "", ASKED, headings, official=True))
    return ("register", "Public register of schools", ASKED) if len(found.matches) >= _TELLING else None


def _heads(
    given: GivenFile, most: int, importer: str, which: Callable[[tuple[str, ...]], Told | None], usual: Encoding
) -> Heads | None:
    try:
        table, told = _plainly(given, most, which, usual)
        if table is None:
            row, told = _row_of(rows_above(given, most_bytes=most), which)
            table = open_table(given, most_bytes=most, usual=usual, heading_row=row)
        if told is None:
            return None
    except Refused:
        # Its reader says what is wrong with it, in the same words as ever.
        return None
    part, title, columns = told
    values = table.first_values()
    known = f"{importer}.{part}"
    return Heads(given.name, part, known, columns, table.headings, values, table.heading_row, title, official=True)


def _plainly(
    given: GivenFile, most: int, which: Callable[[tuple[str, ...]], Told | None], usual: Encoding
) -> tuple[Table | None, Told | None]:
    """The file by its first row, where that reads like headings, as nearly every file's does."""
    try:
        table = open_table(given, most_bytes=most, usual=usual)
    except Refused:
        return None, None
    told = which(table.headings)
    return (table, told) if told is not None else (None, None)


def _row_of(
    rows: Sequence[tuple[str, ...]], which: Callable[[tuple[str, ...]], Told | None]
) -> tuple[int, Told | None]:
    for number, cells in enumerate(rows, 1):
        if any(cells) and (told := which(cells)) is not None:
            return number, told
    return 1, None
