"""What comes out of an expression, told without the answers: the kind a calculated answer gets, and its typed value."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from cmcore.base.clock import LONDON
from cmcore.forms import kinds
from cmcore.forms.expressions.evaluating import Scope, evaluate
from cmcore.forms.expressions.functions import FUNCTIONS, Outcome
from cmcore.forms.expressions.tree import Answer, Call, Expression, Joined, Literal, Negative
from cmcore.forms.expressions.values import (
    LONGEST,
    Value,
    as_number,
    as_text,
    as_truth,
    day_of,
    moment_in,
    number_in_figures,
    rounded,
)

#: A number that was worked out keeps so many decimal places.
PLACES = 6

OutcomeOf = Callable[[Answer], Outcome]

_ALONE: dict[type[kinds.Kind], Outcome] = {
    kinds.WholeNumber: "whole",
    kinds.Scale: "whole",
    kinds.Money: "whole",
    kinds.Pick: "whole",
    kinds.DecimalNumber: "number",
    kinds.Day: "day",
    kinds.Moment: "moment",
    kinds.YesNo: "truth",
}


def outcome_of_kind(kind: kinds.Kind) -> Outcome:
    """What an answer of this kind is worth."""
    return _ALONE.get(type(kind), "text")


def outcome(expression: Expression, of_answer: OutcomeOf) -> Outcome:
    """What comes out; text wherever it may be one thing or another."""
    match expression:
        case Literal(Decimal() as number):
            return "whole" if number == number.to_integral_value() else "number"
        case Answer(of=""):
            return of_answer(expression)
        case Negative(of):
            return "whole" if outcome(of, of_answer) == "whole" else "number"
        case Joined("or" | "and" | "=" | "!=" | "<" | "<=" | ">" | ">=", _, _):
            return "truth"
        case Joined("div", _, _):
            return "number"
        case Joined(_, left, right):
            both = {outcome(left, of_answer), outcome(right, of_answer)}
            return "whole" if both <= {"whole", "day"} else "number"
        case Call("if", given):
            return _same({outcome(one, of_answer) for one in given[1:]})
        case Call("round", (_,)):
            return "whole"
        case Call(name, given):
            gives = FUNCTIONS[name].gives if name in FUNCTIONS else "text"
            return _same({outcome(one, of_answer) for one in given}) if gives == "same" else gives
    return "text"


def _same(found: set[Outcome]) -> Outcome:
    if len(found) == 1:
        return found.pop()
    return "number" if found == {"whole", "number"} else "text"


def kind_for(result: Outcome) -> kinds.Kind:
    """The kind of answer that keeps such a result."""
    match result:
        case "whole" | "number":
            return kinds.DecimalNumber(places=PLACES, padded=False)
        case "day":
            return kinds.Day()
        case "moment":
            return kinds.Moment()
        case "truth":
            return kinds.YesNo()
    return kinds.LongText()


def worked_out(expression: Expression, kind: kinds.Kind, scope: Scope) -> Any:
    """The typed answer of this kind that an expression gives; None where nothing comes out."""
    value = evaluate(expression, scope)
    return None if value == "" else typed(kind, value)


def typed(kind: kinds.Kind, value: Value) -> Any:
    """A value as a typed answer of this kind; None where it is none."""
    match kind:
        case kinds.DecimalNumber():
            number = rounded(as_number(value), kind.places)
            return Decimal(number_in_figures(number)) if number.is_finite() else None
        case kinds.WholeNumber() | kinds.Scale() | kinds.Money():
            number = rounded(as_number(value))
            return int(number) if number.is_finite() else None
        case kinds.YesNo():
            return as_truth(value)
        case kinds.Day():
            return day_of(value)
        case kinds.Moment():
            return _instant(moment_in(as_text(value)))
        case kinds.Choice():
            return as_text(value) or None
        case kinds.Choices():
            return list(as_text(value).split()) or None
    return as_text(value)[: getattr(kind, "most", LONGEST)] or None


def _instant(at: datetime | None) -> datetime | None:
    return at.replace(tzinfo=LONDON).astimezone(UTC) if at else None
