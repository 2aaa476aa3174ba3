"""The rules of reviews, R-MEA-1 to R-MEA-6: given plain values and the day, what is wrong and the way out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from cmcore.base.clock import day
from cmcore.base.findings import Finding, Severity
from cmcore.base.policy import Policy
from cmcore.base.words import count
from cmcore.measures.sets import Measure, MeasureSet
from cmcore.reviews.words import ReviewKind, Scorer


@dataclass(frozen=True)
class Held:
    """Another final review of the same enrolment and measure set, as far as the order of reviews needs it."""

    kind: str
    held_on: date
    scored_by: str


def score_is_in_scale(measure: Measure, score: object, policy: Policy) -> list[Finding]:
    """R-MEA-1: a score is a whole number inside the scale of its measure."""
    if score in measure.scale:
        return []
    scale = measure.scale
    return [
        policy.finding(
            "R-MEA-1",
            f"{measure.label}: {_said(score)} is not a whole number from {scale.least} to {scale.most}.",
            place=f"scores.{measure.key}",
            way_out=f"{scale.least} is {scale.least_means}, {scale.most} is {scale.most_means}.",
        )
    ]


def scores_are_whole(
    measure_set: MeasureSet, scores: Mapping[str, object], reasons: Mapping[str, str], policy: Policy
) -> list[Finding]:
    """A whole review: each measure of the set has one score inside its scale (R-MEA-1), or a reason why it has none."""
    found = []
    for strange in sorted(set(scores) - set(measure_set.keys)):
        message = f"“{strange}” is not a measure of this set, {measure_set.title}."
        found.append(
            Finding(message, place=f"scores.{strange}", way_out="Leave it out, or score with the set that holds it.")
        )
    for measure in measure_set.measures:
        score, reason = scores.get(measure.key), reasons.get(measure.key, "").strip()
        if score is not None and reason:
            message = f"{measure.label} has a score and a reason why it was not scored."
            found.append(Finding(message, place=f"scores.{measure.key}", way_out="Keep one of the two."))
        elif score is not None:
            found.extend(score_is_in_scale(measure, score, policy))
        elif not reason:
            message = f"{measure.label} has neither a score nor a reason why it was not scored."
            found.append(
                Finding(message, place=f"scores.{measure.key}", way_out="Score it, or choose “Not scored” and say why.")
            )
    return found


def baseline_in_time(
    started_on: date, sessions_before: int, baseline_on: date | None, today: date, policy: Policy
) -> list[Finding]:
    """R-MEA-2: the baseline is scored at the start of the work, before two sessions or fourteen days have gone by.

    ``sessions_before`` counts the sessions held before the baseline, or so far where there is none yet.
    """
    sessions, days = policy.threshold("R-MEA-2", "sessions"), policy.threshold("R-MEA-2", "days")
    gone = ((baseline_on or today) - started_on).days
    if gone <= days and sessions_before < sessions:
        return []
    since = f"{count(gone, 'day')} and {count(sessions_before, 'session')} after the start, {day(started_on)}"
    if baseline_on is None:
        message, way_out = f"There is no baseline yet, {since}.", "Score the measures with the young person."
    else:
        message, way_out = f"The baseline of {day(baseline_on)} was late: {since}.", "It counts, and is marked as late."
    return [policy.finding("R-MEA-2", message, place="held_on", way_out=way_out)]


def baseline_guided(guided_by_child: bool | None, policy: Policy) -> list[Finding]:
    """R-MEA-2: the baseline is guided by the child; nothing is said where nobody knows, as of scores brought in."""
    if guided_by_child is not False:
        return []
    return [
        policy.finding(
            "R-MEA-2",
            "The baseline was not guided by the child.",
            place="guided_by_child",
            way_out="Go through the measures with the young person at the next session.",
        )
    ]


def review_in_time(last_on: date, today: date, policy: Policy, interval_days: int | None = None) -> list[Finding]:
    """R-MEA-3: measures are reviewed regularly, every six weeks unless the enrolment says otherwise.

    ``last_on`` is the day of the latest final review, the baseline included; ``interval_days`` the enrolment's own
    interval.
    """
    days = policy.threshold("R-MEA-3", "days") if interval_days is None else interval_days
    over = (today - last_on).days - days
    if over <= 0:
        return []
    return [
        policy.finding(
            "R-MEA-3",
            f"The last score was on {day(last_on)}. Reviews are {_interval(days)} apart: {count(over, 'day')} over.",
            way_out="Score the measures again.",
        )
    ]


def review_due_on(last_on: date, policy: Policy, interval_days: int | None = None) -> date:
    """The last day on which the next review is in time (R-MEA-3)."""
    return last_on + timedelta(days=policy.threshold("R-MEA-3", "days") if interval_days is None else interval_days)


def may_complete(has_exit_review: bool, reason_for_none: str, policy: Policy) -> list[Finding]:
    """R-MEA-4: an enrolment is not completed without an exit review, or a recorded reason why there is none."""
    if has_exit_review or reason_for_none.strip():
        return []
    return [
        policy.finding(
            "R-MEA-4",
            "Not yet. It needs an exit review, or a reason why there is none.",
            place="no_exit_reason",
            way_out="Score the exit review, or write down why it cannot be scored.",
        )
    ]


def exit_coming(ends_on: date | None, has_exit_review: bool, today: date, policy: Policy) -> list[Finding]:
    """R-MEA-7: the exit review is asked for some days before the commissioned work ends, where it has an end."""
    if ends_on is None or has_exit_review or (ends_on - today).days > policy.threshold("R-MEA-7", "days"):
        return []
    ends = f"ends on {day(ends_on)}" if ends_on >= today else f"was to end on {day(ends_on)}"
    return [
        policy.finding(
            "R-MEA-7",
            f"The commissioned work {ends}, and there is no exit review yet.",
            way_out="Score it while you still meet.",
        )
    ]


def ends_unscored(has_exit_review: bool, reason_for_none: str, policy: Policy) -> list[Finding]:
    """R-MEA-7: an ending without an exit review says plainly what nobody will be able to say."""
    if has_exit_review or reason_for_none.strip():
        return []
    return [
        policy.finding(
            "R-MEA-7",
            "It has no exit review: once it has ended, nobody can say what changed.",
            way_out="Score the exit review first, or write down why it cannot be scored.",
        )
    ]


def may_correct(final_on: date, today: date, policy: Policy) -> list[Finding]:
    """R-MEA-5: a final review may be corrected for seven days."""
    days = policy.threshold("R-MEA-5", "days")
    if today <= final_on + timedelta(days=days):
        return []
    return [
        policy.finding(
            "R-MEA-5",
            f"This review became final on {day(final_on)}. It could be corrected for {count(days, 'day')}.",
            way_out="Supersede it with a new one, and say why.",
        )
    ]


def may_supersede(reason: str, policy: Policy) -> list[Finding]:
    """R-MEA-5: a review is superseded with a reason."""
    if reason.strip():
        return []
    return [
        policy.finding(
            "R-MEA-5",
            "A review is superseded only with a reason.",
            place="reason",
            way_out="Write a sentence that says what was wrong with it.",
        )
    ]


def in_order(review: Held, others: Iterable[Held], policy: Policy, reopened_on: date | None = None) -> list[Finding]:
    """R-MEA-6: no exit before a baseline; reviews in date order.

    ``others`` are the other final reviews of the same enrolment and measure set. Every review but the baseline needs a
    baseline on or before its day, a follow-up an exit review too. Of one scorer role, baseline, interim, exit and
    follow-up stand in that order. An exit review from before the enrolment was reopened closes nothing.
    """
    given = list(others)
    kind = ReviewKind(review.kind)
    if kind is not ReviewKind.baseline and not _any_by(given, ReviewKind.baseline, review.held_on):
        return [_order(policy, _lacks_baseline(kind, review.held_on, given), "Score the baseline first.")]
    if kind is ReviewKind.follow_up and not _any_by(given, ReviewKind.exit, review.held_on):
        return [
            _order(
                policy,
                f"A follow-up comes after the exit review, and there is none by {day(review.held_on)}.",
                "Make this an interim or an exit review, or score the exit review first.",
            )
        ]
    for other in sorted(given, key=lambda one: one.held_on):
        if other.scored_by != review.scored_by or _closed_before(other, reopened_on):
            continue
        there = ReviewKind(other.kind)
        if _rank(there) < _rank(kind) and other.held_on > review.held_on:
            return [_out_of_order(policy, kind, review.held_on, "before", there, other.held_on)]
        if _rank(there) > _rank(kind) and other.held_on < review.held_on:
            return [_out_of_order(policy, kind, review.held_on, "after", there, other.held_on)]
    return []


def will_be_compared(review: Held, others: Iterable[Held]) -> list[Finding]:
    """Warns when no baseline was scored by the same role: the scores are kept, and will not be compared."""
    kind = ReviewKind(review.kind)
    if kind is ReviewKind.baseline:
        return []
    if any(other.kind == ReviewKind.baseline and other.scored_by == review.scored_by for other in others):
        return []
    return [
        Finding(
            f"No baseline was scored by the same people ({Scorer.say(review.scored_by).lower()}), "
            "so these scores cannot be compared with the first ones.",
            severity=Severity.warn,
            place="scored_by",
            way_out="They are kept. Where it can be done, score with those who gave the baseline.",
        )
    ]


def not_ahead(held_on: date, today: date) -> list[Finding]:
    """A review is held on or before today."""
    if held_on <= today:
        return []
    return [
        Finding(
            f"The day the measures were scored, {day(held_on)}, is after today, {day(today)}.",
            place="held_on",
            way_out="Give the day it happened.",
        )
    ]


_ORDER = (ReviewKind.baseline, ReviewKind.interim, ReviewKind.exit, ReviewKind.follow_up)


def _rank(kind: ReviewKind) -> int:
    return _ORDER.index(kind)


def _any_by(others: Iterable[Held], kind: ReviewKind, on: date) -> bool:
    return any(other.kind == kind and other.held_on <= on for other in others)


def _closed_before(other: Held, reopened_on: date | None) -> bool:
    return reopened_on is not None and other.kind == ReviewKind.exit and other.held_on <= reopened_on


def _lacks_baseline(kind: ReviewKind, held_on: date, others: list[Held]) -> str:
    named = f"{'An' if kind in (ReviewKind.interim, ReviewKind.exit) else 'A'} {kind.called}"
    later = [other.held_on for other in others if other.kind == ReviewKind.baseline]
    if later:
        return f"{named} on {day(held_on)} is before the baseline of {day(min(later))}."
    return f"{named} needs a baseline to compare with, and there is none."


def _out_of_order(policy: Policy, kind: ReviewKind, on: date, where: str, there: ReviewKind, then: date) -> Finding:
    message = f"The {kind.called} of {day(on)} would stand {where} the {there.called} of {day(then)}."
    return _order(policy, message, "Look at the day, and at what kind of review it is.")


def _order(policy: Policy, message: str, way_out: str) -> Finding:
    return policy.finding("R-MEA-6", message, place="held_on", way_out=way_out)


def _interval(days: int) -> str:
    return count(days // 7, "week") if days % 7 == 0 else count(days, "day")


def _said(score: object) -> str:
    return "nothing" if score is None else f"“{score}”" if isinstance(score, str) else str(score)
