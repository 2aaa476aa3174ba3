"""Answers about to become a record, and a record as the answers that would make it again."""

from __future__ import annotations

from collections.abc import Mapping
from copy import copy
from typing import Any, TypeVar

from cmcore.forms import Answers, Form, Question, dump, form_of, kinds, read
from cmcore.safekeeping.work import Work

T = TypeVar("T", bound=Answers)


def taken(work: Work, answers: T, form: Form | None = None, *, draft: bool = False) -> T:
    """The answers as they will be kept, after everything their form says about them was checked.

    Answers made in code pass no form on their way: an action calls this first, so that the same holds on every way in.
    What blocks raises :class:`Refused`; what warns is kept with the work. ``form`` is given where it was changed since
    its declaration; a ``draft`` may leave questions open.
    """
    if form is None and work.db.info.get("just read") is answers:
        # Whoever read them a moment ago, from a page or a workbook of thousands of rows, says what was warned of.
        work.heed(work.db.info.pop("just said", ()))
        return answers
    asked = form or form_of(type(answers))
    reading = read(asked, dump(asked, answers), draft=draft)
    work.heed(reading.findings)
    made: T = reading.answers
    return made


def answers_from(declared: type[T], record: Any, given: Mapping[str, Any] | None = None) -> T:
    """A record as answers: columns of the questions' names, beside those that are ``given`` in another shape."""
    shaped = given or {}
    questions = [question for question in form_of(declared).questions if question.answers]
    values = {
        one.key: shaped[one.key] if one.key in shaped else _typed(one, getattr(record, one.key)) for one in questions
    }
    return declared(**values)


def _typed(question: Question, value: Any) -> Any:
    if value is None or value == "":
        return copy(question.nothing)
    if isinstance(question.kind, kinds.Choice) and question.kind.of is not None:
        return question.kind.of(value)
    return value
