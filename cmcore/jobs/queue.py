"""Where jobs wait: a SQLite file beside the database, or Redis; and seeing that one is done by one worker at a time."""

from __future__ import annotations

import fcntl
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

import structlog
from huey import Huey, RedisExpireHuey, SqliteHuey
from huey.exceptions import ConfigurationError, TaskLockedException
from huey.registry import Message
from huey.serializer import Serializer
from sqlalchemy.engine import make_url

from cmcore.base.clock import local
from cmcore.base.settings import Settings, SettingsError
from cmcore.jobs.declared import JOBS, Job
from cmcore.jobs.tasks import Tasks
from cmcore.messages.sending import PostRoom

#: Seconds for which Redis keeps a job to one worker; what was killed is taken up again afterwards.
LOCKED_FOR = 300
_NAME = "creative-mentoring"
_log = structlog.get_logger("cmcore.jobs")


class Busy(Exception):
    """Another worker is doing the job just now; there is nothing to do."""


class PlainSerializer(Serializer):  # type: ignore[misc]
    """Jobs as JSON: what is read from a queue can be a job's name and its time, and never something that runs."""

    def _serialize(self, told: Any) -> bytes:
        kept = {"job": [_plain(each) for each in told]} if isinstance(told, Message) else {"value": told}
        return json.dumps(kept).encode()

    def _deserialize(self, kept: bytes) -> Any:
        told = json.loads(kept)
        if "job" not in told:
            return told["value"]
        message = Message(*told["job"])
        at = {
            name: datetime.fromisoformat(value)
            for name in ("eta", "expires_resolved")
            if isinstance(value := getattr(message, name), str)
        }
        return message._replace(args=tuple(message.args or ()), kwargs=message.kwargs or {}, **at)


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime) else value


def queue_of(settings: Settings) -> Huey:
    """The queue the settings name. Refuses an address that is no queue's."""
    address = settings["jobs", "queue"]
    if address.startswith(("redis://", "rediss://")):
        try:
            return RedisExpireHuey(_NAME, url=address, results=False, serializer=PlainSerializer())
        except ConfigurationError:
            raise SettingsError("jobs.queue names Redis. Install creative-mentoring[redis].") from None
    if address:
        raise SettingsError("jobs.queue is empty, for a file beside the database, or redis://host:6379/0.")
    file = file_of(settings)
    file.parent.mkdir(parents=True, exist_ok=True)
    return SqliteHuey(_NAME, filename=str(file), results=False, serializer=PlainSerializer())


def file_of(settings: Settings) -> Path:
    """The file in which jobs wait: beside a SQLite database, else under ``var``."""
    url = make_url(settings["database", "url"])
    inside = url.get_backend_name() == "sqlite" and url.database not in (None, "", ":memory:")
    beside = Path(str(url.database)) if inside else Path("var/cm.db")
    return beside.with_name(f"{beside.stem}-jobs.db")


@contextmanager
def alone(queue: Huey, settings: Settings, name: str) -> Iterator[None]:
    """Keep a job to one worker at a time; :class:`Busy` says that another has it. What is killed lets go of it.

    It saves work only: that nobody is told twice, the database itself sees to.
    """
    if settings["jobs", "queue"]:
        try:
            with queue.lock_task(name, ttl=LOCKED_FOR):
                yield
        except TaskLockedException:
            raise Busy(name) from None
        return
    with file_of(settings).with_suffix(f".{name}.lock").open("a") as held:
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Busy(name) from None
        yield


def do(job: Job, room: PostRoom, queue: Huey, settings: Settings) -> int:
    """Do a job now and say how many messages went out. Refuses (:class:`Busy`) while another worker does it."""
    with alone(queue, settings, job.name):
        done = job.does(room)
    if done:
        _log.info("job done", job=job.name, sent=done)
    return done


#: What takes up long work: each minute, and at once when somebody asks for some.
LONG_WORK = "long-work"


def with_jobs(queue: Huey, room: PostRoom, settings: Settings, tasks: Tasks | None = None) -> Huey:
    """The queue with every job on it, each at its time, and with what takes up long work."""
    tasks = tasks or Tasks(room, settings["jobs", "morning"])
    waking(queue, lambda: tasks.sweep())
    queue.periodic_task(lambda at: True, name=f"{LONG_WORK}-each-minute")(_named("each_minute", tasks.sweep))
    for job in JOBS.values():
        due = partial(_due, job, settings["jobs", "morning"])
        queue.periodic_task(due, name=job.name)(as_called(job, room, queue, settings))
    return queue


def waking(queue: Huey, sweeps: Callable[[], Any] = int) -> Callable[[], Any]:
    """What tells the workers of a queue that long work waits. It is a hint: what is lost is found within a minute."""
    told: Callable[[], Any] = queue.task(name=LONG_WORK)(_named("long_work", sweeps))
    return told


def _named(name: str, does: Callable[[], Any]) -> Callable[[], None]:
    def called() -> None:
        does()

    called.__name__ = called.__qualname__ = name
    return called


def as_called(job: Job, room: PostRoom, queue: Huey, settings: Settings) -> Any:
    """A job as the queue calls it: without arguments; one that another worker does is let be."""

    def done() -> None:
        try:
            do(job, room, queue, settings)
        except Busy:
            _log.info("job is being done elsewhere", job=job.name)

    done.__name__ = done.__qualname__ = job.name
    return done


def _due(job: Job, morning: int, at: datetime) -> bool:
    """The queue asks each minute, in UTC without a zone."""
    return job.due(local(at.replace(tzinfo=UTC)), morning)
