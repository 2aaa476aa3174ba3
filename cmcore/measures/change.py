"""The change of one measure between the earliest baseline and the latest later review, over plain values."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from cmcore.base.words import Choice
from cmcore.measures.sets import Measure, MeasureSet

BASELINE = "baseline"


class Outcome(StrEnum):
    """What became of one measure. ``at_ceiling`` is maintained with no room to improve: maintained includes it."""

    improved = "improved"
    maintained = "maintained"
    at_ceiling = "at_ceiling"
    declined = "declined"
    unpaired = "unpaired"

    @property
    def paired(self) -> bool:
        """Whether there were two scores to compare."""
        return self is not Outcome.unpaired


class WhyUnpaired(Choice):
    """Why two scores of one measure cannot be compared."""

    no_baseline = "no_baseline", "No baseline yet"
    no_later_review = "no_later_review", "No later review yet"
    another_scorer = "another_scorer", "The later review was scored by somebody else"
    another_set = "another_set", "The later review used another set of measures"
    not_scored_at_baseline = "not_scored_at_baseline", "Not scored at the baseline"
    not_scored_at_latest = "not_scored_at_latest", "Not scored at the latest review"
    not_scored = "not_scored", "Not scored"


@dataclass(frozen=True)
class FinalReview:
    """A final review as plain values; drafts and superseded reviews are not given in.

    ``scores`` holds a number or None for each measure, ``reasons`` why one was not scored. ``number`` orders reviews
    held on the same day, for example the record's id.
    """

    measure_set: str
    kind: str
    held_on: date
    scored_by: str
    scores: Mapping[str, int | None]
    reasons: Mapping[str, str] = field(default_factory=dict)
    number: int = 0

    @property
    def order(self) -> tuple[date, int]:
        """Where it stands among the others in time."""
        return (self.held_on, self.number)


@dataclass(frozen=True)
class Ends:
    """The two reviews that are compared; either is missing with the reason why."""

    baseline: FinalReview | None
    latest: FinalReview | None
    why: WhyUnpaired | None = None

    @property
    def weeks(self) -> int | None:
        """Whole weeks between the two."""
        if self.baseline is None or self.latest is None:
            return None
        return (self.latest.held_on - self.baseline.held_on).days // 7


@dataclass(frozen=True)
class Change:
    """What became of one measure for one young person in one enrolment.

    ``steps`` is by how many points of the scale it got better, less than nothing when it got worse, None when
    unpaired. ``reason`` is what was written where a score is missing.
    """

    measure: Measure
    outcome: Outcome
    baseline: int | None = None
    latest: int | None = None
    steps: int | None = None
    why: WhyUnpaired | None = None
    reason: str = ""

    @property
    def in_words(self) -> str:
        """The change as a row of a table says it: "Improved by 2", "Maintained at the top", or why there is none."""
        if self.outcome is Outcome.unpaired:
            label = self.why.label if self.why else WhyUnpaired.not_scored.label
            return f"{label}, {self.reason}" if self.reason else label
        if self.outcome is Outcome.maintained:
            return "Maintained"
        if self.outcome is Outcome.at_ceiling:
            return "Maintained at the top" if self.measure.best == self.measure.scale.most else "Maintained at the best"
        return f"{'Improved' if self.outcome is Outcome.improved else 'Declined'} by {abs(self.steps or 0)}"


def outcome_of(measure: Measure, baseline: int, latest: int) -> Outcome:
    """What became of a measure with these two scores. Refuses a score outside the scale (R-MEA-1)."""
    for score in (baseline, latest):
        if score not in measure.scale:
            scale = measure.scale
            raise ValueError(f"{measure.label}: {score} is not a score from {scale.least} to {scale.most}.")
    steps = measure.steps(baseline, latest)
    if steps > 0:
        return Outcome.improved
    if steps < 0:
        return Outcome.declined
    return Outcome.at_ceiling if latest == measure.best else Outcome.maintained


def ends_of(reviews: Iterable[FinalReview], measure_set: MeasureSet, scored_by: str | None = None) -> Ends:
    """The earliest final baseline and the latest final review after it, of the same set and the same scorer role.

    Where several roles scored a baseline, the earliest one that has a later review by the same role is taken: which
    one never depends on a score. ``scored_by`` asks for one role only.
    """
    given = sorted(reviews, key=lambda one: one.order)
    of_set = [one for one in given if one.measure_set == measure_set.ref and scored_by in (None, one.scored_by)]
    baselines = [one for one in of_set if one.kind == BASELINE]
    if not baselines:
        return Ends(None, None, WhyUnpaired.no_baseline)
    for baseline in baselines:
        later = [one for one in of_set if _follows(one, baseline) and one.scored_by == baseline.scored_by]
        if later:
            return Ends(baseline, later[-1])
    first = baselines[0]
    after = [one for one in given if _follows(one, first)]
    if any(one.measure_set == measure_set.ref for one in after):
        return Ends(first, None, WhyUnpaired.another_scorer)
    return Ends(first, None, WhyUnpaired.another_set if after else WhyUnpaired.no_later_review)


def _follows(review: FinalReview, baseline: FinalReview) -> bool:
    return review.kind != BASELINE and review.held_on >= baseline.held_on


def change_of(measure: Measure, ends: Ends) -> Change:
    """The change of one measure between the two reviews, or why there is none."""
    before = ends.baseline.scores.get(measure.key) if ends.baseline else None
    after = ends.latest.scores.get(measure.key) if ends.latest else None
    why, reason = ends.why, ""
    if ends.baseline and ends.latest and (before is None or after is None):
        if before is None and after is None:
            why = WhyUnpaired.not_scored
        else:
            why = WhyUnpaired.not_scored_at_baseline if before is None else WhyUnpaired.not_scored_at_latest
        lacking = ends.latest if after is None else ends.baseline
        reason = lacking.reasons.get(measure.key, "")
    if before is None or after is None:
        return Change(measure, Outcome.unpaired, before, after, None, why, reason)
    return Change(measure, outcome_of(measure, before, after), before, after, measure.steps(before, after))


def changes_of(reviews: Iterable[FinalReview], measure_set: MeasureSet, scored_by: str | None = None) -> list[Change]:
    """The change of every measure of the set, in the set's order."""
    ends = ends_of(reviews, measure_set, scored_by)
    return [change_of(measure, ends) for measure in measure_set.measures]
