"""What must hold of a concern: R-SAF-2 and R-SAF-3. Pure, given the instant."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta

from cmcore.base.clock import local
from cmcore.base.findings import Finding
from cmcore.base.periods import working_minutes_between
from cmcore.base.policy import Policy
from cmcore.base.words import hours, in_words
from cmcore.concerns.words import Told

#: Both of them, before a concern counts as passed on.
BOTH = (Told.social_worker, Told.virtual_school)


def something_is_said(said: str | None, happened: str | None) -> list[Finding]:
    """A concern says what they said, or what happened."""
    if (said or "").strip() or (happened or "").strip():
        return []
    return [
        Finding(
            "Say what happened, or what they said.",
            place="happened",
            way_out="A few words are enough; more can be added.",
        )
    ]


def not_yet(at: datetime | None, now: datetime) -> list[Finding]:
    """Nobody was told after now; a minute is let go, since clocks differ."""
    if at is None or at <= now + timedelta(minutes=1):
        return []
    return [Finding("That moment is still to come.", place="told_at", way_out="Give the time they were told.")]


def unanswered(raised_at: datetime, now: datetime, policy: Policy) -> list[Finding]:
    """R-SAF-2: a concern nobody acknowledged within the working hours the rule allows. Source: [Role], [Default]."""
    if working_minutes_between(raised_at, now) < policy.threshold("R-SAF-2", "hours") * 60:
        return []
    waited = hours(int((now - raised_at).total_seconds() // 60))
    at = local(raised_at)
    return [
        policy.finding(
            "R-SAF-2",
            f"Raised at {at:%H:%M} on {at.day} {at:%B}, {waited} ago, and nobody has answered.",
            way_out="Open it and acknowledge it.",
        )
    ]


def may_pass_on(told: Collection[str], policy: Policy) -> list[Finding]:
    """R-SAF-3: the social worker and the virtual school are both recorded as told. Source: [Role]."""
    if missing := [each.label.lower() for each in BOTH if each not in told]:
        return [
            policy.finding(
                "R-SAF-3",
                f"Nothing here says that {in_words(missing)} {'were' if len(missing) > 1 else 'was'} told.",
                way_out="Tell them, then add who was told and when.",
            )
        ]
    return []
