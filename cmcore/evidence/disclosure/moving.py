"""Second tables found by hand: moving people between hidden cells, where it is plain that nothing shown changes.

Each move makes another table that fits all that is known, so what it changes needs no linear program. Most hidden cells
of most tables are proved by it in a few sums; what is left is asked of :mod:`cmcore.evidence.disclosure.proof`. The
moves: along one column from group to group; from one part to another in one group and back in others; a part together
with its whole; and all of a wholly hidden group into another one.
"""

from __future__ import annotations

from itertools import combinations
from typing import Any

from cmcore.evidence.disclosure.grids import Grid


class Moves:
    """How far each hidden cell of one table is seen to move: ``lowest`` and ``highest``, arrays like the figures.

    ``falls`` and ``rises`` say by how much a cell may change for the sake of other tables; without others by all of it
    and without end.
    """

    def __init__(self, np: Any, grid: Grid, hidden: Any, falls: Any, rises: Any) -> None:
        """Try every move."""
        self._np, self._grid, self._hidden = np, grid, hidden
        self.figures = np.array(grid.figures, dtype=float)
        self._falls, self._rises = np.minimum(falls, self.figures), rises
        self.lowest, self.highest = self.figures.copy(), self.figures.copy()
        self._roomy()
        for column, told in enumerate(grid.columns):
            if not told.part_of:
                self._along(column)
        for whole, parts in grid.families.items():
            for one, other in combinations(parts, 2):
                self._between(one, other)
            for part in parts:
                self._with_whole(part, whole)
                for inner, told in enumerate(grid.columns):
                    if told.within == grid.columns[part].key:
                        self._with_what_lies_within(part, inner, [one for one in parts if one != part])
        self._all_into_one()

    def _roomy(self) -> None:
        """What nesting leaves: nothing falls below what lies within it, nor rises above what it lies within."""
        np, grid = self._np, self._grid
        floor = np.zeros_like(self.figures)
        roof = np.full_like(self.figures, np.inf)
        for column, told in enumerate(grid.columns):
            if told.within:
                above = grid.place[told.within]
                floor[:, above] = np.maximum(floor[:, above], self.figures[:, column])
                roof[:, column] = self.figures[:, above]
        self._down = np.where(self._hidden, np.minimum(self._falls, self.figures - floor), 0.0)
        self._up = np.where(self._hidden, np.minimum(self._rises, roof - self.figures), 0.0)

    def _seen(self, columns: tuple[tuple[int, int], ...], gains: Any, losses: Any) -> None:
        """Rows can gain and lose so much in each (column, direction): pair each with all others, or with the total."""
        np, last = self._np, self._grid.total
        gains, losses = np.minimum(gains, _MANY), np.minimum(losses, _MANY)
        own, other = (gains[:last], losses[:last]), (gains[last], losses[last])
        if last:
            # What one gains the others lose; a hidden total may gain it with them.
            gained = np.minimum(own[0], own[1].sum() - own[1] + other[0])
            lost = np.minimum(own[1], own[0].sum() - own[0] + other[1])
            total = min(other[0], own[0].sum()), min(other[1], own[1].sum())
        else:
            gained, lost, total = own[0], own[1], other
        gained, lost = np.append(gained, total[0]), np.append(lost, total[1])
        for column, way in columns:
            figures = self.figures[:, column]
            up, down = (gained, lost) if way > 0 else (lost, gained)
            self.highest[:, column] = np.maximum(self.highest[:, column], figures + up)
            self.lowest[:, column] = np.minimum(self.lowest[:, column], figures - down)

    def _along(self, column: int) -> None:
        """From group to group within one column."""
        if column in self._grid.families:
            return
        self._seen(((column, 1),), self._up[:, column], self._down[:, column])

    def _between(self, one: int, other: int) -> None:
        """From one part to another, with the whole as it is."""
        np = self._np
        gains = np.minimum(self._up[:, one], self._down[:, other])
        losses = np.minimum(self._down[:, one], self._up[:, other])
        self._seen(((one, 1), (other, -1)), gains, losses)

    def _with_whole(self, part: int, whole: int) -> None:
        """A part and its whole together."""
        np = self._np
        gains = np.minimum(self._up[:, part], self._up[:, whole])
        losses = np.minimum(self._down[:, part], self._down[:, whole])
        self._seen(((part, 1), (whole, 1)), gains, losses)

    def _with_what_lies_within(self, part: int, inner: int, others: list[int]) -> None:
        """A part grows with what lies within it, at another part's cost; elsewhere the two change back.

        What lies within grows in the total too, where that is hidden, or else shrinks in other groups.
        """
        np, last = self._np, self._grid.total
        if not last:
            return
        lost = self._down[:last, inner]
        given = self._up[last, inner] + lost.sum() - lost
        rises = np.where(self._hidden[:, inner], np.minimum(self._rises[:, inner], _MANY), 0.0)
        free = np.minimum(np.where(self._hidden[:, part], self._rises[:, part], 0.0), rises)
        for other in others:
            gains = np.minimum(free, self._down[:, other])[:last]
            back = np.minimum(self._down[:, part], self._up[:, other])
            elsewhere = back[:last].sum() - back[:last] + np.minimum(self._up[last, part], self._down[last, other])
            up = np.minimum(np.minimum(gains, elsewhere), given)
            for column, way in ((part, 1), (inner, 1), (other, -1)):
                ends = (self.highest, np.maximum) if way > 0 else (self.lowest, np.minimum)
                ends[0][:last, column] = ends[1](ends[0][:last, column], self.figures[:last, column] + way * up)

    def _all_into_one(self) -> None:
        """All that wholly hidden groups hold into one of them."""
        np, grid = self._np, self._grid
        for top, told in enumerate(grid.columns):
            if told.parent or not grid.below[top]:
                continue
            columns = [top, *grid.below[top]]
            part = np.ix_(range(grid.total), columns)
            whole = self._hidden[part].all(axis=1) & (self._falls[part] >= self.figures[part]).all(axis=1)
            whole &= np.isinf(self._rises[part]).all(axis=1)
            rows = np.flatnonzero(whole)
            if len(rows) > 1:
                place = np.ix_(rows, columns)
                self.highest[place] = np.maximum(self.highest[place], self.figures[place].sum(axis=0))
                self.lowest[place] = 0
                self._with_room_inside(rows, columns)

    def _with_room_inside(self, rows: Any, columns: list[int]) -> None:
        """Once all is in one group, what lies within a part can grow to all of it, as far as other groups give it."""
        grid = self._grid
        others = [row for row in range(grid.total) if row not in set(rows.tolist())]
        for inner in columns:
            part = grid.columns[inner].within
            if not part or not grid.columns[grid.place[part]].part_of:
                continue
            given = self._down[others, inner].sum() + self._up[grid.total, inner]
            most = min(self.figures[rows, grid.place[part]].sum(), self.figures[rows, inner].sum() + given)
            self.highest[rows, inner] = self._np.maximum(self.highest[rows, inner], most)


#: More than anybody needs to see moved.
_MANY = 1e6
