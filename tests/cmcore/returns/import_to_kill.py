"""Run as a program: bring returns into a database, each in a process of its own that a test kills when it likes.

It loads everything once, rehearses one import that it undoes, and then forks, so that a round costs milliseconds. For
each line on standard input (the folder of a return) it starts a process and writes its number, then each step the
process begins, then "over" when it is gone.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from contextlib import closing
from datetime import date
from pathlib import Path

from sqlalchemy import Engine

import cmcore.records  # noqa: F401  every record is mapped before one is asked for
from cmcore.base.clock import StoppedClock
from cmcore.base.engine import engine_for
from cmcore.exchange.ssda903.read import files_in, read_return
from cmcore.returns.ssda903 import bring_in_return
from cmcore.safekeeping.scope import Actor, operator_scope
from cmcore.safekeeping.work import Work
from cmcore.virtual_schools.records import Authority

DAY = date(2026, 11, 10)


def say(step: object) -> None:
    """Tell the test; one write a line, so that two processes never mix theirs."""
    os.write(1, f"{step}\n".encode())


def bring_in(engine: Engine, authority_id: int, folder: Path, tell: Callable[[object], None] = say) -> Work:
    """One whole import, as the command does it, up to its commit."""
    actor = Actor("command", "cm import ssda903", "command")
    tell("begun")
    work = Work(engine, actor, operator_scope({authority_id}, DAY), clock=StoppedClock.on(DAY), writing=True)
    made = read_return(files_in(folder), today=DAY)
    authority = work.get(Authority, authority_id)
    bring_in_return(work, authority, made, progress=lambda what, done, _: tell(what) if not done else None)
    tell("committing")
    return work


def rehearse(engine: Engine, authority_id: int, folder: Path) -> None:
    """One import that is undone: what a process works out once, the processes to come have from this one."""
    with closing(bring_in(engine, authority_id, folder, lambda _: None)) as work:
        work.undo()
    engine.dispose()


def main(url: str, authority_id: int, folder: str) -> None:
    """Bring in one return after the other, until standard input ends."""
    engine = engine_for(url, pool_size=1)
    rehearse(engine, authority_id, Path(folder))
    say("ready")
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            try:
                with closing(bring_in(engine, authority_id, Path(line.strip()))) as work:
                    work.commit()
                say("committed")
            finally:
                os._exit(0)
        say(child)
        os.waitpid(child, 0)
        say("over")


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), sys.argv[3])
