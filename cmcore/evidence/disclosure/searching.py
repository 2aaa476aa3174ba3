"""Looking for tables that prove hidden cells: moved by hand, by programs for many at once, by programs for one."""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import Any

from cmcore.evidence.disclosure.moving import Moves
from cmcore.evidence.disclosure.proof import HAIR, Known
from cmcore.evidence.disclosure.releases import Placed
from cmcore.evidence.disclosure.spreading import spread
from cmcore.evidence.disclosure.sums import numbered

#: How many programs are drawn at random before cells are asked about one by one.
_DRAWN = 8
_FEW = 3


def prove(known: Known, cells: Sequence[Placed], widths: Sequence[int]) -> None:
    """Look for tables that prove many cells at once: moved by hand, then by programs drawn at random.

    Every solution counts for all cells. At last one program asks for one cell of every group and block at once, as
    those hardly stand in each other's way.
    """
    np = known.parts[0]
    at = np.array([known.at(one) for one in cells], dtype=int)
    wide = np.array(widths, dtype=float) - HAIR
    low, high = by_hand(known)
    known.see(low)
    known.see(high)
    chance = random.Random(len(at))
    near = known.near(at[known.highest[at] - known.lowest[at] < wide])
    for _ in range(_DRAWN):
        left = known.highest[at] - known.lowest[at] < wide
        before = int(left.sum())
        if before < _FEW:
            return
        cells, which = np.unique(at[left], return_index=True)
        ways = np.array([chance.choice((-1.0, 1.0)) for _ in cells])
        for way in (1.0, -1.0):
            known.see(spread(known, cells, way * ways, wide[left][which] + 2 * HAIR, near))
        if (known.highest[at] - known.lowest[at] < wide).sum() > before * 0.8:
            break
    _one_of_each(known, at, wide)


def _one_of_each(known: Known, at: Any, wide: Any) -> None:
    """Ask for the most and the least of many cells by two programs, as long as few are asked together."""
    np = known.parts[0]
    left = at[known.highest[at] - known.lowest[at] < wide]
    turn: dict[tuple[int, int, str], int] = {}
    turns = np.zeros(len(left), dtype=int)
    _, standing = np.unique(known.which, return_index=True)
    for place, one in enumerate(standing[left].tolist()):
        number = int(np.searchsorted(known.first, one, side="right")) - 1
        row, column = divmod(one - known.first[number], len(known.releases[number].grid.columns))
        whose = (number, row, known.releases[number].grid.columns[column].key.rpartition(".")[0])
        turns[place] = turn[whose] = turn.get(whose, -1) + 1
    if len(left) < _FEW:
        return
    near = known.near(left)
    for each in range(int(turns.max()) + 1):
        asked = left[turns == each]
        wished = np.zeros(len(known.true))
        wished[asked] = 1.0
        for way in (1.0, -1.0):
            known.see(known.another(way * wished, near))


def asked(known: Known, placed: Placed, width: int) -> bool:
    """Whether this one cell is seen to be safe: the most and the least it can be, within its block, then beyond."""
    if known.proved(placed, width):
        return True
    at = known.at(placed)
    wished = known.parts[0].zeros(len(known.true))
    wished[at] = 1.0
    near = known.near(known.parts[0].array([at]))
    for among in (*(block & near for block in known.parted if block[at]), near):
        for way in (1.0, -1.0):
            if known.proved(placed, width):
                return True
            known.see(known.another(way * wished, among))
    return known.proved(placed, width)


def by_hand(known: Known) -> tuple[Any, Any]:
    """How far each cell is seen to move without a program: with ties, only as far as the other tables let it."""
    np = known.parts[0]
    true = known.true[known.which]
    falls, rises = true.copy(), np.full(len(true), np.inf)
    for tie in known.tied or ():
        plus, *minus = (numbered(known.releases, known.first, one) for one in (tie.plus, *tie.minus))
        room = 0.0 if tie.equal else true[plus] - true[minus].sum()
        falls[plus] = min(falls[plus], room)
        rises[plus] = 0.0 if tie.equal else rises[plus]
        rises[minus] = np.minimum(rises[minus], room)
        if tie.equal:
            falls[minus] = 0.0
    low, high = known.true.copy(), known.true.copy()
    for number, release in enumerate(known.releases):
        shape = (len(release.grid.rows), len(release.grid.columns))
        part = slice(known.first[number], known.first[number] + shape[0] * shape[1])
        hidden = np.isinf(known.most_told[part]).reshape(shape)
        moved = Moves(np, release.grid, hidden, falls[part].reshape(shape), rises[part].reshape(shape))
        np.minimum.at(low, known.which[part], moved.lowest.ravel())
        np.maximum.at(high, known.which[part], moved.highest.ravel())
    return low, high
