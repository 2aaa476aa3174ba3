"""An example of an answer to each kind of question, for tests that send a form through every output and back."""

from __future__ import annotations

from functools import singledispatch
from typing import Any

from cmcore.forms import Form, kinds


class NoExample(Exception):
    """There is no example that means something without a database: a picked record, a file."""


def example_of(form: Form) -> dict[str, Any]:
    """Answers to a form, as they are sent: each question that is asked outright is answered."""
    found = {}
    for question in form.questions:
        if not question.answers or question.calculate is not None:
            continue
        try:
            found[question.key] = example(question.kind)
        except NoExample:
            continue
    return found


@singledispatch
def example(kind: kinds.Kind) -> Any:
    """An answer to a question of this kind, as it is sent."""
    raise NoExample(type(kind).__name__)


@example.register
def _(kind: kinds.ShortText) -> str:
    telling = {"email": "hester.quillmarsh@wrenshire.example", "phone": "01632 960111", "postcode": "ZZ9 9ZZ"}
    return telling.get(str(kind.holds), "Two-colour print")[: kind.most]


@example.register
def _(kind: kinds.LongText) -> str:
    return "They drew the river.\n= and + begin a line of their own."[: kind.most]


@example.register
def _(kind: kinds.WholeNumber | kinds.Money) -> int:
    return _between(kind.least, kind.most)


@example.register
def _(kind: kinds.DecimalNumber) -> str:
    return str(kind.least if kind.least is not None else (kind.most if kind.most is not None else 1))


@example.register
def _(kind: kinds.Day) -> str:
    return "2026-11-10"


@example.register
def _(kind: kinds.Time) -> str:
    return "14:30"


@example.register
def _(kind: kinds.Moment) -> str:
    return "2026-11-10T14:30:00+00:00"


@example.register
def _(kind: kinds.YesNo) -> bool:
    return True


@example.register
def _(kind: kinds.Choice) -> str:
    return kind.options[-1].key


@example.register
def _(kind: kinds.Choices) -> list[str]:
    return [option.key for option in kind.options[: min(2, kind.most or 2)]]


@example.register
def _(kind: kinds.Scale) -> int:
    return kind.most


@example.register
def _(kind: kinds.Scores) -> dict[str, Any]:
    return {one.key: {"value": one.least, "why_not": "", "note": ""} for one in kind.measures}


@example.register
def _(kind: kinds.Pick | kinds.PickMany | kinds.File | kinds.Note) -> Any:
    raise NoExample(type(kind).__name__)


@example.register
def _(kind: kinds.Repeated) -> list[dict[str, Any]]:
    row = {}
    for question in kind.questions:
        if not question.answers or question.calculate is not None:
            continue
        try:
            row[question.key] = example(question.kind)
        except NoExample:
            if question.required:
                raise
    return [row] * max(1, kind.least)


def _between(least: int | None, most: int | None) -> int:
    if least is not None:
        return least + (1 if most is None or most > least else 0)
    return most if most is not None else 1
