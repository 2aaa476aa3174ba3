"""Who has long work done: a thread of this server, so that one process is enough, beside any ``cm jobs run``."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import structlog
from sqlalchemy import event

from cmcore.jobs.tasks import Tasks
from cmcore.safekeeping.work import Work

#: Seconds after which the server looks again for what waits, or was begun by somebody who is gone.
LOOKS_EVERY = 60.0

_log = structlog.get_logger("console.long_work")


class Attendant:
    """Has long work taken up as soon as somebody asks for it.

    Without ``calls`` a thread of this process does it; with it, other workers are told: ``cm jobs run``.
    """

    def __init__(self, tasks: Tasks, calls: Callable[[], Any] | None = None) -> None:
        """Keep what takes work up, and how workers elsewhere are told."""
        self.tasks = tasks
        self.calls = calls
        self._lock = threading.Lock()
        self._again = False
        self._thread: threading.Thread | None = None

    def wake_after(self, work: Work) -> None:
        """Have it taken up once the work has been kept."""
        event.listen(work.db, "after_commit", lambda _: self.wake(), once=True)

    def wake(self) -> None:
        """Say that there is something to be done."""
        if self.calls is not None:
            try:
                self.calls()
            except Exception as wrong:  # noqa: BLE001  a queue that is not there delays the work, and refuses nothing
                _log.warning("nobody could be told of long work", fault=type(wrong).__name__)
            return
        with self._lock:
            self._again = True
            if self._thread is None:
                # It may be killed with the process: what it did is kept step by step.
                self._thread = threading.Thread(target=self._sweep, name="long-work", daemon=True)
                self._thread.start()

    def wait(self) -> None:
        """Wait until everything that was asked for so far is done."""
        while (thread := self._thread) is not None:
            thread.join()

    def attend(self) -> None:
        """Look for work now and then, as long as the process lives."""
        threading.Thread(target=self._attend, name="long-work-attendant", daemon=True).start()

    def _attend(self) -> None:
        rest = threading.Event()
        while True:
            self.wake()
            rest.wait(LOOKS_EVERY)

    def _sweep(self) -> None:
        while True:
            with self._lock:
                if not self._again:
                    self._thread = None
                    return
                self._again = False
            try:
                self.tasks.sweep()
            except Exception as wrong:  # noqa: BLE001  a database that is away for a moment must not end the attendant
                _log.error("long work could not be taken up", fault=type(wrong).__name__)
