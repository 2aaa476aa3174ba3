"""The way in and out of a form: ``load`` what was given, ``dump`` what is kept, ``read`` to show what is wrong.

What is given may be JSON (as ``dump`` writes it) or what people type.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar, overload

from marshmallow import ValidationError

from cmcore.base.findings import Finding, Refused
from cmcore.forms.declare import form_of
from cmcore.forms.form import Form
from cmcore.forms.schema import AnswersSchema, schema_of, written

T = TypeVar("T")

#: So many schemas of a form are kept for the next reading; more are read with at once only by chance.
_MOST_AT_REST = 8


@dataclass(frozen=True)
class Reading:
    """What came of reading answers: typed ``answers`` unless a finding blocks; every finding with its place."""

    answers: Any
    findings: tuple[Finding, ...]
    hidden: frozenset[str] = field(default_factory=frozenset)

    @property
    def refused(self) -> bool:
        """Whether a finding blocks."""
        return any(one.blocks for one in self.findings)


def read(declared: Form | type[Any], raw: Mapping[str, Any], *, draft: bool = False) -> Reading:
    """Read what was given without refusing: a page shows the findings beside what was typed."""
    form = form_of(declared)
    kind = schema_of(form)
    try:
        schema = kind.at_rest.pop()
    except IndexError:
        schema = kind()
    schema.begin(draft=draft)
    try:
        return _read(form, schema, raw)
    finally:
        # Nothing of these answers is kept with it.
        schema.begin()
        if len(kind.at_rest) < _MOST_AT_REST:
            kind.at_rest.append(schema)


def _read(form: Form, schema: AnswersSchema, raw: Mapping[str, Any]) -> Reading:
    try:
        answers = schema.load(raw)
    except ValidationError as trouble:
        order = [question.key for question in form.questions]
        found = sorted(
            _findings(form, trouble.messages, ""),
            key=lambda one: order.index(first) if (first := (one.place or "").split(".")[0]) in order else -1,
        )
        return Reading(None, (*found, *schema.warnings), schema.flow.hidden)
    return Reading(answers, tuple(schema.warnings), schema.flow.hidden)


def _findings(form: Form, messages: Any, place: str) -> Iterator[Finding]:
    """Every finding marshmallow gathered, with the full place of each: "impacts.0.note"."""
    if isinstance(messages, Mapping):
        for key, inner in messages.items():
            below = "" if key in ("_schema", "") else str(key)
            yield from _findings(form, inner, ".".join(part for part in (place, below) if part))
    elif isinstance(messages, list):
        for one in messages:
            yield from _findings(form, one, place)
    elif isinstance(messages, Finding):
        yield replace(messages, place=place or None)
    elif messages == "not asked":
        yield Finding(
            f"“{place}” is not a question of {form.title}.",
            place=place,
            way_out="Leave it out, or give it the name the form uses.",
        )
    else:
        yield Finding(str(messages), place=place or None)


@overload
def load(declared: Form, raw: Mapping[str, Any], *, draft: bool = False) -> Any: ...
@overload
def load(declared: type[T], raw: Mapping[str, Any], *, draft: bool = False) -> T: ...
def load(declared: Any, raw: Mapping[str, Any], *, draft: bool = False) -> Any:
    """The typed answers; raises :class:`Refused` with every finding and its place."""
    reading = read(declared, raw, draft=draft)
    if reading.refused:
        raise Refused(reading.findings)
    return reading.answers


def dump(declared: Form | type[Any], answers: Any) -> dict[str, Any]:
    """The answers as JSON, one entry per question, null where there is none; ``load`` reads it back."""
    return written(schema_of(form_of(declared))(), answers)


def checked(answers: T, form: Form | None = None) -> T:
    """The same answers after everything the form says about them was checked; raises :class:`Refused`.

    For answers made in code, ``SessionRecord(held_on=...)``, before they are acted upon. ``form`` is given where it was
    changed since its declaration, for example when a measure set was put in.
    """
    asked = form or form_of(type(answers))
    made: T = load(asked, dump(asked, answers))
    return made
