"""Somebody who reads published tables and works out what they can: written from what is printed, not from the code.

They know that groups add up to the total, that improved, maintained and declined add up to the pairs, that nobody is
paired who did not start, what a percentage can be rounded from, and how the tables they have are bound to each other.
They use nothing of :mod:`cmcore.evidence.disclosure`.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csc_array

FLOW = ("referred", "started", "with_baseline", "paired")
_ABOVE = {"with_baseline": "started", "paired": "with_baseline"}
PARTS = ("improved", "maintained", "declined")

#: The most that anybody believes a hidden count to be.
_COUNTRY = 10_000.0

#: A published table as JSON has it.
Table = dict[str, Any]
Name = tuple[int, str, str]


class Attacker:
    """One reader with one or several tables, and how the later ones are bound to the first."""

    def __init__(self, *tables: Table, bound: str = "") -> None:
        """``bound``: "grown" (each cell of the second is no less), "same", or "tiles" (the last is all others' sum)."""
        self.names: dict[Name, int] = {}
        self.bounds: list[tuple[float, float | None]] = []
        self.equal: list[tuple[dict[int, float], float]] = []
        self.at_most: list[tuple[dict[int, float], float]] = []
        self.hidden: list[Name] = []
        for number, table in enumerate(tables):
            self._read(number, table)
        if bound:
            self._bind(len(tables), bound)

    def _read(self, number: int, table: Table) -> None:
        step = int(table["policy"]["round_to"])
        for row in table["rows"]:
            group = row["group"] or "all"
            for key, shown, _ in _counts(row):
                name = (number, group, key)
                self.names[name] = len(self.bounds)
                if shown == "c":
                    self.hidden.append(name)
                    self.bounds.append((0, None))
                elif shown == "k" or step > 1:
                    middle = 0 if shown == "k" else shown
                    self.bounds.append((max(0, middle - step / 2), middle + step / 2))
                else:
                    self.bounds.append((shown, shown))
            at = {key: self.names[number, group, key] for key, _, _ in _counts(row)}
            for small, large in (("started", "with_baseline"), ("with_baseline", "paired")):
                self.at_most.append(({at[large]: 1, at[small]: -1}, 0))
            for measure in row["measures"]:
                key = measure["measure"]
                whole = at[f"{key} paired"]
                self.equal.append(({**{at[f"{key} {part}"]: 1.0 for part in PARTS}, whole: -1.0}, 0))
                self.at_most.append(({whole: 1, at["paired"]: -1}, 0))
                self.at_most.append(({at[f"{key} at_ceiling"]: 1, at[f"{key} maintained"]: -1}, 0))
                if isinstance(measure["percent"], int) and step < 2:
                    share = measure["percent"] / 100
                    improved = at[f"{key} improved"]
                    self.at_most.append(({improved: 1, whole: -(share + 0.005)}, 0))
                    self.at_most.append(({improved: -1, whole: share - 0.005}, 0))
        groups = [row["group"] for row in table["rows"] if row["group"]]
        if groups:
            for key, _, _ in _counts(table["rows"][0]):
                self.equal.append(
                    (
                        {
                            **{self.names[number, group, key]: 1.0 for group in groups},
                            self.names[number, "all", key]: -1.0,
                        },
                        0,
                    )
                )

    def _bind(self, tables: int, bound: str) -> None:
        last = tables - 1
        for (number, group, key), at in list(self.names.items()):
            if number != last:
                continue
            before = [self.names[other, group, key] for other in range(last) if (other, group, key) in self.names]
            if bound == "tiles":
                self.equal.append(({at: 1.0, **dict.fromkeys(before, -1.0)}, 0))
            elif bound == "same" and before:
                self.equal.append(({at: 1.0, before[-1]: -1.0}, 0))
            elif bound == "grown" and before:
                self.at_most.append(({before[-1]: 1.0, at: -1.0}, 0))

    def lies_within(self, part: int, whole: int) -> None:
        """Everybody of one table is in another: none of its counts is more, of all and of a group of the same name.

        Who is in the other alone is a few people as well: no more of them have scores than have started.
        """
        names = self.names
        for (number, group, key), at in names.items():
            if number == whole and (part, group, key) in names:
                self.at_most.append(({names[part, group, key]: 1.0, at: -1.0}, 0))
                large = _ABOVE.get(key, key.replace("at_ceiling", "maintained"))
                if large != key:
                    part_of_it, above = names[part, group, key], (names[part, group, large], names[whole, group, large])
                    self.at_most.append(({at: 1.0, part_of_it: -1.0, above[1]: -1.0, above[0]: 1.0}, 0))

    def add_up(self, parts: tuple[int, ...], whole: int) -> None:
        """Some tables together are another one, of all and of the groups that each of them tells."""
        for (number, group, key), at in self.names.items():
            if number == whole and all((each, group, key) in self.names for each in parts):
                told = {self.names[each, group, key]: -1.0 for each in parts}
                self.equal.append(({at: 1.0, **told}, 0))

    def narrowest(self, width: float) -> list[tuple[Name, float, float]]:
        """The hidden cells that must lie within less than ``width``, with the least and the most they can be."""
        return self.closer_than(dict.fromkeys((number for number, _, _ in self.hidden), width))

    def closer_than(self, widths: Mapping[int, float]) -> list[tuple[Name, float, float]]:
        """The hidden cells that must lie within less than the width of their table, with the least and the most."""
        if not self.hidden:
            return []
        known = self._known()
        at = np.array([self.names[name] for name in self.hidden])
        wide = np.array([widths[name[0]] for name in self.hidden]) - 1e-6
        lowest, highest = np.full(len(at), np.inf), np.full(len(at), -np.inf)
        chance = random.Random(len(at))

        def solve(wished: Any) -> None:
            found = milp(wished, **known, options={"presolve": False})
            assert found.status == 0, found.message
            np.minimum(lowest, found.x[at], out=lowest)
            np.maximum(highest, found.x[at], out=highest)

        # Any two solutions that differ in a cell show that it is open: drawn at random they show most of them at once.
        for _ in range(4):
            wished = np.zeros(len(self.bounds))
            wished[at] = [
                chance.choice((-1.0, 1.0)) if far < by else 0.0 for far, by in zip(highest - lowest, wide, strict=True)
            ]
            for way in (1.0, -1.0):
                if (highest - lowest < wide).any():
                    solve(way * wished)
        for place in range(len(at)):
            for way in (1.0, -1.0):
                if highest[place] - lowest[place] < wide[place]:
                    wished = np.zeros(len(self.bounds))
                    wished[at[place]] = way
                    solve(wished)
        left = np.flatnonzero(highest - lowest < wide)
        return [(self.hidden[each], float(lowest[each]), float(highest[each])) for each in left]

    def _known(self) -> dict[str, Any]:
        """What every program is told: fractions are let through, as whole numbers alone would be known no closer."""
        rows = [*self.equal, *self.at_most]
        lines = [line for line, (parts, _) in enumerate(rows) for _ in parts]
        columns = [column for parts, _ in rows for column in parts]
        values = [float(value) for parts, _ in rows for value in parts.values()]
        made = csc_array((values, (lines, columns)), shape=(len(rows), len(self.bounds)))
        most = np.array([right for _, right in rows], dtype=float)
        least = np.where(np.arange(len(rows)) < len(self.equal), most, -np.inf)
        low = np.array([each for each, _ in self.bounds], dtype=float)
        # Nobody takes a school for more than a whole country: without an end a program has no answer.
        high = np.array([_COUNTRY if each is None else each for _, each in self.bounds], dtype=float)
        return {"constraints": LinearConstraint(made, least, most), "bounds": Bounds(low, high)}


def _counts(row: dict[str, Any]) -> Iterator[tuple[str, Any, str]]:
    for key in FLOW:
        yield key, row[key], ""
    for measure in row["measures"]:
        for part in ("paired", *PARTS, "at_ceiling"):
            yield f"{measure['measure']} {part}", measure[part], measure["measure"]
