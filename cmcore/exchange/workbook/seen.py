"""What stands in the cells of a workbook that was brought in, as plain values that travel between two processes."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple

#: What a cell holds: text, a number, true or false, a formula, an error such as #N/A.
Holds = Literal["text", "number", "boolean", "formula", "error"]

#: How a number is shown: as it is, as a day or time, as text, or filled up with zeros ("zeros5").
Shown = str

# A cell shows a wall clock and knows no zone.
_EPOCH = dt.datetime(1899, 12, 30)  # noqa: DTZ001
_EPOCH_1904 = dt.datetime(1904, 1, 1)  # noqa: DTZ001


def letters(column: int) -> str:
    """The letters a spreadsheet gives a column: 1 is A, 27 is AA."""
    made = ""
    while column > 0:
        column, rest = divmod(column - 1, 26)
        made = chr(65 + rest) + made
    return made


def number_of(told: str) -> int:
    """The column of these letters; 0 for what are none."""
    number = 0
    for sign in told:
        if not "A" <= sign <= "Z":
            return 0
        number = number * 26 + ord(sign) - 64
    return number


class Seen(NamedTuple):
    """One cell that holds something; ``text`` is what stands there, a number as it was written in the file."""

    row: int
    column: int
    holds: Holds
    text: str
    shown: Shown = ""

    @property
    def at(self) -> str:
        """Where it stands, as Excel says it: "D7"."""
        return f"{letters(self.column)}{self.row}"

    @property
    def number(self) -> float:
        """The number it holds; raises ValueError when it holds none."""
        return float(self.text)

    @property
    def plain(self) -> str:
        """What stands there as a person reads it: a number without the noise of how it was stored."""
        return plain_number(self.text) if self.holds == "number" else self.text

    def moment(self, from_1904: bool) -> dt.datetime | None:
        """The day and time its number stands for, to the second; None for a number outside the calendar."""
        serial = self.number
        if not from_1904 and serial < 61:
            # Excel believes in 29 February 1900, which there was not: before it days count one more.
            serial += 1 if serial >= 1 else 0
        try:
            made = (_EPOCH_1904 if from_1904 else _EPOCH) + dt.timedelta(days=serial)
        except (OverflowError, ValueError):
            return None
        return (made + dt.timedelta(microseconds=500_000)).replace(microsecond=0)


def plain_number(told: str) -> str:
    """A number as people write it: "1.1000000000000001" is 1.1, "2.4E1" is 24."""
    try:
        value = float(told)
    except ValueError:
        return told
    if value != value or value in (float("inf"), float("-inf")):
        return told
    if value.is_integer() and abs(value) < 1e21:
        return str(int(value))
    shortest = repr(value)
    return f"{value:.20f}".rstrip("0") if "e" in shortest and abs(value) < 1 else shortest


@dataclass(slots=True)
class Page:
    """One sheet of a workbook: its cells by row and column, and the rows and columns nobody sees."""

    name: str
    hidden: bool = False
    cells: dict[tuple[int, int], Seen] = field(default_factory=dict)
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    #: Cells that were joined into one, as Excel names them: "B6:B8". Only the first of them holds anything.
    merged: tuple[str, ...] = ()
    #: How many rows lower than they were written the headings of its table stand; below 0 for higher.
    lower: int = 0
    #: Whether the row that says how each column is filled in was taken out from below the headings.
    without_how: bool = False

    def get(self, row: int, column: int) -> Seen | None:
        """What stands in a cell; None when it is empty."""
        return self.cells.get((row, column))

    def text(self, row: int, column: int) -> str:
        """What stands in a cell as text; empty when nothing does."""
        found = self.cells.get((row, column))
        return found.plain if found else ""


@dataclass(slots=True)
class Book:
    """A workbook as it was read: its sheets in their order."""

    pages: list[Page]
    from_1904: bool = False

    def page(self, name: str) -> Page | None:
        """The sheet of this name, whatever its capitals."""
        return next((page for page in self.pages if page.name.casefold() == name.casefold()), None)

    def as_data(self) -> dict[str, Any]:
        """The workbook as JSON."""
        return {
            "from_1904": self.from_1904,
            "pages": [
                {
                    "name": page.name,
                    "hidden": page.hidden,
                    "rows": sorted(page.hidden_rows),
                    "columns": sorted(page.hidden_columns),
                    "merged": page.merged,
                    "cells": list(page.cells.values()),
                }
                for page in self.pages
            ],
        }


def book_of(data: dict[str, Any]) -> Book:
    """The workbook that :meth:`Book.as_data` wrote down."""
    pages = []
    for one in data["pages"]:
        cells = {(told[0], told[1]): Seen(*told) for told in one["cells"]}
        hidden = frozenset(one["rows"]), frozenset(one["columns"])
        pages.append(Page(one["name"], one["hidden"], cells, *hidden, tuple(one["merged"])))
    return Book(pages, data["from_1904"])
