"""What is known of published tables in numbers: what adds up to what, and between what each cell lies by itself."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from cmcore.evidence.disclosure.releases import Placed, Release, Tie


def numbered(releases: Sequence[Release], first: Sequence[int], placed: Placed) -> int:
    """The number of a cell: cells are numbered row by row, table by table; ``first`` is where each table begins."""
    number, (row, column) = placed
    return first[number] + row * len(releases[number].grid.columns) + column


def drawn_up(np: Any, sparse: Any, releases: Sequence[Release], first: Sequence[int], tied: Sequence[Tie]) -> Any:
    """What adds up to what and what is never more than what, as a sparse matrix; and the most each row can come to.

    A row is a sum less its whole and comes to nothing, or a larger cell less a smaller one and has no end.
    """
    plus: list[Any] = []
    minus: list[Any] = []
    ends: list[Any] = []

    def rows(more: Any, less: Any, end: float) -> None:
        """One row for each line of two arrays of cells."""
        plus.append(more)
        minus.append(less)
        ends.append(np.full(len(more), end))

    size = 0
    for begun, release in zip(first, releases, strict=True):
        grid = release.grid
        at = begun + np.arange(len(grid.rows) * len(grid.columns)).reshape(len(grid.rows), len(grid.columns))
        size += at.size
        if grid.total:
            rows(at[: grid.total].T, at[grid.total :].T, 0.0)
        for whole, parts in grid.families.items():
            rows(at[:, parts], at[:, [whole]], 0.0)
        for number, column in enumerate(grid.columns):
            if column.within:
                rows(at[:, [grid.place[column.within]]], at[:, [number]], np.inf)
    # Ties of as many parts are written at once: there are thousands.
    alike: dict[tuple[int, bool], list[list[int]]] = {}
    for tie in tied:
        placed = [numbered(releases, first, one) for one in (tie.plus, *tie.minus)]
        alike.setdefault((len(placed), tie.equal), []).append(placed)
    for (_, equal), told in alike.items():
        cells = np.array(told)
        rows(cells[:, :1], cells[:, 1:], 0.0 if equal else np.inf)
    starts = np.cumsum([0, *map(len, plus)])
    lines, stand, values = [], [], []
    for side, way in ((plus, 1.0), (minus, -1.0)):
        for start, each in zip(starts, side, strict=False):
            lines.append((start + np.arange(len(each))).repeat(each.shape[1]))
            stand.append(each.ravel())
            values.append(np.full(each.size, way))
    at_place = np.concatenate(lines), np.concatenate(stand)
    shape = (int(starts[-1]), size)
    return sparse.csc_matrix((np.concatenate(values), at_place), shape=shape, dtype=float), np.concatenate(ends)


def told_of(np: Any, release: Release) -> tuple[Any, Any]:
    """The least and the most each cell of a table can be by itself: what is shown stands for a few, hidden for any."""
    policy = release.policy
    figures = np.array(release.grid.figures, dtype=int)
    known, where = np.unique(figures, return_inverse=True)
    bounds = np.array([policy.bounds(policy.shown(int(figure))) for figure in known], dtype=float)
    least, most = bounds[where.reshape(figures.shape)].transpose(2, 0, 1)
    if release.hidden:
        hidden = tuple(np.array(list(release.hidden)).T)
        least[hidden], most[hidden] = 0, np.inf
    return least.ravel(), most.ravel()


def as_one(np: Any, releases: Sequence[Release], first: Sequence[int], tied: Sequence[Tie], size: int) -> Any:
    """Which unknown each cell is: cells that are known to be equal are one, in however many tables they stand."""
    root = list(range(size))

    def top(cell: int) -> int:
        while root[cell] != cell:
            root[cell] = root[root[cell]]
            cell = root[cell]
        return cell

    for tie in tied:
        if tie.equal and len(tie.minus) == 1:
            one, other = (top(numbered(releases, first, each)) for each in (tie.plus, tie.minus[0]))
            root[max(one, other)] = min(one, other)
    return np.unique([top(cell) for cell in range(size)], return_inverse=True)[1]


def put_together(np: Any, sparse: Any, sums: Any, most: Any, which: Any) -> tuple[Any, Any]:
    """The sums over unknowns in place of cells, each of them once: tables of the same people say many twice."""
    cells = np.arange(len(which))
    merged = (sums @ sparse.csc_matrix((np.ones(len(which)), (cells, which)))).tocsr()
    merged.eliminate_zeros()
    merged.sort_indices()
    seen: dict[tuple[bytes, bytes, bool], int] = {}
    for row, (begin, end) in enumerate(zip(merged.indptr, merged.indptr[1:], strict=False)):
        if begin < end:
            told = merged.indices[begin:end].tobytes(), merged.data[begin:end].tobytes(), bool(most[row] > 0)
            seen.setdefault(told, row)
    kept = _not_said_by_others(merged, most, list(seen.values()))
    return merged[kept].tocsc(), most[kept]


def _not_said_by_others(sums: Any, most: Any, rows: list[int]) -> list[int]:
    """The rows without those that say of two unknowns what two others say: a within b, b within c, and a within c."""
    above: dict[int, set[int]] = {}
    below: dict[int, set[int]] = {}
    pairs = {}
    for row in rows:
        begin, end = sums.indptr[row], sums.indptr[row + 1]
        if end - begin == 2 and most[row] > 0 and sums.data[begin] == -sums.data[begin + 1]:
            large, small = sums.indices[begin], sums.indices[begin + 1]
            if sums.data[begin] < 0:
                large, small = small, large
            pairs[row] = small, large
            above.setdefault(small, set()).add(large)
            below.setdefault(large, set()).add(small)
    # One after the other: what is left out is said by what is left, and so is all that was left out before.
    said = set()
    for row, (small, large) in pairs.items():
        if not above[small].isdisjoint(below[large]):
            above[small].discard(large)
            below[large].discard(small)
            said.add(row)
    return [row for row in rows if row not in said]


def binding(np: Any, sums: Any, most: Any, least: Any, highest: Any) -> tuple[Any, Any]:
    """The sums that say more than the bounds of their unknowns do: the others hold whatever is tried."""
    free = np.where(np.isinf(most))[0]
    part = sums[free]
    more, less = part.maximum(0), part.minimum(0)
    for each in (more, less):
        # A stored 0 times what has no end would be no number.
        each.eliminate_zeros()
    said = np.ones(sums.shape[0], dtype=bool)
    said[free] = more @ least + less @ highest < 0
    return sums[said].tocsc(), most[said]


def narrowed(np: Any, sums: Any, most: Any, least: Any, highest: Any) -> tuple[Any, Any]:
    """The least and the most each unknown can be by one sum after another: never closer than what is known says.

    A shown 0 makes every part of it 0, and a shown total bounds its groups. What lies between is for a program to say.
    """
    least, highest = least.copy(), highest.copy()
    table = sums.tocoo()
    rows, cells, values = table.row, table.col, table.data
    size, up = sums.shape[0], values > 0
    for _ in range(_ROUNDS):
        # What an entry adds to its sum at the least and at the most; what has no end is counted, not added.
        small = np.where(up, values * least[cells], values * highest[cells])
        large = np.where(up, values * highest[cells], values * least[cells])
        no_small, no_large = np.isinf(small), np.isinf(large)
        small, large = np.where(no_small, 0, small), np.where(no_large, 0, large)
        small_rest = np.bincount(rows, small, size)[rows] - small
        large_rest = np.bincount(rows, large, size)[rows] - large
        small_rest[np.bincount(rows, no_small, size)[rows] > no_small] = -np.inf
        large_rest[np.bincount(rows, no_large, size)[rows] > no_large] = np.inf
        floor, roof = -large_rest / values, (most[rows] - small_rest) / values
        floor, roof = np.where(up, floor, roof), np.where(up, roof, floor)
        lower, higher = least.copy(), highest.copy()
        np.maximum.at(lower, cells, floor)
        np.minimum.at(higher, cells, roof)
        if (lower == least).all() and (higher == highest).all():
            break
        least, highest = lower, higher
    return least, highest


#: How often every sum is gone through: each time says something of what lies one sum further.
_ROUNDS = 30
