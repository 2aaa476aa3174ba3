"""What must hold before a referral is sent, accepted and matched: R-REF-1 to R-REF-4. Pure, given the day."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date, datetime

from cmcore.base.clock import day
from cmcore.base.findings import Finding, Severity
from cmcore.base.policy import Policy
from cmcore.base.words import count, in_words


def names_an_outcome(outcomes: Sequence[str], measures: Collection[str], policy: Policy) -> list[Finding]:
    """R-REF-1: at least one desired outcome, each a measure of the programme's set. Source: [Role]."""
    if not outcomes:
        return [
            policy.finding(
                "R-REF-1",
                "Choose at least one hoped-for outcome.",
                place="outcomes",
                way_out="The mentor plans each session towards it.",
            )
        ]
    if strange := [each for each in outcomes if each not in measures]:
        return [
            policy.finding(
                "R-REF-1",
                f"{in_words(strange).capitalize()} is not among the measures of this programme.",
                place="outcomes",
                way_out="Choose from those listed.",
            )
        ]
    return []


def received_in_time(received_on: date, today: date) -> list[Finding]:
    """The day a referral was received is not after today."""
    if received_on <= today:
        return []
    return [
        Finding(
            f"The day it was received is after today, {day(today)}.",
            place="received_on",
            way_out="Give the day it reached you.",
        )
    ]


def no_other_open(refs: Sequence[str], policy: Policy) -> list[Finding]:
    """R-REF-3: other open referrals of the young person to the same programme are pointed out, by reference."""
    if not refs:
        return []
    return [
        policy.finding(
            "R-REF-3",
            f"There is an open referral to the same programme already: {in_words(list(refs))}.",
            place="young_person_id",
            way_out="You can go on; the coordinator will see both.",
        )
    ]


def may_match(*, social_worker: bool, at_school: bool, designated_teacher: bool, policy: Policy) -> list[Finding]:
    """R-REF-2: a social worker is named, and a designated teacher where there is a school. Source: [LGA, Role]."""
    said = []
    if not social_worker:
        said.append(
            policy.finding(
                "R-REF-2",
                "Name the social worker.",
                place="social_worker_id",
                way_out="The mentor is briefed by the social worker and the school together.",
            )
        )
    if at_school and not designated_teacher:
        said.append(
            policy.finding(
                "R-REF-2",
                "Name the designated teacher of the school.",
                place="designated_teacher_id",
                way_out="The mentor is briefed by the social worker and the school together.",
            )
        )
    return said


def crisis_clock(submitted_at: datetime, now: datetime, policy: Policy) -> list[Finding]:
    """R-REF-4: how long a crisis referral has waited since it was sent. Source: [LGA]."""
    waited = int((now - submitted_at).total_seconds() // 3600)
    words = count(waited // 24, "day") if waited >= 48 else count(waited, "hour") if waited else "less than an hour"
    return [
        policy.finding(
            "R-REF-4", f"This is a crisis referral. It has waited {words} since it was sent.", way_out="Read it first."
        )
    ]


def as_warnings(findings: Sequence[Finding]) -> list[Finding]:
    """The same findings as warnings: what will block a later step is already pointed out at this one."""
    return [replace(one, severity=Severity.warn) for one in findings]
