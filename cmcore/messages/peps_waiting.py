"""How many PEPs of the young people somebody may see are late or come due: counted under their own scope, no names."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Engine, and_, func, not_, select

from cmcore.base.clock import Clock
from cmcore.messages.wording import Link, Place, Said, Wording, say
from cmcore.peps.queries import due_soon, late
from cmcore.peps.records import PepCycle
from cmcore.peps.words import DUE, LATE
from cmcore.safekeeping.memberships import scope_for
from cmcore.safekeeping.scope import Actor
from cmcore.safekeeping.work import Work

#: The lists whose numbers a digest says here, once and with a link of their own.
QUEUES = frozenset((LATE, DUE))


@dataclass(frozen=True)
class PepsWaiting:
    """PEPs that were not held by their day, and those whose day comes within ten working days."""

    late: int = 0
    due: int = 0

    def __bool__(self) -> bool:
        """Whether there are any."""
        return bool(self.late or self.due)

    @property
    def told(self) -> tuple[tuple[Said, Link], ...]:
        """The sentences a digest says, each with the list it leads to."""
        lines = (
            (self.late, Wording.peps_late, Place.peps_late),
            (self.due, Wording.peps_due, Place.peps_due),
        )
        return tuple((say(wording, number=many), Link(place)) for many, wording, place in lines if many)


def peps_waiting(engine: Engine, login: str, clock: Clock, overrides: tuple[Any, ...] = ()) -> PepsWaiting:
    """What waits of the plans a sign-in name may see, in every authority; nothing for who may see none."""
    scope, today = scope_for(engine, login, clock.today()), clock.today()
    if not scope.may("pep_cycle.see"):
        return PepsWaiting()
    with Work(engine, Actor("job", "cm jobs", "job"), scope, clock=clock, overrides=overrides) as work:
        asked = select(
            func.count(PepCycle.id).filter(late(today)),
            func.count(PepCycle.id).filter(and_(due_soon(today), not_(late(today)))),
        ).select_from(PepCycle)
        found = PepsWaiting(*work.db.execute(asked).one())
        work.undo()
    return found
