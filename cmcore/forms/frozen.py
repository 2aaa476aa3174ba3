"""A form as plain data and back, to be kept beside the answers: what was asked stays provable after the form is gone.

Python functions (checks, calculations) are not carried: of those a thawed form shows and reads the answers, and works
none out. What is an expression is carried whole: conditions, constraints, calculations, choices, what stands there at
first, and every language. A form that came from a workbook works from its frozen copy alone.
"""

from __future__ import annotations

from dataclasses import fields
from decimal import Decimal
from functools import singledispatch
from typing import Any

from cmcore.forms import conditions, kinds
from cmcore.forms.declare import form_of
from cmcore.forms.expressions import tree
from cmcore.forms.form import Form
from cmcore.forms.languages import Language
from cmcore.forms.questions import UNSET, Constraint, Question, Section, by_expression

Json = dict[str, Any]


def freeze(declared: Form | type[Any]) -> Json:
    """The form as JSON."""
    form = form_of(declared)
    frozen = {
        "key": form.key,
        "version": form.version,
        "title": form.title,
        "doc": form.doc,
        "sections": [{"title": section.title, "hint": section.hint} for section in form.sections],
        "questions": [_question(question) for question in form.questions],
    }
    if form.languages:
        frozen["languages"] = [one.as_data() for one in form.languages]
    return frozen


def thaw(frozen: Json) -> Form:
    """The form that :func:`freeze` wrote down."""
    return Form(
        key=frozen["key"],
        version=frozen["version"],
        title=frozen["title"],
        doc=frozen["doc"],
        sections=tuple(Section(**one) for one in frozen["sections"]),
        questions=tuple(_thawed(one) for one in frozen["questions"]),
        languages=tuple(Language.from_data(one) for one in frozen.get("languages", ())),
    )


_PLAIN = ("key", "label", "required", "hint", "sensitive", "section", "rule", "missing")


def _question(question: Question) -> Json:
    kept: Json = {name: getattr(question, name) for name in _PLAIN}
    kept["kind"] = {"kind": type(question.kind).__name__, **freeze_kind(question.kind)}
    if question.show_when is not None:
        kept["show_when"] = conditions.as_data(question.show_when)
    if question.required_when is not None:
        kept["required_when"] = conditions.as_data(question.required_when)
    if question.constraint is not None:
        kept["constraint"] = tree.as_data(question.constraint.so)
        if question.constraint.message is not None:
            kept["constraint_message"] = tree.as_data(question.constraint.message)
    if question.begins_with is not None:
        kept["begins_with"] = tree.as_data(question.begins_with)
    if question.calculate is not None:
        kept["calculated_from"] = list(question.calculate.needs)
        kept["calculated_how"] = question.calculate.words
        if question.calculate.expression is not None:
            kept["calculated_by"] = tree.as_data(question.calculate.expression)
    # An empty list or text stands for "no answer" in some questions, None in the others.
    kept["nothing"] = question.nothing if question.nothing in (None, "") else list(question.nothing)
    return {name: value for name, value in kept.items() if value not in (None, "", False) or name == "nothing"}


def _thawed(kept: Json) -> Question:
    kind = dict(kept["kind"])
    made = {name: kept[name] for name in _PLAIN if name in kept}
    made.setdefault("label", "")
    made["required"] = kept.get("required", False)
    for name in ("show_when", "required_when"):
        made[name] = conditions.from_data(kept[name]) if name in kept else None
    if "constraint" in kept:
        message = tree.from_data(kept["constraint_message"]) if "constraint_message" in kept else None
        made["constraint"] = Constraint(tree.from_data(kept["constraint"]), message)
    if "begins_with" in kept:
        made["begins_with"] = tree.from_data(kept["begins_with"])
    if "calculated_by" in kept:
        made["calculate"] = by_expression(tree.from_data(kept["calculated_by"]), kept.get("calculated_how", ""))
    return Question(kind=_thawed_kind(kind.pop("kind"), kind), default=UNSET, nothing=kept["nothing"], **made)


@singledispatch
def freeze_kind(kind: kinds.Kind) -> Json:
    """What a kind says, as JSON."""
    raise TypeError(f"Questions of kind {type(kind).__name__} cannot be kept yet.")


@freeze_kind.register(kinds.ShortText)
@freeze_kind.register(kinds.LongText)
@freeze_kind.register(kinds.WholeNumber)
@freeze_kind.register(kinds.DecimalNumber)
@freeze_kind.register(kinds.Money)
@freeze_kind.register(kinds.Day)
@freeze_kind.register(kinds.Time)
@freeze_kind.register(kinds.Moment)
@freeze_kind.register(kinds.YesNo)
@freeze_kind.register(kinds.Scale)
@freeze_kind.register(kinds.Pick)
@freeze_kind.register(kinds.PickMany)
@freeze_kind.register(kinds.File)
def _(kind: kinds.Kind) -> Json:
    said = {one.name: getattr(kind, one.name) for one in fields(kind)}
    return {name: _json(value) for name, value in said.items()}


@freeze_kind.register
def _(kind: kinds.Note) -> Json:
    return {"text": kind.text, **({"says": tree.as_data(kind.says)} if kind.says is not None else {})}


def _json(value: Any) -> Any:
    if isinstance(value, tuple):
        return list(value)
    return {"decimal": str(value)} if isinstance(value, Decimal) else value


@freeze_kind.register(kinds.Choice)
@freeze_kind.register(kinds.Choices)
def _(kind: kinds.Choice | kinds.Choices) -> Json:
    said: Json = {"options": [_option(one) for one in kind.options]}
    if kind.only is not None:
        said["only"] = tree.as_data(kind.only)
    return said | ({"most": kind.most} if isinstance(kind, kinds.Choices) else {})


def _option(one: kinds.Option) -> Json:
    told: Json = {"key": one.key, "label": one.label, "hint": one.hint}
    return told | ({"facts": [list(pair) for pair in one.facts]} if one.facts else {})


@freeze_kind.register
def _(kind: kinds.Scores) -> Json:
    return {
        "measures": [{one.name: getattr(measure, one.name) for one in fields(measure)} for measure in kind.measures]
    }


@freeze_kind.register
def _(kind: kinds.Repeated) -> Json:
    inner = [_question(question) for question in kind.questions]
    return {"questions": inner, "least": kind.least, "most": kind.most, "one": kind.one}


def _thawed_kind(name: str, said: Json) -> kinds.Kind:
    made = getattr(kinds, name)
    expressions = {key: tree.from_data(said[key]) for key in ("only", "says") if key in said}
    said = {key: _unjson(value) for key, value in said.items() if key not in expressions} | expressions
    if made in (kinds.Choice, kinds.Choices):
        said["options"] = tuple(_thawed_option(one) for one in said["options"])
    if made is kinds.Scores:
        said["measures"] = tuple(kinds.Measured(**one) for one in said["measures"])
    if made is kinds.Repeated:
        said["questions"] = tuple(_thawed(one) for one in said["questions"])
    kind: kinds.Kind = made(**said)
    return kind


def _thawed_option(told: Json) -> kinds.Option:
    facts = tuple((str(name), str(value)) for name, value in told.get("facts", ()))
    return kinds.Option(key=told["key"], label=told["label"], hint=told["hint"], facts=facts)


def _unjson(value: Any) -> Any:
    if isinstance(value, list):
        return tuple(value)
    return Decimal(value["decimal"]) if isinstance(value, dict) and set(value) == {"decimal"} else value
