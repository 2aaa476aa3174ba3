"""States and the only ways between them: a state column changes through a declared transition or not at all."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any, ClassVar

from sqlalchemy import event
from sqlalchemy.orm import Mapped, Mapper, mapped_column

from cmcore.base.findings import refuse
from cmcore.base.records import code


@dataclass(frozen=True)
class State:
    """One state of a life cycle; ``ended`` says that nothing more happens in it."""

    key: str
    label: str
    ended: bool = False


@dataclass(frozen=True)
class Transition:
    """One way from some states to another, with what a button says and whether a reason is asked for.

    ``guards`` name the checks that must pass first; they are looked up by the action that moves the record.
    """

    name: str
    sources: tuple[str, ...]
    target: str
    label: str
    needs_reason: bool = False
    guards: tuple[str, ...] = ()


@dataclass(frozen=True)
class Lifecycle:
    """The states of a kind of record and the transitions between them; the first state is where it begins."""

    key: str
    states: tuple[State, ...]
    transitions: tuple[Transition, ...]

    def __post_init__(self) -> None:
        """Refuse a transition that names a state nobody declared, and states that cannot be reached."""
        known = [state.key for state in self.states]
        if len(set(known)) != len(known):
            raise ValueError(f"Life cycle {self.key}: a state is declared twice.")
        reached = {known[0]}
        for way in self.transitions:
            for state in (*way.sources, way.target):
                if state not in known:
                    raise ValueError(
                        f"Life cycle {self.key}: {way.name} names the state {state}, which is not declared."
                    )
        while more := {way.target for way in self.transitions if set(way.sources) & reached} - reached:
            reached |= more
        if lost := set(known) - reached:
            raise ValueError(f"Life cycle {self.key}: {', '.join(sorted(lost))} cannot be reached.")

    @property
    def initial(self) -> str:
        """The key of the state everything begins in."""
        return self.states[0].key

    def label(self, key: str) -> str:
        """The words for a state."""
        return next((state.label for state in self.states if state.key == key), key)

    def ended(self, key: str) -> bool:
        """Whether a state is an end."""
        return any(state.ended for state in self.states if state.key == key)

    def live(self) -> tuple[str, ...]:
        """The keys of all states that are not an end."""
        return tuple(state.key for state in self.states if not state.ended)

    def possible(self, key: str) -> list[Transition]:
        """The transitions that lead out of a state."""
        return [way for way in self.transitions if key in way.sources]

    def way(self, name: str, key: str) -> Transition:
        """The transition of that name out of a state; refuses with what is possible instead."""
        for way in self.possible(key):
            if way.name == name:
                return way
        named = next((way.label for way in self.transitions if way.name == name), name)
        raise refuse(f"“{named}” is not possible while this is “{self.label(key)}”.", way_out=self._instead(key))

    def _instead(self, key: str) -> str:
        ways = [f"“{way.label}”" for way in self.possible(key)]
        return f"Possible now: {', '.join(ways)}." if ways else "Nothing more can be done with it."


_moving: ContextVar[int | None] = ContextVar("moving", default=None)


class Stateful:
    """A record with a life cycle. ``state`` is set by :func:`moving` only; anything else is refused."""

    life: ClassVar[Lifecycle | None] = None

    state: Mapped[str] = mapped_column(code(), nullable=False)

    @property
    def lifecycle(self) -> Lifecycle:
        """The life cycle this record follows."""
        if self.life is None:
            raise TypeError(f"{type(self).__name__} names no life cycle.")
        return self.life

    @property
    def state_label(self) -> str:
        """The state in words."""
        return self.lifecycle.label(self.state)


@contextmanager
def moving(record: Stateful) -> Iterator[None]:
    """Open the one door through which a state may change, for one record."""
    token = _moving.set(id(record))
    try:
        yield
    finally:
        _moving.reset(token)


def begin(record: Stateful) -> None:
    """Put a new record into the first state of its life cycle; one that has a state keeps it."""
    if getattr(record, "state", None) is None:
        with moving(record):
            record.state = record.lifecycle.initial


def _refuse_direct_change(record: Any, value: str, old: Any, initiator: Any) -> str:
    if _moving.get() != id(record):
        raise refuse("A state changes only by its transitions.", way_out="Use the action that leads there.")
    return value


@event.listens_for(Stateful, "mapper_configured", propagate=True)
def _guard_state(mapper: Mapper[Any], class_: type[Any]) -> None:
    event.listen(class_.state, "set", _refuse_direct_change, retval=True)
