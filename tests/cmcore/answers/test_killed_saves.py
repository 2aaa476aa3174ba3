"""Killed with SIGKILL while it is saved, a draft is as it was last saved: whole, and no older than was said."""

from __future__ import annotations

import os
import random
import signal
import time
from pathlib import Path

from cmcore.answers.records import FormAnswers
from cmcore.safekeeping import audit
from cmcore.safekeeping.access import open_session
from cmcore.testing import Stage
from tests.cmcore.answers.saves_to_kill import values
from tests.cmcore.answers.wrenshire import begun, published
from tests.warm import Warm

ROUNDS = 8


def heard(line: str, process: int, said: list[int]) -> tuple[int, list[int]]:
    """What is known after a line of the program: the number of the process that saves, and what it says it kept."""
    assert line, "the program that saves has died"
    word, _, number = line.strip().rpartition(" ")
    return (int(number), said) if word else (process, [*said, int(number)])


def test_a_draft_is_whole_whenever_the_program_is_killed(
    stage: Stage, database_url: str, tmp_path: Path, warm_library: Warm
) -> None:
    with stage.work() as work:
        published(work, stage)
        key = begun(work, stage).id
    draw, last = random.Random(7), 0
    module = "tests.cmcore.answers.saves_to_kill"
    told = (database_url, str(stage.authority_id), str(key))
    with warm_library.running(module, *told, folder=tmp_path) as saving:
        for _ in range(ROUNDS):
            saving.stdin.write(f"{last + 1}\n")
            saving.stdin.flush()
            # It may have saved before its number is told.
            process, said = 0, []
            while not (process and said):
                process, said = heard(saving.stdout.readline(), process, said)
            time.sleep(draw.uniform(0.0, 0.2))
            os.kill(process, signal.SIGKILL)
            while (line := saving.stdout.readline()) != "over\n":
                process, said = heard(line, process, said)
            with stage.work("operator") as work:
                kept = work.get(FormAnswers, key).values
            last = int(kept["people"])
            assert kept == values(last) and last >= max(said)
    with open_session(stage.engine, stage.scope("operator")) as db:
        assert list(audit.verify(db.connection(), [stage.authority_id])) == []
