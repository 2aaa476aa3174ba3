"""When a story is due, and what must hold before it is approved and given: R-SAR-1 to R-SAR-5. Pure."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Collection, Sequence
from datetime import date, timedelta

from cmcore.base.clock import day
from cmcore.base.findings import Finding
from cmcore.base.periods import is_working_day
from cmcore.base.policy import Policy
from cmcore.base.words import count
from cmcore.stories.passages import Mark, undecided


def due_on(asked_on: date, policy: Policy) -> date:
    """The last day to give somebody their record (R-SAR-1): one month, from the day it was asked for.

    The same day of the next month, or its last where it has none; where that is no working day, the next one. Source:
    UK GDPR article 12(3), as the Information Commissioner's Office reckons it.
    """
    months: int = policy.threshold("R-SAR-1", "months")
    month = asked_on.month - 1 + months
    year, month = asked_on.year + month // 12, month % 12 + 1
    due = date(year, month, min(asked_on.day, monthrange(year, month)[1]))
    while not is_working_day(due):
        due += timedelta(days=1)
    return due


def days_ahead(today: date, days: int) -> date:
    """The day up to which what is due counts as due soon."""
    return today + timedelta(days=days)


def is_in_time(due: date, given_on: date | None, today: date, policy: Policy) -> list[Finding]:
    """R-SAR-1: told some days before, and when it is over."""
    if given_on is not None:
        if given_on <= due:
            return []
        return [policy.finding("R-SAR-1", f"It was due on {day(due)} and given on {day(given_on)}.")]
    left = (due - today).days
    if left < 0:
        said = f"It was due on {day(due)}, {count(-left, 'day')} ago."
        return [policy.finding("R-SAR-1", said, way_out="Give it today, and say why it is late.")]
    if left <= policy.threshold("R-SAR-1", "days"):
        said = f"It is due on {day(due)}, {'today' if not left else 'in ' + count(left, 'day')}."
        return [policy.finding("R-SAR-1", said, way_out="Have it approved in time.")]
    return []


def names_decided(marks: Collection[Mark], policy: Policy) -> list[Finding]:
    """R-SAR-2: nobody else is asked while it is open what becomes of a name."""
    left = undecided(marks)
    if not left:
        return []
    what = "it" if len(left) == 1 else "them"
    said = f"{count(len(left), 'word')} may be a name, and nobody has said what becomes of {what}."
    return [policy.finding("R-SAR-2", said, way_out="Decide on the names.")]


def second_person(login: str, makers: Collection[str], policy: Policy) -> list[Finding]:
    """R-SAR-3: whoever approves neither made it nor decided on its names."""
    if login not in makers:
        return []
    said = "You made this story, or decided on its names."
    return [policy.finding("R-SAR-3", said, way_out="Ask a colleague to read and approve it.")]


def as_approved(approved: str, now: str, policy: Policy) -> list[Finding]:
    """R-SAR-4: what is given is what was approved, to the letter."""
    if approved and approved == now:
        return []
    said = "It is not what the second person was shown."
    return [policy.finding("R-SAR-4", said, way_out="Send it back, and ask again.")]


def looked_at_by_hand(untold: Sequence[str], policy: Policy) -> list[Finding]:
    """R-SAR-5: what a story does not tell and a request covers all the same is looked at by a person."""
    if not untold:
        return []
    said = f"Not told in it: {', '.join(untold)}."
    way_out = "Somebody who asks for their record may have these too: look at each, and at what would do harm."
    return [policy.finding("R-SAR-5", said, way_out=way_out)]
