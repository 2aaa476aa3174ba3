"""How a value is shown: days, instants, choices, yes and no, and states as a shape with its word."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from functools import lru_cache
from typing import Any

from flask import get_template_attribute
from markupsafe import Markup, escape

from cmcore.base.clock import local, short_day
from cmcore.base.lifecycle import Stateful
from cmcore.base.records import Record
from cmcore.base.words import Choice


@dataclass(frozen=True)
class State:
    """A state: its word, its tone ("plain", "ok", "warn", "stop", "note", "none") and its shape.

    Shapes: dot, ring, bars, half, tick, warn, stop, note, lock. Most states are plain: colour is for exceptions.
    """

    words: str
    tone: str = "plain"
    shape: str = "dot"

    def __html__(self) -> str:
        """The shape with its word."""
        return _drawn(self.words, self.tone, self.shape)


@lru_cache(maxsize=1000)
def _drawn(words: str, tone: str, shape: str) -> str:
    """The template's mark; a table says the same few words in every row."""
    return str(get_template_attribute("cm/_marks.html", "state")(words, tone, shape))


@dataclass(frozen=True)
class Sub:
    """A value with a fainter line under it: a school and "out of area"."""

    value: Any
    below: str = ""
    late: bool = False

    @property
    def under(self) -> Markup:
        """The line under it, which is no part of the row's link."""
        if not self.below:
            return Markup("")
        late = " cm-late" if self.late else ""
        return Markup(f'<span class="cm-table__sub{late}">{escape(self.below)}</span>')

    def __html__(self) -> str:
        """The value, and the line under it where there is one."""
        return f"{escape(shown(self.value))}{self.under}"


_CONCERNS = {"red": ("Red", "stop", "stop"), "amber": ("Amber", "warn", "warn"), "green": ("Green", "ok", "dot")}


def concern(value: str | None) -> State | str:
    """How worried somebody is: red, amber or green, each with its shape."""
    return State(*_CONCERNS[value]) if value in _CONCERNS else ""


#: How a state looks, the same on every page: colour is for what waits, a tick for what was done.
_LOOKS = {
    "more_information": ("plain", "half"),
    "submitted": ("warn", "warn"),
    "triage": ("plain", "half"),
    "approved": ("plain", "half"),
    "onboarding": ("plain", "half"),
    "paused": ("plain", "bars"),
    "closing": ("warn", "half"),
    "completed": ("plain", "tick"),
    "matched": ("plain", "dot"),
}


def state_of(record: Stateful) -> State:
    """Where a record stands in its life cycle: a ring before it goes on and once it has ended, a dot meanwhile."""
    life, key = record.lifecycle, record.state
    usual = ("none", "ring") if key == life.initial or life.ended(key) else ("plain", "dot")
    return State(life.label(key), *_LOOKS.get(key, usual))


def when(at: datetime, *, with_time: bool = True) -> str:
    """An instant on England's wall clock, as a table says it."""
    here = local(at)
    return f"{short_day(here.date())}, {here:%H:%M}" if with_time else short_day(here.date())


#: What stands in most cells, and needs no words: it is looked for before all else that a value may be.
_AS_IT_IS = frozenset({str, State, Sub, Markup})


def shown(value: Any) -> Any:
    """A value in words for a cell or a fact: text, or something that renders itself. Nothing is an empty text."""
    if value is None:
        return ""
    if type(value) in _AS_IT_IS:
        return value
    if isinstance(value, Record):
        return str(value)
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, Choice):
        return value.label
    if isinstance(value, datetime):
        return when(value)
    if isinstance(value, date):
        return short_day(value)
    if isinstance(value, time):
        return f"{value:%H:%M}"
    if isinstance(value, int):
        return f"{value:,}"
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    if isinstance(value, str) or hasattr(value, "__html__"):
        return value
    if isinstance(value, Iterable):
        return ", ".join(str(shown(one)) for one in value)
    return str(value)
