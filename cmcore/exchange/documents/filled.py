"""A form with its answers, on paper: each answer in words, what was not answered said, hidden questions left out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import singledispatch
from typing import Any

from marshmallow import ValidationError

from cmcore.exchange.documents.blank import anchors
from cmcore.exchange.documents.blocks import Block, Data, Fact, Paragraph, Part, answer
from cmcore.forms import kinds
from cmcore.forms.flow import follow
from cmcore.forms.form import Form
from cmcore.forms.questions import Question
from cmcore.forms.saying import Titles, say_kind
from cmcore.forms.schema import is_blank, schema_of

#: An answer longer than this stands below its label.
_SIDE_BY_SIDE = 160


class Unread(str):
    """An answer the form as it is now cannot read, printed as it was kept."""


def filled(form: Form, values: Mapping[str, Any], titles: Titles) -> Iterator[Block]:
    """The form's sections with the answers kept in ``values``, as ``dump`` writes them."""
    typed, hidden = typed_answers(form, values)
    for section, questions in form.parts:
        shown = [one for one in questions if one.key not in hidden]
        if section.title and any(one.answers for one in shown):
            yield Part(text=section.title, hint="")
        for question in shown:
            if isinstance(question.kind, kinds.Note):
                yield Paragraph(text=question.kind.text, quiet=True)
            else:
                yield _fact(question, typed.get(question.key), titles, 3 if section.title else 2)


def typed_answers(form: Form, values: Mapping[str, Any]) -> tuple[dict[str, Any], frozenset[str]]:
    """The typed answers and the keys of hidden questions; what cannot be read is kept as it is, never left out."""
    schema = schema_of(form)(draft=True)
    typed: dict[str, Any] = {}
    for question in form.questions:
        raw = values.get(question.key)
        if question.answers and not is_blank(raw):
            try:
                typed[question.key] = schema.fields[question.key].deserialize(raw)
            except ValidationError:
                typed[question.key] = Unread(raw)
    readable = {key: value for key, value in typed.items() if not isinstance(value, Unread)}
    flow = follow(
        form.ordered,
        lambda question: readable.get(question.key),
        lambda question, value: schema.fields[question.key]._serialize(value, None, None),
    )
    worked_out = {key: value for key, value in flow.calculated.items() if key not in typed and value is not None}
    return typed | worked_out, flow.hidden


def _fact(question: Question, value: Any, titles: Titles, level: int) -> Fact:
    made = answer_of(question.kind, value, titles) if _answered(value) else answer("")
    return Fact(
        label=question.label,
        answer=made,
        sensitive=question.sensitive,
        long=len(made.get("text", "")) > _SIDE_BY_SIDE or "\n" in made.get("text", ""),
        level=level,
    )


def _answered(value: Any) -> bool:
    return value is not None and value != "" and value != [] and value != {}


def answer_of(kind: kinds.Kind, value: Any, titles: Titles) -> Data:
    """An answer as the template shows it."""
    return answer(str(value)) if isinstance(value, Unread) else shown(kind, value, titles)


@singledispatch
def shown(kind: kinds.Kind, value: Any, titles: Titles) -> Data:
    """A readable answer of this kind as the template shows it."""
    raise TypeError(f"There is no way yet to print an answer of kind {type(kind).__name__}.")


@shown.register(kinds.ShortText)
@shown.register(kinds.WholeNumber)
@shown.register(kinds.DecimalNumber)
@shown.register(kinds.Money)
@shown.register(kinds.Day)
@shown.register(kinds.Time)
@shown.register(kinds.Moment)
@shown.register(kinds.YesNo)
@shown.register(kinds.Choice)
@shown.register(kinds.Scale)
@shown.register(kinds.Pick)
@shown.register(kinds.File)
@shown.register(kinds.Note)
def _(kind: kinds.Kind, value: Any, titles: Titles) -> Data:
    return answer(say_kind(kind, value, titles))


@shown.register
def _(kind: kinds.LongText, value: Any, titles: Titles) -> Data:
    return answer(say_kind(kind, value, titles), voice=kind.voice)


@shown.register
def _(kind: kinds.Choices, value: Any, titles: Titles) -> Data:
    # One a line: a label may have a comma of its own.
    one = kinds.Choice(options=kind.options)
    return {"as": "list", "items": [say_kind(one, each, titles) for each in value]}


@shown.register
def _(kind: kinds.PickMany, value: Any, titles: Titles) -> Data:
    return {"as": "list", "items": [say_kind(kinds.Pick(of=kind.of), each, titles) for each in value]}


@shown.register
def _(kind: kinds.Scores, value: Any, titles: Titles) -> Data:
    rows = []
    for measure in kind.measures:
        score = value.get(measure.key)
        told = "" if score is None else ". ".join(part.rstrip(".") for part in (score.why_not, score.note) if part)
        rows.append(
            {
                "label": measure.label,
                "value": score.value if score else None,
                "least": measure.least,
                "most": measure.most,
                "note": told or ("" if score else "No answer"),
            }
        )
    ends = {anchors(one) for one in kind.measures}
    return {"as": "scores", "rows": rows, "anchors": ends.pop() if len(ends) == 1 else ""}


@shown.register
def _(kind: kinds.Repeated, value: Any, titles: Titles) -> Data:
    rounds = []
    for row in value:
        facts = []
        for question in kind.questions:
            if question.answers:
                given = row.get(question.key) if isinstance(row, Mapping) else getattr(row, question.key, None)
                # A round's questions are hidden by the answers of the same round.
                if _answered(given) or question.show_when is None:
                    facts.append(_fact(question, given, titles, 4).as_data())
        rounds.append(facts)
    return {"as": "rounds", "one": kind.one[:1].upper() + kind.one[1:], "rounds": rounds}
