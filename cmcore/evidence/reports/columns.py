"""What a report counts beside the measures: who scored, concern, where they learn or work, attendance.

Every split here is a tree: each count is a part of one other and of no second one, so that what could be worked out
from the shown ones is all that the proof of R-SUP-1 looks at.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from cmcore.evidence.account import Account
from cmcore.evidence.disclosure.grids import TOTAL, Column, Grid
from cmcore.evidence.moves import Moves
from cmcore.evidence.subgroups import grid_of_accounts
from cmcore.reviews.words import Scorer
from cmcore.young_people.words import EducationStatus

#: A column with its count.
Counted = tuple[Column, int]

#: Where somebody stands to school and work, in three groups, with the words of each.
PLACES: Mapping[str, str] = {
    "out": "Out of school",
    "neet": "Not in education, employment or training",
    "in": "In school, work or training",
}

_PLACE_OF: Mapping[str, str] = {
    EducationStatus.not_in_school.value: "out",
    EducationStatus.awaiting_place.value: "out",
    EducationStatus.suspended.value: "out",
    EducationStatus.excluded.value: "out",
    EducationStatus.neet.value: "neet",
    EducationStatus.enrolled.value: "in",
    EducationStatus.part_time.value: "in",
    EducationStatus.eet.value: "in",
}


def place_of(status: str) -> str:
    """Which of :data:`PLACES` a status belongs to."""
    return _PLACE_OF[status]


def of_scorers(scored_by: Mapping[str, int]) -> Iterator[Counted]:
    """Who scored the pairs: the same role both times."""
    for role in Scorer:
        yield Column(f"by.{role.value}", part_of="paired"), scored_by.get(role.value, 0)


def of_moves(moves: Moves) -> Iterator[Counted]:
    """Concern at the start and latest; school and work at the start and now; attendance before and after."""
    yield Column("concern", within="started"), moves.concern_known
    for name in ("lowered", "same", "raised"):
        yield Column(f"concern.{name}", part_of="concern"), getattr(moves, f"concern_{name}")
    yield Column("concern.red_to_green", within="concern.lowered"), moves.red_to_green
    yield Column("place", within="started"), moves.education_known
    for place in PLACES:
        of_place = [(place_of(now), often) for (was, now), often in moves.education.items() if place_of(was) == place]
        yield Column(f"place.{place}", part_of="place"), sum(often for _, often in of_place)
        inside = sum(often for now, often in of_place if now == "in")
        yield Column(f"place.{place}.in", part_of=f"place.{place}"), inside
        yield (
            Column(f"place.{place}.not", part_of=f"place.{place}"),
            sum(often for _, often in of_place) - inside,
        )
    attendance = moves.attendance
    yield Column("attendance", within="started"), attendance.both_known if attendance else 0
    for name in ("higher", "same", "lower"):
        yield Column(f"attendance.{name}", part_of="attendance"), getattr(attendance, name) if attendance else 0


def grid_of(account: Account, moves: Moves, more: Sequence[Counted] = ()) -> Grid:
    """Everything a report counts of one cohort as one table without groups, for disclosure control."""
    plain = grid_of_accounts(account.measure_set, {TOTAL: account})
    beside = (*of_scorers(account.scored_by), *of_moves(moves), *more)
    return Grid(
        (*plain.columns, *(column for column, _ in beside)),
        plain.rows,
        ((*plain.figures[0], *(number for _, number in beside)),),
    )
