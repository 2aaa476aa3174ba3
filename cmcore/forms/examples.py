"""Invented answers to any form, the same each time: what a program that fills forms in is shown."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from functools import singledispatch
from typing import Any

from cmcore.forms import kinds
from cmcore.forms.declare import form_of
from cmcore.forms.form import Form
from cmcore.forms.questions import Question
from cmcore.forms.reading import dump, read


def example_of(declared: Form | type[Any]) -> dict[str, Any] | None:
    """Answers as ``dump`` writes them, acceptable to the form; None where none can be invented.

    What a check or a constraint does not accept is left out; if that must be answered, there is no example.
    """
    form = form_of(declared)
    raw = _raw(form.questions)
    for _ in range(len(raw) + 1):
        reading = read(form, raw)
        if not reading.refused:
            return dump(form, reading.answers)
        wrong = {(one.place or "").partition(".")[0] for one in reading.findings if one.blocks}
        if not wrong & raw.keys():
            return None
        raw = {key: value for key, value in raw.items() if key not in wrong}
    return None


def _raw(questions: Sequence[Question]) -> dict[str, Any]:
    return {one.key: given for one in questions if one.asks and (given := example(one.kind)) is not None}


@singledispatch
def example(kind: kinds.Kind) -> Any:
    """An invented answer of this kind; None where there is none to give."""
    raise TypeError(f"There is no example yet for questions of kind {type(kind).__name__}.")


@example.register
def _(kind: kinds.ShortText) -> Any:
    said = {"text": "Lino printing", "email": "juno@example.org", "telephone": "01632 960 111"}[kind.holds]
    return said[: kind.most] if kind.holds == "text" else said


@example.register
def _(kind: kinds.LongText) -> Any:
    return ("I inked the roller myself." if kind.voice else "We printed a first plate.")[: kind.most]


def _within(kind: Any, usual: int) -> int:
    least = usual if kind.least is None else kind.least
    most = max(usual, least) if kind.most is None else kind.most
    return int(min(max(usual, least), most))


@example.register
def _(kind: kinds.WholeNumber) -> Any:
    return _within(kind, 60)


@example.register
def _(kind: kinds.DecimalNumber) -> Any:
    wanted = Decimal("1.5") if kind.places else Decimal(1)
    wanted = max(wanted, kind.least) if kind.least is not None else wanted
    return str(min(wanted, kind.most) if kind.most is not None else wanted)


@example.register
def _(kind: kinds.Money) -> Any:
    return _within(kind, 1950)


@example.register
def _(kind: kinds.Day) -> Any:
    return "2026-11-10"


@example.register
def _(kind: kinds.Time) -> Any:
    return "14:30"


@example.register
def _(kind: kinds.Moment) -> Any:
    return "2026-11-10T14:30+00:00"


@example.register
def _(kind: kinds.YesNo) -> Any:
    return True


@example.register
def _(kind: kinds.Choice) -> Any:
    return kind.options[0].key


@example.register
def _(kind: kinds.Choices) -> Any:
    return [kind.options[0].key]


@example.register
def _(kind: kinds.Scale) -> Any:
    return (kind.least + kind.most) // 2


@example.register
def _(kind: kinds.Scores) -> Any:
    return {one.key: {"value": (one.least + one.most) // 2} for one in kind.measures} or None


@example.register
def _(kind: kinds.Pick) -> Any:
    return 17


@example.register
def _(kind: kinds.PickMany) -> Any:
    return [17]


@example.register
def _(kind: kinds.File) -> Any:
    ending = kind.accept[0] if kind.accept else ".pdf"
    media = {".pdf": "application/pdf", ".png": "image/png", ".jpg": "image/jpeg"}.get(
        ending, "application/octet-stream"
    )
    return {"ref": "f-0001", "name": f"plan{ending}", "media_type": media, "size": min(2_048, kind.most_bytes)}


@example.register
def _(kind: kinds.Repeated) -> Any:
    return [_raw(kind.questions) for _ in range(max(1, kind.least))]


@example.register
def _(kind: kinds.Note) -> Any:
    return None
