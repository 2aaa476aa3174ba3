"""What a report counts beside the measures adds up, and what is hidden of it cannot be worked out either."""

from __future__ import annotations

from random import Random

import pytest

from cmcore.evidence.account import CohortCounts, account_of
from cmcore.evidence.disclosure.grids import Grid
from cmcore.evidence.disclosure.protecting import protected, told
from cmcore.evidence.moves import AttendanceMoves, Moves
from cmcore.evidence.reports.columns import grid_of, place_of
from cmcore.young_people.words import EducationStatus
from tests.cmcore.evidence.made_tables import DFE, counts


def drawn(seed: int) -> Grid:
    """A cohort with random moves of concern, school and attendance."""
    random = Random(seed)
    many = [random.choice((0, 1, 2, 3, 7, 9, 14)) for _ in range(4)]
    paired = sum(many)
    found = counts({"calm": many}, started=paired + 40, referred=paired + 45)
    roles = {"joint": paired - min(2, paired), "teacher": min(2, paired)}
    found = CohortCounts(**{**vars(found), "scored_by": roles})
    concern = {(was, now): random.choice((0, 1, 4, 6)) for was in ("red", "amber") for now in ("red", "green")}
    statuses = [one.value for one in EducationStatus]
    education = {(random.choice(statuses), random.choice(statuses)): random.choice((1, 2, 5, 8)) for _ in range(4)}
    parts = [random.choice((0, 1, 3, 8)) for _ in range(3)]
    attendance = AttendanceMoves(sum(parts), *parts, None, None, None)
    return grid_of(account_of(found, 10), Moves(paired + 40, concern, education, attendance))


@pytest.mark.parametrize("seed", range(12))
def test_whatever_is_counted_adds_up_and_nothing_hidden_can_be_told(seed: int) -> None:
    pytest.importorskip("scipy", reason="scipy is not installed: the extra is called evidence.")
    release = protected(drawn(seed), DFE)
    assert told([release]) == []
    shown = {
        column.key: release.grid.figures[0][place]
        for place, column in enumerate(release.grid.columns)
        if (0, place) not in release.hidden
    }
    assert not [key for key, often in shown.items() if 1 <= often <= 5]


def test_every_status_of_education_has_its_place() -> None:
    assert {place_of(one.value) for one in EducationStatus} == {"out", "neet", "in"}
