"""The account of a cohort: for each measure how many were referred, started, scored twice, and what became of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from cmcore.base.words import spelt
from cmcore.evidence.statistics import (
    DEFINITION,
    Interval,
    SignedRankTest,
    counted_quantile,
    median,
    rank_biserial,
    wilcoxon,
    wilson,
)
from cmcore.measures.change import Outcome, WhyUnpaired, outcome_of
from cmcore.measures.sets import Measure, MeasureSet


@dataclass(frozen=True)
class MeasureCounts:
    """What was counted for one measure: how many have a first score, and how often each (first, latest) pair occurs."""

    with_baseline: int
    pairs: Mapping[tuple[int, int], int]


@dataclass(frozen=True)
class CohortCounts:
    """What was counted for a cohort in one measure set. No name, no reference: counts only.

    ``referred`` counts referrals, the others enrolments. ``paired`` are those with a baseline and a later review by the
    same scorer role. ``days_between``, ``minutes_received`` and ``scored_by`` are of the paired: how often each occurs.
    """

    measure_set: MeasureSet
    referred: int
    started: int
    with_baseline: int
    paired: int
    measures: Mapping[str, MeasureCounts]
    days_between: Mapping[int, int] = field(default_factory=dict)
    minutes_received: Mapping[int, int] = field(default_factory=dict)
    scored_by: Mapping[str, int] = field(default_factory=dict)
    unpaired: Mapping[WhyUnpaired, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Spread:
    """The middle of some values and the range of their middle half."""

    median: float
    lower: float
    upper: float

    def as_data(self) -> dict[str, float]:
        """The three numbers, to one decimal place."""
        return {key: round(getattr(self, key), 1) for key in ("median", "lower", "upper")}


@dataclass(frozen=True)
class MeasureAccount:
    """One measure's row. ``maintained`` includes ``at_ceiling``; improved, maintained and declined add up to paired.

    ``interval`` is None under the least number of pairs: no percentage is shown then. ``test`` is None where fewer than
    six pairs changed, ``r`` where none did.
    """

    measure: Measure
    referred: int
    started: int
    with_baseline: int
    paired: int
    improved: int
    maintained: int
    declined: int
    at_ceiling: int
    began_lowest: int
    interval: Interval | None
    median_change: float | None
    test: SignedRankTest | None
    r: float | None

    @property
    def changed(self) -> int:
        """How many pairs differ: what the test and r rest on."""
        return self.improved + self.declined

    @property
    def percent(self) -> int | None:
        """The improved share as a whole percentage, where it may be shown."""
        return whole_percent(self.interval.share) if self.interval else None

    @property
    def percent_range(self) -> tuple[int, int] | None:
        """The ends of its 95 % interval as whole percentages, where they may be shown."""
        return (whole_percent(self.interval.low), whole_percent(self.interval.high)) if self.interval else None

    def as_data(self) -> dict[str, Any]:
        """The row as plain values, for JSON. A share never comes without the pairs it is of."""
        share = None
        if self.percent is not None and self.percent_range is not None:
            share = {
                "percent": self.percent,
                "low": self.percent_range[0],
                "high": self.percent_range[1],
                "of": self.paired,
            }
        test = {"p": self.test.p, "method": self.test.method} if self.test else None
        return {
            "measure": self.measure.key,
            "label": self.measure.label,
            "polarity": self.measure.polarity.value,
            "referred": self.referred,
            "started": self.started,
            "with_baseline": self.with_baseline,
            "paired": self.paired,
            "improved": self.improved,
            "maintained": self.maintained,
            "declined": self.declined,
            "at_ceiling": self.at_ceiling,
            "improved_share": share,
            "median_change": self.median_change,
            "changed": self.changed,
            "wilcoxon": test,
            "rank_biserial": None if self.r is None else round(self.r, 4),
        }


@dataclass(frozen=True)
class Account:
    """What changed in one cohort, in one version of one measure set."""

    measure_set: MeasureSet
    referred: int
    started: int
    with_baseline: int
    paired: int
    measures: tuple[MeasureAccount, ...]
    weeks_between: Spread | None
    hours_received: Spread | None
    scored_by: Mapping[str, int]
    unpaired: Mapping[WhyUnpaired, int]
    least_pairs: int
    definition: str = DEFINITION

    @property
    def headline(self) -> str:
        """What the numbers show, in one sentence that claims no cause."""
        shown = [row for row in self.measures if row.interval]
        if not shown:
            return f"No measure has {self.least_pairs} pairs yet, so no share is shown"
        most = sum(2 * row.improved > row.paired for row in shown)
        if len(self.measures) == 1:
            row = shown[0]
            return f"{row.improved} of {row.paired} improved on {row.measure.label.lower()}"
        many = len(self.measures)
        return f"More than half improved on {'all' if most == many else spelt(most)} of the {spelt(many)} measures"

    @property
    def caveats(self) -> list[tuple[str, str]]:
        """What must stand beside the numbers, as (what, why) pairs."""
        said = [
            (
                "No comparison group.",
                "These young people changed while they were mentored. The numbers do not say that mentoring was "
                "the reason.",
            )
        ]
        low = max(self.measures, key=lambda row: row.began_lowest)
        if low.began_lowest:
            began = f"{low.began_lowest} of {low.paired} began in the worst part of the scale"
            said.append(
                ("Those who begin worst off tend to improve anyway.", f"{began} on {low.measure.label.lower()}.")
            )
        if missing := self.started - self.paired:
            said.append(
                (
                    "Those missing may differ.",
                    f"{missing} of {self.started} who started {'has' if missing == 1 else 'have'} no pair.",
                )
            )
        if any(row.at_ceiling for row in self.measures):
            said.append(
                (
                    "Some had no room to improve.",
                    "Where the first score is the best there is, keeping it is maintained.",
                )
            )
        if len(self.scored_by) > 1:
            said.append(
                ("Different people scored.", "Each pair was scored twice by the same role, but not all by one role.")
            )
        return said

    def as_data(self) -> dict[str, Any]:
        """The account as plain values, for JSON."""
        return {
            "measure_set": self.measure_set.ref,
            "referred": self.referred,
            "started": self.started,
            "with_baseline": self.with_baseline,
            "paired": self.paired,
            "measures": [row.as_data() for row in self.measures],
            "weeks_between": self.weeks_between.as_data() if self.weeks_between else None,
            "hours_received": self.hours_received.as_data() if self.hours_received else None,
            "scored_by": dict(self.scored_by),
            "unpaired": {why.value: often for why, often in self.unpaired.items()},
            "least_pairs_for_a_share": self.least_pairs,
            "definition": self.definition,
            "read_this_with_the_numbers": [f"{what} {why}" for what, why in self.caveats],
        }


def account_of(counts: CohortCounts, least_pairs: int) -> Account:
    """The account of what was counted. ``least_pairs`` is the policy's: no percentage is given under it."""
    nothing = MeasureCounts(0, {})
    return Account(
        measure_set=counts.measure_set,
        referred=counts.referred,
        started=counts.started,
        with_baseline=counts.with_baseline,
        paired=counts.paired,
        measures=tuple(
            _row(measure, counts.measures.get(measure.key, nothing), counts, least_pairs)
            for measure in counts.measure_set.measures
        ),
        weeks_between=_spread(counts.days_between, 7),
        hours_received=_spread(counts.minutes_received, 60),
        scored_by=dict(counts.scored_by),
        unpaired=dict(counts.unpaired),
        least_pairs=least_pairs,
    )


