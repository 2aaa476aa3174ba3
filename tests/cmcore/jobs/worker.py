"""Long work to be tried: so many steps, each of which keeps a piece; and a worker of its own process, to be killed."""

from __future__ import annotations

import sys
import time

import cmcore.records  # noqa: F401  every record is mapped before a worker looks at one
from cmcore.base.clock import Clock, WallClock
from cmcore.base.engine import engine_for
from cmcore.jobs.doing import Doing
from cmcore.jobs.kinds import Result, task
from cmcore.jobs.tasks import Tasks
from cmcore.jobs.words import FilePart
from cmcore.messages.mail import Mail
from cmcore.messages.sending import PostRoom

STEPS = "test.steps"
#: What happens between and inside steps, set by a test: called with where it is.
between = [lambda where: None]


@task(STEPS, "Steps to be tried", "task.add")
def steps(doing: Doing) -> Result:
    """Keep a piece in each of so many steps."""
    many = doing.parameters["many"]
    while (done := doing.checkpoint.get("done", 0)) < many:
        doing.tell("steps", done, many)
        between[0](f"before {done}")
        with doing.step() as work:
            kept = len(doing.pieces(work))
            doing.keeps(work, FilePart.piece, "piece", "text/plain", b"made", kept)
            doing.checkpoint = {"done": done + 1}
            work.db.flush()
            between[0](f"inside {done}")
    with doing.looking() as work:
        made = len(doing.pieces(work))
    return Result(f"{made} pieces.", {"pieces": made})


def tasks_on(engine: object, clock: Clock | None = None, morning: int = 24) -> Tasks:
    """What takes up long work on an engine; without a morning, so that no day's work is planned beside it."""
    return Tasks(PostRoom(engine, Mail(), clock or WallClock()), morning)  # type: ignore[arg-type]


def main() -> None:
    """Do what waits, say where it is, and stand still at the place the second word names."""
    url, still = sys.argv[1:]

    def halt(where: str) -> None:
        if where == still:
            sys.stdout.write("here\n")
            sys.stdout.flush()
            time.sleep(60)

    between[0] = halt
    tasks_on(engine_for(url)).sweep()


if __name__ == "__main__":
    main()
