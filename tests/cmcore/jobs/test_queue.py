"""Jobs are done at their time, by one worker at a time, in a file or in Redis, and again after one was killed."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, cast

import pytest
from huey import Huey

from cmcore.base.settings import Settings, SettingsError
from cmcore.jobs.declared import Job
from cmcore.jobs.queue import LONG_WORK, Busy, alone, do, file_of, queue_of, waking, with_jobs
from cmcore.messages.sending import PostRoom


@dataclass
class Counting:
    """A post room that only counts how often it was asked."""

    asked: list[str] = field(default_factory=list)

    def job(self, name: str = "concerns") -> Job:
        """A job that asks this one."""
        return Job(name, "Counts.", lambda _: len(self.asked.append(name) or self.asked), lambda at, morning: True)


NO_ROOM = cast("PostRoom", None)


def settings_on(folder: Path, **more: str) -> Settings:
    """Settings whose database stands in a folder."""
    return Settings.load(environ={"CM_DATABASE_URL": f"sqlite:///{folder}/cm.db", **more})


@pytest.fixture(params=["file", "redis"])
def settings(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Settings]:
    """Settings for a queue in a file, and for one in a real Redis."""
    if request.param == "file":
        yield settings_on(tmp_path)
        return
    program = shutil.which("redis-server")
    if program is None:
        pytest.skip("There is no redis-server on this machine: apt-get install redis-server.")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = subprocess.Popen(
        [program, "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", str(tmp_path)],
        stdout=subprocess.DEVNULL,
    )
    try:
        _answers(port)
        yield settings_on(tmp_path, CM_JOBS_QUEUE=f"redis://127.0.0.1:{port}/0")
    finally:
        server.terminate()
        server.wait(10)


def _answers(port: int) -> None:
    for _ in range(100):
        with socket.socket() as trial:
            if trial.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise AssertionError("The Redis of this test does not answer.")


@pytest.fixture
def queue(settings: Settings) -> Huey:
    """The queue the settings name."""
    return queue_of(settings)


def test_a_job_is_done_and_says_how_much(queue: Huey, settings: Settings) -> None:
    counting = Counting()
    assert [do(counting.job(), NO_ROOM, queue, settings) for _ in range(2)] == [1, 2]


def test_a_job_is_done_by_one_at_a_time_and_another_job_meanwhile(queue: Huey, settings: Settings) -> None:
    counting = Counting()
    with alone(queue, settings, "concerns"):
        with pytest.raises(Busy):
            do(counting.job(), NO_ROOM, queue_of(settings), settings)
        assert do(counting.job("digests"), NO_ROOM, queue_of(settings), settings) == 1
    assert do(counting.job(), NO_ROOM, queue, settings) == 2


def test_a_job_that_fails_can_be_done_again(queue: Huey, settings: Settings) -> None:
    def fails(_: PostRoom) -> int:
        raise ValueError("as planned")

    with pytest.raises(ValueError, match="as planned"):
        do(Job("concerns", "Fails.", fails, lambda at, morning: True), NO_ROOM, queue, settings)
    assert do(Counting().job(), NO_ROOM, queue, settings) == 1


def test_what_waits_in_a_queue_comes_out_as_it_went_in_and_is_no_program(queue: Huey, settings: Settings) -> None:
    with_jobs(queue, NO_ROOM, settings)
    tasks = queue.read_periodic(datetime(2026, 11, 10, 7, 0))
    names = {"concerns", f"{LONG_WORK}-each-minute"}
    assert {task.name for task in tasks} == names | {"post"}
    for task in tasks:
        queue.enqueue(task)
    waking(queue_of(settings))()
    raw = queue.storage.enqueued_items()
    assert len(raw) == 4 and all(each.startswith(b'{"job": ') for each in raw)
    assert {queue.dequeue().name for _ in raw} == names | {"post", LONG_WORK}


def test_whoever_asks_for_long_work_wakes_a_worker_elsewhere(settings: Settings) -> None:
    swept: list[str] = []
    server, worker = queue_of(settings), queue_of(settings)
    waking(worker, lambda: swept.append("swept"))
    waking(server)()
    worker.execute(worker.dequeue())
    assert swept == ["swept"]


def test_what_is_killed_lets_go_of_its_job(tmp_path: Path) -> None:
    settings = settings_on(tmp_path)
    program = (
        "import sys, time; from cmcore.base.settings import Settings; from cmcore.jobs.queue import alone, queue_of\n"
        "settings = Settings.load()\n"
        "with alone(queue_of(settings), settings, 'concerns'):\n"
        "    print('held', flush=True); time.sleep(60)\n"
    )
    environ = {**os.environ, "CM_DATABASE_URL": f"sqlite:///{tmp_path}/cm.db"}
    holds = subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, env=environ, text=True)
    assert holds.stdout is not None and holds.stdout.readline() == "held\n"
    counting, queue = Counting(), queue_of(settings)
    with pytest.raises(Busy):
        do(counting.job(), NO_ROOM, queue, settings)
    holds.send_signal(signal.SIGKILL)
    holds.wait(10)
    assert do(counting.job(), NO_ROOM, queue, settings) == 1


@pytest.mark.parametrize(
    ("name", "at", "due"),
    [
        ("concerns", datetime(2026, 11, 10, 3, 41), True),
        ("post", datetime(2026, 11, 10, 3, 40), True),
        ("post", datetime(2026, 11, 10, 3, 41), False),
        # What is done each day is written down as long work.
        ("digests", datetime(2026, 11, 10, 7, 0), False),
        ("checks", datetime(2026, 11, 10, 7, 0), False),
        (f"{LONG_WORK}-each-minute", datetime(2026, 11, 10, 3, 41), True),
    ],
)
def test_a_job_is_due_by_englands_wall_clock(name: str, at: datetime, due: bool, tmp_path: Path) -> None:
    settings = settings_on(tmp_path)
    queue: Any = with_jobs(queue_of(settings), NO_ROOM, settings)
    assert (name in {task.name for task in queue.read_periodic(at)}) is due
    assert at.replace(tzinfo=UTC)


def test_the_file_stands_beside_the_database(tmp_path: Path) -> None:
    assert file_of(settings_on(tmp_path)) == tmp_path / "cm-jobs.db"
    server = Settings.load(environ={"CM_DATABASE_URL": "postgresql+psycopg://cm@server/cm"})
    assert file_of(server) == Path("var/cm-jobs.db")


def test_a_queue_that_is_none_is_refused_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="jobs.queue is empty, for a file beside the database, or redis"):
        queue_of(settings_on(tmp_path, CM_JOBS_QUEUE="amqp://somewhere"))
