"""What an expression can be worth: a text, an exact number, yes or no, several answers; and how one becomes another.

The rules are XPath's, as XLSForm has them: no answer is an empty text, what is no number is "not a number" and compares
with nothing, a day counts as days since 1 January 1970. Where it differs it is to be more exact: numbers are decimal,
so that 0.1 + 0.2 is 0.3, and days are those of England's wall clock.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from decimal import ROUND_FLOOR, Context, Decimal, DivisionByZero, InvalidOperation, Overflow
from typing import Any

from cmcore.base.clock import local

#: A text is never made longer than this: what is over is cut off.
LONGEST = 10_000

NO_NUMBER = Decimal("NaN")
#: Enough figures for any form, and an end to numbers that grow without one.
EXACT = Context(prec=28, Emax=9_999, Emin=-9_999, traps=[InvalidOperation, DivisionByZero, Overflow])

_NUMBER = re.compile(r"\s*-?(\d+(\.\d*)?|\.\d+)\s*", re.ASCII)
_DAY = re.compile(r"\s*(\d{4})-(\d{2})-(\d{2})\s*", re.ASCII)
_TIME = re.compile(r"\s*(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?\s*", re.ASCII)
_EPOCH = date(1970, 1, 1)
_SECONDS = Decimal(86_400)


class Several(tuple[str, ...]):
    """Several answers chosen in one question."""


class InRounds(tuple[Any, ...]):
    """The answers to one question in every round, or the rounds themselves."""


Value = str | Decimal | bool | Several | InRounds


def value_of(plain: Any) -> Value:
    """A plain answer, as it is stored, as a value."""
    match plain:
        case None:
            return ""
        case bool() | Decimal() | str() | InRounds() | Several():
            return plain
        case int() | float():
            return Decimal(str(plain))
        case Mapping():
            return str(plain.get("name") or "")
        case list() | tuple():
            if any(isinstance(one, Mapping) for one in plain):
                return InRounds(plain)
            return Several(str(one) for one in plain)
    return str(plain)


def gathered(answers: Iterable[Any]) -> InRounds:
    """Answers to one question from several rounds, in their order; one without an answer is an empty text."""
    return InRounds(value_of(one) for one in answers)


def as_text(value: Value) -> str:
    """The value as text; a whole number without a point, what is no number as nothing."""
    match value:
        case bool():
            return "true" if value else "false"
        case Decimal():
            return number_in_figures(value)
        case Several():
            return " ".join(value)
        case InRounds():
            return as_text(value_of(value[0])) if value else ""
    return value


def number_in_figures(number: Decimal) -> str:
    """A number as people write it: "4", "2.5"; nothing where it is none."""
    if not number.is_finite():
        return ""
    plain = format(number, "f")
    return (plain.rstrip("0").rstrip(".") if "." in plain else plain) or "0"


def as_number(value: Value) -> Decimal:
    """The value as a number: a day as days since 1 January 1970, a time of day as a part of a day."""
    match value:
        case bool():
            return Decimal(int(value))
        case Decimal():
            return value
        case InRounds():
            return as_number(value_of(value[0])) if value else NO_NUMBER
    text = as_text(value)
    if len(text) > 60:
        return NO_NUMBER
    if _NUMBER.fullmatch(text):
        return Decimal(text.strip())
    if (moment := moment_in(text)) is not None:
        return days_of(moment)
    if found := _TIME.fullmatch(text):
        hours, minutes, seconds = (int(part or 0) for part in found.groups())
        return Decimal(hours * 3600 + minutes * 60 + seconds) / _SECONDS
    return NO_NUMBER


def as_truth(value: Value) -> bool:
    """Whether it counts as yes: a text with something in it, a number that is not nought, any round at all."""
    if isinstance(value, Decimal):
        return not value.is_nan() and value != 0
    return bool(value)


def moment_in(text: str) -> datetime | None:
    """The day or the instant a text holds, on England's wall clock; None where it holds none."""
    try:
        if found := _DAY.fullmatch(text):
            return datetime(int(found[1]), int(found[2]), int(found[3]))  # noqa: DTZ001  a day has no zone
        if re.match(r"\s*\d{4}-\d{2}-\d{2}[T ]", text):
            at = datetime.fromisoformat(text.strip())
            return local(at).replace(tzinfo=None) if at.tzinfo else at
    except ValueError:
        return None
    return None


def days_of(moment: datetime) -> Decimal:
    """Days since 1 January 1970, with the part of the day."""
    into = timedelta(hours=moment.hour, minutes=moment.minute, seconds=moment.second)
    return Decimal((moment.date() - _EPOCH).days) + Decimal(into.seconds) / _SECONDS


def day_at(days: Decimal) -> date | None:
    """The day so many days since 1 January 1970; None for one outside the calendar."""
    if not days.is_finite() or abs(days) > 3_000_000:
        return None
    try:
        return _EPOCH + timedelta(days=int(days.to_integral_value(ROUND_FLOOR)))
    except OverflowError:
        return None


def day_of(value: Value) -> date | None:
    """The day a value stands for: a written one, or days since 1 January 1970."""
    if isinstance(value, str) and (moment := moment_in(value)) is not None:
        return moment.date()
    return day_at(as_number(value))


def rounded(number: Decimal, places: int = 0) -> Decimal:
    """A number rounded to so many decimal places, a half upwards."""
    if not number.is_finite() or abs(places) > 20:
        return NO_NUMBER
    try:
        unit = Decimal(1).scaleb(-places)
        whole = EXACT.add(EXACT.divide(number, unit), Decimal("0.5")).to_integral_value(ROUND_FLOOR)
        return EXACT.multiply(whole, unit)
    except ArithmeticError:
        return NO_NUMBER
