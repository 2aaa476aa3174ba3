"""Somebody who reads published tables and works out what they can: written from what is printed, not from the code.

They know that groups add up to the total, that improved, maintained and declined add up to the pairs, that nobody is
paired who did not start, what a percentage can be rounded from, and how the tables they have are bound to each other.
They use nothing of :mod:`cmcore.evidence.disclosure`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csc_array

FLOW = ("referred", "started", "with_baseline", "paired")
PARTS = ("improved", "maintained", "declined")

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

    def narrowest(self, width: float) -> list[tuple[Name, float, float]]:
        """The hidden cells that must lie within less than ``width``, with the least and the most they can be."""
        known = self._known()
        lowest: dict[int, float] = {}
        highest: dict[int, float] = {}
        told = []
        for name in self.hidden:
            at = self.names[name]
            for way in (1.0, -1.0):
                if highest.get(at, -1.0) - lowest.get(at, 0.0) >= width:
                    continue
                wished = np.zeros(len(self.bounds))
                wished[at] = way
                # A share of everybody else's as well: one solution says something of many cells.
                for other in self.hidden:
                    wished[self.names[other]] += way * 1e-4
                found = milp(wished, **known)
                if found.status == 3:
                    lowest[at], highest[at] = 0.0, float("inf")
                    continue
                assert found.status == 0, found.message
                for number in map(self.names.__getitem__, self.hidden):
                    value = float(found.x[number])
                    lowest[number] = min(value, lowest.get(number, value))
                    highest[number] = max(value, highest.get(number, value))
            if highest[at] - lowest[at] < width - 1e-6:
                told.append((name, *self._exactly(at, known)))
        return [one for one in told if one[2] - one[1] < width - 1e-6]

    def _exactly(self, at: int, known: dict[str, Any]) -> tuple[float, float]:
        ends = []
        for way in (1.0, -1.0):
            wished = np.zeros(len(self.bounds))
            wished[at] = way
            found = milp(wished, **known)
            ends.append(float("inf") if found.status == 3 else way * float(found.fun))
        return ends[0], ends[1]

    def _known(self) -> dict[str, Any]:
        """What every program is told: fractions are let through, as whole numbers alone would be known no closer."""
        rows = [*self.equal, *self.at_most]
        made = np.zeros((len(rows), len(self.bounds)))
        for line, (parts, _) in enumerate(rows):
            for column, value in parts.items():
                made[line, column] = value
        most = np.array([right for _, right in rows], dtype=float)
        least = np.where(np.arange(len(rows)) < len(self.equal), most, -np.inf)
        low = np.array([each for each, _ in self.bounds], dtype=float)
        high = np.array([np.inf if each is None else each for _, each in self.bounds], dtype=float)
        return {"constraints": LinearConstraint(csc_array(made), least, most), "bounds": Bounds(low, high)}


def _counts(row: dict[str, Any]) -> Iterator[tuple[str, Any, str]]:
    for key in FLOW:
        yield key, row[key], ""
    for measure in row["measures"]:
        for part in ("paired", *PARTS, "at_ceiling"):
            yield f"{measure['measure']} {part}", measure[part], measure["measure"]
