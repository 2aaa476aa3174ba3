"""What must hold of the days of an enrolment. Pure, given the day."""

from __future__ import annotations

from datetime import date

from cmcore.base.clock import day
from cmcore.base.findings import Finding


def step_in_time(
    on: date, today: date, *, started_on: date | None = None, last_step_on: date | None = None
) -> list[Finding]:
    """A step is not taken after today, nor before the enrolment started or its last step was taken."""
    if on > today:
        return [Finding(f"The day is after today, {day(today)}.", place="on", way_out="Give the day it happened.")]
    earliest = max((each for each in (started_on, last_step_on) if each is not None), default=None)
    if earliest is not None and on < earliest:
        return [
            Finding(
                f"The step before it was taken on {day(earliest)}.", place="on", way_out="Give that day or a later one."
            )
        ]
    return []
