"""Which cells are hidden before anything is proved: the small ones, what rests on them, and what a total would give.

These are rules of thumb that are right nearly always; :mod:`cmcore.evidence.disclosure.proof` is what can be relied on.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

from cmcore.evidence.disclosure.grids import Cell, Grid
from cmcore.evidence.disclosure.policies import Disclosure


def small_cells(grid: Grid, policy: Disclosure) -> set[Cell]:
    """Cells that are hidden for their own sake."""
    return {(row, column) for row, column in grid.cells() if policy.is_small(grid.figures[row][column])}


def with_what_rests_on(grid: Grid, hidden: Iterable[Cell]) -> set[Cell]:
    """These cells and all that cannot be shown without them: no part of a hidden whole is shown, a zero neither."""
    found = set(hidden)
    for row, column in tuple(found):
        found.update((row, under) for under in grid.below[column])
    return found


def filled_up(grid: Grid, policy: Disclosure, hidden: set[Cell], public: Collection[Cell] = ()) -> set[Cell]:
    """Hide more where a sum of shown figures would give a hidden one: at least two in each sum, and enough together.

    ``public`` are cells that earlier tables tell: hiding them is no use.
    """
    hidden = with_what_rests_on(grid, hidden) - set(public)
    sums = list(grid.sums())
    again = True
    while again:
        again = False
        for places, whole in sums:
            more = _lacking(grid, policy, hidden, places, whole, public)
            if more is not None:
                hidden |= with_what_rests_on(grid, [more]) - set(public)
                again = True
    return hidden


def _lacking(
    grid: Grid, policy: Disclosure, hidden: set[Cell], places: list[Cell], whole: Cell, public: Collection[Cell]
) -> Cell | None:
    """The next cell to hide in one sum, or nothing where it gives nothing away."""
    inside = [cell for cell in places if cell in hidden]
    if whole in hidden:
        return None
    if not inside:
        return None
    together = sum(grid.figures[row][column] for row, column in inside)
    if len(inside) > 1 and together >= policy.width:
        return None
    shown = [cell for cell in places if cell not in hidden and cell not in public]
    if not shown:
        return None if whole in public else whole
    return min(shown, key=lambda cell: _dear(grid, hidden, cell))


def _dear(grid: Grid, hidden: set[Cell], cell: Cell) -> tuple[bool, int, bool, int]:
    """How much is lost with a cell: not a zero, with little below it, beside hidden ones, and small."""
    row, column = cell
    beside = any((row, other) in hidden for other in range(len(grid.columns)) if other != column)
    size = grid.figures[row][column]
    return (size == 0, sum((row, under) not in hidden for under in grid.below[column]), not beside, size)
