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
    for tie in tied:
        whole = np.array([[numbered(releases, first, tie.plus)]])
        parts = np.array([[numbered(releases, first, one) for one in tie.minus]], dtype=int)
        rows(whole, parts, 0.0 if tie.equal else np.inf)
    starts = np.cumsum([0, *map(len, plus)])
    lines, cells, values = [], [], []
    for side, way in ((plus, 1.0), (minus, -1.0)):
        for start, each in zip(starts, side, strict=False):
            lines.append((start + np.arange(len(each))).repeat(each.shape[1]))
            cells.append(each.ravel())
            values.append(np.full(each.size, way))
    placed = np.concatenate(lines), np.concatenate(cells)
    shape = (int(starts[-1]), size)
    return sparse.csc_matrix((np.concatenate(values), placed), shape=shape, dtype=float), np.concatenate(ends)


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