def whole_percent(share: float) -> int:
    """A share between 0 and 1 as a whole percentage, a half rounded up."""
    return int(share * 100 + 0.5)


def _row(measure: Measure, counted: MeasureCounts, cohort: CohortCounts, least_pairs: int) -> MeasureAccount:
    outcomes: Counter[Outcome] = Counter()
    steps: Counter[int] = Counter()
    began_lowest = 0
    for (before, after), often in counted.pairs.items():
        outcomes[outcome_of(measure, before, after)] += often
        steps[measure.steps(before, after)] += often
        began_lowest += often if _in_worst_part(measure, before) else 0
    paired = sum(outcomes.values())
    if not paired <= counted.with_baseline <= cohort.started:
        raise ValueError(
            f"{measure.label}: {paired} pairs, {counted.with_baseline} with a baseline and {cohort.started} started "
            "cannot all be right."
        )
    at_ceiling = outcomes[Outcome.at_ceiling]
    return MeasureAccount(
        measure=measure,
        referred=cohort.referred,
        started=cohort.started,
        with_baseline=counted.with_baseline,
        paired=paired,
        improved=outcomes[Outcome.improved],
        maintained=outcomes[Outcome.maintained] + at_ceiling,
        declined=outcomes[Outcome.declined],
        at_ceiling=at_ceiling,
        began_lowest=began_lowest,
        interval=wilson(outcomes[Outcome.improved], paired) if paired >= max(1, least_pairs) else None,
        median_change=median(steps),
        test=wilcoxon(steps),
        r=rank_biserial(steps),
    )


def _in_worst_part(measure: Measure, score: int) -> bool:
    """Whether a score is three quarters of the scale or more away from the best: 1 or 2 of 1 to 5."""
    scale = measure.scale
    return abs(score - measure.best) / (scale.most - scale.least) >= 0.75


def _spread(counts: Mapping[int, int], unit: int) -> Spread | None:
    quartiles = [counted_quantile(counts, part) for part in (0.5, 0.25, 0.75)]
    if any(one is None for one in quartiles):
        return None
    middle, lower, upper = (one / unit for one in quartiles if one is not None)
    return Spread(middle, lower, upper)
