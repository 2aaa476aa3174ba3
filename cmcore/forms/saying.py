"""An answer in words, as a page, a print-out or a comparison of two versions shows it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from functools import singledispatch
from typing import Any

from cmcore.base import clock, words
from cmcore.forms import kinds
from cmcore.forms.days import say_moment

#: Finds the words for a picked record: given what is looked for and its number, its title, or None when out of reach.
Titles = Callable[[str, int], str | None]


def no_titles(of: str, number: int) -> str | None:
    """Knows no record."""
    return None


def say(kind: kinds.Kind, value: Any, titles: Titles = no_titles) -> str:
    """The answer in words; no answer is an empty text."""
    return "" if value is None else say_kind(kind, value, titles)


@singledispatch
def say_kind(kind: kinds.Kind, value: Any, titles: Titles) -> str:
    """An answer of this kind in words."""
    raise TypeError(f"There is no way yet to say an answer of kind {type(kind).__name__}.")


@say_kind.register(kinds.ShortText)
@say_kind.register(kinds.LongText)
def _(kind: kinds.Kind, value: str, titles: Titles) -> str:
    return value


@say_kind.register(kinds.WholeNumber)
@say_kind.register(kinds.DecimalNumber)
def _(kind: kinds.WholeNumber | kinds.DecimalNumber, value: Any, titles: Titles) -> str:
    return f"{value:,} {kind.unit}".rstrip()


@say_kind.register
def _(kind: kinds.Money, value: int, titles: Titles) -> str:
    return words.pounds(value)


@say_kind.register
def _(kind: kinds.Day, value: dt.date, titles: Titles) -> str:
    return clock.day(value)


@say_kind.register
def _(kind: kinds.Time, value: dt.time, titles: Titles) -> str:
    return f"{value:%H:%M}"


@say_kind.register
def _(kind: kinds.Moment, value: dt.datetime, titles: Titles) -> str:
    return say_moment(value)


@say_kind.register
def _(kind: kinds.YesNo, value: bool, titles: Titles) -> str:
    return kind.yes if value else kind.no


@say_kind.register
def _(kind: kinds.Choice, value: Any, titles: Titles) -> str:
    return _label(kind.options, value)


@say_kind.register
def _(kind: kinds.Choices, value: Any, titles: Titles) -> str:
    return ", ".join(_label(kind.options, one) for one in value)


@say_kind.register
def _(kind: kinds.Scale, value: int, titles: Titles) -> str:
    end = {kind.least: kind.low, kind.most: kind.high}.get(value, "")
    return f"{value}, {end}" if end else str(value)


@say_kind.register
def _(kind: kinds.Scores, value: Any, titles: Titles) -> str:
    said = []
    for measure in kind.measures:
        if (score := value.get(measure.key)) is not None:
            told = str(score.value) if score.value is not None else f"not scored ({score.why_not})"
            said.append(f"{measure.label} {told}" + (f": {score.note}" if score.note else ""))
    return "; ".join(said)


@say_kind.register
def _(kind: kinds.Pick, value: int, titles: Titles) -> str:
    return titles(kind.of, value) or "a record out of reach"


@say_kind.register
def _(kind: kinds.PickMany, value: Any, titles: Titles) -> str:
    return ", ".join(titles(kind.of, one) or "a record out of reach" for one in value)


@say_kind.register
def _(kind: kinds.File, value: Any, titles: Titles) -> str:
    return str(value.name)


@say_kind.register
def _(kind: kinds.Repeated, value: Any, titles: Titles) -> str:
    rows = []
    for row in value:
        parts = [
            f"{question.label} {say(question.kind, answer, titles)}"
            for question in kind.questions
            if question.answers and (answer := getattr(row, question.key)) not in (None, "", [])
        ]
        rows.append("; ".join(parts))
    return " / ".join(rows)


@say_kind.register
def _(kind: kinds.Note, value: Any, titles: Titles) -> str:
    return kind.text


def _label(options: tuple[kinds.Option, ...], value: Any) -> str:
    key = str(getattr(value, "value", value))
    return next((option.label for option in options if option.key == key), key)
