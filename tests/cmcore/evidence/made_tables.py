"""Subgroup tables made up in a line, for the tests of disclosure control."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from cmcore.evidence.account import CohortCounts, MeasureCounts, account_of
from cmcore.evidence.cohorts import Cohort
from cmcore.evidence.disclosure.policies import Disclosure
from cmcore.evidence.disclosure.protecting import protected
from cmcore.evidence.disclosure.releases import Release
from cmcore.evidence.groups import GROUPINGS
from cmcore.evidence.subgroups import Subgroups, grid_of_accounts
from cmcore.evidence.summing import together
from cmcore.measures.sets import Measure, MeasureSet, Scale

DFE = Disclosure("dfe", 5, 1, 10)
ONS = Disclosure("ons", 9, 1, 10)

_SCALE = Scale(1, 5, "never", "always")
SET = MeasureSet(
    "tried",
    1,
    "Two measures made up",
    (
        Measure("calm", "Calm", "How calm.", _SCALE, "made up"),
        Measure("pride", "Pride", "How proud.", _SCALE, "made up"),
    ),
    date(2020, 1, 1),
    "made up",
)

#: The first of them alone: small enough to be attacked hundreds of times.
ONE = MeasureSet("tried_one", 1, "One measure made up", SET.measures[:1], date(2020, 1, 1), "made up")

#: What stands for the kinds of change: (before, after).
IMPROVED, MAINTAINED, AT_CEILING, DECLINED = (2, 4), (3, 3), (5, 5), (4, 3)


def counts(moves: Mapping[str, Sequence[int]], *, started: int = 0, referred: int = 0, lost: int = 0) -> CohortCounts:
    """A group: for each measure how many improved, maintained below the top, kept the top, declined."""
    kinds = (IMPROVED, MAINTAINED, AT_CEILING, DECLINED)
    measures = {
        key: MeasureCounts(sum(often), {kind: many for kind, many in zip(kinds, often, strict=True) if many})
        for key, often in moves.items()
    }
    paired = max((one.with_baseline for one in measures.values()), default=0)
    baseline = paired + lost
    began = max(started, baseline)
    return CohortCounts(
        SET if len(moves) > 1 else ONE,
        max(referred, began),
        began,
        baseline,
        paired,
        measures,
        {91: paired},
        {600: paired},
    )


def at_random(
    seed: int, groups: int, most: int = 14, *, measures: Sequence[str] = ("calm", "pride")
) -> dict[str, CohortCounts]:
    """Groups of a few to some dozens, with many small numbers in them."""
    draw = random.Random(seed)
    made = {}
    for number in range(groups):
        size = draw.choice((draw.randint(0, 5), draw.randint(0, most), draw.randint(6, 3 * most)))
        moves = {}
        for key in measures:
            often = [0, 0, 0, 0]
            for _ in range(size - (draw.randint(0, min(3, size)) if draw.random() < 0.3 else 0)):
                often[draw.choices(range(4), (60, 20, 5, 15))[0]] += 1
            moves[key] = often
        lost, more = draw.choice((0, 0, draw.randint(0, 6))), draw.randint(0, 4)
        paired = max(sum(often) for often in moves.values())
        made[f"{number + 1}"] = counts(
            moves, lost=lost, started=paired + lost + more, referred=paired + lost + more + draw.randint(0, 8)
        )
    return made


def added(first: Mapping[str, CohortCounts], second: Mapping[str, CohortCounts]) -> dict[str, CohortCounts]:
    """Two cohorts of different people as one, group by group."""
    return {
        key: together(next(iter(first.values())).measure_set, [each[key] for each in (first, second) if key in each])
        for key in dict.fromkeys((*first, *second))
    }


def table(
    parts: Mapping[str, CohortCounts],
    policy: Disclosure = DFE,
    earlier: Sequence[Release] = (),
    cohort: Cohort | None = None,
    *,
    hidden: Any = None,
    split: bool = True,
) -> Subgroups:
    """The table of these groups as it may be given out, or with exactly these cells ``hidden``."""
    by, cohort = GROUPINGS["setting"] if split else None, cohort or Cohort()
    chosen = next(iter(parts.values())).measure_set
    accounts = {key: account_of(one, policy.least_pairs) for key, one in parts.items()} if split else {}
    accounts[""] = account_of(together(chosen, parts.values()), policy.least_pairs)
    grid = grid_of_accounts(chosen, accounts)
    release = protected(grid, policy, cohort, "setting" if split else "", earlier)
    if hidden is not None:
        release = Release(grid, frozenset(hidden), policy, cohort, release.by)
    return Subgroups("Tried", cohort, by, chosen, policy, accounts, {}, release)
