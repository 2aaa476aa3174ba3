"""What is seen by hand to be open is open: no move claims more than a linear program over all that is known allows."""

from __future__ import annotations

import random

import pytest

from cmcore.evidence.cohorts import Cohort
from cmcore.evidence.disclosure.hiding import with_what_rests_on
from cmcore.evidence.disclosure.proof import Known
from cmcore.evidence.disclosure.releases import Release
from cmcore.evidence.disclosure.searching import by_hand
from tests.cmcore.evidence.made_tables import DFE, at_random, table

np = pytest.importorskip("numpy", reason="numpy is not installed: the extra is called evidence.")


@pytest.mark.parametrize("seed", range(4))
def test_no_cell_is_said_to_move_further_than_a_program_moves_it(seed: int) -> None:
    grid = table(at_random(7000 + seed, groups=4, measures=("calm",))).release.grid
    draw = random.Random(seed)
    hidden = with_what_rests_on(grid, [cell for cell in grid.cells() if draw.random() < 0.45])
    known = Known((Release(grid, frozenset(hidden), DFE, Cohort()),))
    known.everybody = 4e6
    low, high = by_hand(known)
    moved = 0
    for cell in hidden:
        at = known.at((0, cell))
        wished = np.zeros(len(known.true))
        wished[at] = 1.0
        assert high[at] <= known.another(wished)[at] + 1e-3 and low[at] >= known.another(-wished)[at] - 1e-3, cell
        moved += high[at] > low[at]
    assert moved
