"""What is read of long work: what waits, what nobody does any more, and the files of one."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import or_, select

from cmcore.jobs.records import Task, TaskFile, TaskProgress
from cmcore.jobs.words import FilePart
from cmcore.safekeeping.work import Work

#: After so long without a sign of life, whoever did long work counts as killed, and another takes it over.
STALE_AFTER = timedelta(seconds=60)


def asked_once(work: Work, authority_id: int, kind: str, once: str) -> Task | None:
    """The long work of a kind that was asked for with this mark already."""
    asked = select(Task).where(Task.authority_id == authority_id, Task.kind_of_task == kind, Task.once == once)
    return work.db.scalars(asked.limit(1)).first()


def to_be_done(work: Work) -> list[tuple[int, int]]:
    """What waits, or was begun by somebody who is gone, as pairs of authority and key, the oldest first."""
    gone = or_(TaskProgress.beat_at.is_(None), TaskProgress.beat_at <= work.clock.now() - STALE_AFTER)
    asked = (
        select(Task.authority_id, Task.id)
        .join(TaskProgress, TaskProgress.task_id == Task.id)
        .where(or_(Task.state == "queued", (Task.state == "running") & gone))
        .order_by(Task.asked_at, Task.id)
    )
    return [(row.authority_id, row.id) for row in work.db.execute(asked)]


def is_stale(progress: TaskProgress, now: datetime) -> bool:
    """Whether whoever did it has given no sign of life for too long."""
    return progress.beat_at is None or progress.beat_at <= now - STALE_AFTER


def files_of(work: Work, task: Task, part: FilePart) -> list[TaskFile]:
    """The files of one part of long work, in order; their content is read when it is asked for."""
    asked = select(TaskFile).where(TaskFile.task_id == task.id, TaskFile.part == part.value)
    return list(work.db.scalars(asked.order_by(TaskFile.number, TaskFile.id)))


def gone_by(work: Work) -> list[TaskFile]:
    """Files whose week is over."""
    return list(work.db.scalars(select(TaskFile).where(TaskFile.expires_at <= work.clock.now())))
