"""Long work is kept step by step: a killed worker's goes on and nothing of it is there twice; what is daily is once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from cmcore.base.clock import StoppedClock
from cmcore.base.findings import NotAllowed, NotFound, Refused, refuse
from cmcore.jobs.actions import ask_for, fetch, stop, try_again
from cmcore.jobs.doing import Doing, Lost
from cmcore.jobs.kinds import references_only
from cmcore.jobs.packs import PACK
from cmcore.jobs.records import Task, TaskFile, TaskProgress
from cmcore.jobs.tasks import MOST_ATTEMPTS, Tasks
from cmcore.jobs.words import FilePart
from cmcore.safekeeping.memberships import give_role, take_role
from cmcore.safekeeping.records import AuditEntry, Membership
from cmcore.testing import Stage, refused
from cmcore.testing.story import Story
from tests.cmcore.jobs import worker
from tests.cmcore.jobs.worker import STEPS, tasks_on
from tests.warm import Warm

HESTER = "hester.quillmarsh"


class Killed(BaseException):
    """What no worker catches, as when its process goes."""


@pytest.fixture(autouse=True)
def _undisturbed() -> Iterator[None]:
    yield
    worker.between[0] = lambda where: None


@pytest.fixture
def tasks(stage: Stage) -> Tasks:
    with stage.work("operator") as work:
        give_role(work, stage.authority_id, HESTER, "coordinator")
    return tasks_on(stage.engine, stage.clock)


def asked(stage: Stage, many: int = 4, **more: Any) -> int:
    with stage.work(login=HESTER) as work:
        return ask_for(work, stage.authority_id, STEPS, {"many": many}, **more).id


def at(stage: Stage, key: int) -> tuple[str, int, str]:
    """Its state, how many pieces it has made, and what is said of it."""
    with stage.work("operator") as work:
        task = work.get(Task, key)
        made = work.db.scalar(select(func.count(TaskFile.id)).where(TaskFile.task_id == key))
        return task.state, made or 0, task.said


def disturbed(where: str, does: Any) -> None:
    def there(now: str) -> None:
        if now == where:
            worker.between[0] = lambda where: None
            does()

    worker.between[0] = there


def killed() -> None:
    raise Killed


def later(stage: Stage, seconds: int = 61) -> None:
    stage.clock.at += timedelta(seconds=seconds)


def test_long_work_is_done_and_lets_go_of_what_it_made_on_the_way(stage: Stage, tasks: Tasks) -> None:
    key = asked(stage)
    assert tasks.sweep() == 1 and tasks.sweep() == 0
    assert at(stage, key) == ("done", 0, "4 pieces.")
    with stage.work(login=HESTER) as work:
        assert (work.get(TaskProgress, key).done, work.get(Task, key).counts) == (3, {"pieces": 4})


@pytest.mark.parametrize("where", ["before 2", "inside 2", "before 0", "inside 3"])
def test_work_whose_worker_was_killed_goes_on_once_it_gives_no_sign(stage: Stage, tasks: Tasks, where: str) -> None:
    key = asked(stage)
    disturbed(where, killed)
    with pytest.raises(Killed):
        tasks.sweep()
    assert at(stage, key)[:2] == ("running", int(where[-1])), "what the step did went with it"
    assert tasks.sweep() == 0, "somebody might still be at it"
    later(stage)
    assert tasks.sweep() == 1 and at(stage, key) == ("done", 0, "4 pieces.")


def test_a_worker_that_was_thought_dead_keeps_nothing_more(stage: Stage, tasks: Tasks) -> None:
    key, other = asked(stage), tasks_on(stage.engine, stage.clock)

    def taken_over() -> None:
        later(stage)
        assert other.sweep() == 1

    disturbed("before 2", taken_over)
    tasks.sweep()
    assert at(stage, key) == ("done", 0, "4 pieces.")


def test_a_step_of_a_lost_attempt_is_refused(stage: Stage, tasks: Tasks) -> None:
    key = asked(stage)
    claimed = tasks._claim(stage.authority_id, key)
    assert claimed is not None and tasks._claim(stage.authority_id, key) is None
    doing = Doing(claimed, tasks.room, lambda writing=False: stage.work("operator"), lambda *_: None)
    later(stage)
    assert tasks._claim(stage.authority_id, key) is not None
    with pytest.raises(Lost), doing.step() as work:
        doing.keeps(work, FilePart.piece, "piece", "text/plain", b"late")
    assert at(stage, key)[1] == 0


def test_what_kills_every_worker_is_let_be_in_the_end(stage: Stage, tasks: Tasks) -> None:
    key = asked(stage)
    for _ in range(MOST_ATTEMPTS):
        disturbed("before 0", killed)
        with pytest.raises(Killed):
            tasks.sweep()
        later(stage)
    assert tasks.sweep() == 0
    assert at(stage, key)[0] == "failed" and "came to no end" in at(stage, key)[2]


def test_work_stops_between_two_steps_and_can_be_taken_up_again(stage: Stage, tasks: Tasks) -> None:
    key = asked(stage)

    def asks() -> None:
        with stage.work(login=HESTER) as work:
            stop(work, work.get(Task, key))

    disturbed("before 2", asks)
    tasks.sweep()
    assert at(stage, key)[:2] == ("cancelled", 2)
    with stage.work(login=HESTER) as work, refused(None, "This is “Stopped” already"):
        stop(work, work.get(Task, key))
    with stage.work(login=HESTER) as work:
        try_again(work, work.get(Task, key))
    tasks.sweep()
    assert at(stage, key) == ("done", 0, "4 pieces.")


def test_what_refuses_it_and_what_goes_wrong_is_said_without_a_trace_of_values(stage: Stage, tasks: Tasks) -> None:
    def refuses() -> None:
        raise refuse("The days are too many.", way_out="Choose fewer.")

    def breaks() -> None:
        raise ValueError("Fern Marshquill")

    told = []
    for does in (refuses, breaks):
        key = asked(stage)
        disturbed("before 1", does)
        tasks.sweep()
        told.append(at(stage, key))
    assert told[0][0] == told[1][0] == "failed"
    assert told[0][2] == "The days are too many. Choose fewer." and "Marshquill" not in told[1][2]


def test_it_is_done_as_far_as_whoever_asked_may_on_that_day(stage: Stage, tasks: Tasks) -> None:
    key = asked(stage)
    with stage.work("operator") as work:
        take_role(work, work.db.scalars(select(Membership)).one())
    tasks.sweep()
    assert at(stage, key) == ("failed", 0, "Whoever asked for it may not have it done any more.")


def test_the_same_asked_twice_is_one_and_text_is_no_parameter(stage: Stage, tasks: Tasks) -> None:
    assert asked(stage, once="abc") == asked(stage, once="abc") != asked(stage, once="abd")
    assert references_only({"on": date(2026, 9, 1), "keys": (1, 2), "kind": "pdf", "all": True}) == {
        "on": "2026-09-01",
        "keys": [1, 2],
        "kind": "pdf",
        "all": True,
    }
    for value in ("Fern Marshquill", "", {"a": 1}, 1.5, ["two words"]):
        with pytest.raises(Refused):
            references_only({"who": value})
    with stage.work(login=HESTER) as work, refused(None, "There is no long work of this kind"):
        ask_for(work, stage.authority_id, "test.nothing", {})
    with stage.work("evaluator") as work, pytest.raises(NotAllowed):
        ask_for(work, stage.authority_id, "import.ssda903", {})


def test_ones_own_work_is_seen_and_its_result_fetched_by_nobody_else(stage: Stage, tasks: Tasks) -> None:
    key = asked(stage)
    with stage.work("operator") as work:
        made = TaskFile(task_id=key, authority_id=stage.authority_id, part="result", name="pack.zip", content=b"PK")
        made.media_type, made.size, made.kept_at = "application/zip", 2, stage.clock.now()
        made.expires_at = stage.clock.now() + timedelta(days=7)
        work.add(made)
        work.get(Task, key).kind_of_task = PACK
    for who in ({"role": "mentor", "mentor_id": 1}, {"role": "finance"}, {"role": "referrer"}):
        with stage.work(**who, login="somebody.else") as work, pytest.raises(NotFound):
            work.get(Task, key)
    with stage.work("head", login="the.head") as work:
        assert work.get(Task, key) and work.get(TaskProgress, key)
        with refused(None, "The result is gone by now"):
            fetch(work, work.get(Task, key))
    # Hester in another role finds what she asked for, and what came of it is hers no more.
    with stage.work("evaluator", login=HESTER) as work, pytest.raises(NotAllowed):
        fetch(work, work.get(Task, key))
    with stage.work(login=HESTER) as work:
        assert fetch(work, work.get(Task, key)).content == b"PK"
    with stage.work("operator") as work:
        read = select(func.count(AuditEntry.id)).where(
            AuditEntry.kind_of_record == "task_file", AuditEntry.what == "read"
        )
        assert work.db.scalar(read) == 1
        assert not work.db.scalar(select(func.count(AuditEntry.id)).where(AuditEntry.kind_of_record == "task_progress"))
    later(stage, 8 * 24 * 3600)
    Tasks(tasks.room, 0).plan_the_day()
    with stage.work("operator") as work:
        assert not work.db.scalars(select(TaskFile)).all()


def test_what_runs_late_is_counted(stage: Stage) -> None:
    made = Story.begin(stage)
    stage.on(date(2026, 6, 1))
    with stage.work("operator") as work:
        made.started(work)
    stage.on(date(2026, 11, 10))
    assert tasks_on(stage.engine, stage.clock, 7).sweep() > 0
    with stage.work("operator") as work:
        done = work.db.scalars(select(Task).where(Task.kind_of_task == "daily.late")).one()
        assert done.counts["baselines late"] == 1 and "1 baseline is late" in done.said


def test_the_work_of_a_day_is_done_once_however_often_workers_begin_again(stage: Stage) -> None:
    stage.authority("991", "Quillshire", "QU")

    def sweeps(clock: StoppedClock) -> list[tuple[str, str]]:
        for _ in range(2):
            tasks_on(stage.engine, clock, 7).sweep()
        with stage.work("operator") as work:
            late = select(Task).where(Task.kind_of_task == "daily.late").order_by(Task.id)
            return [(one.once, one.state) for one in work.db.scalars(late)]

    early = StoppedClock(datetime(2026, 11, 10, 6, 59, tzinfo=UTC))
    assert sweeps(early) == []
    assert sweeps(StoppedClock(datetime(2026, 11, 10, 7, 0, tzinfo=UTC))) == [("2026-11-10", "done")]
    assert sweeps(StoppedClock(datetime(2026, 11, 11, 23, 0, tzinfo=UTC))) == [
        ("2026-11-10", "done"),
        ("2026-11-11", "done"),
    ]


@pytest.mark.parametrize("where", ["inside 2", "before 3"])
def test_a_process_that_is_killed_at_any_moment_leaves_nothing_half_or_double(
    stage: Stage, tasks: Tasks, where: str, tmp_path: Path, warm_library: Warm
) -> None:
    # The worker's own clock is the wall's.
    stage.clock.at = datetime.now(UTC)
    key = asked(stage)
    url = stage.engine.url.render_as_string(hide_password=False)
    with warm_library.running("tests.cmcore.jobs.worker", url, where, folder=tmp_path) as running:
        assert running.stdout.readline() == "here\n"
        running.kill()
    assert at(stage, key)[:2] == ("running", int(where[-1]))
    stage.clock.at = datetime.now(UTC) + timedelta(seconds=61)
    assert tasks.sweep() == 1
    assert at(stage, key) == ("done", 0, "4 pieces.")
