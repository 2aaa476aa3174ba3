"""Run as a program: bring returns into a database, each in a process of its own that a test kills when it likes.

It loads everything once and then forks, so that a round costs milliseconds. For each line on standard input (the folder
of a return) it starts a process and writes its number, then each step the process begins, then "over" when it is gone.
"""

from __future__ import annotations

import os
import sys
from datetime import date
from pathlib import Path

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


def bring_in(url: str, authority_id: int, folder: Path) -> None:
    """One whole import, as the command does it."""
    engine = engine_for(url, pool_size=1)
    actor = Actor("command", "cm import ssda903", "command")
    say("begun")
    with Work(engine, actor, operator_scope({authority_id}, DAY), clock=StoppedClock.on(DAY), writing=True) as work:
        made = read_return(files_in(folder), today=DAY)
        authority = work.get(Authority, authority_id)
        bring_in_return(work, authority, made, progress=lambda what, done, _: say(what) if not done else None)
        say("committing")
    say("committed")


def main(url: str, authority_id: int) -> None:
    """Bring in one return after the other, until standard input ends."""
    say("ready")
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            try:
                bring_in(url, authority_id, Path(line.strip()))
            finally:
                os._exit(0)
        say(child)
        os.waitpid(child, 0)
        say("over")


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
