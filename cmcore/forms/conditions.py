"""When a question is shown: small data, evaluated the same on a page, in a file, through the API.

``when("outcome").is_("held") & when("place").is_in("home", "online")``. What an answer is compared with is the plain
value that is stored ("held", 3, "2026-11-10"), so that a condition can be kept beside the answers and read back.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal, InvalidOperation
from enum import Enum
from typing import Any

from cmcore.forms.expressions import saying, tree
from cmcore.forms.expressions.evaluating import truth
from cmcore.forms.expressions.tree import Expression

Plain = str | int | bool | None


@dataclass(frozen=True)
class Condition:
    """Something that is so or not so, given the answers. Join two with ``&`` or ``|``, turn one round with ``~``."""

    def __and__(self, other: Condition) -> Condition:
        """Both are so."""
        return Every((self, other))

    def __or__(self, other: Condition) -> Condition:
        """At least one is so."""
        return AnyOf((self, other))

    def __invert__(self) -> Condition:
        """It is not so."""
        return Not(self)


@dataclass(frozen=True)
class IsIn(Condition):
    """The answer is one of these."""

    key: str
    values: tuple[Plain, ...]


@dataclass(frozen=True)
class Has(Condition):
    """This is among the several answers."""

    key: str
    value: Plain


@dataclass(frozen=True)
class AtLeast(Condition):
    """The answer is this or more; a day: this or later."""

    key: str
    value: Plain


@dataclass(frozen=True)
class AtMost(Condition):
    """The answer is this or less; a day: this or earlier."""

    key: str
    value: Plain


@dataclass(frozen=True)
class Answered(Condition):
    """There is an answer."""

    key: str


@dataclass(frozen=True)
class IsTrue(Condition):
    """An expression of a workbook form is so."""

    expression: Expression


@dataclass(frozen=True)
class Not(Condition):
    """The other condition is not so."""

    condition: Condition


@dataclass(frozen=True)
class Every(Condition):
    """All of these are so."""

    conditions: tuple[Condition, ...]


@dataclass(frozen=True)
class AnyOf(Condition):
    """At least one of these is so."""

    conditions: tuple[Condition, ...]


@dataclass(frozen=True)
class When:
    """The answer to one question, about to be compared."""

    key: str

    def is_(self, value: object) -> Condition:
        """The answer is this."""
        return IsIn(self.key, (plain(value),))

    def is_not(self, value: object) -> Condition:
        """The answer is anything else, or there is none."""
        return Not(self.is_(value))

    def is_in(self, *values: object) -> Condition:
        """The answer is one of these."""
        return IsIn(self.key, tuple(plain(value) for value in values))

    def has(self, value: object) -> Condition:
        """This is among the several answers."""
        return Has(self.key, plain(value))

    def at_least(self, value: object) -> Condition:
        """The answer is this or more."""
        return AtLeast(self.key, plain(value))

    def at_most(self, value: object) -> Condition:
        """The answer is this or less."""
        return AtMost(self.key, plain(value))

    def answered(self) -> Condition:
        """There is an answer."""
        return Answered(self.key)


def when(key: str) -> When:
    """Begin a condition on the answer to the question with this key."""
    return When(key)


def plain(value: object) -> Plain:
    """A value as it is stored; refuses what could not be stored in a condition."""
    if isinstance(value, Enum):
        return plain(value.value)
    if isinstance(value, bool | int | str) or value is None:
        return value
    if isinstance(value, date | time | datetime):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    raise TypeError(f"A condition compares with a text, a number, a day or a choice, not with {value!r}.")


def holds(condition: Condition, answers: Mapping[str, Any]) -> bool:
    """Whether it is so, given the plain answers; a question without an answer is None or absent."""
    match condition:
        case IsIn(key, values):
            answer = answers.get(key)
            return any(type(answer) is type(value) and answer == value for value in values)
        case Has(key, value):
            several = answers.get(key)
            return isinstance(several, list | tuple) and value in several
        case AtLeast(key, value):
            return (order := _compare(answers.get(key), value)) is not None and order >= 0
        case AtMost(key, value):
            return (order := _compare(answers.get(key), value)) is not None and order <= 0
        case Answered(key):
            return answers.get(key) not in (None, "", [], {}, ())
        case IsTrue(expression):
            return truth(expression, answers)
        case Not(inner):
            return not holds(inner, answers)
        case Every(conditions):
            return all(holds(one, answers) for one in conditions)
        case AnyOf(conditions):
            return any(holds(one, answers) for one in conditions)
    raise TypeError(f"{condition!r} is not a condition of this edition.")


def keys_of(condition: Condition, up: int = 0) -> frozenset[str]:
    """The questions it looks at; with ``up`` those it looks at so many rounds out."""
    match condition:
        case IsTrue(expression):
            return tree.keys_in(expression, up)
        case Not(inner):
            return keys_of(inner, up)
        case Every(conditions) | AnyOf(conditions):
            return frozenset().union(*(keys_of(one, up) for one in conditions))
        case _ if up:
            return frozenset()
        case IsIn(key=key) | Has(key=key) | AtLeast(key=key) | AtMost(key=key) | Answered(key=key):
            return frozenset((key,))
    return frozenset()


def in_words(condition: Condition, label: Callable[[str], str], said: Callable[[str, Plain], str]) -> str:
    """The condition as part of a sentence: "the answer to “What happened?” is Held".

    ``label`` gives a question's label, ``said`` an answer to a question in words.
    """
    match condition:
        case IsIn(key, values):
            return f"the answer to “{label(key)}” is {_either([said(key, value) for value in values])}"
        case Has(key, value):
            return f"the answers to “{label(key)}” include {said(key, value)}"
        case AtLeast(key, value):
            return f"the answer to “{label(key)}” is {said(key, value)} or more"
        case AtMost(key, value):
            return f"the answer to “{label(key)}” is {said(key, value)} or less"
        case Answered(key):
            return f"“{label(key)}” is answered"
        case IsTrue(expression):
            return saying.say(expression, label, said)
        case Not(Answered(key)):
            return f"“{label(key)}” is not answered"
        case Not(IsIn(key, values)):
            return f"the answer to “{label(key)}” is not {_either([said(key, value) for value in values])}"
        case Not(inner):
            return f"it is not so that {in_words(inner, label, said)}"
        case Every(conditions):
            # "either" keeps "a, and either b or c" from reading like "a and b, or c".
            return " and ".join(
                f"{'either ' if isinstance(one, AnyOf) else ''}{in_words(one, label, said)}" for one in conditions
            )
        case AnyOf(conditions):
            return " or ".join(
                f"{'both ' if isinstance(one, Every) else ''}{in_words(one, label, said)}" for one in conditions
            )
    raise TypeError(f"{condition!r} is not a condition of this edition.")


def _either(words: list[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} or {words[-1]}"


def _compare(answer: Any, value: Plain) -> int | None:
    """-1, 0 or 1 as the answer stands to the value: as numbers where both are, else as text; None without an answer."""
    if answer is None or value is None or isinstance(answer, bool | list | dict):
        return None
    left: Any
    right: Any
    try:
        left, right = Decimal(str(answer)), Decimal(str(value))
    except InvalidOperation:
        left, right = str(answer), str(value)
    return int(left > right) - int(left < right)


def as_data(condition: Condition) -> list[Any]:
    """The condition as JSON: ``["is_in", "outcome", ["held"]]``."""
    match condition:
        case IsIn(key, values):
            return ["is_in", key, list(values)]
        case Has(key, value):
            return ["has", key, value]
        case AtLeast(key, value):
            return ["at_least", key, value]
        case AtMost(key, value):
            return ["at_most", key, value]
        case Answered(key):
            return ["answered", key]
        case IsTrue(expression):
            return ["is_true", tree.as_data(expression)]
        case Not(inner):
            return ["not", as_data(inner)]
        case Every(conditions):
            return ["every", *(as_data(one) for one in conditions)]
        case AnyOf(conditions):
            return ["any_of", *(as_data(one) for one in conditions)]
    raise TypeError(f"{condition!r} is not a condition of this edition.")


def from_data(data: list[Any]) -> Condition:
    """The condition that :func:`as_data` wrote down."""
    match data:
        case ["is_in", str(key), list(values)]:
            return IsIn(key, tuple(values))
        case ["has", str(key), value]:
            return Has(key, value)
        case ["at_least", str(key), value]:
            return AtLeast(key, value)
        case ["at_most", str(key), value]:
            return AtMost(key, value)
        case ["answered", str(key)]:
            return Answered(key)
        case ["is_true", list(expression)]:
            return IsTrue(tree.from_data(expression))
        case ["not", list(inner)]:
            return Not(from_data(inner))
        case ["every", *conditions]:
            return Every(tuple(from_data(one) for one in conditions))
        case ["any_of", *conditions]:
            return AnyOf(tuple(from_data(one) for one in conditions))
    raise ValueError(f"{data!r} is not a condition.")
