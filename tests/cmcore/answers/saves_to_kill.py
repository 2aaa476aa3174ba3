"""Run as a program: save one draft over and over, and say after each save which one was kept, until it is killed.

It loads everything once, rehearses one save that it undoes, and then forks, so that a round costs milliseconds. For
each line on standard input (the number to save from) it starts a process, says its number, then each save that was
kept, then "over" when the process is gone.
"""

from __future__ import annotations

import os
import sys
from contextlib import closing
from datetime import date
from itertools import count

from sqlalchemy import Engine

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


def save(engine: Engine, authority_id: int, answers_id: int, number: int) -> Work:
    """Save a number, up to the commit."""
    scope, clock = operator_scope({authority_id}, date(2026, 11, 10)), StoppedClock.on(date(2026, 11, 10))
    work = Work(engine, Actor("operator", "somebody", "command"), scope, clock=clock)
    save_draft(work, work.get(FormAnswers, answers_id), values(number))
    return work


def save_on(engine: Engine, authority_id: int, answers_id: int, first: int) -> None:
    """Save from a number on."""
    for number in count(first):
        with closing(save(engine, authority_id, answers_id, number)) as work:
            work.commit()
        say(number)


def rehearse(engine: Engine, authority_id: int, answers_id: int) -> None:
    """One save that is undone: what a process works out once, the processes to come have from this one."""
    with closing(save(engine, authority_id, answers_id, 0)) as work:
        work.undo()
    engine.dispose()


def say(word: object) -> None:
    """Tell the test; one write a line, so that two processes never mix theirs."""
    os.write(1, f"{word}\n".encode())


def main(url: str, authority_id: int, answers_id: int) -> None:
    """Have one process after the other save, until standard input ends."""
    engine = engine_for(url, pool_size=1)
    rehearse(engine, authority_id, answers_id)
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            try:
                save_on(engine, authority_id, answers_id, int(line))
            finally:
                os._exit(1)
        say(f"process {child}")
        os.waitpid(child, 0)
        say("over")


if __name__ == "__main__":
    main(sys.argv[1], *(int(one) for one in sys.argv[2:4]))
