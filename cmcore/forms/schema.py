"""A form as a marshmallow schema: one field per question, strict, with findings for messages.

A question the form does not ask is refused. A hidden question's answer is not required and is dropped; a calculated
answer is always worked out anew.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from copy import copy
from functools import singledispatch
from typing import Any

from marshmallow import RAISE, Schema, ValidationError, post_load, pre_load, validates_schema

from cmcore.base.findings import Finding, Severity
from cmcore.forms import fields, gathered_fields, kinds
from cmcore.forms.conditions import holds
from cmcore.forms.constraints import broken_by
from cmcore.forms.days import DAY_WAY_OUT, MOMENT_WAY_OUT, TIME_WAY_OUT
from cmcore.forms.expressions.evaluating import Scope
from cmcore.forms.flow import Flow, follow, in_order, looked_at
from cmcore.forms.form import Form
from cmcore.forms.questions import Check, Question


@singledispatch
def field_for(kind: kinds.Kind, question: Question) -> fields.AnswerField:
    """The marshmallow field that reads and writes answers of this kind."""
    raise TypeError(f"There is no schema yet for questions of kind {type(kind).__name__}.")


@field_for.register(kinds.ShortText)
@field_for.register(kinds.LongText)
def _(kind: kinds.Kind, question: Question) -> fields.AnswerField:
    return fields.TextField(question)


@field_for.register(kinds.WholeNumber)
@field_for.register(kinds.Scale)
def _(kind: kinds.Kind, question: Question) -> fields.AnswerField:
    return fields.WholeNumberField(question)


@field_for.register
def _(kind: kinds.DecimalNumber, question: Question) -> fields.AnswerField:
    return fields.DecimalField(question)


@field_for.register
def _(kind: kinds.Money, question: Question) -> fields.AnswerField:
    return fields.MoneyField(question)


@field_for.register
def _(kind: kinds.Day, question: Question) -> fields.AnswerField:
    return fields.DayField(question)


@field_for.register
def _(kind: kinds.Time, question: Question) -> fields.AnswerField:
    return fields.TimeField(question)


@field_for.register
def _(kind: kinds.Moment, question: Question) -> fields.AnswerField:
    return fields.MomentField(question)


@field_for.register
def _(kind: kinds.YesNo, question: Question) -> fields.AnswerField:
    return fields.YesNoField(question)


@field_for.register(kinds.Choice)
@field_for.register(kinds.Choices)
def _(kind: kinds.Kind, question: Question) -> fields.AnswerField:
    return fields.ChoiceField(question)


@field_for.register
def _(kind: kinds.Scores, question: Question) -> fields.AnswerField:
    return gathered_fields.ScoresField(question)


@field_for.register(kinds.Pick)
@field_for.register(kinds.PickMany)
def _(kind: kinds.Kind, question: Question) -> fields.AnswerField:
    return gathered_fields.PickField(question)


@field_for.register
def _(kind: kinds.File, question: Question) -> fields.AnswerField:
    return gathered_fields.FileField(question)


@field_for.register
def _(kind: kinds.Repeated, question: Question) -> fields.AnswerField:
    return gathered_fields.RepeatedField(question, _rounds)


@field_for.register
def _(kind: kinds.Note, question: Question) -> fields.AnswerField:
    raise TypeError("A note asks nothing, so there is nothing to read.")


class AnswersSchema(Schema):
    """The schema of a list of questions; made by :func:`schema_of`."""

    class Meta:
        """Strictness."""

        unknown = RAISE
        # marshmallow would keep every schema ever made in a list of names.
        register = False

    asked: tuple[Question, ...] = ()
    ordered: tuple[Question, ...] = ()
    wanted: frozenset[str] | None = None
    checks: tuple[Check, ...] = ()
    #: Those that were made, and that nobody reads with just now: to make one takes longer than to read a short form.
    at_rest: list[AnswersSchema]
    make: Callable[[dict[str, Any]], Any]
    error_messages = {"unknown": "not asked", "type": "These are not answers by question."}

    def __init__(self, *, draft: bool = False, around: Scope | None = None, number: int = 0) -> None:
        """Ready for one reading; a draft may leave out what is required.

        A round of repeated questions is told the answers ``around`` it, and its ``number`` from 1.
        """
        super().__init__()
        self.begin(draft=draft, around=around, number=number)

    def __init_subclass__(cls, **more: Any) -> None:
        """Give each form its own list of those at rest (:mod:`cmcore.forms.reading`)."""
        super().__init_subclass__(**more)
        cls.at_rest = []

    def begin(self, *, draft: bool = False, around: Scope | None = None, number: int = 0) -> None:
        """Ready for another reading, and nothing left of the one before."""
        self.draft = draft
        self.scope = Scope({}, around, number, {})
        self.following = self.lenient = self.everything = False
        self.flow = Flow(frozenset(), {}, self.scope)
        self.warnings: list[Finding] = []

    @pre_load
    def _drop_what_is_no_answer(self, data: Any, **kwargs: Any) -> Any:
        """Leave out empty and hidden answers, so that nothing more is said about them."""
        if not isinstance(data, Mapping):
            return data
        given = self.follow(data)
        worked_out = {question.key for question in self.asked if question.calculate}
        return {key: value for key, value in given.items() if key not in self.flow.hidden | worked_out}

    def follow(self, data: Mapping[str, Any]) -> dict[str, Any]:
        """Find what is hidden, what is worked out, what expressions look at; gives what was answered at all."""
        given = {str(key): value for key, value in data.items() if not is_blank(value)}

        def typed(question: Question) -> Any:
            try:
                return self.fields[question.key].deserialize(given[question.key]) if question.key in given else None
            except ValidationError:
                return None

        # Rounds read on the way are not refused yet: what they look at may still be missing.
        self.following = True
        self.flow = follow(
            self.ordered,
            typed,
            lambda question, value: _plain(self.fields[question.key], value),
            self.scope,
            wanted=self.wanted,
            everything=self.everything,
        )
        self.following = False
        return given

    @validates_schema(skip_on_field_errors=False, pass_original=True)
    def _whole(self, data: dict[str, Any], original: Any, **kwargs: Any) -> None:
        """What is missing, and what the checks say; each check runs as soon as its own answers are in order."""
        answers_given = original.items() if isinstance(original, Mapping) else ()
        given = {key for key, value in answers_given if not is_blank(value)}
        data |= self.flow.calculated
        wrong: dict[str, list[Finding]] = {}
        if not self.draft:
            for question in self.asked:
                if question.key not in self.flow.hidden | given and question.asks and self._needed(question):
                    wrong[question.key] = [missing(question)]
        broken = {key for key in given if key not in data and key not in self.flow.hidden}
        if self.lenient:
            return
        for one in self.checks:
            answers = [data.get(key) for key in one.needs]
            if broken.intersection(one.needs) or (
                not one.even_unanswered and any(answer is None for answer in answers)
            ):
                continue
            for finding in one(*answers):
                if finding.severity is Severity.block:
                    wrong.setdefault(finding.place or "", []).append(finding)
                else:
                    self.warnings.append(finding)
        labels = {question.key: question.label for question in self.asked}
        for question in self.asked:
            if question.key in given and question.key in data and question.asks and not wrong.get(question.key):
                plain = _plain(self.fields[question.key], data[question.key])
                found = broken_by(question, plain, data[question.key], self.scope, labels, draft=self.draft)
                if found:
                    wrong[question.key] = [found]
        if wrong:
            raise ValidationError(wrong)

    def _needed(self, question: Question) -> bool:
        """Whether it must be answered, always or as things stand."""
        when = question.required_when
        return question.required or (when is not None and holds(when, self.scope))

    @post_load
    def _typed(self, data: dict[str, Any], **kwargs: Any) -> Any:
        return self.make({**data, **self.flow.calculated})


def is_blank(raw: Any) -> bool:
    """Whether nothing was answered: no value, empty text, boxes all empty."""
    if raw is None:
        return True
    if isinstance(raw, str):
        return not fields.clean(raw, lines=False)
    if isinstance(raw, Mapping):
        # Which of two times a clock showed twice is meant is no answer by itself; a question may be called that too.
        beside = "which" if "time" in raw else None
        return all(is_blank(value) for key, value in raw.items() if key != beside)
    return isinstance(raw, list | tuple | set) and all(is_blank(one) for one in raw)


def missing(question: Question) -> Finding:
    """The finding for a question that is not answered."""
    sentence, way_out = _ways_out(question.kind)
    message = question.missing or question.about(sentence)
    return Finding(message, rule=question.rule, place=question.key, way_out="" if question.missing else way_out)


def _ways_out(kind: kinds.Kind) -> tuple[str, str]:
    match kind:
        case kinds.Choice() | kinds.YesNo() | kinds.Scale():
            return "nothing is chosen.", "Choose one."
        case kinds.Choices():
            return "nothing is chosen.", "Choose all that fit."
        case kinds.Pick() | kinds.PickMany():
            return "nothing is chosen.", "Type part of the name, find, and choose."
        case kinds.Day():
            return "there is no day.", DAY_WAY_OUT
        case kinds.Time():
            return "there is no time.", TIME_WAY_OUT
        case kinds.Moment():
            return "there is no day and time.", MOMENT_WAY_OUT
        case kinds.Scores():
            return "nothing is scored.", "Score each measure, or say why it is not scored."
        case kinds.File():
            return "there is no file.", "Choose a file."
    return "there is no answer.", "Write it here."


def _plain(field: Any, value: Any) -> Any:
    return field._serialize(value, None, None)


def schema_of(form: Form) -> type[AnswersSchema]:
    """The schema of a form: ``schema_of(form)().load(raw)`` gives typed answers. Made once per form."""
    kept = vars(form)
    if "_schema" not in kept:
        kept["_schema"] = _schema(form.title, form.questions, form.checks, form.make)
    made: type[AnswersSchema] = kept["_schema"]
    return made


def _schema(
    title: str, questions: Sequence[Question], checks: tuple[Check, ...], make: Callable[[dict[str, Any]], Any]
) -> type[AnswersSchema]:
    answered = tuple(question for question in questions if question.answers)
    ordered = tuple(question for question in in_order(questions) if question.answers)
    members: dict[str, Any] = {
        "asked": answered,
        "ordered": ordered,
        "wanted": looked_at(ordered),
        "checks": checks,
        "make": staticmethod(make),
        "__doc__": title,
    }
    name = "AnswersTo" + "".join(word for word in title.title() if word.isalnum())
    made: type[AnswersSchema] = type(name, (AnswersSchema,), members)
    # Not as members of the class: a question may be called what the schema or the library calls something of its own.
    made._declared_fields = _Declared({question.key: field_for(question.kind, question) for question in answered})
    return made


class _Declared(dict[str, Any]):
    """The fields of a schema, which the library copies one by one for each reading: quickly, and as deep as it does."""

    def __deepcopy__(self, memo: Any) -> dict[str, Any]:
        return {key: _like(field) for key, field in self.items()}


def _like(field: Any) -> Any:
    made = object.__new__(type(field))
    made.__dict__.update(field.__dict__)
    return made


def schema_of_round(kind: kinds.Repeated) -> type[AnswersSchema]:
    """The schema of one round of repeated questions."""

    def make(values: dict[str, Any]) -> Any:
        whole = {one.key: values.get(one.key, copy(one.nothing)) for one in kind.questions if one.answers}
        return kind.of(**whole) if kind.of else Round(whole)

    return _schema(kind.one, kind.questions, (), make)


def _rounds(kind: kinds.Repeated) -> gathered_fields.RoundsOfOne:
    schema = schema_of_round(kind)

    def load(raw: Mapping[str, Any], whole: Any, number: int) -> Any:
        if not isinstance(whole, AnswersSchema):
            return schema().load(raw)
        one = schema(draft=whole.draft or whole.following, around=whole.scope, number=number)
        one.lenient = whole.following or whole.lenient
        return one.load(raw)

    return load, lambda row: written(schema(), row)


class Round(dict[str, Any]):
    """One round of repeated questions of a form that was not declared as a class; answers are attributes too."""

    def __getattribute__(self, key: str) -> Any:
        """The answer to the question with this key, before what every dictionary has: "items", "values"."""
        return self[key] if dict.__contains__(self, key) else super().__getattribute__(key)


def written(schema: AnswersSchema, answers: Any) -> dict[str, Any]:
    """Typed answers as JSON, null where there is none."""
    return {
        question.key: _plain(schema.fields[question.key], getattr(answers, question.key)) for question in schema.asked
    }
