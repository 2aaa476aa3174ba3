"""Run as a program: save one draft over and over, and say after each save which one was kept, until it is killed."""

from __future__ import annotations

import os
import sys
from datetime import date
from itertools import count

import cmcore.records  # noqa: F401  every record is mapped before one is asked for
from cmcore.answers.filling import save_draft
from cmcore.answers.records import FormAnswers
from cmcore.base.clock import StoppedClock
from cmcore.base.engine import engine_for
from cmcore.safekeeping.scope import Actor, operator_scope
from cmcore.safekeeping.work import Work


def values(number: int) -> dict[str, str]:
    """What the save of a number holds: every question says the same number, so that a torn one would be seen."""
    return {"place": f"save {number}", "people": str(number), "worry": f"save {number} " * 500}


def main(url: str, authority_id: int, answers_id: int, first: int) -> None:
    """Save from a number on."""
    engine = engine_for(url, pool_size=1)
    scope, clock = operator_scope({authority_id}, date(2026, 11, 10)), StoppedClock.on(date(2026, 11, 10))
    for number in count(first):
        with Work(engine, Actor("operator", "somebody", "command"), scope, clock=clock) as work:
            save_draft(work, work.get(FormAnswers, answers_id), values(number))
        os.write(1, f"{number}\n".encode())


if __name__ == "__main__":
    main(sys.argv[1], *(int(one) for one in sys.argv[2:5]))
