"""An expression as a tree of frozen values: what can be kept as JSON, looked through, said in words and evaluated.

It is the part of XPath that XLSForm workbooks use. There is no code in it: a name of a function is looked up in a fixed
table, and a name of a question in the answers.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any

#: No expression has more parts than this, and none is nested deeper: more is refused when it is read.
MOST_PARTS, DEEPEST = 600, 40

OPERATORS = frozenset(("or", "and", "=", "!=", "<", "<=", ">", ">=", "+", "-", "*", "div", "mod"))


class Unusable(ValueError):
    """An expression that cannot be read or kept; the message is one sentence, without the place it stands in."""


@dataclass(frozen=True)
class Expression:
    """Something that has a value, given the answers."""


@dataclass(frozen=True)
class Literal(Expression):
    """A text or a number that is written out."""

    value: str | Decimal


@dataclass(frozen=True)
class Answer(Expression):
    """The answer to a question.

    ``up`` says how many rounds to step out of to find it; ``of`` names the repeated question it is asked in when it is
    seen from outside the round: then it stands for all the answers. ``called`` is what people read where the question
    itself is out of sight.
    """

    key: str
    of: str = ""
    up: int = 0
    called: str = field(default="", compare=False)


@dataclass(frozen=True)
class This(Expression):
    """The answer that is being checked: the dot."""


@dataclass(frozen=True)
class Column(Expression):
    """What stands in a column of the list of choices, beside the choice that may be offered."""

    name: str


@dataclass(frozen=True)
class Named(Expression):
    """The words for a chosen answer; ``names`` are pairs of what is stored and what is read."""

    of: Expression
    names: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Call(Expression):
    """A function of the table in :mod:`cmcore.forms.expressions.functions`."""

    name: str
    given: tuple[Expression, ...] = ()


@dataclass(frozen=True)
class Joined(Expression):
    """Two expressions with an operator between them: one of :data:`OPERATORS`."""

    operator: str
    left: Expression
    right: Expression


@dataclass(frozen=True)
class Negative(Expression):
    """The number with its sign turned round."""

    of: Expression


def parts_of(expression: Expression) -> Iterator[Expression]:
    """The expression and everything in it, in the order it is written."""
    yield expression
    for one in inner(expression):
        yield from parts_of(one)


def inner(expression: Expression) -> tuple[Expression, ...]:
    """What an expression is directly made of."""
    match expression:
        case Call(given=given):
            return given
        case Joined(left=left, right=right):
            return (left, right)
        case Negative(of=of) | Named(of=of):
            return (of,)
    return ()


def answers_in(expression: Expression) -> Iterator[Answer]:
    """Every answer it looks at."""
    return (one for one in parts_of(expression) if isinstance(one, Answer))


def keys_in(expression: Expression, up: int = 0) -> frozenset[str]:
    """The questions it looks at, so many rounds out: for an answer inside rounds, the repeated question."""
    return frozenset(one.of or one.key for one in answers_in(expression) if one.up == up)


def furthest_out(expression: Expression) -> int:
    """Out of how many rounds it looks at the most."""
    return max((one.up for one in answers_in(expression)), default=0)


def as_data(expression: Expression) -> list[Any]:
    """The expression as JSON: ``["joined", "=", ["answer", "outcome"], ["text", "held"]]``."""
    match expression:
        case Literal(str(value)):
            return ["text", value]
        case Literal(value):
            return ["number", str(value)]
        case Answer(key, of, up, called):
            whole: list[Any] = ["answer", key, of, up, called]
            return whole if of or up or called else whole[:2]
        case This():
            return ["this"]
        case Column(name):
            return ["column", name]
        case Named(of_what, names):
            return ["named", as_data(of_what), [list(pair) for pair in names]]
        case Call(name, given):
            return ["call", name, *(as_data(one) for one in given)]
        case Joined(operator, left, right):
            return ["joined", operator, as_data(left), as_data(right)]
        case Negative(of_what):
            return ["negative", as_data(of_what)]
    raise TypeError(f"{expression!r} is not an expression of this edition.")


def from_data(data: Any, deep: int = 0) -> Expression:
    """The expression that :func:`as_data` wrote down; refuses what it could not have written."""
    if deep > DEEPEST:
        raise Unusable("It is nested too deep.")
    below = deep + 1
    match data:
        case ["text", str(text)]:
            return Literal(text)
        case ["number", str(text)]:
            return Literal(number_of(text))
        case ["answer", str(key)]:
            return Answer(key)
        case ["answer", str(key), str(of), int(up), str(called)]:
            return Answer(key, of, up, called)
        case ["this"]:
            return This()
        case ["column", str(name)]:
            return Column(name)
        case ["named", list(of_what), list(names)]:
            return Named(from_data(of_what, below), tuple((str(key), str(label)) for key, label in names))
        case ["call", str(name), *given]:
            return Call(name, tuple(from_data(one, below) for one in given))
        case ["joined", str(operator), list(left), list(right)] if operator in OPERATORS:
            return Joined(operator, from_data(left, below), from_data(right, below))
        case ["negative", list(of_what)]:
            return Negative(from_data(of_what, below))
    raise Unusable(f"{data!r} is not an expression.")


def number_of(text: str) -> Decimal:
    """A number as it is written; refuses what is none."""
    try:
        number = Decimal(text)
    except InvalidOperation:
        raise Unusable(f"“{text}” is not a number.") from None
    if not number.is_finite():
        raise Unusable(f"“{text}” is not a number.")
    return number
