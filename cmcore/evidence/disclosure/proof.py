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
from itertools import pairwise
from typing import Any

from cmcore.evidence.disclosure.grids import TOTAL, Cell
from cmcore.evidence.disclosure.moving import Moves
from cmcore.evidence.disclosure.releases import Placed, Release, Tie, ties
from cmcore.evidence.disclosure.spreading import solver, spread
from cmcore.evidence.disclosure.sums import as_one, drawn_up, narrowed, numbered, put_together, told_of

#: How exact the solver is; figures are whole, so this is far from anything that matters.
_HAIR = 1e-6

#: How many programs are drawn at random before cells are asked about one by one.
_DRAWN = 8
_FEW = 3

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
    _first: list[int] = field(init=False)
    _tied: list[Tie] = field(init=False)

    def __post_init__(self) -> None:
        """Number the cells and draw up the sums."""
        self.parts = self._np, self._sparse, self._milp, self._linear, self._bounds = solver()
        np = self._np
        self._first, size = [], 0
        for release in self.releases:
            self._first.append(size)
            size += len(release.grid.rows) * len(release.grid.columns)
        self._tied = list(ties(self.releases))
        self.everybody = 100.0 + 4 * max(sum(map(max, each.grid.figures)) for each in self.releases)
        figures = np.array([one for each in self.releases for row in each.grid.figures for one in row], dtype=float)
        self._which = as_one(np, self.releases, self._first, self._tied, size)
        _, standing = np.unique(self._which, return_index=True)
        self.true = figures[standing]
        sums, most = drawn_up(np, self._sparse, self.releases, self._first, self._tied)
        self.sums, self.most = put_together(np, self._sparse, sums, most, self._which)
        self.lowest, self.highest = self.true.copy(), self.true.copy()
        self._parted = self._blocks()
        self._groups = np.array(
            [key for each in self.releases for key in each.grid.rows for _ in each.grid.columns], dtype=str
        )
        self._roomy = self._roomy_groups()
        known = [told_of(np, release) for release in self.releases]
        self._least = np.concatenate([least for least, _ in known])
        self._highest = np.concatenate([most for _, most in known])
        self.least_known, self.most_known = self._told_by(self._least, self._highest)

    def _told_by(self, least: Any, most: Any) -> tuple[Any, Any]:
        """What each unknown is told to be, in each of the tables and by one sum after another."""
        low, high = self._np.zeros(len(self.true)), self._np.full(len(self.true), self._np.inf)
        self._np.maximum.at(low, self._which, least)
        self._np.minimum.at(high, self._which, most)
        # A table by itself tells nothing that its programs do not find as soon.
        return (low, high) if len(self.releases) == 1 else narrowed(self._np, self.sums, self.most, low, high)

    def may_hide(self, number: int, public: Iterable[Cell]) -> None:
        """Say of which release more may be hidden, all of it but what is ``public``, and what is told even then.

        What is closed then stays so whatever is hidden: the other tables tell it by themselves, and no program helps.
        """
        np = self._np
        grid, first = self.releases[number].grid, self._first[number]
        told = [row * len(grid.columns) + column for row, column in public]
        self._own = first + np.setdiff1d(np.arange(len(grid.rows) * len(grid.columns)), told)
        least, most = self._least.copy(), self._highest.copy()
        least[self._own], most[self._own] = 0, np.inf
        self._at_least, self._at_most = self._told_by(least, most)

    def is_beyond_help(self, placed: Placed, width: int) -> bool:
        """Whether a cell is told closer than this even with all hidden that :meth:`may_hide` allows."""
        at = self.at(placed)
        return bool(self._at_most[at] - self._at_least[at] < width - _HAIR)

    def at(self, placed: Placed) -> int:
        """The number of the unknown that a cell is."""
        return int(self._which[numbered(self.releases, self._first, placed)])

    def hide(self, cells: Iterable[Placed]) -> None:
        """Take some cells as hidden too."""
        for placed in cells:
            at = numbered(self.releases, self._first, placed)
            self._least[at], self._highest[at] = 0, self._np.inf
        self.least_known, self.most_known = self._told_by(self._least, self._highest)

    # ---- what could be true

    def another(self, wished: Any, among: Any = None) -> Any:
        """Another table that fits all that is known, with as much of what is wished for as there can be.

        ``among`` leaves everything as it is but these variables: a smaller program, whose answer is one all the same.
        """
        np = self._np
        is_free = self.least_known < self.most_known
        free = np.flatnonzero(is_free if among is None else is_free & among)
        sums = self.sums[:, free].tocsr()
        asked = np.flatnonzero(np.diff(sums.indptr))
        if not len(asked):
            return self.true
        fixed = self.true.copy()
        fixed[free] = 0
        rest = (self.sums @ fixed)[asked]
        # What is unbounded is bounded by more than everybody, which no cell can hold.
        most = np.minimum(self.most_known[free], self.everybody)
        found = self._milp(
            -wished[free],
            constraints=self._linear(sums[asked], -rest, self.most[asked] - rest),
            bounds=self._bounds(self.least_known[free], most),
        )
        if found.x is None:
            raise ValueError("The true figures are a solution, so there is one.")
        made = self.true.copy()
        made[free] = found.x
        return made

    def _see(self, table: Any) -> None:
        self._np.minimum(self.lowest, table, out=self.lowest)
        self._np.maximum(self.highest, table, out=self.highest)

    def proved(self, placed: Placed, width: int) -> bool:
        """Whether two tables were seen that differ in this cell by so much. What was seen once holds ever after."""
        at = self.at(placed)
        return bool(self.highest[at] - self.lowest[at] >= width - _HAIR)

    def unproved(self, cells: Sequence[Placed], widths: Sequence[int]) -> list[tuple[Placed, int]]:
        """Those of these cells of which no two tables were seen that differ by so much, with how much that is."""
        at = self._np.array([self.at(one) for one in cells], dtype=int)
        lacking = self.highest[at] - self.lowest[at] < self._np.array(widths, dtype=float) - _HAIR
        return [(cells[place], widths[place]) for place in self._np.flatnonzero(lacking)]

    def prove(self, cells: Sequence[Placed], widths: Sequence[int]) -> None:
        """Look for tables that prove many cells at once: moved by hand, then by programs drawn at random.

        Every solution counts for all cells. At last one program asks for one cell of every group and block at once, as
        those hardly stand in each other's way.
        """
        np = self._np
        at = np.array([self.at(one) for one in cells], dtype=int)
        wide = np.array(widths, dtype=float) - _HAIR
        low, high = self._by_hand()
        self._see(low)
        self._see(high)
        chance = random.Random(len(at))
        near = self._near(at[self.highest[at] - self.lowest[at] < wide])
        for _ in range(_DRAWN):
            left = self.highest[at] - self.lowest[at] < wide
            before = int(left.sum())
            if before < _FEW:
                return
            cells, which = np.unique(at[left], return_index=True)
            ways = np.array([chance.choice((-1.0, 1.0)) for _ in cells])
            for way in (1.0, -1.0):
                self._see(spread(self, cells, way * ways, wide[left][which] + 2 * _HAIR, near))
            if (self.highest[at] - self.lowest[at] < wide).sum() > before * 0.8:
                break
        self._one_of_each(at, wide)

    def _one_of_each(self, at: Any, wide: Any) -> None:
        """Ask for the most and the least of many cells by two programs, as long as few are asked together."""
        np = self._np
        left = at[self.highest[at] - self.lowest[at] < wide]
        turn: dict[tuple[int, int, str], int] = {}
        turns = np.zeros(len(left), dtype=int)
        _, standing = np.unique(self._which, return_index=True)
        for place, one in enumerate(standing[left].tolist()):
            number = int(np.searchsorted(self._first, one, side="right")) - 1
            row, column = divmod(one - self._first[number], len(self.releases[number].grid.columns))
            whose = (number, row, self.releases[number].grid.columns[column].key.rpartition(".")[0])
            turns[place] = turn[whose] = turn.get(whose, -1) + 1
        if len(left) < _FEW:
            return
        near = self._near(left)
        for each in range(int(turns.max()) + 1):
            asked = left[turns == each]
            wished = np.zeros(len(self.true))
            wished[asked] = 1.0
            for way in (1.0, -1.0):
                self._see(self.another(way * wished, near))

    def asked(self, placed: Placed, width: int) -> bool:
        """Whether this one cell is seen to be safe: the most and the least it can be, within its block, then beyond."""
        if self.proved(placed, width):
            return True
        at = self.at(placed)
        wished = self._np.zeros(len(self.true))
        wished[at] = 1.0
        near = self._near(self._np.array([at]))
        for among in (*(block & near for block in self._parted if block[at]), near):
            for way in (1.0, -1.0):
                if self.proved(placed, width):
                    return True
                self._see(self.another(way * wished, among))
        return self.proved(placed, width)

    def _by_hand(self) -> tuple[Any, Any]:
        """How far each cell is seen to move without a program: with ties, only as far as the other tables let it."""
        np = self._np
        true = self.true[self._which]
        falls, rises = true.copy(), np.full(len(true), np.inf)
        for tie in self._tied:
            plus, *minus = (numbered(self.releases, self._first, one) for one in (tie.plus, *tie.minus))
            room = 0.0 if tie.equal else true[plus] - true[minus].sum()
            falls[plus] = min(falls[plus], room)
            rises[plus] = 0.0 if tie.equal else rises[plus]
            rises[minus] = np.minimum(rises[minus], room)
            if tie.equal:
                falls[minus] = 0.0
        low, high = self.true.copy(), self.true.copy()
        for number, release in enumerate(self.releases):
            shape = (len(release.grid.rows), len(release.grid.columns))
            part = slice(self._first[number], self._first[number] + shape[0] * shape[1])
            hidden = np.isinf(self._highest[part]).reshape(shape)
            moved = Moves(np, release.grid, hidden, falls[part].reshape(shape), rises[part].reshape(shape))
            np.minimum.at(low, self._which[part], moved.lowest.ravel())
            np.maximum.at(high, self._which[part], moved.highest.ravel())
        return low, high

    def _near(self, at: Any) -> Any:
        """The groups of these cells, the total, and some large groups to move people to: all of a small table.

        In a table of hundreds of groups a program over all of them takes long, and says hardly more.
        """
        if len(self.true) <= _LARGE:
            return self._np.ones(len(self.true), dtype=bool)
        near = self._np.zeros(len(self.true), dtype=bool)
        groups = set(self._groups[self._np.isin(self._which, at)])
        near[self._which[self._np.isin(self._groups, [*self._roomy, *groups])]] = True
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
                mask[self._which[self._first[number] + rows * len(grid.columns) + place]] = True
        return list(found.values())

    # ---- what else to hide

    def cheapest(self, placed: Placed, width: int, cost: Callable[[Cell], float], number: int) -> list[Cell] | None:
        """Which shown cells of one release to hide so that a hidden cell can lie ``width`` from where it was seen.

        The least costly change of shown figures that makes room, upwards or else downwards: hiding what it changes
        makes it a solution. Looked for within the cell's block of columns first. Nothing where there is none.
        """
        at = self.at(placed)
        near = self._near(self._np.array([at]))
        # In a small table all are near, and to ask of all once more would say nothing else.
        farther = () if near.all() else (None,)
        for among in (*(block & near for block in self._parted if block[at]), near, *farther):
            for way in (1, -1):
                found = self._cheapest(at, way * width, cost, number, among)
                if found is not None:
                    return found
        return None

    def _cheapest(
        self, goal: int, far: int, cost: Callable[[Cell], float], number: int, among: Any
    ) -> list[Cell] | None:
        np = self._np
        if not self._at_least[goal] < self._at_most[goal]:
            return None
        grid, first = self.releases[number].grid, self._first[number]
        is_open = self._at_least < self._at_most
        may_move = is_open if among is None else is_open & among
        shown = self._own[np.isfinite(self._highest[self._own])]
        is_told = np.zeros(len(self.true), dtype=bool)
        is_told[self._which[shown]] = True
        # What is asked for moves in any case: where the table shows it, it is hidden.
        is_told[goal] = False
        told = np.flatnonzero(is_told & may_move)
        free = np.flatnonzero(~is_told & may_move)
        fixed = self.true.copy()
        fixed[free] = 0
        rest = self.sums @ fixed
        # The told ones stand in it as they are; what moves them is a variable of its own.
        moved = self.sums[:, told]
        sums = self._sparse.hstack([self.sums[:, free], moved, -moved]).tocsr()
        asked = np.flatnonzero(np.diff(sums.indptr))
        sums, rest, roof = sums[asked], rest[asked], self.most[asked]
        costs = np.zeros(len(self.true))
        for each in shown.tolist():
            if may_move[self._which[each]]:
                costs[self._which[each]] += cost(divmod(each - first, len(grid.columns)))
        costs = costs[told]
        least = np.concatenate([self._at_least[free], np.zeros(2 * len(told))])
        top = np.minimum(self._at_most, self.everybody)
        most = np.concatenate([top[free], top[told] - self.true[told], self.true[told] - self._at_least[told]])
        place = int(np.searchsorted(free, goal))
        if far > 0:
            least[place] = self.lowest[goal] + far
        else:
            most[place] = self.highest[goal] + far
        if least[place] > most[place]:
            return None
        found = self._milp(
            np.concatenate([np.zeros(len(free)), costs, costs]),
            constraints=self._linear(sums, -rest, roof - rest),
            bounds=self._bounds(least, most),
        )
        if found.x is None:
            return None
        table = self.true.copy()
        table[free] = found.x[: len(free)]
        table[told] += found.x[len(free) : len(free) + len(told)] - found.x[len(free) + len(told) :]
        self._see(table)
        up, down = found.x[len(free) : len(free) + len(told)], found.x[len(free) + len(told) :]
        moves = {goal, *told[up + down > _HAIR].tolist()}
        return [divmod(each - first, len(grid.columns)) for each in shown.tolist() if self._which[each] in moves]
