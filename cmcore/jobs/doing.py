"""Doing long work: claimed by one worker, step by step, each kept together with where to go on; a killed one goes on.

Whoever claims work writes down its attempt. A step commits what it did and its checkpoint in one transaction, and only
while nobody else has claimed the work since: so a worker that was thought dead and wakes up keeps nothing more, and a
step is there once, however often it was begun.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from sqlalchemy import select, update
from sqlalchemy.exc import SQLAlchemyError

from cmcore.base.findings import NotFound, Refused
from cmcore.exchange.given import GivenFile
from cmcore.jobs.actions import keep_file
from cmcore.jobs.queries import files_of
from cmcore.jobs.records import Task, TaskFile, TaskProgress
from cmcore.jobs.words import FilePart
from cmcore.messages.sending import PostRoom
from cmcore.safekeeping.access import beyond
from cmcore.safekeeping.work import Work

if TYPE_CHECKING:
    from cmcore.jobs.tasks import Claimed

#: Seconds between two looks of whoever gives signs of life, and after how many one is given though nothing moved.
LOOKS_EVERY, SIGN_EVERY = 1.0, 10

_SIGN = beyond("a sign of life is no change that anybody would look up, and comes every few seconds")


class Stopped(Exception):
    """Somebody asked for the work to stop."""


class Lost(Exception):
    """Somebody else does the work by now; nothing of this step was kept."""


class Doing:
    """One attempt at long work, as its kind's function is given it.

    ``parameters`` and ``checkpoint`` are plain values; :meth:`step` opens a piece of work that is kept with the
    checkpoint, :meth:`looking` one that only reads, :meth:`tell` says how far it is.
    """

    def __init__(self, claimed: Claimed, room: PostRoom, works: Callable[..., Work], told: Callable[..., None]) -> None:
        """Begin an attempt; ``works`` opens works as whoever asked, ``told`` is shown how far it is at once."""
        self.id = claimed.id
        self.authority_id = claimed.authority_id
        self.parameters: Mapping[str, Any] = claimed.parameters
        self.checkpoint: dict[str, Any] = dict(claimed.checkpoint)
        self.attempt = claimed.attempt
        self.room = room
        self._works = works
        self._told = told
        self.at: tuple[str, int, int] = claimed.at
        self._stop = threading.Event()

    def tell(self, words: str, done: int, of: int) -> None:
        """Say how far it is: "reports set", 120 of 500. :class:`Stopped` where somebody asked for it to stop."""
        self.at = (words, done, of)
        self._told(self.id, *self.at)
        if self._stop.is_set():
            raise Stopped

    @contextmanager
    def looking(self) -> Iterator[Work]:
        """A piece of work as whoever asked, that only reads."""
        work = self._works()
        try:
            yield work
        finally:
            work.undo()
            work.close()

    @contextmanager
    def step(self) -> Iterator[Work]:
        """A piece of work as whoever asked; what it does and ``checkpoint`` are kept together, or neither."""
        if self._stop.is_set():
            raise Stopped
        with self._works(writing=True) as work:
            task = self._task(work)
            if task.stop_asked_at is not None:
                raise Stopped
            yield work
            self._keep_place(work)

    def given(self) -> tuple[GivenFile, ...]:
        """The files it was given."""
        with self.looking() as work:
            return tuple(
                GivenFile.holding(one.name, one.content) for one in files_of(work, self._task(work), FilePart.given)
            )

    def keeps(
        self, work: Work, part: FilePart, name: str, media_type: str, content: bytes, number: int = 0
    ) -> TaskFile:
        """Keep a piece, or the result, within a step."""
        return keep_file(work, self._task(work), part, name, media_type, content, number=number)

    def pieces(self, work: Work) -> list[TaskFile]:
        """The pieces it has made so far."""
        return files_of(work, self._task(work), FilePart.piece)

    def _task(self, work: Work) -> Task:
        return work.get(Task, self.id)

    def _keep_place(self, work: Work) -> None:
        row = self.mine(work)
        row.checkpoint = dict(self.checkpoint)
        row.words_of, row.done, row.of = self.at
        row.beat_at = work.clock.now()

    def mine(self, work: Work) -> TaskProgress:
        """How far it is, to be changed; :class:`Lost` where somebody else took it over."""
        row = work.db.scalars(select(TaskProgress).where(TaskProgress.task_id == self.id)).first()
        if row is None or row.attempt != self.attempt:
            raise Lost
        return row

    # ---- signs of life
    @contextmanager
    def alive(self, works: Callable[..., Work]) -> Iterator[None]:
        """Give signs of life beside the work, while the block lasts."""
        over = threading.Event()
        giving = threading.Thread(target=self._signs, args=(over, works), name=f"task-{self.id}", daemon=True)
        giving.start()
        try:
            yield
        finally:
            over.set()
            giving.join()

    def _signs(self, over: threading.Event, works: Callable[..., Work]) -> None:
        shown, quiet = self.at, 0
        while not over.wait(LOOKS_EVERY):
            quiet += 1
            if self.at == shown and quiet < SIGN_EVERY:
                continue
            shown, quiet = self.at, 0
            try:
                with works(writing=True) as work:
                    words, done, of = shown
                    work.db.execute(
                        update(TaskProgress)
                        .where(TaskProgress.task_id == self.id, TaskProgress.attempt == self.attempt)
                        .values(beat_at=work.clock.now(), words_of=words, done=done, of=of),
                        execution_options=_SIGN,
                    )
                    if self._task(work).stop_asked_at is not None:
                        self._stop.set()
            except (NotFound, OSError):
                return
            except (SQLAlchemyError, Refused):
                # The database was busy, or the task was changed at that moment: the sign is given again.
                continue
