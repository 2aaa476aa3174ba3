"""Groups of a cohort that share nobody, added up to the cohort they make together."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable

from cmcore.evidence.account import CohortCounts, MeasureCounts
from cmcore.measures.change import WhyUnpaired
from cmcore.measures.sets import MeasureSet


def together(chosen: MeasureSet, parts: Iterable[CohortCounts]) -> CohortCounts:
    """Groups that share nobody, counted as one cohort."""
    days: Counter[int] = Counter()
    minutes: Counter[int] = Counter()
    scorers: Counter[str] = Counter()
    why: Counter[WhyUnpaired] = Counter()
    flow: Counter[str] = Counter()
    baselines: Counter[str] = Counter()
    moves: dict[str, Counter[tuple[int, int]]] = defaultdict(Counter)
    for one in parts:
        for name in ("referred", "started", "with_baseline", "paired"):
            flow[name] += getattr(one, name)
        days.update(one.days_between)
        minutes.update(one.minutes_received)
        scorers.update(one.scored_by)
        why.update(one.unpaired)
        for measure, counted in one.measures.items():
            baselines[measure] += counted.with_baseline
            moves[measure].update(counted.pairs)
    return CohortCounts(
        measure_set=chosen,
        referred=flow["referred"],
        started=flow["started"],
        with_baseline=flow["with_baseline"],
        paired=flow["paired"],
        measures={measure: MeasureCounts(often, moves[measure]) for measure, often in baselines.items()},
        days_between=days,
        minutes_received=minutes,
        scored_by=dict(sorted(scorers.items())),
        unpaired={reason: why[reason] for reason in WhyUnpaired if why[reason]},
    )
