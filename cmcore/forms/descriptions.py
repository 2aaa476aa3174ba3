"""A form in plain words, for somebody who wants to know what it will ask before they open it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import singledispatch
from typing import Any

from cmcore.base.words import in_words, pounds
from cmcore.forms import conditions, kinds
from cmcore.forms.declare import form_of
from cmcore.forms.expressions import saying
from cmcore.forms.form import Form
from cmcore.forms.questions import Question


def describe(declared: Form | type[Any]) -> str:
    """The form as text: what it is for, then each section with its numbered questions and how each is answered."""
    form = form_of(declared)
    lines = [f"{form.title} (version {form.version})"]
    if form.doc:
        lines += ["", form.doc]
    number = 0
    for section, questions in form.parts:
        if section.title:
            lines += ["", section.title]
        if section.hint:
            lines.append(section.hint)
        lines.append("")
        for question in questions:
            if question.answers:
                number += 1
                lines.append(f"{number}. {question.label}")
                lines += [f"   {sentence}" for sentence in describe_question(form, question)]
            else:
                lines.append(kind_in_words(question.kind))
    return "\n".join(lines) + "\n"


def describe_question(form: Form, question: Question) -> list[str]:
    """How one question is answered: a sentence each for kind, hint, when it is asked, whether it must be."""
    if question.calculate and question.calculate.expression is not None:
        by_key = {one.key: one for one in form.questions}
        how = saying.value_in_words(question.calculate.expression, *_lookups(by_key))
        said = [question.calculate.words or f"Worked out: {how}."]
        if question.show_when is not None:
            said.append(f"Only when {condition_in_words(form.questions, question.show_when)}.")
        return said
    if question.calculate:
        labels = [f"“{form.question(key).label}”" for key in question.calculate.needs]
        return [question.calculate.words or f"Worked out from {in_words(labels)}."]
    said = [kind_in_words(question.kind)]
    if question.hint:
        said.append(question.hint if question.hint.endswith((".", "?", "!")) else f"{question.hint}.")
    if question.show_when is not None:
        said.append(f"Asked only when {condition_in_words(form.questions, question.show_when)}.")
    said += expressed(form.questions, question)
    if question.required_when is not None:
        said.append(f"Must be answered when {condition_in_words(form.questions, question.required_when)}.")
    else:
        said.append("Must be answered." if question.required else "May be left empty.")
    if question.sensitive:
        said.append("Sensitive.")
    return said


def expressed(questions: Sequence[Question], question: Question) -> list[str]:
    """What the expressions of a question say: what is accepted, which answers are offered, what stands there."""
    lookups = _lookups({one.key: one for one in questions})
    said = []
    if isinstance(question.kind, kinds.Choice | kinds.Choices) and question.kind.only is not None:
        said.append(f"Offered is that for which {saying.say(question.kind.only, *lookups)}.")
    if question.constraint is not None:
        said.append(f"Accepted when {saying.say(question.constraint.so, *lookups)}.")
    if question.begins_with is not None:
        said.append(f"Begins with {saying.value_in_words(question.begins_with, *lookups)}.")
    return said


def condition_in_words(questions: tuple[Question, ...], condition: conditions.Condition) -> str:
    """A condition on these questions as part of a sentence."""
    return conditions.in_words(condition, *_lookups({question.key: question for question in questions}))


def _lookups(by_key: Mapping[str, Question]) -> tuple[Callable[[str], str], Callable[[str, Any], str]]:
    """What gives the label of a question, and what says an answer to it in words."""

    def said(key: str, value: conditions.Plain) -> str:
        kind = by_key[key].kind if key in by_key else None
        if isinstance(kind, kinds.Choice | kinds.Choices):
            return next((f"“{option.label}”" for option in kind.options if option.key == value), f"“{value}”")
        if isinstance(value, bool):
            return f"“{(kind.yes if value else kind.no) if isinstance(kind, kinds.YesNo) else value}”"
        if isinstance(kind, kinds.Money) and isinstance(value, int):
            return pounds(value)
        return str(value)

    return lambda key: by_key[key].label if key in by_key else key, said


@singledispatch
def kind_in_words(kind: kinds.Kind) -> str:
    """What kind of answer is asked for, as a sentence."""
    raise TypeError(f"There are no words yet for questions of kind {type(kind).__name__}.")


@kind_in_words.register
def _(kind: kinds.ShortText) -> str:
    what = {"text": "A line of text", "email": "An e-mail address", "telephone": "A telephone number"}[kind.holds]
    return f"{what}, at most {kind.most:,} characters."


@kind_in_words.register
def _(kind: kinds.LongText) -> str:
    whose = "A young person's own words" if kind.voice else "Text of several lines"
    return f"{whose}, at most {kind.most:,} characters."


@kind_in_words.register(kinds.WholeNumber)
@kind_in_words.register(kinds.DecimalNumber)
def _(kind: kinds.WholeNumber | kinds.DecimalNumber) -> str:
    what = "A whole number" if isinstance(kind, kinds.WholeNumber) else f"A number, up to {kind.places} decimal places"
    return f"{what}{f' of {kind.unit}' if kind.unit else ''}{_limits(kind.least, kind.most, str)}."


@kind_in_words.register
def _(kind: kinds.Money) -> str:
    return f"An amount in pounds and pence{_limits(kind.least, kind.most, pounds)}."


@kind_in_words.register
def _(kind: kinds.Day) -> str:
    return "A day."


@kind_in_words.register
def _(kind: kinds.Time) -> str:
    return "A time of day."


@kind_in_words.register
def _(kind: kinds.Moment) -> str:
    return "A day and a time."


@kind_in_words.register
def _(kind: kinds.YesNo) -> str:
    return f"{kind.yes} or {kind.no}."


@kind_in_words.register
def _(kind: kinds.Choice) -> str:
    return f"One of: {'; '.join(option.label for option in kind.options)}."


@kind_in_words.register
def _(kind: kinds.Choices) -> str:
    limit = f", at most {kind.most}" if kind.most else ""
    return f"All that fit{limit}, of: {'; '.join(option.label for option in kind.options)}."


@kind_in_words.register
def _(kind: kinds.Scale) -> str:
    return f"A whole number from {kind.least} ({kind.low}) to {kind.most} ({kind.high})."


@kind_in_words.register
def _(kind: kinds.Scores) -> str:
    if not kind.measures:
        return "A score for each measure of the programme's measure set, or why it is not scored."
    each = [f"{one.label} ({one.least} {one.low}, {one.most} {one.high})" for one in kind.measures]
    return f"A score for each measure, or why it is not scored: {'; '.join(each)}."


@kind_in_words.register
def _(kind: kinds.Pick) -> str:
    return f"{_thing(kind.of, 'A')}, {'chosen from a list' if kind.few else 'found by searching'}."


@kind_in_words.register
def _(kind: kinds.PickMany) -> str:
    return f"{_thing(kind.of, 'Up to ' + str(kind.most) + ' of:')}, found by searching."


@kind_in_words.register
def _(kind: kinds.File) -> str:
    endings = f" ending in {in_words(list(kind.accept), 'or')}" if kind.accept else ""
    return f"A file{endings}, up to {kind.most_bytes / 1_000_000:g} MB."


@kind_in_words.register
def _(kind: kinds.Repeated) -> str:
    inner = "; ".join(question.label.rstrip("?.") for question in kind.questions if question.answers)
    return f"From {kind.least} to {kind.most} times, once for each {kind.one}: {inner}."


@kind_in_words.register
def _(kind: kinds.Note) -> str:
    return kind.text


def _thing(of: str, article: str) -> str:
    words = of.replace("_", " ")
    return f"{'An' if article == 'A' and words[:1] in 'aeiou' else article} {words}"


def _limits(least: Any, most: Any, said: Any) -> str:
    if least is not None and most is not None:
        return f" from {said(least)} to {said(most)}"
    if least is not None:
        return f", {said(least)} or more"
    return f", {said(most)} or less" if most is not None else ""
