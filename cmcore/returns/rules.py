"""The rule of bringing files in: until when it can be taken back. Pure."""

from __future__ import annotations

from datetime import date, timedelta

from cmcore.base.clock import day
from cmcore.base.findings import Finding
from cmcore.base.policy import Policy
from cmcore.base.words import count


def days_to_take_back(policy: Policy) -> int:
    """R-IMP-1: for so many days what was brought in can be taken back whole."""
    return int(policy.threshold("R-IMP-1", "days"))


def may_take_back(brought_in_on: date, today: date, policy: Policy) -> list[Finding]:
    """R-IMP-1: an import is taken back within thirty days of it."""
    days = days_to_take_back(policy)
    if today <= brought_in_on + timedelta(days=days):
        return []
    return [
        policy.finding(
            "R-IMP-1",
            f"An import can be taken back for {count(days, 'day')}. This one is of {day(brought_in_on)}.",
            way_out="Change the records one by one.",
        )
    ]
