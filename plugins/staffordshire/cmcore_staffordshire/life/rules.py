"""The rules of work experience and of what the council decided, as findings: values in, findings out."""

from __future__ import annotations

from datetime import date

from cmcore.api import Finding, Policy, day


def assessment_seen(starts_on: date, seen_on: date | None, went: str | None, policy: Policy) -> list[Finding]:
    """R-EVT-2: somebody sees the risk assessment before the first day. Source: DOMAIN §7 and §9 [Default]."""
    if went == "not_begun" or (seen_on is not None and seen_on <= starts_on):
        return []
    said = (
        f"Nobody has seen the risk assessment, and it begins on {day(starts_on)}."
        if seen_on is None
        else f"The risk assessment was seen on {day(seen_on)}, after the first day, {day(starts_on)}."
    )
    way_out = "Ask the employer for it before the first day." if seen_on is None else "See the next one before it."
    return [policy.finding("R-EVT-2", said, place="risk_seen_on", way_out=way_out)]


def decision_answered(
    due_on: date, outcome: str | None, told_back_on: date | None, today: date, policy: Policy
) -> list[Finding]:
    """R-EVT-3: a decision is answered by its day, and the young people hear of it. Source: [Artsmark] [Default]."""
    if outcome is None and due_on < today:
        said = f"This was to be done by {day(due_on)}, and nobody has said what came of it."
        return [policy.finding("R-EVT-3", said, way_out="Say what came of it, or why it was not done.")]
    if outcome is not None and told_back_on is None:
        said = "The young people have not been told yet what came of this."
        return [policy.finding("R-EVT-3", said, way_out="Tell them, and write down the day.")]
    return []


def not_ahead(on: date | None, today: date, place: str) -> list[Finding]:
    """What has happened, happened by today."""
    if on is None or on <= today:
        return []
    return [Finding(f"{day(on)} is still to come.", place=place, way_out="Write it down once it is over.")]
