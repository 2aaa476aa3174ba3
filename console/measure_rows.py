"""What a young person's measures look like on a page: the table, its pictures, and the sentence above them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from cmcore.base.words import count
from cmcore.evidence.sentences import heading, lead
from cmcore.measures.change import Change, Ends, FinalReview, Outcome, changes_of, ends_of
from cmcore.measures.sets import Measure, MeasureSet
from console import charts

_TONES = {Outcome.improved: "up", Outcome.declined: "down", Outcome.unpaired: "quiet"}


@dataclass(frozen=True)
class MeasureRow:
    """One measure: its two numbers as text, the picture between them, and the change in words."""

    label: str
    hoped_for: bool
    baseline: str
    latest: str
    picture: Markup
    words: str
    tone: str


@dataclass(frozen=True)
class SmallMultiple:
    """One measure over every review: its scores as text and as a line."""

    label: str
    words: str
    picture: Markup


@dataclass(frozen=True)
class MeasuresView:
    """The measures of one young person in one enrolment, ready for ``cm/_measures.html``."""

    heading: str
    lead: str
    caption: str
    axis_words: str
    axis: Markup
    key: list[tuple[Markup, str]]
    rows: list[MeasureRow]
    multiples: list[SmallMultiple]
    multiples_lead: str


def measures_view(
    measure_set: MeasureSet,
    reviews: Sequence[FinalReview],
    hoped_for: Collection[str] = (),
    scored_by: str | None = None,
) -> MeasuresView:
    """The view of the final reviews of one enrolment. ``hoped_for`` holds the keys of the desired outcomes."""
    ends = ends_of(reviews, measure_set, scored_by)
    changes = changes_of(reviews, measure_set, scored_by)
    scale = measure_set.measures[0].scale
    drawn = _drawn(measure_set, reviews, ends)
    return MeasuresView(
        heading=heading(changes, ends),
        lead=lead(scale, ends),
        caption=f"{measure_set.title}, baseline to latest",
        axis_words=f"Chart, {scale.least} to {scale.most}",
        axis=charts.axis(scale),
        key=charts.measures_key(measure_set.measures[0].polarity),
        rows=[_row(change, change.measure.key in hoped_for) for change in changes],
        multiples=[_multiple(measure, drawn) for measure in measure_set.measures] if len(drawn) > 1 else [],
        multiples_lead=_days_of(drawn),
    )


def rows_of_changes(changes: Sequence[Change], hoped_for: Collection[str], caption: str) -> MeasuresView:
    """The table of these changes alone, under a heading of somebody else's."""
    scale = changes[0].measure.scale
    return MeasuresView(
        heading="",
        lead="",
        caption=caption,
        axis_words=f"Chart, {scale.least} to {scale.most}",
        axis=charts.axis(scale),
        key=charts.measures_key(changes[0].measure.polarity),
        rows=[_row(change, change.measure.key in hoped_for) for change in changes],
        multiples=[],
        multiples_lead="",
    )


def _row(change: Change, hoped_for: bool) -> MeasureRow:
    baseline, latest = ("–" if one is None else str(one) for one in (change.baseline, change.latest))
    tone = _TONES.get(change.outcome, "")
    return MeasureRow(change.measure.label, hoped_for, baseline, latest, charts.dumbbell(change), change.in_words, tone)


def _drawn(measure_set: MeasureSet, reviews: Sequence[FinalReview], ends: Ends) -> list[FinalReview]:
    """The reviews that can stand on one line: of the set and of the role that scored the baseline, in order of time."""
    if ends.baseline is None:
        return []
    role = ends.baseline.scored_by
    return sorted(
        (one for one in reviews if one.measure_set == measure_set.ref and one.scored_by == role),
        key=lambda one: one.order,
    )


def _multiple(measure: Measure, drawn: Sequence[FinalReview]) -> SmallMultiple:
    scored = [(one.held_on, one.scores.get(measure.key)) for one in drawn]
    said = ["–" if score is None else str(score) for _, score in scored]
    if len(said) > 5:
        said = [said[0], "…", *said[-3:]]
    words = "–" if all(score is None for _, score in scored) else " → ".join(said)
    return SmallMultiple(measure.label, words, charts.over_time(measure.scale, scored))


def _days_of(drawn: Sequence[FinalReview]) -> str:
    return f"{count(len(drawn), 'review')}, each on the same scale." if drawn else ""
