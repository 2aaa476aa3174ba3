"""Functions of an expression that are about days and times, all of England's wall clock."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from decimal import ROUND_FLOOR

from cmcore.base import clock
from cmcore.forms.expressions import values
from cmcore.forms.expressions.table import function
from cmcore.forms.expressions.values import LONGEST, NO_NUMBER, Value, as_number, as_text


@function("today", 0, 0, "day", "today")
def _today() -> Value:
    return now().date().isoformat()


@function("now", 0, 0, "moment", "now")
def _now() -> Value:
    return now().isoformat(timespec="minutes")


def now() -> datetime:
    """The moment it is on England's wall clock; a test sets it with time-machine."""
    return clock.local(clock.WallClock().now()).replace(tzinfo=None)


@function("date", 1, 1, "day", "{0}")
def _date(value: Value) -> Value:
    on = values.day_of(value)
    return on.isoformat() if on else ""


@function("date-time", 1, 1, "moment", "{0}")
def _date_time(value: Value) -> Value:
    at = _moment(value)
    return at.isoformat(timespec="minutes") if at else ""


@function("decimal-date-time", 1, 1, "number", "{0} in days")
def _decimal_date_time(value: Value) -> Value:
    return as_number(value)


@function("decimal-time", 1, 1, "number", "the time of {0} as a part of a day")
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


@function("format-date", 2, 2, "text", "{0}")
@function("format-date-time", 2, 2, "text", "{0}")
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
