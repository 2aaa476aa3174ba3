"""What somebody could work out from published tables, as linear programs, and what else must be hidden against it.

Everything a reader knows is a sum of cells within bounds: groups add up to their total, parts to their whole, no part
exceeds what it lies within, a rounded figure stands for a few, earlier tables are tied to this one. The true figures
are one solution. A hidden cell is safe when two solutions differ in it by the policy's width: any such pair proves it,
whatever a reader computes. Percentages are shown only where the counts they are made of are, so they add nothing.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from cmcore.base.findings import refuse
from cmcore.evidence.disclosure.grids import Cell
from cmcore.evidence.disclosure.releases import Placed, Release, Tie, ties

#: How exact the solver is; figures are whole, so this is far from anything that matters.
_HAIR = 1e-6

#: How many programs are drawn at random before cells are asked about one by one.
_DRAWN = 4


@dataclass
class Known:
    """All that is known of some releases: one variable a cell, one row a sum. Drawn up once, asked many times."""

    releases: Sequence[Release]
    _first: list[int] = field(init=False)
    _tied: list[Tie] = field(init=False)

    def __post_init__(self) -> None:
        """Number the cells and draw up the sums."""
        self._np, self._sparse, self._milp, self._linear, self._bounds = _solver()
        np = self._np
        self._first, size = [], 0
        for release in self.releases:
            self._first.append(size)
            size += len(release.grid.rows) * len(release.grid.columns)
        self._tied = list(ties(self.releases))
        self.true = np.array([one for each in self.releases for row in each.grid.figures for one in row], dtype=float)
        rows: list[tuple[list[int], list[int], float]] = []
        for number, release in enumerate(self.releases):
            for places, whole in release.grid.sums():
                at = [self.at((number, cell)) for cell in (*places, whole)]
                rows.append((at, [1] * len(places) + [-1], 0.0))
            for small, large in release.grid.nested():
                rows.append(([self.at((number, large)), self.at((number, small))], [1, -1], np.inf))
        for tie in self._tied:
            at = [self.at(tie.plus), *(self.at(one) for one in tie.minus)]
            rows.append((at, [1] + [-1] * len(tie.minus), 0.0 if tie.equal else np.inf))
        columns = [one for at, _, _ in rows for one in at]
        values = [one for _, often, _ in rows for one in often]
        lines = [line for line, (at, _, _) in enumerate(rows) for _ in at]
        self._sums = self._sparse.csc_matrix((values, (lines, columns)), shape=(len(rows), size), dtype=float)
        self._most = np.array([most for _, _, most in rows])
        self.least_known, self.most_known = np.zeros(size), np.zeros(size)
        for number, release in enumerate(self.releases):
            for cell in release.grid.cells():
                self._know(number, cell, release)

    def at(self, placed: Placed) -> int:
        """The number of a cell's variable."""
        number, (row, column) = placed
        return self._first[number] + row * len(self.releases[number].grid.columns) + column

    def _know(self, number: int, cell: Cell, release: Release) -> None:
        at = self.at((number, cell))
        if cell in release.hidden:
            self.least_known[at], self.most_known[at] = 0, self._np.inf
        else:
            told = release.policy.shown(release.grid.figures[cell[0]][cell[1]])
            self.least_known[at], self.most_known[at] = release.policy.bounds(told)

    def hide(self, cells: Iterable[Placed]) -> None:
        """Take some cells as hidden too."""
        for placed in cells:
            at = self.at(placed)
            self.least_known[at], self.most_known[at] = 0, self._np.inf

    # ---- what could be true

    def another(self, wished: Any) -> Any:
        """Another table that fits all that is known, with as much of what is wished for as there can be."""
        np = self._np
        free = np.flatnonzero(self.least_known < self.most_known)
        sums = self._sums[:, free].tocsr()
        asked = np.flatnonzero(np.diff(sums.indptr))
        fixed = self.true.copy()
        fixed[free] = 0
        rest = (self._sums @ fixed)[asked]
        # What is unbounded is bounded by the little more than everybody that no cell can hold.
        most = np.minimum(self.most_known[free], 4 * self.true.sum() + 100)
        found = self._milp(
            -wished[free],
            constraints=self._linear(sums[asked], -rest, self._most[asked] - rest),
            bounds=self._bounds(self.least_known[free], most),
        )
        if found.x is None:
            raise ValueError("The true figures are a solution, so there is one.")
        made = self.true.copy()
        made[free] = found.x
        return made

    def unsafe(self, cells: Sequence[Placed], widths: Sequence[int], *, stop: bool = False) -> list[int]:
        """Which of these cells can be told closer than their width, as places in ``cells``.

        Solutions that were asked for one cell count for all others, so a few programs prove most tables. With ``stop``
        the first such cell is enough.
        """
        np = self._np
        at = np.array([self.at(one) for one in cells], dtype=int)
        wide = np.array(widths, dtype=float) - _HAIR
        if not len(at):
            return []
        lowest, highest = self.true[at].copy(), self.true[at].copy()

        def seen(table: Any) -> None:
            np.minimum(lowest, table[at], out=lowest)
            np.maximum(highest, table[at], out=highest)

        chance = random.Random(len(at))
        for _ in range(_DRAWN):
            left = highest - lowest < wide
            if not left.any():
                return []
            wished = np.zeros(len(self.true))
            wished[at[left]] = [chance.choice((-1, 1)) * chance.uniform(0.5, 1.5) for _ in range(int(left.sum()))]
            seen(self.another(wished))
            seen(self.another(-wished))
        found = []
        for place in range(len(at)):
            for way in (1.0, -1.0):
                if highest[place] - lowest[place] < wide[place]:
                    wished = np.zeros(len(self.true))
                    wished[at[place]] = way
                    seen(self.another(wished))
            if highest[place] - lowest[place] < wide[place]:
                found.append(place)
                if stop:
                    break
        return found

    # ---- what else to hide

    def cheapest(self, placed: Placed, width: int, cost: Callable[[Cell], float], number: int) -> list[Cell] | None:
        """Which shown cells of one release to hide so that a hidden cell could be ``width`` more than it is.

        The least costly change of shown figures that makes room: hiding what it changes makes it a solution. Nothing
        where there is none, because earlier tables told it.
        """
        np = self._np
        release = self.releases[number]
        shown = [cell for cell in release.grid.cells() if self._is_told(self.at((number, cell)))]
        told = np.array([self.at((number, cell)) for cell in shown], dtype=int)
        is_told = np.zeros(len(self.true), dtype=bool)
        is_told[told] = True
        free = np.flatnonzero((self.least_known < self.most_known) & ~is_told)
        fixed = self.true.copy()
        fixed[free] = 0
        rest = self._sums @ fixed
        moved = self._sums[:, told]
        sums = self._sparse.hstack([self._sums[:, free], moved, -moved]).tocsr()
        costs = np.array([cost(cell) for cell in shown])
        least = np.concatenate([self.least_known[free], np.zeros(2 * len(told))])
        top = 4 * self.true.sum() + 100
        most = np.concatenate([np.minimum(self.most_known[free], top), np.full(len(told), top), self.true[told]])
        at = int(np.flatnonzero(free == self.at(placed))[0])
        least[at] = self.true[self.at(placed)] + width
        found = self._milp(
            np.concatenate([np.zeros(len(free)), costs, costs]),
            constraints=self._linear(sums, -rest, self._most - rest),
            bounds=self._bounds(least, most),
        )
        if found.x is None:
            return None
        up, down = found.x[len(free) : len(free) + len(told)], found.x[len(free) + len(told) :]
        return [cell for cell, one, other in zip(shown, up, down, strict=True) if one + other > _HAIR]

    def _is_told(self, at: int) -> bool:
        return bool(self.most_known[at] < self._np.inf)


def _solver() -> Any:
    """The parts of scipy that are used, brought in when a table is proved and not before."""
    try:
        import numpy as np
        from scipy import sparse
        from scipy.optimize import Bounds, LinearConstraint, milp
    except ImportError:
        raise refuse(
            "Small numbers cannot be hidden safely here: what proves it is not installed.",
            way_out="Have “scipy” installed, which comes with the extra “evidence”, or show the table inside only.",
        ) from None
    return np, sparse, milp, LinearConstraint, Bounds
