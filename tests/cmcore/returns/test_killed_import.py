"""Killed with SIGKILL at any moment, an import is wholly there or not at all, and running it again completes it."""

from __future__ import annotations

import os
import random
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from sqlalchemy import func, select

from cmcore.base.engine import engine_for
from cmcore.exchange.records import ImportRun
from cmcore.exchange.ssda903.read import files_in, read_return
from cmcore.returns.plan import Plan
from cmcore.returns.ssda903 import plan_return
from cmcore.safekeeping import audit
from cmcore.testing import Stage
from cmcore.virtual_schools.records import Authority
from tests.cmcore.exchange.made_returns import EPISODES, HEADER, OC2, child, episode, score, text_of
from tests.warm import Warm

ROUNDS = 52
CHILDREN = 15

#: The moments a round is killed at: as each step begins, or some time after the import began.
STEPS = ("begun", "young people", "care episodes", "SDQ totals", "changes", "committing", "committed")


def write_return(folder: Path, number: int) -> Path:
    """The return of one round: another child than the round before, other totals, another open episode."""
    ids = [str(100_000 + each) for each in range(CHILDREN + number)]
    legal = "C1" if number % 2 else "C2"
    parts = {
        "header.csv": (HEADER, [child(each) for each in ids]),
        "episodes.csv": (
            EPISODES,
            [episode(each, DECOM="02/05/2025", DEC="02/10/2025", REC="X1") for each in ids]
            + [episode(each, DECOM="02/10/2025", RNE="P", LS=legal) for each in ids],
        ),
        "oc2.csv": (OC2, [score(each, SDQ_SCORE=str((number + place) % 41)) for place, each in enumerate(ids)]),
    }
    made = folder / f"return-{number}"
    made.mkdir()
    for name, (columns, rows) in parts.items():
        (made / name).write_text(text_of(columns, rows), encoding="utf-8", newline="")
    return made


class Importer:
    """The program that imports, seen from outside: it starts a process, tells its steps, and can be killed."""

    def __init__(self, said: IO[str], asked: IO[str]) -> None:
        self.said = said
        self.asked = asked
        self.heard: set[str] = set()

    def line(self) -> str:
        """The next thing it says."""
        line = self.said.readline().strip()
        assert line, "the program that imports has died"
        self.heard.add(line)
        return line

    def start(self, folder: Path) -> int:
        """Begin an import in a process of its own; its number."""
        self.asked.write(f"{folder}\n")
        self.asked.flush()
        self.heard.clear()
        # The process may speak before its number is told.
        while not (line := self.line()).isdigit():
            pass
        return int(line)

    def reach(self, step: str) -> None:
        """Wait until the step begins, or the process is gone."""
        while not {step, "over"} & self.heard:
            self.line()

    def wait(self) -> bool:
        """Wait until the process is gone; whether it said before that it had committed."""
        self.reach("over")
        return "committed" in self.heard


@contextmanager
def importer(warm: Warm, url: str, authority_id: int, first: Path, folder: Path) -> Iterator[Importer]:
    """The program that imports, running; stopped afterwards."""
    module = "tests.cmcore.returns.import_to_kill"
    with warm.running(module, url, str(authority_id), str(first), folder=folder) as program:
        running = Importer(program.stdout, program.stdin)
        assert running.line() == "ready"
        yield running


def seen_after_a_restart(stage: Stage, folder: Path) -> tuple[Plan, int, list[str]]:
    """On a new connection: what the return would change now, how many runs are kept, what is wrong with the audit."""
    stage.engine.dispose()
    with stage.work("head") as work:
        made = read_return(files_in(folder), today=work.today)
        plan = plan_return(work, work.get(Authority, stage.authority_id), made)
        runs = work.db.scalar(select(func.count(ImportRun.id))) or 0
        return plan, runs, list(audit.verify(work.db.connection(), [stage.authority_id]))


def test_an_import_killed_at_any_moment_leaves_all_or_nothing(
    database_url: str, tmp_path: Path, warm_library: Warm
) -> None:
    stage = Stage(engine_for(database_url, pool_size=1))
    stage.authority()
    stage.engine.dispose()
    chance = random.Random(903)
    first = write_return(tmp_path, 0)
    with importer(warm_library, database_url, stage.authority_id, first, tmp_path) as running:
        running.start(first)
        began = time.perf_counter()
        running.wait()
        took = time.perf_counter() - began
        killed, runs = 0, 1
        folder = write_return(tmp_path, runs)
        before, _, _ = seen_after_a_restart(stage, folder)
        while killed < ROUNDS:
            assert not before.changes_nothing
            process = running.start(folder)
            if killed % 2:
                running.reach(chance.choice(STEPS))
            else:
                time.sleep(chance.uniform(0, took))
            with suppress(ProcessLookupError):
                os.kill(process, signal.SIGKILL)
            killed += not running.wait()

            after, kept, faults = seen_after_a_restart(stage, folder)
            assert faults == []
            if after.changes_nothing:
                runs += 1
                folder = write_return(tmp_path, runs)
                before, _, _ = seen_after_a_restart(stage, folder)
            else:
                assert after.digest() == before.digest(), "part of an import is there"
            assert kept == runs
        running.start(folder)
        running.wait()
    after, kept, _ = seen_after_a_restart(stage, folder)
    assert after.changes_nothing, "running it again did not complete it"
    assert kept == runs + 1
    assert killed >= 50
    assert runs > 1, "every round was killed before its import was done"
    stage.engine.dispose()
