"""What a journey must keep, over plain values: R-AM-1 to R-AM-8. Pure."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Sequence
from datetime import date

from cmcore.api import Counted, Finding, Policy, count, day, in_words
from cmcore_artsmark.words import Criterion


def months_after(on: date, months: int) -> date:
    """The same day some months later (earlier where less than none); the last of a shorter month."""
    year, month = divmod(on.year * 12 + on.month - 1 + months, 12)
    return date(year, month + 1, min(on.day, monthrange(year, month + 1)[1]))


def achieved_only(not_achieved: Sequence[str], policy: Policy) -> list[Finding]:
    """R-AM-1: refuses claiming commitments that are not achieved, named by their goals. Source: DOMAIN §9."""
    return [
        policy.finding(
            "R-AM-1",
            f"“{goal}” is claimed and is not achieved.",
            way_out="Say that it is achieved, or leave what speaks of it out of the statement.",
        )
        for goal in dict.fromkeys(not_achieved)
    ]


def some_achieved(achieved: int, policy: Policy) -> list[Finding]:
    """R-AM-1: a Statement of Impact with nothing to claim is refused."""
    if achieved:
        return []
    said = "No commitment is achieved, so there is nothing to claim."
    return [policy.finding("R-AM-1", said, way_out="Say which commitments are achieved, and what changed.")]


def impact_in_time(due_on: date | None, sent_on: date | None, today: date, policy: Policy) -> list[Finding]:
    """R-AM-2: raised some months before the Statement of Impact is due, until it is sent."""
    months = policy.threshold("R-AM-2", "months")
    if due_on is None or sent_on is not None or today < months_after(due_on, -months):
        return []
    late = (today - due_on).days
    said = (
        f"The Statement of Impact was due on {day(due_on)}."
        if late > 0
        else f"The Statement of Impact is due on {day(due_on)}."
    )
    return [policy.finding("R-AM-2", said, way_out="Draft it from the commitments that are achieved, and send it.")]


def due_within(committed_on: date, due_on: date, policy: Policy) -> list[Finding]:
    """R-AM-3: refuses a day for the Statement of Impact before the commitment's, or too long after it."""
    if due_on <= committed_on:
        said = "The Statement of Impact cannot be due before the Statement of Commitment is sent."
        return [policy.finding("R-AM-3", said, place="impact_due_on", way_out="Choose a later day.")]
    years = policy.threshold("R-AM-3", "years")
    latest = months_after(committed_on, 12 * years)
    if due_on <= latest:
        return []
    said = f"It is due by {day(latest)} at the latest: {count(years, 'year')} after the Statement of Commitment."
    return [policy.finding("R-AM-3", said, place="impact_due_on", way_out="Choose an earlier day.")]


def award_until(awarded_on: date, policy: Policy) -> date:
    """R-AM-4: the last day of an award."""
    return date.fromordinal(months_after(awarded_on, 12 * policy.threshold("R-AM-4", "years")).toordinal() - 1)


def award_in_force(until: date | None, renewed: bool, today: date, policy: Policy) -> list[Finding]:
    """R-AM-4: raised some months before an award runs out, until the next journey is begun."""
    months = policy.threshold("R-AM-4", "months")
    if until is None or renewed or today < months_after(until, -months):
        return []
    said = f"The award {'ran' if until < today else 'runs'} out on {day(until)}."
    return [policy.finding("R-AM-4", said, way_out="Begin the next journey, or let it run out.")]


def counts_the_same(kept: Counted, now: Counted, title: str, policy: Policy) -> list[Finding]:
    """R-AM-5: points out a number that counts otherwise now: records were added or put right since."""
    if kept == now:
        return []
    said = f"{title}: {kept.words} when it was written down, {now.words} now."
    return [policy.finding("R-AM-5", said, way_out="Count it anew and keep that, or say why they differ.")]


def in_time(what: str, due_on: date, today: date, policy: Policy) -> list[Finding]:
    """R-AM-6: points out what is past its day."""
    if today <= due_on:
        return []
    return [policy.finding("R-AM-6", f"{what} was due on {day(due_on)}.", way_out="Do it, or give it another day.")]


def is_permitted(permitted_on: date | None, today: date, policy: Policy) -> list[Finding]:
    """R-AM-7: refuses a quote without the day it was permitted, and a day ahead."""
    if permitted_on is not None and permitted_on <= today:
        return []
    said = "Whoever said it has not permitted it yet." if permitted_on is None else "That day is still to come."
    return [policy.finding("R-AM-7", said, place="permitted_on", way_out="Ask them, and write down when they agreed.")]


def has_evidence(pieces: int, goal: str, policy: Policy) -> list[Finding]:
    """R-AM-8: points out an achieved commitment without evidence."""
    if pieces:
        return []
    said = f"“{goal}” is achieved and has no evidence."
    return [policy.finding("R-AM-8", said, way_out="Add a number, a quote, a case study or a picture.")]


def all_judged(judged: Sequence[str]) -> list[Finding]:
    """The self-assessment is done when each criterion was judged."""
    missing = [one.label for one in Criterion if one.value not in judged]
    if not missing:
        return []
    return [Finding(f"{in_words(missing)}: not judged yet.", way_out="Judge each criterion, with a few words why.")]
