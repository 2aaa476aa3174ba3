"""A form with its answers, on paper: each answer in words, what was not answered said, hidden questions left out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import singledispatch
from typing import Any

from marshmallow import ValidationError

from cmcore.exchange.documents.blocks import Block, Data, Fact, Paragraph, Part, answer
from cmcore.exchange.documents.spaces import anchors
from cmcore.forms import kinds
from cmcore.forms.conditions import holds
from cmcore.forms.days import Unreadable
from cmcore.forms.form import Form
from cmcore.forms.gathered_fields import read_score
from cmcore.forms.questions import Question
from cmcore.forms.saying import Titles, say_kind
from cmcore.forms.schema import field_for, is_blank
from cmcore.forms.standing import Standing, standing
from cmcore.forms.values import Score

#: An answer longer than this stands below its label.
_SIDE_BY_SIDE = 160


class Unread(str):
    """An answer the form as it is now cannot read, printed as it was kept."""


@dataclass(frozen=True)
class Given:
    """What was answered at one level of a form, a round of repeated questions being one: typed answers, what is hidden.

    Rounds are :class:`Given` themselves; an answer that cannot be read is :class:`Unread`, never left out.
    """

    questions: Sequence[Question]
    answers: Mapping[str, Any]
    stands: Standing

    @property
    def shown(self) -> list[Question]:
        """The questions that are asked, given the answers."""
        return [one for one in self.questions if one.key not in self.stands.hidden and self._so(one)]

    def _so(self, question: Question) -> bool:
        """Whether a note is shown: what asks nothing is not followed, so its condition is looked at here."""
        when = question.show_when
        return when is None or question.answers or holds(when, self.stands.scope)


def filled(form: Form, values: Mapping[str, Any], titles: Titles) -> Iterator[Block]:
    """The form's sections with the answers kept in ``values``, as ``dump`` writes them."""
    given = _given(form.questions, values, standing(form, values))
    asked = {one.key for one in given.shown}
    for section, questions in form.parts:
        shown = [one for one in questions if one.key in asked]
        if section.title and any(one.answers for one in shown):
            yield Part(text=section.title)
        for question in shown:
            if isinstance(question.kind, kinds.Note):
                yield Paragraph(text=given.stands.note(question.kind), quiet=True)
            else:
                yield _fact(question, given.answers.get(question.key), titles, 3 if section.title else 2)


def _given(questions: Sequence[Question], values: Mapping[str, Any], stands: Standing) -> Given:
    typed: dict[str, Any] = {}
    for question in questions:
        if question.answers and question.key not in stands.hidden:
            raw = values.get(question.key)
            if is_blank(raw):
                raw = stands.worked_out.get(question.key)
            if not is_blank(raw):
                typed[question.key] = _typed(question, raw, stands)
    return Given(questions, typed, stands)


def _typed(question: Question, raw: Any, stands: Standing) -> Any:
    kind = question.kind
    if isinstance(kind, kinds.Repeated) and isinstance(raw, list | tuple):
        rows = [row for row in raw if isinstance(row, Mapping)]
        return [_given(kind.questions, row, stands.round(kind, row, number)) for number, row in enumerate(rows, 1)]
    if isinstance(kind, kinds.Scores) and isinstance(raw, Mapping):
        # A draft is scored in part: what cannot be read of one measure does not hide the others.
        return {one.key: _score(one, raw[one.key]) for one in kind.measures if not is_blank(raw.get(one.key))}
    try:
        return field_for(kind, question).deserialize(raw)
    except ValidationError:
        return Unread(raw)


def _score(measure: kinds.Measured, raw: Any) -> Score:
    try:
        return read_score(measure, raw)
    except Unreadable:
        kept = raw if isinstance(raw, Mapping) else {"value": raw}
        return Score(None, "; ".join(str(part) for part in kept.values() if not is_blank(part)))


def _fact(question: Question, value: Any, titles: Titles, level: int) -> Fact:
    made = answer_of(question.kind, value, titles) if _answered(value) else answer("")
    text = made.get("text", "")
    _set_levels(made, level + 1)
    return Fact(
        label=question.label,
        answer=made,
        sensitive=question.sensitive,
        long=len(text) > _SIDE_BY_SIDE or "\n" in text,
        level=level,
    )


def _set_levels(made: Data, level: int) -> None:
    """Headings of rounds stand one level below their question's: a level that is skipped cannot be read aloud."""
    for facts in made.get("rounds", ()):
        for one in facts:
            one["level"] = min(level, 6)
            _set_levels(one["answer"], level + 1)


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
def _(kind: kinds.Repeated, value: Sequence[Given], titles: Titles) -> Data:
    rounds = []
    for one in value:
        asked = [question for question in one.shown if question.answers]
        rounds.append([_fact(each, one.answers.get(each.key), titles, 3).as_data() for each in asked])
    return {"as": "rounds", "one": kind.one[:1].upper() + kind.one[1:], "rounds": rounds}
