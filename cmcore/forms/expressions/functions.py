"""The functions an expression may call: XLSForm's own names, as plain functions of values that never fail.

What cannot be worked out is an empty text, or "not a number". Left out on purpose: what reads files (``pulldata``,
``instance``), what measures places, and ``random`` and ``uuid``, which would give another answer each time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from typing import Literal

from cmcore.base import clock
from cmcore.forms.expressions import values
from cmcore.forms.expressions.patterns import pattern
from cmcore.forms.expressions.tree import Unusable
from cmcore.forms.expressions.values import (
    EXACT,
    LONGEST,
    NO_NUMBER,
    InRounds,
    Several,
    Value,
    as_number,
    as_text,
    as_truth,
)

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


def _function(name: str, least: int, most: int | None, gives: Outcome, words: str = "") -> Callable[[Run], Run]:
    def kept(run: Run) -> Run:
        FUNCTIONS[name] = Function(run, least, most, gives, words)
        return run

    return kept


def _each(given: Iterable[Value]) -> Iterator[Value]:
    """Every value, those from rounds one by one, without empty ones."""
    for one in given:
        if isinstance(one, InRounds):
            yield from (value for each in one if (value := values.value_of(each)) != "")
        elif one != "":
            yield one


def _chosen(value: Value) -> tuple[str, ...]:
    return tuple(value) if isinstance(value, Several) else tuple(as_text(value).split())


# ---- choices
@_function("selected", 2, 2, "truth", "{0} include {1}")
def _selected(among: Value, wanted: Value) -> Value:
    return as_text(wanted).strip() in _chosen(among)


@_function("selected-at", 2, 2, "text", "number {1} (from 0) of {0}")
def _selected_at(among: Value, number: Value) -> Value:
    several, at = _chosen(among), as_number(number)
    return several[int(at)] if at.is_finite() and 0 <= at < len(several) else ""


@_function("count-selected", 1, 1, "whole", "how many are chosen in {0}")
def _count_selected(among: Value) -> Value:
    return Decimal(len(_chosen(among)))


# ---- yes and no
@_function("not", 1, 1, "truth", "it is not so that {0}")
def _not(value: Value) -> Value:
    return not as_truth(value)


@_function("true", 0, 0, "truth", "yes")
def _true() -> Value:
    return True


@_function("false", 0, 0, "truth", "no")
def _false() -> Value:
    return False


@_function("boolean", 1, 1, "truth", "{0}")
def _boolean(value: Value) -> Value:
    return as_truth(value)


@_function("boolean-from-string", 1, 1, "truth", "{0}")
def _boolean_from_string(value: Value) -> Value:
    return as_text(value).lower() in ("true", "1")


@_function("if", 3, 3, "same", "{1} if {0}, otherwise {2}")
def _if(so: Value, then: Value, otherwise: Value) -> Value:
    return then if as_truth(so) else otherwise


@_function("coalesce", 2, None, "same", "the first answer among {all}")
def _coalesce(*given: Value) -> Value:
    return next((one for one in given if as_text(one) != ""), "")


@_function("once", 1, 1, "same", "{0}")
def _once(value: Value) -> Value:
    return value


@_function("checklist", 3, None, "truth", "from {0} to {1} of these are so: {rest}")
def _checklist(least: Value, most: Value, *given: Value) -> Value:
    many = sum(1 for one in _each(given) if as_truth(one))
    low, high = as_number(least), as_number(most)
    return (low.is_nan() or low < 0 or many >= low) and (high.is_nan() or high < 0 or many <= high)


# ---- text
@_function("string", 1, 1, "text", "{0}")
def _string(value: Value) -> Value:
    return as_text(value)


@_function("concat", 1, None, "text", "{all}, joined together")
def _concat(*given: Value) -> Value:
    return "".join(as_text(one) for one in _each(given))[:LONGEST]


@_function("join", 2, None, "text", "{rest}, with {0} between them")
def _join(between: Value, *given: Value) -> Value:
    return as_text(between)[:LONGEST].join(as_text(one) for one in _each(given))[:LONGEST]


@_function("string-length", 1, 1, "whole", "the number of characters of {0}")
def _string_length(value: Value) -> Value:
    return Decimal(len(as_text(value)))


@_function("substr", 2, 3, "text", "a part of {0}")
def _substr(value: Value, first: Value, after: Value = "") -> Value:
    text, start, end = as_text(value), as_number(first), as_number(after)
    if not start.is_finite():
        return ""
    return text[_index(start) : _index(end) if end.is_finite() else None]


def _index(number: Decimal) -> int:
    return int(max(min(number, Decimal(LONGEST)), Decimal(-LONGEST)))


@_function("substring-before", 2, 2, "text", "{0} up to {1}")
def _substring_before(value: Value, mark: Value) -> Value:
    before, found, _ = as_text(value).partition(as_text(mark)) if as_text(mark) else ("", "", "")
    return before if found else ""


@_function("substring-after", 2, 2, "text", "{0} after {1}")
def _substring_after(value: Value, mark: Value) -> Value:
    return as_text(value).partition(as_text(mark))[2] if as_text(mark) else as_text(value)


@_function("contains", 2, 2, "truth", "{0} contains {1}")
def _contains(value: Value, part: Value) -> Value:
    return as_text(part) in as_text(value)


@_function("starts-with", 2, 2, "truth", "{0} begins with {1}")
def _starts_with(value: Value, part: Value) -> Value:
    return as_text(value).startswith(as_text(part))


@_function("ends-with", 2, 2, "truth", "{0} ends with {1}")
def _ends_with(value: Value, part: Value) -> Value:
    return as_text(value).endswith(as_text(part))


@_function("translate", 3, 3, "text", "{0}, with {1} written as {2}")
def _translate(value: Value, old: Value, new: Value) -> Value:
    signs, instead = as_text(old), as_text(new)
    table = {sign: instead[signs.index(sign)] if signs.index(sign) < len(instead) else "" for sign in signs}
    return "".join(table.get(sign, sign) for sign in as_text(value))


@_function("normalize-space", 1, 1, "text", "{0}")
def _normalize_space(value: Value) -> Value:
    return " ".join(as_text(value).split())


@_function("lower-case", 1, 1, "text", "{0} in small letters")
def _lower_case(value: Value) -> Value:
    return as_text(value).lower()[:LONGEST]


@_function("upper-case", 1, 1, "text", "{0} in capital letters")
def _upper_case(value: Value) -> Value:
    return as_text(value).upper()[:LONGEST]


@_function("regex", 2, 2, "truth", "{0} is written like {1}")
def _regex(value: Value, written: Value) -> Value:
    try:
        return pattern(as_text(written)).fits(as_text(value))
    except Unusable:
        return False


# ---- numbers
@_function("number", 1, 1, "number", "{0}")
def _number(value: Value) -> Value:
    return as_number(value)


@_function("int", 1, 1, "whole", "{0} without its decimal places")
def _int(value: Value) -> Value:
    number = as_number(value)
    return Decimal(int(number)) if number.is_finite() else NO_NUMBER


@_function("round", 1, 2, "number", "{0}, rounded")
def _round(value: Value, places: Value = "") -> Value:
    to = as_number(places) if places != "" else Decimal(0)
    return values.rounded(as_number(value), _index(to)) if to.is_finite() else NO_NUMBER


@_function("floor", 1, 1, "whole", "{0}, rounded down")
def _floor(value: Value) -> Value:
    number = as_number(value)
    return number.to_integral_value(ROUND_FLOOR) if number.is_finite() else NO_NUMBER


@_function("ceiling", 1, 1, "whole", "{0}, rounded up")
def _ceiling(value: Value) -> Value:
    number = as_number(value)
    return number.to_integral_value(ROUND_CEILING) if number.is_finite() else NO_NUMBER


@_function("abs", 1, 1, "number", "{0} without its sign")
def _abs(value: Value) -> Value:
    return abs(as_number(value))


@_function("pow", 2, 2, "number", "{0} to the power of {1}")
def _pow(value: Value, power: Value) -> Value:
    number, to = as_number(value), as_number(power)
    if not (number.is_finite() and to.is_finite()):
        return NO_NUMBER
    try:
        return EXACT.power(number, to)
    except ArithmeticError:
        return NO_NUMBER


@_function("sqrt", 1, 1, "number", "the square root of {0}")
def _sqrt(value: Value) -> Value:
    number = as_number(value)
    return EXACT.sqrt(number) if number.is_finite() and number >= 0 else NO_NUMBER


@_function("sum", 1, None, "number", "the sum of {all}")
def _sum(*given: Value) -> Value:
    return _worked(given, lambda one, other: EXACT.add(one, other), Decimal(0))


@_function("min", 1, None, "number", "the least of {all}")
def _min(*given: Value) -> Value:
    return _worked(given, min, NO_NUMBER)


@_function("max", 1, None, "number", "the most of {all}")
def _max(*given: Value) -> Value:
    return _worked(given, max, NO_NUMBER)


def _worked(given: tuple[Value, ...], two: Callable[[Decimal, Decimal], Decimal], none: Decimal) -> Decimal:
    """Numbers taken together two by two; one that is no number spoils them all."""
    numbers = [as_number(one) for one in _each(given)]
    if any(one.is_nan() for one in numbers):
        return NO_NUMBER
    result = numbers[0] if numbers else none
    try:
        for one in numbers[1:]:
            result = two(result, one)
    except ArithmeticError:
        return NO_NUMBER
    return result


@_function("count", 1, 1, "whole", "how many there are of {0}")
def _count(given: Value) -> Value:
    if isinstance(given, InRounds | Several):
        return Decimal(len(given))
    return Decimal(0 if given == "" else 1)


@_function("count-non-empty", 1, 1, "whole", "how many are answered of {0}")
def _count_non_empty(given: Value) -> Value:
    return Decimal(sum(1 for _ in _each((given,))))


@_function("position", 0, 0, "whole", "the number of this round")
def _position() -> Value:
    return NO_NUMBER  # known to the scope, which answers before this is asked


# ---- days and times
@_function("today", 0, 0, "day", "today")
def _today() -> Value:
    return now().date().isoformat()


@_function("now", 0, 0, "moment", "now")
def _now() -> Value:
    return now().isoformat(timespec="minutes")


def now() -> datetime:
    """The moment it is on England's wall clock; a test sets it with time-machine."""
    return clock.local(clock.WallClock().now()).replace(tzinfo=None)


