"""A form as JSON Schema (2020-12): what ``dump`` writes, for the API's description and for programs that fill forms in.

It says what one answer may be. What depends on other answers (conditions, checks) is in words; ``load`` enforces it.
"""

from __future__ import annotations

from functools import singledispatch
from typing import Any

from cmcore.forms import kinds
from cmcore.forms.declare import form_of
from cmcore.forms.descriptions import condition_in_words, expressed
from cmcore.forms.form import Form
from cmcore.forms.questions import Question

Json = dict[str, Any]


def json_schema(declared: Form | type[Any]) -> Json:
    """The form as a JSON Schema document."""
    form = form_of(declared)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:cm:form:{form.key}:{form.version}",
        "title": form.title,
        **({"description": form.doc} if form.doc else {}),
        **_object(form.questions),
    }


def _object(questions: tuple[Question, ...]) -> Json:
    answered = [question for question in questions if question.answers]
    required = [one.key for one in answered if one.required and one.show_when is None]
    return {
        "type": "object",
        "additionalProperties": False,
        "properties": {one.key: _property(questions, one) for one in answered},
        **({"required": required} if required else {}),
    }


def _property(questions: tuple[Question, ...], question: Question) -> Json:
    made = {"title": question.label, **kind_as_json(question.kind)}
    said = [part for part in (made.get("description", ""), question.hint) if part]
    if question.show_when is not None:
        said.append(f"Asked only when {condition_in_words(questions, question.show_when)}.")
    if question.required_when is not None:
        said.append(f"Must be answered when {condition_in_words(questions, question.required_when)}.")
    said += expressed(questions, question)
    if said:
        made["description"] = " ".join(said)
    if question.sensitive:
        made["x-sensitive"] = True
    if question.calculate is not None:
        made["readOnly"] = True
    if question.required and question.show_when is None:
        return made
    title = made.pop("title")
    # An answer that may be missing may also be null, which is what dump writes for it.
    return {"title": title, "anyOf": [made, {"type": "null"}]}


@singledispatch
def kind_as_json(kind: kinds.Kind) -> Json:
    """The JSON Schema of one answer of this kind."""
    raise TypeError(f"There is no JSON Schema yet for questions of kind {type(kind).__name__}.")


@kind_as_json.register
def _(kind: kinds.ShortText) -> Json:
    formats = {"email": {"format": "email"}, "telephone": {}, "text": {}}
    return {"type": "string", "maxLength": kind.most, **formats[kind.holds]}


@kind_as_json.register
def _(kind: kinds.LongText) -> Json:
    return {"type": "string", "maxLength": kind.most}


@kind_as_json.register
def _(kind: kinds.WholeNumber) -> Json:
    return {"type": "integer", **_limits(kind.least, kind.most)}


@kind_as_json.register
def _(kind: kinds.DecimalNumber) -> Json:
    return {"type": "string", "pattern": rf"^-?\d+(\.\d{{1,{kind.places}}})?$" if kind.places else r"^-?\d+$"}


@kind_as_json.register
def _(kind: kinds.Money) -> Json:
    return {"type": "integer", "description": "Whole pence.", **_limits(kind.least, kind.most)}


@kind_as_json.register
def _(kind: kinds.Day) -> Json:
    return {"type": "string", "format": "date"}


@kind_as_json.register
def _(kind: kinds.Time) -> Json:
    return {"type": "string", "pattern": r"^\d\d:\d\d$"}


@kind_as_json.register
def _(kind: kinds.Moment) -> Json:
    return {"type": "string", "pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d)?(Z|[+-]\d\d:\d\d)$"}


@kind_as_json.register
def _(kind: kinds.YesNo) -> Json:
    return {"type": "boolean"}


@kind_as_json.register
def _(kind: kinds.Choice) -> Json:
    return {"type": "string", "oneOf": [{"const": option.key, "title": option.label} for option in kind.options]}


@kind_as_json.register
def _(kind: kinds.Choices) -> Json:
    one = {"type": "string", "oneOf": [{"const": option.key, "title": option.label} for option in kind.options]}
    return {"type": "array", "items": one, "uniqueItems": True, **({"maxItems": kind.most} if kind.most else {})}


@kind_as_json.register
def _(kind: kinds.Scale) -> Json:
    return {"type": "integer", **_limits(kind.least, kind.most)}


@kind_as_json.register
def _(kind: kinds.Scores) -> Json:
    return {
        "type": "object",
        "additionalProperties": False,
        "properties": {
            one.key: {
                "title": one.label,
                "description": one.definition,
                "type": "object",
                "additionalProperties": False,
                "required": ["value"],
                "properties": {
                    "value": {"anyOf": [{"type": "integer", **_limits(one.least, one.most)}, {"type": "null"}]},
                    "why_not": {"type": "string", "maxLength": 2_000},
                    "note": {"type": "string", "maxLength": 2_000},
                },
            }
            for one in kind.measures
        },
    }


@kind_as_json.register
def _(kind: kinds.Pick) -> Json:
    return {"type": "integer", "minimum": 1, "x-of": kind.of}


@kind_as_json.register
def _(kind: kinds.PickMany) -> Json:
    return {"type": "array", "items": {"type": "integer", "minimum": 1}, "maxItems": kind.most, "x-of": kind.of}


@kind_as_json.register
def _(kind: kinds.File) -> Json:
    return {
        "type": "object",
        "additionalProperties": False,
        "required": ["ref", "name", "media_type", "size"],
        "properties": {
            "ref": {"type": "string"},
            "name": {"type": "string"},
            "media_type": {"type": "string"},
            "size": {"type": "integer", "minimum": 0, "maximum": kind.most_bytes},
        },
    }


@kind_as_json.register
def _(kind: kinds.Repeated) -> Json:
    return {"type": "array", "items": _object(kind.questions), "minItems": kind.least, "maxItems": kind.most}


@kind_as_json.register
def _(kind: kinds.Note) -> Json:
    return {"description": kind.text, "type": "null"}


def _limits(least: int | None, most: int | None) -> Json:
    found = {"minimum": least, "maximum": most}
    return {name: value for name, value in found.items() if value is not None}
