"""Taking up long work: what is due each day is written down once, what waits is claimed, done, and its end kept."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import structlog

from cmcore.base.clock import local
from cmcore.base.findings import NotAllowed, NotFound, Refused
from cmcore.jobs import queries
from cmcore.jobs.actions import ask_for, let_go
from cmcore.jobs.doing import Doing, Lost, Stopped
from cmcore.jobs.kinds import Result, task_kinds
from cmcore.jobs.records import Task, TaskProgress
from cmcore.messages.sending import PostRoom
from cmcore.safekeeping.memberships import scope_for
from cmcore.safekeeping.scope import Actor, Scope, operator_scope
from cmcore.safekeeping.work import Conflict, Work

_log = structlog.get_logger("cmcore.jobs")

#: Begun so often without coming to an end, work is let be: whatever kills its worker would kill it again.
MOST_ATTEMPTS = 5
#: The sign-in name of what nobody asked for.
NOBODY = "cm jobs"


@dataclass(frozen=True)
class Claimed:
    """Long work that this worker does now, as plain values."""

    id: int
    authority_id: int
    kind: str
    parameters: Mapping[str, Any]
    checkpoint: Mapping[str, Any]
    attempt: int
    at: tuple[str, int, int]
    login: str
    name: str


@dataclass
class Tasks:
    """What takes up long work: the post room has the database, the clock and mail; ``morning`` is an hour of the day.

    ``live`` holds how far the work is that this process does just now, for whoever shows it in the same process.
    """

    room: PostRoom
    morning: int = 7
    live: dict[int, tuple[str, int, int]] = field(default_factory=dict)
    _planned: date | None = None

    def sweep(self) -> int:
        """Write down what is due today, and do everything that waits; says how much was taken up."""
        self.plan_the_day()
        done = 0
        while waiting := self._waiting():
            took = [self.do(authority_id, key) for authority_id, key in waiting]
            done += sum(took)
            if not any(took):
                break
        return done

    def plan_the_day(self) -> None:
        """Write down the work of the day, once a day and authority, however many workers there are or begin again."""
        now = local(self.room.clock.now())
        if now.hour < self.morning or self._planned == now.date():
            return
        for authority_id in self.room.authorities():
            for kind in task_kinds().values():
                if kind.daily and (self.room.mail.on or not kind.by_mail):
                    # Two that write it down at once: the database refuses the second.
                    with suppress(Refused), self.as_nobody({authority_id}, writing=True) as work:
                        ask_for(work, authority_id, kind.key, {}, once=now.date().isoformat())
            with suppress(Refused), self.as_nobody({authority_id}, writing=True) as work:
                for file in queries.gone_by(work):
                    work.db.delete(file)
        self._planned = now.date()

    def do(self, authority_id: int, key: int) -> bool:
        """Do one piece of long work, if it waits and nobody else does it; says whether it was taken up."""
        claimed = self._claim(authority_id, key)
        if claimed is None:
            return False
        who = self._whom(claimed)

        def works(*, writing: bool = False) -> Work:
            return self._open(*who, writing=writing)

        def silent(*, writing: bool = False) -> Work:
            return self.as_nobody({authority_id}, writing=writing)

        doing = Doing(claimed, self.room, works, self._tell)
        kind = task_kinds().get(claimed.kind)
        try:
            if kind is None:
                self._end(doing, "fail", Result("This version knows no such work. Ask for it again."))
                return True
            if not who[1].may(kind.act, authority_id):
                self._end(doing, "fail", Result("Whoever asked for it may not have it done any more."))
                return True
            with doing.alive(silent):
                result = kind.does(doing)
            self._end(doing, "finish", result)
        except Stopped:
            self._end(doing, "cancel", Result("Stopped when somebody asked for it. What was not finished is not kept."))
        except (Lost, Conflict):
            _log.info("long work is done elsewhere", task=key)
        except NotFound:
            self._end(doing, "fail", Result("What it was about is not there any more, or out of reach."))
        except Refused as refused:
            self._end(doing, "fail", Result(_in_words(refused)))
        except Exception as wrong:  # noqa: BLE001  whatever a kind raises ends its own work; the worker goes on
            _log.error("long work failed", task=key, kind=claimed.kind, fault=type(wrong).__name__)
            said = "Something went wrong here, and what was not finished is not kept. "
            self._end(doing, "fail", Result(f"{said}{kind.way_out if kind else ''}".strip()))
        finally:
            self.live.pop(key, None)
        return True

    def as_nobody(self, authorities: set[int], *, writing: bool = False) -> Work:
        """A piece of work that nobody asked for, over these authorities."""
        scope = operator_scope(authorities, self.room.clock.today())
        return self._open(Actor(NOBODY, NOBODY, "job"), scope, writing=writing)

    def _open(self, actor: Actor, scope: Scope, *, writing: bool) -> Work:
        room = self.room
        return Work(room.engine, actor, scope, clock=room.clock, overrides=room.overrides, writing=writing)

    def _waiting(self) -> list[tuple[int, int]]:
        reached = set(self.room.authorities())
        if not reached:
            return []
        with self.as_nobody(reached) as work:
            found = queries.to_be_done(work)
            work.undo()
        return found

    def _claim(self, authority_id: int, key: int) -> Claimed | None:
        with suppress(Refused), self.as_nobody({authority_id}, writing=True) as work:
            task, row = work.get(Task, key), work.get(TaskProgress, key)
            now = self.room.clock.now()
            if task.state != "queued" and not (task.state == "running" and queries.is_stale(row, now)):
                return None
            if task.stop_asked_at is not None:
                self._close(work, task, "cancel", Result("Stopped when somebody asked for it."))
                return None
            if row.attempt >= MOST_ATTEMPTS:
                said = f"It was begun {MOST_ATTEMPTS} times and came to no end. Tell whoever looks after the console."
                self._close(work, task, "fail", Result(said))
                return None
            if task.state == "queued":
                work.move(task, "start")
            row.attempt += 1
            row.beat_at = now
            at = (row.words_of, row.done, row.of)
            return Claimed(
                key,
                authority_id,
                task.kind_of_task,
                dict(task.parameters),
                dict(row.checkpoint),
                row.attempt,
                at,
                task.asked_by_login,
                task.asked_by,
            )
        return None

    def _whom(self, claimed: Claimed) -> tuple[Actor, Scope]:
        """Who long work is done as: whoever asked, with what they may today, written down as a job of theirs."""
        today = self.room.clock.today()
        if claimed.login == NOBODY:
            return Actor(NOBODY, NOBODY, "job"), operator_scope({claimed.authority_id}, today)
        actor = Actor(claimed.login, claimed.name, "job")
        if not self.room.is_open(claimed.login):
            return actor, Scope(claimed.login, (), today)
        return actor, scope_for(self.room.engine, claimed.login, today)

    def _tell(self, key: int, words: str, done: int, of: int) -> None:
        self.live[key] = (words, done, of)

    def _end(self, doing: Doing, way: str, result: Result) -> None:
        with suppress(Lost, Conflict), self.as_nobody({doing.authority_id}, writing=True) as work:
            row = doing.mine(work)
            row.beat_at = self.room.clock.now()
            row.words_of, row.done, row.of = doing.at
            self._close(work, work.get(Task, doing.id), way, result)

    @staticmethod
    def _close(work: Work, task: Task, way: str, result: Result) -> None:
        work.move(task, way)
        work.change(
            task,
            ended_at=work.clock.now(),
            said=result.said[:600],
            counts=dict(result.counts),
            result_kind=result.kind,
            result_id=result.key,
        )
        if way == "finish":
            let_go(work, task)


def _in_words(refused: Refused) -> str:
    """What refused it, in its own words; what a finding says of a cell or a person stays where it was found."""
    if isinstance(refused, NotAllowed):
        return "Whoever asked for it may not have it done any more."
    return " ".join(f"{one.message} {one.way_out}".strip() for one in refused.findings[:3])
