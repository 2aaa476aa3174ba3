"""What Derbyshire's rules decide, over plain values and given the day: R-DERBYSHIRE-1 to R-DERBYSHIRE-5."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime

from cmcore.api import Finding, Policy, count, in_words, local, working_days_between
from cmcore.api.asks import Rag, Urgency
from cmcore_derbyshire.words import Briefer

#: The states in which nobody has decided on a referral yet.
UNDECIDED = ("submitted", "triage", "more_information")


def heads_the_list(urgency: str, federation: str | None, federations: Collection[str]) -> bool:
    """Whether a referral heads the list: a crisis in a school of the federation.

    ``federations`` are the codes that count; with none named, any federation does. Source: [LGA].
    """
    return urgency == Urgency.crisis and federation is not None and (not federations or federation in federations)


def crisis_waits(submitted_at: datetime, today: date, policy: Policy) -> list[Finding]:
    """R-DERBYSHIRE-1: a crisis of a federation school that nobody decided on is told, by working days of England."""
    waited = working_days_between(local(submitted_at).date(), today)
    allowed = policy.threshold("R-DERBYSHIRE-1", "working_days")
    if waited < allowed:
        return []
    return [
        policy.finding(
            "R-DERBYSHIRE-1",
            f"A school of the federation is in crisis, and has waited {count(waited, 'working day')} for a decision.",
            way_out="Read it now, and ring the school.",
        )
    ]


def red_says_what_keeps_safe(concern: str | None, risks: str, policy: Policy) -> list[Finding]:
    """R-DERBYSHIRE-2: red concern is not sent without what a mentor must know. Sources: [LGA, Role]."""
    if concern != Rag.red or risks.strip():
        return []
    return [
        policy.finding(
            "R-DERBYSHIRE-2",
            "Concern is red, and nothing is said about keeping everyone safe.",
            place="risks",
            way_out="Write the known risks and how they are met. If none are known, write that.",
        )
    ]


def briefed_jointly(briefers: Collection[str], at_school: bool, policy: Policy) -> list[Finding]:
    """R-DERBYSHIRE-3: social care briefs the mentor, and the school where there is one. Source: [LGA, Role]."""
    wanted = [Briefer.social_care, *([Briefer.school] if at_school else [])]
    lacking = [one.label.lower() for one in wanted if one not in briefers]
    if not lacking:
        return []
    return [
        policy.finding(
            "R-DERBYSHIRE-3",
            f"The mentor is not briefed by {in_words(lacking, 'or')}.",
            place="briefed_by",
            way_out="Ask them, and choose them here.",
        )
    ]


def crisis_has_a_plan(planned: bool, policy: Policy) -> list[Finding]:
    """R-DERBYSHIRE-4: crisis mentoring starts once the crisis plan is finished. Source: [LGA, Role]."""
    if planned:
        return []
    return [
        policy.finding(
            "R-DERBYSHIRE-4",
            "There is no finished crisis plan for this young person.",
            way_out="Finish it under “Forms” with the school and social care, then start.",
        )
    ]


def concern_is_said(concern: str | None, policy: Policy) -> list[Finding]:
    """R-DERBYSHIRE-5: a review says how much concern there is, so that a change is seen. Source: [LGA]."""
    if concern is not None:
        return []
    return [
        policy.finding(
            "R-DERBYSHIRE-5",
            "The review does not say how much concern there is now.",
            place="concern",
            way_out="Choose red, amber or green, so that everybody sees whether it was lowered.",
        )
    ]
