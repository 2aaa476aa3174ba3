"""Codes that carry their own words: what is stored is short and stable, what is read is plain English."""

from __future__ import annotations

from enum import StrEnum
from typing import Self


class Choice(StrEnum):
    """One of a fixed set of answers: the value is what is stored, the label what people read.

    Declare each member as ``name = "value", "Label in words"``.
    """

    label: str

    def __new__(cls, value: str, label: str = "") -> Self:
        """Keep the value as the string and the label beside it; looked up by its value alone, a member is found."""
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label
        return member

    @classmethod
    def say(cls, value: str | None) -> str:
        """The words for a stored value; an unknown value is shown as it is, nothing as an empty text."""
        if value is None:
            return ""
        try:
            return cls(value).label
        except ValueError:
            return value


def in_words(names: list[str], last: str = "and") -> str:
    """Join names as a sentence does: "a", "a and b", "a, b and c"."""
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} {last} {names[-1]}"


def count(number: int, one: str, many: str | None = None) -> str:
    """A number with its noun in the right number: "1 row", "3 rows", "1,300 children"."""
    return f"{number:,} {one if number == 1 else (many or one + 's')}"


_SPELT = ("none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")


def spelt(number: int) -> str:
    """A number up to twelve as a word, as a sentence begins with it: "none", "four"; above that in figures: "1,300"."""
    return _SPELT[number] if 0 <= number < len(_SPELT) else f"{number:,}"


def hours(minutes: int) -> str:
    """Whole minutes as people say them: 90 becomes "1 h 30", 120 "2 h", 45 "45 min"."""
    whole, rest = divmod(abs(minutes), 60)
    sign = "-" if minutes < 0 else ""
    if not whole:
        return f"{sign}{rest} min"
    return f"{sign}{whole} h {rest:02d}" if rest else f"{sign}{whole} h"


def pounds(pence: int) -> str:
    """Whole pence as pounds: 1900 becomes "£19.00"."""
    sign = "-" if pence < 0 else ""
    return f"{sign}£{abs(pence) // 100:,}.{abs(pence) % 100:02d}"
