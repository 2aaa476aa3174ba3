"""What somebody could work out from published tables, as linear programs, and what else must be hidden against it.

Everything a reader knows is a sum of cells within bounds: groups add up to their total, parts to their whole, no part
exceeds what it lies within, a rounded figure stands for a few, earlier tables are tied to this one. The true figures
are one solution. A hidden cell is safe when two solutions differ in it by the policy's width: any such pair proves it,
whatever a reader computes. Percentages are shown only where the counts they are made of are, so they add nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from cmcore.evidence.disclosure.grids import TOTAL, Cell
from cmcore.evidence.disclosure.programs import Steps, solver
from cmcore.evidence.disclosure.releases import Placed, Release, Tie, ties
from cmcore.evidence.disclosure.sums import as_one, binding, drawn_up, narrowed, numbered, put_together, told_of

#: How exact the solver is; figures are whole, so this is far from anything that matters.
HAIR = 1e-6

#: Up to so many cells all groups are in every program; beyond, a cell that only far groups would prove is hidden more.
_LARGE = 4000

#: How many groups beside its own a cell is first proved with.
_NEAR = 12


@dataclass
class Known:
    """All that is known of some releases: one unknown a cell, one row a sum. Drawn up once, asked many times.

    Cells that are known to be equal are one unknown, in however many tables they stand.
    """

    releases: Sequence[Release]
    steps: Steps = field(default_factory=Steps)
    #: What binds the releases: looked for where nobody did before.
    tied: Sequence[Tie] | None = None
    first: list[int] = field(init=False)

    def __post_init__(self) -> None:
        """Number the cells and draw up the sums."""
        self.parts = self._np, self._sparse, self._milp, self._linear, self._bounds = solver()
        np = self._np
        self.first, size = [], 0
        for release in self.releases:
            self.first.append(size)
            size += len(release.grid.rows) * len(release.grid.columns)
        # Every cell stands in its sums, and to draw them up is work as well.
        self.steps.take(size)
        tied = list(ties(self.releases)) if self.tied is None else self.tied
        self.tied = tied
        self.steps.take(sum(1 + len(tie.minus) for tie in tied))
        self.everybody = 100.0 + 4 * max(sum(map(max, each.grid.figures)) for each in self.releases)
        figures = np.array([one for each in self.releases for row in each.grid.figures for one in row], dtype=float)
        self.which = as_one(np, self.releases, self.first, tied, size)
        _, standing = np.unique(self.which, return_index=True)
        self.true = figures[standing]
        sums, most = drawn_up(np, self._sparse, self.releases, self.first, tied)
        self.sums, self.most = put_together(np, self._sparse, sums, most, self.which)
        self.lowest, self.highest = self.true.copy(), self.true.copy()
        self.parted = self._blocks()
        self._groups = np.array(
            [key for each in self.releases for key in each.grid.rows for _ in each.grid.columns], dtype=str
        )
        self._roomy = self._roomy_groups()
        known = [told_of(np, release) for release in self.releases]
        self._least = np.concatenate([least for least, _ in known])
        self.most_told = np.concatenate([most for _, most in known])
        self._tell()

    def _tell(self) -> None:
        """Take up what is told now: the bounds of each unknown, and the sums that say more than these."""
        self.least_known, self.most_known = self._told_by(self._least, self.most_told)
        self.binding, self.binding_most = binding(self._np, self.sums, self.most, self.least_known, self.most_known)
        self._drawn: dict[bytes, Any] = {}

    def _told_by(self, least: Any, most: Any) -> tuple[Any, Any]:
        """What each unknown is told to be, in each of the tables and by one sum after another."""
        low, high = self._np.zeros(len(self.true)), self._np.full(len(self.true), self._np.inf)
        self._np.maximum.at(low, self.which, least)
        self._np.minimum.at(high, self.which, most)
        # A table by itself tells nothing that its programs do not find as soon.
        return (low, high) if len(self.releases) == 1 else narrowed(self._np, self.sums, self.most, low, high)

    def may_hide(self, number: int, public: Iterable[Cell]) -> None:
        """Say of which release more may be hidden, all of it but what is ``public``, and what is told even then.

        What is closed then stays so whatever is hidden: the other tables tell it by themselves, and no program helps.
        """
        np = self._np
        grid, first = self.releases[number].grid, self.first[number]
        told = [row * len(grid.columns) + column for row, column in public]
        self.own = first + np.setdiff1d(np.arange(len(grid.rows) * len(grid.columns)), told)
        least, most = self._least.copy(), self.most_told.copy()
        least[self.own], most[self.own] = 0, np.inf
        self.at_least, self.at_most = self._told_by(least, most)

    def is_beyond_help(self, placed: Placed, width: int) -> bool:
        """Whether a cell is told closer than this even with all hidden that :meth:`may_hide` allows."""
        at = self.at(placed)
        return bool(self.at_most[at] - self.at_least[at] < width - HAIR)

    def at(self, placed: Placed) -> int:
        """The number of the unknown that a cell is."""
        return int(self.which[numbered(self.releases, self.first, placed)])

    def hide(self, cells: Iterable[Placed]) -> None:
        """Take some cells as hidden too."""
        for placed in cells:
            at = numbered(self.releases, self.first, placed)
            self._least[at], self.most_told[at] = 0, self._np.inf
        self._tell()

    # ---- what could be true

    def another(self, wished: Any, among: Any = None) -> Any:
        """Another table that fits all that is known, with as much of what is wished for as there can be.

        ``among`` leaves everything as it is but these unknowns: a smaller program, whose answer is one all the same.
        """
        free, sums, least, most, bounds = self._program(among)
        if not sums.shape[0]:
            return self.true
        self.steps.take(sums.nnz)
        found = self._milp(-wished[free], constraints=self._linear(sums, least, most), bounds=bounds)
        if found.x is None:
            raise ValueError("The true figures are a solution, so there is one.")
        made = self.true.copy()
        made[free] = found.x
        return made

    def _program(self, among: Any) -> Any:
        """What may move among these unknowns, the sums it stands in, and all bounds. Drawn up once for each state."""
        np = self._np
        key = b"" if among is None else among.tobytes()
        if key not in self._drawn:
            is_free = self.least_known < self.most_known
            free = np.flatnonzero(is_free if among is None else is_free & among)
            sums = self.binding[:, free].tocsr()
            asked = np.flatnonzero(np.diff(sums.indptr))
            fixed = self.true.copy()
            fixed[free] = 0
            rest = (self.binding @ fixed)[asked]
            # What is unbounded is bounded by more than everybody, which no cell can hold.
            most = np.minimum(self.most_known[free], self.everybody)
            bounds = self._bounds(self.least_known[free], most)
            self._drawn[key] = free, sums[asked], -rest, self.binding_most[asked] - rest, bounds
        return self._drawn[key]

    def see(self, table: Any) -> None:
        """Take note of a table that fits all that is known: it says something of every cell."""
        self._np.minimum(self.lowest, table, out=self.lowest)
        self._np.maximum(self.highest, table, out=self.highest)

    def proved(self, placed: Placed, width: int) -> bool:
        """Whether two tables were seen that differ in this cell by so much. What was seen once holds ever after."""
        at = self.at(placed)
        return bool(self.highest[at] - self.lowest[at] >= width - HAIR)

    def unproved(self, cells: Sequence[Placed], widths: Sequence[int]) -> list[tuple[Placed, int]]:
        """Those of these cells of which no two tables were seen that differ by so much, with how much that is."""
        at = self._np.array([self.at(one) for one in cells], dtype=int)
        lacking = self.highest[at] - self.lowest[at] < self._np.array(widths, dtype=float) - HAIR
        return [(cells[place], widths[place]) for place in self._np.flatnonzero(lacking)]

    def near(self, at: Any) -> Any:
        """The groups of these cells, the total, and some large groups to move people to: all of a small table.

        In a table of hundreds of groups a program over all of them takes long, and says hardly more.
        """
        if len(self.true) <= _LARGE:
            return self._np.ones(len(self.true), dtype=bool)
        near = self._np.zeros(len(self.true), dtype=bool)
        groups = set(self._groups[self._np.isin(self.which, at)])
        near[self.which[self._np.isin(self._groups, [*self._roomy, *groups])]] = True
        return near

    def _roomy_groups(self) -> list[str]:
        """The total, and of each release the hidden groups that are large or of whom many got not so far."""
        keys = {TOTAL}
        for release in self.releases:
            figures = release.grid.figures
            hidden = [row for row in {row for row, _ in release.hidden} if row != release.grid.total]
            large = sorted(hidden, key=lambda row: -sum(figures[row]))
            short = sorted(hidden, key=lambda row: -sum(abs(a - b) for a, b in pairwise(figures[row])))
            keys.update(release.grid.rows[row] for row in (*large[:_NEAR], *short[:_NEAR]))
        return sorted(keys)

    def _blocks(self) -> list[Any]:
        """Columns that are parts of one another, in all tables together: whole families, and what is none of them."""
        np = self._np
        found: dict[str, Any] = {}
        for number, release in enumerate(self.releases):
            grid, rows = release.grid, np.arange(len(release.grid.rows))
            for place, column in enumerate(grid.columns):
                name = column.key.rpartition(".")[0]
                mask = found.setdefault(name, np.zeros(len(self.true), dtype=bool))
                mask[self.which[self.first[number] + rows * len(grid.columns) + place]] = True
        return list(found.values())
