"""Which shown figures to hide so that a hidden one lies open: the least costly change that makes room for it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from cmcore.evidence.disclosure.grids import Cell
from cmcore.evidence.disclosure.proof import HAIR, Known
from cmcore.evidence.disclosure.releases import Placed


def cheapest(known: Known, placed: Placed, width: int, cost: Callable[[Cell], float], number: int) -> list[Cell] | None:
    """Which shown cells of one release to hide so that a hidden cell can lie ``width`` from where it was seen.

    The least costly change of shown figures that makes room, upwards or else downwards: hiding what it changes
    makes it a solution. Looked for within the cell's block of columns first. Nothing where there is none.
    """
    at = known.at(placed)
    near = known.near(known.parts[0].array([at]))
    # In a small table all are near, and to ask of all once more would say nothing else.
    farther = () if near.all() else (None,)
    for among in (*(block & near for block in known.parted if block[at]), near, *farther):
        for way in (1, -1):
            found = _cheapest(known, at, way * width, cost, number, among)
            if found is not None:
                return found
    return None


def _cheapest(
    known: Known, goal: int, far: int, cost: Callable[[Cell], float], number: int, among: Any
) -> list[Cell] | None:
    np, sparse, milp, linear, bounds = known.parts
    if not known.at_least[goal] < known.at_most[goal]:
        return None
    grid, first = known.releases[number].grid, known.first[number]
    is_open = known.at_least < known.at_most
    may_move = is_open if among is None else is_open & among
    shown = known.own[np.isfinite(known.most_told[known.own])]
    is_told = np.zeros(len(known.true), dtype=bool)
    is_told[known.which[shown]] = True
    # What is asked for moves in any case: where the table shows it, it is hidden.
    is_told[goal] = False
    told = np.flatnonzero(is_told & may_move)
    free = np.flatnonzero(~is_told & may_move)
    fixed = known.true.copy()
    fixed[free] = 0
    rest = known.sums @ fixed
    # The told ones stand in it as they are; what moves them is a variable of its own.
    moved = known.sums[:, told]
    sums = sparse.hstack([known.sums[:, free], moved, -moved]).tocsr()
    asked = np.flatnonzero(np.diff(sums.indptr))
    sums, rest, roof = sums[asked], rest[asked], known.most[asked]
    costs = np.zeros(len(known.true))
    for each in shown.tolist():
        if may_move[known.which[each]]:
            costs[known.which[each]] += cost(divmod(each - first, len(grid.columns)))
    costs = costs[told]
    least = np.concatenate([known.at_least[free], np.zeros(2 * len(told))])
    top = np.minimum(known.at_most, known.everybody)
    most = np.concatenate([top[free], top[told] - known.true[told], known.true[told] - known.at_least[told]])
    place = int(np.searchsorted(free, goal))
    if far > 0:
        least[place] = known.lowest[goal] + far
    else:
        most[place] = known.highest[goal] + far
    if least[place] > most[place]:
        return None
    known.steps.take(sums.nnz)
    found = milp(
        np.concatenate([np.zeros(len(free)), costs, costs]),
        constraints=linear(sums, -rest, roof - rest),
        bounds=bounds(least, most),
    )
    if found.x is None:
        return None
    table = known.true.copy()
    table[free] = found.x[: len(free)]
    table[told] += found.x[len(free) : len(free) + len(told)] - found.x[len(free) + len(told) :]
    known.see(table)
    up, down = found.x[len(free) : len(free) + len(told)], found.x[len(free) + len(told) :]
    moves = {goal, *told[up + down > HAIR].tolist()}
    return [divmod(each - first, len(grid.columns)) for each in shown.tolist() if known.which[each] in moves]
