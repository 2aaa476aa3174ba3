"""A form: questions in sections, with the checks across them, under a key and a version."""

from __future__ import annotations

import keyword
import re
from collections.abc import Sequence
from copy import copy
from dataclasses import dataclass, field, fields, make_dataclass, replace
from functools import cached_property, partial
from typing import Any, ClassVar

from cmcore.forms.flow import cycle_in, in_order, looks_at, needs_of
from cmcore.forms.kinds import Choice, Choices, Kind, Note, Repeated
from cmcore.forms.languages import Language
from cmcore.forms.questions import UNSET, Check, FormFault, Question, Section

_KEY = re.compile(r"[a-z][a-z0-9_]*")
_FORM_KEY = re.compile(r"[a-z][a-z0-9_]*(-[a-z0-9_]+)*")

#: Names a question cannot have: ``form`` and ``columns`` belong to the answers, ``csrf_token`` to every page.
RESERVED = frozenset(("form", "columns", "csrf_token"))


class Answers:
    """What a class of typed answers offers. Subclass it beside ``@form`` to have ``form`` and ``columns`` typed."""

    form: ClassVar[Form]

    def columns(self, *leave_out: str) -> dict[str, Any]:
        """The answers by question, without notes and without those left out: ready for a record of the same columns."""
        return {
            question.key: getattr(self, question.key)
            for question in self.form.questions
            if question.answers and question.key not in leave_out
        }


@dataclass(frozen=True, eq=False)
class Form:
    """A declared form. ``answers`` is the class of its typed answers; without one it is made from the questions.

    Refuses, with one sentence each: no questions, doubled and reserved names, doubled answers offered, conditions on
    what is not asked, checks of what is not asked, circles among conditions and calculations.
    """

    key: str
    version: int
    title: str
    questions: tuple[Question, ...] = field(repr=False)
    doc: str = ""
    sections: tuple[Section, ...] = ()
    checks: tuple[Check, ...] = ()
    answers: type[Any] | None = field(default=None, repr=False)
    languages: tuple[Language, ...] = field(default=(), repr=False)

    def __post_init__(self) -> None:
        """Refuse what cannot work."""
        if not _FORM_KEY.fullmatch(self.key):
            raise FormFault(
                f'"{self.key}" is not a key of a form: small letters, digits, _ and - only, a letter first.'
            )
        if self.version < 1:
            raise FormFault(f'The version of form "{self.key}" is a whole number from 1, not {self.version}.')
        if not any(question.answers for question in self.questions):
            raise FormFault(f'Form "{self.key}" asks nothing: give it at least one question.')
        refuse_faults(f'form "{self.key}"', self.questions)
        known = {question.key for question in self.questions if question.answers}
        for one in self.checks:
            for key in one.needs:
                if key not in known:
                    raise FormFault(
                        f'A check of form "{self.key}" looks at "{key}", which is not one of its questions.'
                    )

    def question(self, key: str) -> Question:
        """The question with this key; a KeyError names the form and what it asks."""
        for one in self.questions:
            if one.key == key:
                return one
        raise KeyError(f'Form "{self.key}" has no question "{key}". It has {", ".join(q.key for q in self.questions)}.')

    def with_question(self, key: str, **changes: Any) -> Form:
        """The same form with one question changed: its kind, hint, default, ..."""
        changed = replace(self.question(key), **changes)
        return replace(self, questions=tuple(changed if one.key == key else one for one in self.questions))

    @cached_property
    def ordered(self) -> tuple[Question, ...]:
        """The questions, each after those it depends on."""
        return tuple(in_order(self.questions))

    @cached_property
    def parts(self) -> tuple[tuple[Section, tuple[Question, ...]], ...]:
        """The sections in the order they first appear, each with its questions."""
        told = {section.title: section for section in self.sections}
        grouped: dict[str, list[Question]] = {}
        for question in self.questions:
            grouped.setdefault(question.section, []).append(question)
        return tuple((told.get(title, Section(title=title)), tuple(asked)) for title, asked in grouped.items())

    @cached_property
    def answers_class(self) -> type[Any]:
        """The class of its typed answers."""
        if self.answers is not None:
            return self.answers
        kept = [question for question in self.questions if question.answers]
        made = make_dataclass(
            "".join(part.capitalize() for part in re.split(r"[-_]", self.key)),
            [(question.key, Any, field(default_factory=partial(copy, question.nothing))) for question in kept],
            bases=(Answers,),
            frozen=True,
            kw_only=True,
        )
        made.__doc__ = self.doc or f"The answers to {self.title}."
        made.form = self  # type: ignore[attr-defined]
        return made

    def make(self, values: dict[str, Any]) -> Any:
        """The typed answers made of these values; a question without one gets its value for "no answer"."""
        known = {one.name for one in fields(self.answers_class) if one.init}
        given = {
            question.key: values[question.key] if question.key in values else copy(question.nothing)
            for question in self.questions
            if question.answers and question.key in known
        }
        return self.answers_class(**given)


def refuse_faults(owner: str, questions: Sequence[Question]) -> None:
    """Refuse questions that cannot stand together; ``owner`` is what a sentence calls them: 'form "session-record"'."""
    keys = [question.key for question in questions]
    for question in questions:
        key = question.key
        refuse_name(owner, key)
        if keys.count(key) > 1:
            raise FormFault(f'In {owner} two questions are called "{key}": give one of them another name.')
        if not question.label.strip() and not isinstance(question.kind, Note):
            raise FormFault(f'In {owner} the question "{key}" has no words: say what is asked.')
        _refuse_kind(owner, question, question.kind)
    answered = {question.key for question in questions if question.answers}
    for question in questions:
        for key in sorted(looks_at(question) - answered):
            how = "is checked against" if key not in needs_of(question) else "is shown depending on"
            if question.calculate is not None and key in question.calculate.needs:
                how = "is worked out from"
            raise FormFault(f'In {owner} "{question.key}" {how} "{key}", which is not one of its questions.')
    if circle := cycle_in(questions):
        raise FormFault(
            f"In {owner} questions wait for each other in a circle: {' → '.join(circle)}. Break it in one place."
        )


def refuse_name(owner: str, key: str) -> None:
    """Refuse what no question can be called."""
    if keyword.iskeyword(key):
        raise FormFault(f'In {owner} a question is called "{key}", a word of Python itself: choose another.')
    if not _KEY.fullmatch(key):
        raise FormFault(
            f'In {owner} "{key}" is not a name for a question: small letters, digits and _ only, a letter first.'
        )
    if key in RESERVED:
        raise FormFault(f'In {owner} a question is called "{key}", a name kept for something else: choose another.')


def _refuse_kind(owner: str, question: Question, kind: Kind) -> None:
    """Refuse a kind that offers nothing, the same twice, or an empty range."""
    if isinstance(kind, Choice | Choices):
        offered = [option.key for option in kind.options]
        if not offered:
            raise FormFault(f'In {owner} "{question.key}" offers no answers to choose from.')
        if doubled := sorted({key for key in offered if offered.count(key) > 1}):
            raise FormFault(f'In {owner} "{question.key}" offers "{doubled[0]}" twice.')
    if isinstance(kind, Repeated):
        refuse_faults(f'"{question.key}" of {owner}', kind.questions)
    least, most = getattr(kind, "least", None), getattr(kind, "most", None)
    if least is not None and most is not None and least > most:
        raise FormFault(f'In {owner} "{question.key}" allows nothing: its least, {least}, is above its most, {most}.')
    if question.default is not UNSET and question.calculate is not None:
        raise FormFault(f'In {owner} "{question.key}" is worked out, so it cannot have a default as well.')
