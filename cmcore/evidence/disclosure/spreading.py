"""Tables in which many hidden cells lie far from the truth at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from cmcore.evidence.disclosure.proof import Known


def spread(known: Known, cells: Any, ways: Any, wide: Any, among: Any) -> Any:
    """Another table in which many cells lie ``wide`` from the truth, upwards or downwards as ``ways`` says.

    More than that is worth nothing, so that what can be moved is shared out among them.
    """
    np, sparse, milp, linear, bounds = known.parts
    is_free = (known.least_known < known.most_known) & among
    rest_of = is_free.copy()
    rest_of[cells] = False
    # A cell lies where it truly does, and so far on as is wished, and farther, or else back.
    asked = is_free[cells]
    cells, ways, wide = cells[asked], ways[asked], wide[asked]
    if not len(cells):
        return known.true
    free = np.flatnonzero(rest_of)
    top = np.minimum(known.most_known, known.everybody)
    up, down = top[cells] - known.true[cells], known.true[cells] - known.least_known[cells]
    on, back = np.where(ways > 0, up, down), np.where(ways > 0, down, up)
    so_far = np.minimum(on, wide)
    turned = known.binding[:, cells] @ sparse.diags_array(ways)
    sums = sparse.hstack([known.binding[:, free], turned, turned, -turned]).tocsr()
    fixed = known.true.copy()
    fixed[free] = 0
    rest = known.binding @ fixed
    said = np.flatnonzero(np.diff(sums.indptr))
    sums, rest, most = sums[said], rest[said], known.binding_most[said]
    known.steps.take(sums.nnz)
    worth = np.ones(len(cells))
    found = milp(
        np.concatenate([np.zeros(len(free)), -worth, 0 * worth, 1.01 * worth]),
        constraints=linear(sums, -rest, most - rest),
        bounds=bounds(
            np.concatenate([known.least_known[free], np.zeros(3 * len(cells))]),
            np.concatenate([top[free], so_far, on - so_far, back]),
        ),
    )
    if found.x is None:
        raise ValueError("The true figures are a solution, so there is one.")
    made = known.true.copy()
    made[free] = found.x[: len(free)]
    first, second, third = found.x[len(free) :].reshape(3, len(cells))
    made[cells] += ways * (first + second - third)
    return made
