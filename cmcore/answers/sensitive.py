"""Sensitive answers: who is shown them, and what stands in their place for everybody else.

A question is marked ``sensitive`` where it is asked. Its answer is shown to who began the answers, and to roles with
the act "form_answers.sensitive" (the virtual school head and coordinators). Pages, print-outs and exports all ask here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from sqlalchemy import select

from cmcore.answers.editions import form_of_edition
from cmcore.answers.files import refs_in
from cmcore.answers.records import AboutWhom, AnswerFile, AnswersRevision, FormAnswers
from cmcore.forms import Form, Question, kinds
from cmcore.forms.conditions import keys_of
from cmcore.forms.schema import is_blank
from cmcore.safekeeping.work import Work

#: What stands where a sensitive answer is kept from somebody.
NOT_SHOWN = "not shown"


def sees_sensitive(work: Work, answers: AboutWhom) -> bool:
    """Whether somebody sees the sensitive part of answers (of any of its records)."""
    if work.scope is not None and answers.began_by == work.scope.login:
        return True
    return work.may("form_answers.sensitive", answers.authority_id)


def has_sensitive(form: Form) -> bool:
    """Whether a form asks anything sensitive."""
    return any(True for _ in _sensitive(form.questions))


def _sensitive(questions: tuple[Question, ...]) -> Iterator[Question]:
    for question in questions:
        if question.sensitive:
            yield question
        elif isinstance(question.kind, kinds.Repeated):
            yield from _sensitive(question.kind.questions)


def without_sensitive(form: Form, values: Mapping[str, Any]) -> tuple[Form, dict[str, Any]]:
    """A form and its answers with each sensitive answer replaced by "not shown"; those not answered stay so.

    The sensitive questions become lines of short text, so that whatever prints the form prints the words; what was
    shown depending on one of them is shown by itself.
    """
    questions, kept = _without(form.questions, values)
    hidden = {one.key for one in form.questions if one.sensitive}
    questions = tuple(
        replace(one, show_when=None) if one.show_when is not None and keys_of(one.show_when) & hidden else one
        for one in questions
    )
    return replace(form, questions=questions, answers=None, checks=()), kept


def _without(questions: tuple[Question, ...], values: Mapping[str, Any]) -> tuple[tuple[Question, ...], dict[str, Any]]:
    kept = dict(values)
    shown: list[Question] = []
    for question in questions:
        value = kept.get(question.key)
        if question.sensitive and question.answers:
            kept[question.key] = None if is_blank(value) else NOT_SHOWN
            shown.append(replace(question, kind=kinds.ShortText(), show_when=None, calculate=None, nothing=None))
        elif isinstance(question.kind, kinds.Repeated) and isinstance(value, list):
            inner = question.kind.questions
            rounds = [_without(inner, row) for row in value]
            kept[question.key] = [row for _, row in rounds]
            hidden = rounds[0][0] if rounds else _without(inner, {})[0]
            shown.append(replace(question, kind=replace(question.kind, questions=hidden, of=None)))
        else:
            shown.append(question)
    return tuple(shown), kept


def file_is_shown(work: Work, file: AnswerFile) -> bool:
    """Whether somebody may open a file: what answers a sensitive question is for those who see what is sensitive."""
    if sees_sensitive(work, file):
        return True
    answers = work.get(FormAnswers, file.answers_id)
    stood = work.db.scalars(select(AnswersRevision).where(AnswersRevision.answers_id == answers.id))
    return any(
        file.ref in refs_in(without_sensitive(form_of_edition(one.edition), one.values)[1]) for one in (answers, *stood)
    )
