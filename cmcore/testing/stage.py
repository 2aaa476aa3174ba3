"""A stage for tests: a database with one authority or more, a stopped clock, and made-up people to act on it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import Engine

from cmcore.base.clock import StoppedClock
from cmcore.safekeeping.scope import Actor, Grant, Scope
from cmcore.safekeeping.work import Work
from cmcore.virtual_schools.founding import found_authority

#: The day every stage begins on unless a test says otherwise.
TODAY = date(2026, 11, 10)


@dataclass
class Stage:
    """An engine with authorities on it. ``work(role)`` opens a piece of work as somebody with that role."""

    engine: Engine
    clock: StoppedClock = field(default_factory=lambda: StoppedClock.on(TODAY))
    authority_id: int = 0

    def authority(self, code: str = "990", name: str = "Wrenshire", prefix: str = "WR") -> int:
        """Set up an authority and give its key; the first one becomes the stage's own."""
        key = found_authority(
            self.engine,
            name=name,
            code=code,
            prefix=prefix,
            region="Invented",
            duty_phone="01632 960 111",
            clock=self.clock,
        )
        self.authority_id = self.authority_id or key
        return key

    def scope(
        self,
        role: str = "coordinator",
        *,
        authority_id: int | None = None,
        mentor_id: int | None = None,
        setting_id: int | None = None,
        login: str = "",
    ) -> Scope:
        """The scope of somebody with one role in one authority."""
        grant = Grant(authority_id or self.authority_id, role, mentor_id, setting_id)
        return Scope(login or f"{role}.quillmarsh", (grant,), self.clock.today())

    def work(self, role: str = "coordinator", **who: Any) -> Work:
        """A piece of work by somebody with a role; ``scope=None`` in its place has no scope at all."""
        scope = self.scope(role, **who)
        return Work(self.engine, Actor(scope.login, f"Hester Quillmarsh ({role})"), scope, clock=self.clock)

    def on(self, day: date, hour: int = 12) -> Stage:
        """Set the clock to another day."""
        self.clock.at = StoppedClock.on(day, hour).at
        return self