@_function("date", 1, 1, "day", "{0}")
def _date(value: Value) -> Value:
    on = values.day_of(value)
    return on.isoformat() if on else ""


@_function("date-time", 1, 1, "moment", "{0}")
def _date_time(value: Value) -> Value:
    at = _moment(value)
    return at.isoformat(timespec="minutes") if at else ""


@_function("decimal-date-time", 1, 1, "number", "{0} in days")
def _decimal_date_time(value: Value) -> Value:
    return as_number(value)


@_function("decimal-time", 1, 1, "number", "the time of {0} as a part of a day")
def _decimal_time(value: Value) -> Value:
    number = as_number(value)
    return number - number.to_integral_value(ROUND_FLOOR) if number.is_finite() else NO_NUMBER


def _moment(value: Value) -> datetime | None:
    if isinstance(value, str) and (found := values.moment_in(value)) is not None:
        return found
    number = as_number(value)
    on = values.day_at(number)
    if on is None:
        return None
    into = int((number - number.to_integral_value(ROUND_FLOOR)) * 86_400)
    return datetime(on.year, on.month, on.day) + timedelta(seconds=into)  # noqa: DTZ001  England's wall clock


_FORMATS: dict[str, Callable[[datetime], str]] = {
    "Y": lambda at: f"{at:%Y}",
    "y": lambda at: f"{at:%y}",
    "m": lambda at: f"{at:%m}",
    "n": lambda at: str(at.month),
    "b": lambda at: f"{at:%b}",
    "B": lambda at: f"{at:%B}",
    "d": lambda at: f"{at:%d}",
    "e": lambda at: str(at.day),
    "H": lambda at: f"{at:%H}",
    "h": lambda at: str(at.hour),
    "M": lambda at: f"{at:%M}",
    "S": lambda at: f"{at:%S}",
    "3": lambda at: f"{at.microsecond // 1000:03d}",
    "a": lambda at: f"{at:%a}",
    "A": lambda at: f"{at:%A}",
    "W": lambda at: str(date.isocalendar(at)[1]),
    "%": lambda at: "%",
}


@_function("format-date", 2, 2, "text", "{0}")
@_function("format-date-time", 2, 2, "text", "{0}")
def _format_date(value: Value, how: Value) -> Value:
    at, made, signs = _moment(value), "", iter(as_text(how))
    if at is None:
        return ""
    for sign in signs:
        if sign != "%":
            made += sign
        else:
            key = next(signs, "")
            made += _FORMATS[key](at) if key in _FORMATS else ""
    return made[:LONGEST]
