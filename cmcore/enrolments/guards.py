"""What is looked at before an enrolment moves, and what follows when it ends; later stages bring theirs here."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from cmcore.enrolments.records import Enrolment
from cmcore.safekeeping.guards import Guards
from cmcore.safekeeping.work import Work

Ending = Callable[[Work, Enrolment, date, str], None]

_guards: Guards[Enrolment] = Guards()
_endings: list[Ending] = []

guard = _guards.bring
findings_of = _guards.findings
names = _guards.names


def when_ended(function: Ending) -> Ending:
    """Bring what follows when an enrolment ends: called as (work, enrolment, day, reason), in the same transaction."""
    _endings.append(function)
    return function


def ended(work: Work, enrolment: Enrolment, on: date, reason: str) -> None:
    """Let everything follow that follows on an ending."""
    for follow in _endings:
        follow(work, enrolment, on, reason)
