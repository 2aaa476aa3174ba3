"""The table of functions an expression may call, and what every function file needs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from cmcore.forms.expressions.values import LONGEST, InRounds, Value, value_of

#: What comes out of an expression, so that a calculated answer gets a fitting kind.
Outcome = Literal["text", "whole", "number", "truth", "day", "moment", "same"]

Run = Callable[..., Value]


@dataclass(frozen=True)
class Function:
    """One function: how many values it takes, what comes out ("same": what goes in), how it is said in words."""

    run: Run
    least: int
    most: int | None
    gives: Outcome
    words: str = ""


FUNCTIONS: dict[str, Function] = {}


def function(name: str, least: int, most: int | None, gives: Outcome, words: str = "") -> Callable[[Run], Run]:
    """Put a function into the table under XLSForm's own name."""

    def kept(run: Run) -> Run:
        FUNCTIONS[name] = Function(run, least, most, gives, words)
        return run

    return kept


def each(given: Iterable[Value]) -> Iterator[Value]:
    """Every value, those from rounds one by one, without empty ones."""
    for one in given:
        if isinstance(one, InRounds):
            yield from (value for inner in one if (value := value_of(inner)) != "")
        elif one != "":
            yield one


def index(number: Decimal) -> int:
    """A number as a place in a text."""
    return int(max(min(number, Decimal(LONGEST)), Decimal(-LONGEST)))
