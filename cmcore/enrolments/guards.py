"""What is looked at before an enrolment moves, by the name its life cycle gives; later stages bring theirs here.

A guard nobody brought refuses: an enrolment never slips past a check because a module was not loaded.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from cmcore.base.findings import Finding
from cmcore.enrolments.records import Enrolment
from cmcore.safekeeping.work import Work

Guard = Callable[[Work, Enrolment, date], list[Finding]]
Ending = Callable[[Work, Enrolment, date, str], None]

_guards: dict[str, Guard] = {}
_endings: list[Ending] = []


def guard(name: str) -> Callable[[Guard], Guard]:
    """Bring the guard of that name: a function from (work, enrolment, day) to findings."""

    def brought(function: Guard) -> Guard:
        _guards[name] = function
        return function

    return brought


def when_ended(function: Ending) -> Ending:
    """Bring what follows when an enrolment ends: called as (work, enrolment, day, reason), in the same transaction."""
    _endings.append(function)
    return function


def findings_of(names: tuple[str, ...], work: Work, enrolment: Enrolment, on: date) -> list[Finding]:
    """What all of these guards say."""
    said: list[Finding] = []
    for name in names:
        brought = _guards.get(name)
        said += (
            brought(work, enrolment, on)
            if brought
            else [Finding(f"The check “{name}” is not installed, so this cannot be done.")]
        )
    return said


def ended(work: Work, enrolment: Enrolment, on: date, reason: str) -> None:
    """Let everything follow that follows on an ending."""
    for follow in _endings:
        follow(work, enrolment, on, reason)
