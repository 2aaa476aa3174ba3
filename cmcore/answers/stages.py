"""A plugin's own form at a stage of the journey, in place of the core's, and what it asks more kept beside the record.

The form builds on the core's class, so it asks all the core needs: that becomes the record. The whole form, as it was
filled in, is kept as answers about the record: a draft while the record is one, finished once it is sent, and corrected
when the record is changed afterwards.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from sqlalchemy import select

from cmcore.answers.filling import correct, finish, save_draft, start_form
from cmcore.answers.records import FormAnswers
from cmcore.answers.sensitive import NOT_SHOWN, sees_sensitive
from cmcore.answers.typed import as_json
from cmcore.base.findings import Finding, Severity
from cmcore.base.records import authority_of
from cmcore.forms import Answers, Question, dump, form_of, load, read, say
from cmcore.forms.schema import is_blank
from cmcore.plugins.register import register
from cmcore.safekeeping.work import Work

T = TypeVar("T", bound=Answers)


@dataclass(frozen=True)
class StageForm:
    """A form that is asked at a stage ("referral") in place of the core's; its class builds on the core's class."""

    stage: str
    form: type[Answers]

    @property
    def key(self) -> str:
        """What it is known by among a plugin's declarations."""
        return f"{self.stage} {form_of(self.form).key}"


def stage_form(work: Work, stage: str, usual: type[T], authority_id: int | None) -> type[T]:
    """The class of answers that an authority asks for at a stage: that of a plugin which is on there, or the usual."""
    if authority_id is None:
        return usual
    for plugin, offered in sorted(register().by_plugin("cm_stage_forms"), key=lambda each: each[0].name):
        if offered.stage == stage and issubclass(offered.form, usual) and work.plugin_is_on(plugin.name, authority_id):
            made: type[T] = offered.form
            return made
    return usual


def asks_more(declared: type[Answers], usual: type[Answers]) -> tuple[Question, ...]:
    """The questions a form asks beyond the core's."""
    asked = {question.key for question in usual.form.questions}
    return tuple(one for one in declared.form.questions if one.answers and one.key not in asked)


def columns_of(answers: Answers, usual: type[Answers], *leave_out: str) -> dict[str, Any]:
    """The answers that are columns of the record, whatever else the form asks."""
    more = (question.key for question in asks_more(type(answers), usual))
    return answers.columns(*more, *leave_out)


def keep_beside(work: Work, record: Any, answers: Answers, usual: type[Answers], stage: str) -> FormAnswers | None:
    """Keep a form that asks more than the core's beside its record; nothing where it asks no more.

    Where the authority asks more and the usual form was given, that is pointed out.
    """
    declared = type(answers)
    if not asks_more(declared, usual):
        wanted = stage_form(work, stage, usual, authority_of(record))
        if asks_more(wanted, usual) and kept_beside(work, record, wanted) is None:
            work.warnings.append(_more_is_asked(wanted))
        return None
    work.db.flush()
    authority_id = authority_of(record)
    assert authority_id is not None
    values = dump(declared.form, answers)
    kept = kept_beside(work, record, declared)
    if kept is None:
        kept = start_form(work, declared.form.key, authority_id, about=record)
    if kept.state == "draft":
        save_draft(work, kept, values)
        return kept if record.state == record.lifecycle.initial else finish(work, kept)
    if _answered(kept.values) != _answered(values):
        correct(work, kept, values, reason=f"The {record.words[0]} was changed.")
    return kept


def settle_beside(work: Work, record: Any, usual: type[Answers], stage: str) -> None:
    """Finish what is kept beside a record that is sent now."""
    wanted = stage_form(work, stage, usual, authority_of(record))
    if not asks_more(wanted, usual):
        return
    kept = kept_beside(work, record, wanted)
    if kept is None:
        work.warnings.append(_more_is_asked(wanted))
    elif kept.state == "draft":
        finish(work, kept)


def kept_beside(work: Work, record: Any, declared: type[Answers]) -> FormAnswers | None:
    """The answers to a form that are kept beside a record, if there are any within reach."""
    if getattr(record, "id", None) is None:
        return None
    asked = select(FormAnswers).where(
        FormAnswers.about_kind == record.kind(),
        FormAnswers.about_id == record.id,
        FormAnswers.form_key == declared.form.key,
        FormAnswers.state != "superseded",
    )
    return work.db.scalars(asked.order_by(FormAnswers.id.desc()).limit(1)).first()


def filled(work: Work, record: Any, usual: Answers, declared: type[T]) -> T:
    """A record as the answers of the form that asks more: its columns, and what is kept beside it."""
    more = asks_more(declared, type(usual))
    values: dict[str, Any] = {question.key: question.nothing for question in more}
    kept = kept_beside(work, record, declared) if more else None
    if kept is not None:
        typed = load(declared.form, {**dump(type(usual).form, usual), **_only(kept.values, more)}, draft=True)
        values |= {question.key: getattr(typed, question.key) for question in more}
    return declared(**usual.columns(), **values)


def told_beside(work: Work, record: Any, usual: type[Answers], stage: str) -> list[tuple[Question, str]]:
    """What was asked beyond the core's and answered, in words; sensitive answers only for whoever sees them."""
    wanted = stage_form(work, stage, usual, authority_of(record))
    more = asks_more(wanted, usual)
    kept = kept_beside(work, record, wanted) if more else None
    if kept is None:
        return []
    shown = sees_sensitive(work, kept)
    # Alone, without what decides whether it is shown: what is kept was shown when it was answered.
    alone = replace(wanted.form, questions=tuple(replace(one, show_when=None) for one in more), checks=(), answers=None)
    typed = read(alone, _only(kept.values, more), draft=True).answers
    return [
        (one, say(one.kind, getattr(typed, one.key)) if shown or not one.sensitive else NOT_SHOWN)
        for one in more
        if one.key in kept.values
    ]


def _answered(values: Mapping[str, Any]) -> dict[str, Any]:
    return {key: as_json(value) for key, value in values.items() if not is_blank(value)}


def _only(values: Mapping[str, Any], more: tuple[Question, ...]) -> dict[str, Any]:
    keys = {question.key for question in more}
    return {key: value for key, value in values.items() if key in keys}


def _more_is_asked(wanted: type[Answers]) -> Finding:
    return Finding(
        f"This authority asks more: “{wanted.form.title}”.",
        severity=Severity.warn,
        way_out="Open “Change”, and answer the rest.",
    )
