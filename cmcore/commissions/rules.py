"""What must hold of a commission: R-COM-1 and R-COM-2. Pure, given the day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from cmcore.base.clock import day
from cmcore.base.findings import Finding
from cmcore.base.policy import Policy
from cmcore.base.words import count, hours


def may_activate(checks: Sequence[Finding], on: date, starts_on: date, policy: Policy) -> list[Finding]:
    """R-COM-1: every blocking check of the mentor passes on the day it becomes active. Source: [Role].

    ``checks`` is what the mentor's checks say of that day; what blocks is repeated under its own rule too.
    """
    blocking = [one for one in checks if one.blocks]
    said = list(checks)
    if blocking:
        said.append(
            policy.finding(
                "R-COM-1",
                f"The commission cannot become active on {day(on)}: "
                f"{count(len(blocking), 'check')} of the mentor {'does' if len(blocking) == 1 else 'do'} not pass.",
                way_out="Put the checks right first.",
            )
        )
    return said


def may_log(minutes: int, used: int, adding: int, policy: Policy) -> list[Finding]:
    """R-COM-2: logging beyond the commissioned time needs an extension; being near its end is told.

    All in minutes: what is commissioned, what chargeable sessions used so far, what this one adds.
    """
    rule = policy["R-COM-2"]
    if used + adding > minutes:
        return [
            policy.finding(
                "R-COM-2",
                f"{hours(minutes)} are commissioned and {hours(used)} are used: {hours(adding)} more does not fit.",
                place="ends",
                way_out="Ask the coordinator for an extension, or say that the time is not charged.",
            )
        ]
    return near_the_end(minutes, used + adding, int(rule.thresholds["told_at_percent"]))


def near_the_end(minutes: int, used: int, told_at_percent: int) -> list[Finding]:
    """The warning of R-COM-2: so much of the commissioned time is used that an extension should be thought of."""
    if used * 100 < minutes * told_at_percent:
        return []
    from cmcore.base.findings import Severity

    share = used * 100 // minutes
    return [
        Finding(
            f"{share} % of the commissioned hours are used: {hours(minutes - used)} of {hours(minutes)} are left.",
            rule="R-COM-2",
            severity=Severity.warn,
            way_out="Add hours with another commission before they run out.",
        )
    ]


def days_in_order(starts_on: date, ends_on: date | None) -> list[Finding]:
    """The last day is not before the first."""
    if ends_on is None or starts_on <= ends_on:
        return []
    return [
        Finding(
            f"The last day, {day(ends_on)}, is before the first, {day(starts_on)}.",
            place="ends_on",
            way_out="Give a later day, or leave it empty.",
        )
    ]
