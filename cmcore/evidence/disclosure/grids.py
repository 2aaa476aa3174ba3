"""A table of counts as disclosure control sees it: groups and their total, columns that are parts of one another."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

#: The key of the row that all groups add up to: always the last one.
TOTAL = ""

Cell = tuple[int, int]


@dataclass(frozen=True)
class Column:
    """One count. ``part_of`` names the column that it and its fellows add up to, ``within`` one it never exceeds."""

    key: str
    part_of: str = ""
    within: str = ""

    @property
    def parent(self) -> str:
        """The column without which it cannot be shown."""
        return self.part_of or self.within

    def as_data(self) -> list[str]:
        """The column as plain values."""
        return [self.key, self.part_of, self.within]


@dataclass(frozen=True)
class Grid:
    """Counts by group and column. The last row is the total; without groups it is the only one.

    Refuses figures that do not add up, as they would make every proof worthless.
    """

    columns: tuple[Column, ...]
    rows: tuple[str, ...]
    figures: tuple[tuple[int, ...], ...]

    def __post_init__(self) -> None:
        """Refuse what does not add up."""
        if not self.rows or self.rows[-1] != TOTAL or len(set(self.rows)) != len(self.rows):
            raise ValueError("A table ends with its total, and names no group twice.")
        for places, whole in self.sums():
            if sum(self.figures[row][column] for row, column in places) != self.figures[whole[0]][whole[1]]:
                raise ValueError(f"{self.rows[whole[0]] or 'total'}, {self.columns[whole[1]].key}: it does not add up.")
        for small, large in self.nested():
            if self.figures[small[0]][small[1]] > self.figures[large[0]][large[1]]:
                raise ValueError(f"{self.columns[small[1]].key} is more than {self.columns[large[1]].key}.")

    @cached_property
    def place(self) -> Mapping[str, int]:
        """Where each column stands."""
        return {column.key: number for number, column in enumerate(self.columns)}

    @cached_property
    def row_of(self) -> Mapping[str, int]:
        """Where each group stands."""
        return {key: number for number, key in enumerate(self.rows)}

    @cached_property
    def families(self) -> Mapping[int, tuple[int, ...]]:
        """For each column that has parts, where its parts stand."""
        found: dict[int, list[int]] = {}
        for number, column in enumerate(self.columns):
            if column.part_of:
                found.setdefault(self.place[column.part_of], []).append(number)
        return {whole: tuple(parts) for whole, parts in found.items()}

    @cached_property
    def below(self) -> Mapping[int, tuple[int, ...]]:
        """For each column, those that cannot be shown without it."""
        found: dict[int, list[int]] = {number: [] for number in range(len(self.columns))}
        for number, column in enumerate(self.columns):
            above = column.parent
            while above:
                found[self.place[above]].append(number)
                above = self.columns[self.place[above]].parent
        return {number: tuple(under) for number, under in found.items()}

    @property
    def total(self) -> int:
        """Where the total stands; it is also how many groups there are."""
        return len(self.rows) - 1

    def cells(self) -> Iterable[Cell]:
        """Every place, row by row."""
        return ((row, column) for row in range(len(self.rows)) for column in range(len(self.columns)))

    def sums(self) -> Iterable[tuple[list[Cell], Cell]]:
        """What adds up to what: groups to their total, parts to their whole."""
        if self.total:
            for column in range(len(self.columns)):
                yield [(row, column) for row in range(self.total)], (self.total, column)
        for row in range(len(self.rows)):
            for whole, parts in self.families.items():
                yield [(row, part) for part in parts], (row, whole)

    def nested(self) -> Iterable[tuple[Cell, Cell]]:
        """What is never more than what."""
        for number, column in enumerate(self.columns):
            if column.within:
                for row in range(len(self.rows)):
                    yield (row, number), (row, self.place[column.within])

    def as_data(self) -> dict[str, Any]:
        """The table as plain values, to be kept."""
        return {
            "columns": [column.as_data() for column in self.columns],
            "rows": list(self.rows),
            "figures": [list(row) for row in self.figures],
        }

    @classmethod
    def read(cls, kept: Mapping[str, Any]) -> Grid:
        """The table as it was kept."""
        return cls(
            tuple(Column(*each) for each in kept["columns"]),
            tuple(kept["rows"]),
            tuple(tuple(row) for row in kept["figures"]),
        )
