"""What an expression is worth, given the answers: pure, total, and without a way to run anything else."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from cmcore.forms.expressions.functions import FUNCTIONS
from cmcore.forms.expressions.tree import (
    Answer,
    Call,
    Column,
    Expression,
    Joined,
    Literal,
    Named,
    Negative,
    This,
)
from cmcore.forms.expressions.values import (
    EXACT,
    NO_NUMBER,
    InRounds,
    Several,
    Value,
    as_number,
    as_text,
    as_truth,
    gathered,
    value_of,
)


@dataclass(frozen=True, eq=False)
class Scope(Mapping[str, Any]):
    """The plain answers an expression looks at: those of one form or one round, and those around the round.

    ``exact`` holds what is kept as text but is a number. ``this`` is the answer being checked, ``row`` what stands
    beside a choice that may be offered, ``number`` which round it is, from 1.
    """

    answers: Mapping[str, Any]
    around: Scope | None = None
    number: int = 0
    exact: Mapping[str, Decimal] = field(default_factory=dict)
    this: Any = None
    row: Mapping[str, str] = field(default_factory=dict)

    def __getitem__(self, key: str) -> Any:
        """The plain answer to a question of this list."""
        return self.answers[key]

    def __iter__(self) -> Iterator[str]:
        """The questions with an answer."""
        return iter(self.answers)

    def __len__(self) -> int:
        """How many answers there are."""
        return len(self.answers)

    def checking(self, answer: Any) -> Scope:
        """The same, with an answer that is being checked."""
        return replace(self, this=answer)

    def offering(self, row: Mapping[str, str]) -> Scope:
        """The same, with a choice that may be offered."""
        return replace(self, row=row)


def scope_of(answers: Mapping[str, Any]) -> Scope:
    """Answers as a scope; a scope is one already."""
    return answers if isinstance(answers, Scope) else Scope(answers)


def evaluate(expression: Expression, scope: Scope) -> Value:
    """The value; what cannot be worked out is an empty text, or "not a number"."""
    match expression:
        case Literal(value):
            return value
        case Answer():
            return _answer(expression, scope)
        case This():
            return value_of(scope.this)
        case Column(name):
            return scope.row.get(name, "")
        case Named(of, names):
            words, chosen = dict(names), evaluate(of, scope)
            several = chosen if isinstance(chosen, Several) else (as_text(chosen),)
            return ", ".join(words.get(one, one) for one in several)
        case Call("position"):
            return Decimal(scope.number) if scope.number else NO_NUMBER
        case Call(name, given):
            return FUNCTIONS[name].run(*(evaluate(one, scope) for one in given)) if name in FUNCTIONS else ""
        case Negative(of):
            return -as_number(evaluate(of, scope))
        case Joined("or", left, right):
            return as_truth(evaluate(left, scope)) or as_truth(evaluate(right, scope))
        case Joined("and", left, right):
            return as_truth(evaluate(left, scope)) and as_truth(evaluate(right, scope))
        case Joined(("=" | "!=" | "<" | "<=" | ">" | ">=") as operator, left, right):
            return _compared(operator, evaluate(left, scope), evaluate(right, scope))
        case Joined(operator, left, right):
            return _reckoned(operator, as_number(evaluate(left, scope)), as_number(evaluate(right, scope)))
    raise TypeError(f"{expression!r} is not an expression of this edition.")


def truth(expression: Expression, scope: Mapping[str, Any]) -> bool:
    """Whether it is so."""
    return as_truth(evaluate(expression, scope_of(scope)))


def _answer(asked: Answer, scope: Scope) -> Value:
    here: Scope | None = scope
    for _ in range(asked.up):
        here = here.around if here is not None else None
    if here is None:
        return ""
    if asked.of:
        rounds = here.get(asked.of)
        return gathered(one.get(asked.key) for one in rounds or () if isinstance(one, Mapping))
    if asked.key in here.exact:
        return here.exact[asked.key]
    plain = here.get(asked.key)
    # An empty list is no answer, but counts as no rounds where rounds are counted.
    return InRounds() if plain == [] else value_of(plain)


_ORDER: dict[str, Callable[[Any, Any], bool]] = {
    "<": lambda left, right: left < right,
    "<=": lambda left, right: left <= right,
    ">": lambda left, right: left > right,
    ">=": lambda left, right: left >= right,
    "=": lambda left, right: left == right,
    "!=": lambda left, right: left != right,
}


def _compared(operator: str, left: Value, right: Value) -> bool:
    """XPath's comparison: of several, any; with yes or no, as that; with a number, as numbers; else as text."""
    if isinstance(left, InRounds):
        return any(_compared(operator, value_of(one), right) for one in left or ("",))
    if isinstance(right, InRounds):
        return any(_compared(operator, left, value_of(one)) for one in right or ("",))
    compare = _ORDER[operator]
    if operator in ("=", "!="):
        if isinstance(left, bool) or isinstance(right, bool):
            return compare(_as_said(left), _as_said(right))
        if isinstance(left, Decimal) or isinstance(right, Decimal):
            return _numbers(operator, as_number(left), as_number(right))
        return compare(as_text(left), as_text(right))
    return _numbers(operator, as_number(left), as_number(right))


def _as_said(value: Value) -> bool:
    """Yes or no; the words "true" and "false", as an answer that was worked out is stored, mean what they say."""
    return value != "false" and as_truth(value)


def _numbers(operator: str, left: Decimal, right: Decimal) -> bool:
    if left.is_nan() or right.is_nan():
        return operator == "!="
    return _ORDER[operator](left, right)


def _reckoned(operator: str, left: Decimal, right: Decimal) -> Decimal:
    if not (left.is_finite() and right.is_finite()):
        return NO_NUMBER
    try:
        match operator:
            case "+":
                return EXACT.add(left, right)
            case "-":
                return EXACT.subtract(left, right)
            case "*":
                return EXACT.multiply(left, right)
            case "div":
                return EXACT.divide(left, right)
            case "mod":
                return EXACT.remainder(left, right)
    except ArithmeticError:
        return NO_NUMBER
    raise TypeError(f"“{operator}” is not an operator of this edition.")
