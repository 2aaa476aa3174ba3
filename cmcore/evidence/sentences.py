"""What a young person's measures show, in one sentence, and how they were taken: for pages and for reports alike."""

from __future__ import annotations

from collections.abc import Sequence

from cmcore.base.clock import day
from cmcore.base.words import count, spelt
from cmcore.measures.change import Change, Ends, Outcome
from cmcore.measures.sets import Scale
from cmcore.reviews.words import Scorer


def heading(changes: Sequence[Change], ends: Ends) -> str:
    """What the table shows, said first: "Four of seven measures have improved"."""
    paired = [change for change in changes if change.outcome.paired]
    if len(changes) == 1:
        return f"{changes[0].measure.label}: {changes[0].in_words[0].lower()}{changes[0].in_words[1:]}"
    if paired:
        improved = sum(change.outcome is Outcome.improved for change in paired)
        verb = "have" if improved > 1 else "has"
        return f"{spelt(improved).capitalize()} of {spelt(len(paired))} measures {verb} improved"
    if ends.baseline:
        return "There is a baseline, and nothing to compare it with yet"
    return "The measures have no baseline yet"


def lead(scale: Scale, ends: Ends) -> str:
    """Between which days, by whom, on which scale."""
    ends_mean = f"{scale.least} is {scale.least_means}, {scale.most} is {scale.most_means}."
    if ends.baseline is None:
        return ends_mean
    who = Scorer.say(ends.baseline.scored_by).lower()
    if ends.latest is None:
        return (
            f"Baseline {day(ends.baseline.held_on)}, scored by {who}. {ends.why.label if ends.why else ''}. {ends_mean}"
        )
    began, now = ends.baseline.held_on, ends.latest.held_on
    first = f"{began.day} {began:%B}" if began.year == now.year else day(began)
    apart = count(ends.weeks or 0, "week")
    return f"Baseline {first} to latest {day(now)}, {apart} apart. Scored by {who} both times. {ends_mean}"
