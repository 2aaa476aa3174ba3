"""Killed with SIGKILL while it is saved, a draft is as it was last saved: whole, and no older than was said."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import time
from pathlib import Path

from cmcore.answers.records import FormAnswers
from cmcore.safekeeping import audit
from cmcore.safekeeping.access import open_session
from cmcore.testing import Stage
from tests.cmcore.answers.saves_to_kill import values
from tests.cmcore.answers.wrenshire import begun, published

ROOT = Path(__file__).resolve().parents[3]
ROUNDS = 4


def test_a_draft_is_whole_whenever_the_program_is_killed(stage: Stage, database_url: str) -> None:
    with stage.work() as work:
        published(work, stage)
        key = begun(work, stage).id
    draw, last = random.Random(7), 0
    for _ in range(ROUNDS):
        told = [sys.executable, "-m", "tests.cmcore.answers.saves_to_kill", database_url]
        asked = [*told, str(stage.authority_id), str(key), str(last + 1)]
        with subprocess.Popen(asked, cwd=ROOT, stdout=subprocess.PIPE, text=True) as saving:
            assert saving.stdout is not None
            said = int(saving.stdout.readline())
            time.sleep(draw.uniform(0.0, 0.2))
            saving.send_signal(signal.SIGKILL)
            said = max([said, *(int(line) for line in saving.stdout if line.strip())])
        with stage.work("operator") as work:
            kept = work.get(FormAnswers, key).values
        last = int(kept["people"])
        assert kept == values(last) and last >= said
    with open_session(stage.engine, stage.scope("operator")) as db:
        assert list(audit.verify(db.connection(), [stage.authority_id])) == []
