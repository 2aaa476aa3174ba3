"""Which jobs there are, what each does, and when it is due by England's wall clock."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType

from cmcore.messages.sending import PostRoom


@dataclass(frozen=True)
class Job:
    """One job: its name, what it is for, what it does (saying how much was done), and whether it is due at a minute."""

    name: str
    words: str
    does: Callable[[PostRoom], int]
    due: Callable[[datetime, int], bool]


def _every_minute(at: datetime, morning: int) -> bool:
    return True


def _every_five(at: datetime, morning: int) -> bool:
    return at.minute % 5 == 0


def _as_long_work(at: datetime, morning: int) -> bool:
    """Never by itself: it is written down each day as long work, which every sweep takes up."""
    return False


#: Every job by its name. Each may be done again at any time: who was told is told no more.
JOBS: Mapping[str, Job] = MappingProxyType(
    {
        job.name: job
        for job in (
            Job("concerns", "Tell whoever answers concerns of those nobody has.", PostRoom.concerns, _every_minute),
            Job("post", "Send again what could not be sent.", PostRoom.send, _every_five),
            Job("checks", "Tell of mentors' checks that run out.", PostRoom.expiries, _as_long_work),
            Job("digests", "Tell everybody what waits for them.", PostRoom.digests, _as_long_work),
        )
    }
)
