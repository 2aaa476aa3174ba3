"""What time it is, asked of one place so that a test can set it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Protocol
from zoneinfo import ZoneInfo

#: England's wall clock. Instants are stored in UTC and shown in this zone, right across clock changes.
LONDON = ZoneInfo("Europe/London")


class Clock(Protocol):
    """Tells the instant; the day is England's."""

    def now(self) -> datetime:
        """The instant, aware, in UTC."""

    def today(self) -> date:
        """The day it is in England."""


class WallClock:
    """The machine's own clock."""

    def now(self) -> datetime:
        """The instant, aware, in UTC."""
        return datetime.now(UTC)

    def today(self) -> date:
        """The day it is in England."""
        return self.now().astimezone(LONDON).date()


@dataclass
class StoppedClock:
    """A clock that stands where a test or a story puts it."""

    at: datetime

    @classmethod
    def on(cls, day: date, hour: int = 12) -> StoppedClock:
        """A clock stopped on a day, at an hour of England's wall clock."""
        return cls(datetime(day.year, day.month, day.day, hour, tzinfo=LONDON).astimezone(UTC))

    def now(self) -> datetime:
        """The instant it was stopped at, in UTC."""
        return self.at

    def today(self) -> date:
        """The day it was stopped on, in England."""
        return self.at.astimezone(LONDON).date()


def local(at: datetime) -> datetime:
    """An instant as England's wall clock shows it; an instant without a zone is taken as UTC."""
    return (at if at.tzinfo else at.replace(tzinfo=UTC)).astimezone(LONDON)


def day(on: date) -> str:
    """A day as a sentence says it: "10 November 2026"."""
    return f"{on.day} {on:%B %Y}"


@lru_cache(maxsize=5000)
def short_day(on: date) -> str:
    """A day as a table says it: "10 Nov 2026"."""
    return f"{on.day} {on:%b %Y}"
