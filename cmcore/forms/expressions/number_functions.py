"""Functions of an expression that are about numbers."""

from __future__ import annotations

from collections.abc import Callable
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from cmcore.forms.expressions import values
from cmcore.forms.expressions.table import each, function, index
from cmcore.forms.expressions.values import EXACT, NO_NUMBER, InRounds, Several, Value, as_number


@function("number", 1, 1, "number", "{0}")
def _number(value: Value) -> Value:
    return as_number(value)


@function("int", 1, 1, "whole", "{0} without its decimal places")
def _int(value: Value) -> Value:
    number = as_number(value)
    return Decimal(int(number)) if number.is_finite() else NO_NUMBER


@function("round", 1, 2, "number", "{0}, rounded")
def _round(value: Value, places: Value = "") -> Value:
    to = as_number(places) if places != "" else Decimal(0)
    return values.rounded(as_number(value), index(to)) if to.is_finite() else NO_NUMBER


@function("floor", 1, 1, "whole", "{0}, rounded down")
def _floor(value: Value) -> Value:
    number = as_number(value)
    return number.to_integral_value(ROUND_FLOOR) if number.is_finite() else NO_NUMBER


@function("ceiling", 1, 1, "whole", "{0}, rounded up")
def _ceiling(value: Value) -> Value:
    number = as_number(value)
    return number.to_integral_value(ROUND_CEILING) if number.is_finite() else NO_NUMBER


@function("abs", 1, 1, "number", "{0} without its sign")
def _abs(value: Value) -> Value:
    return abs(as_number(value))


@function("pow", 2, 2, "number", "{0} to the power of {1}")
def _pow(value: Value, power: Value) -> Value:
    number, to = as_number(value), as_number(power)
    if not (number.is_finite() and to.is_finite()):
        return NO_NUMBER
    try:
        return EXACT.power(number, to)
    except ArithmeticError:
        return NO_NUMBER


@function("sqrt", 1, 1, "number", "the square root of {0}")
def _sqrt(value: Value) -> Value:
    number = as_number(value)
    return EXACT.sqrt(number) if number.is_finite() and number >= 0 else NO_NUMBER


@function("sum", 1, None, "number", "the sum of {all}")
def _sum(*given: Value) -> Value:
    return _worked(given, lambda one, other: EXACT.add(one, other), Decimal(0))


@function("min", 1, None, "number", "the least of {all}")
def _min(*given: Value) -> Value:
    return _worked(given, min, NO_NUMBER)


@function("max", 1, None, "number", "the most of {all}")
def _max(*given: Value) -> Value:
    return _worked(given, max, NO_NUMBER)


def _worked(given: tuple[Value, ...], two: Callable[[Decimal, Decimal], Decimal], none: Decimal) -> Decimal:
    """Numbers taken together two by two; one that is no number spoils them all."""
    numbers = [as_number(one) for one in each(given)]
    if any(one.is_nan() for one in numbers):
        return NO_NUMBER
    result = numbers[0] if numbers else none
    try:
        for one in numbers[1:]:
            result = two(result, one)
    except ArithmeticError:
        return NO_NUMBER
    return result


@function("count", 1, 1, "whole", "how many there are of {0}")
def _count(given: Value) -> Value:
    if isinstance(given, InRounds | Several):
        return Decimal(len(given))
    return Decimal(0 if given == "" else 1)


@function("count-non-empty", 1, 1, "whole", "how many are answered of {0}")
def _count_non_empty(given: Value) -> Value:
    return Decimal(sum(1 for _ in each((given,))))


@function("position", 0, 0, "whole", "the number of this round")
def _position() -> Value:
    return NO_NUMBER  # known to the scope, which answers before this is asked
