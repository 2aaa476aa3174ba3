"""Filling a form in over several sittings: begun, saved as a draft, finished, corrected, answered again.

A draft keeps what was typed, even what cannot be read yet, and stays on the edition it was begun on until somebody
takes it over to a newer one. What was finished is corrected with a reason, and what stood before is kept.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import func, select

from cmcore.answers import files, subjects
from cmcore.answers.carrying import carried
from cmcore.answers.editions import edition_to_fill, form_of_edition, in_force
from cmcore.answers.offers import begun
from cmcore.answers.records import AnswersRevision, FormAnswers, FormEdition
from cmcore.answers.sensitive import has_sensitive, sees_sensitive
from cmcore.answers.typed import as_json, kept_as
from cmcore.base.findings import Finding, NotAllowed, refuse
from cmcore.base.records import Record
from cmcore.forms import Form, Reading, dump, read
from cmcore.forms.standing import first_values
from cmcore.safekeeping.refs import next_ref
from cmcore.safekeeping.work import Work, action


@action("form_answers.fill")
def start(work: Work, edition: FormEdition, *, about: Record | None = None) -> FormAnswers:
    """Begin to fill in a form, about a record or about nobody. Refuses a form that is not in use any more.

    It begins with the form's defaults and with what plugins offer for it (``cm_begin_form``).
    """
    if edition.state != "published":
        raise refuse(f"This form is “{edition.state_label.lower()}”.", way_out="Begin the edition that is in force.")
    form = form_of_edition(edition)
    offered = {**first_values(form), **begun(work, form, edition.authority_id, about)}
    return _begun(work, edition, subjects.about_columns(about, edition.authority_id), kept_as(form, offered))


@action("form_answers.fill")
def start_form(work: Work, key: str, authority_id: int, *, about: Record | None = None) -> FormAnswers:
    """The same by the form's key: a declared form is put in force by its first use."""
    return start(work, edition_to_fill(work, key, authority_id), about=about)


@action("form_answers.fill")
def start_with(
    work: Work, edition: FormEdition, asked: Form, raw: Mapping[str, Any], *, about: Record | None = None
) -> FormAnswers:
    """Begin with answers that were given to another edition of the form, on a sheet that was handed out earlier."""
    made = start(work, edition, about=about)
    fitting, left = carried(asked, form_of_edition(edition), kept_as(asked, raw))
    work.db.flush()
    work.change(made, values=fitting, left_behind=left)
    _follow_picked(work, form_of_edition(edition), made)
    return made


@action("form_answers.fill")
def save_draft(work: Work, answers: FormAnswers, raw: Any, version: int | None = None) -> FormAnswers:
    """Keep what was typed so far, whatever it is worth. ``version`` is the one it was opened with.

    Refuses finished answers, what the form does not ask, and a draft somebody else has saved since (``Conflict``).
    """
    _refuse_unless_draft(answers)
    _refuse_unless_theirs(work, answers)
    form = form_of_edition(answers.edition)
    values = kept_as(form, raw)
    if work.change(answers, version, values=values):
        work.change(answers, saved_at=work.clock.now(), saved_by=work.actor.name)
        _follow_picked(work, form, answers)
    return answers


@action("form_answers.fill")
def finish(work: Work, answers: FormAnswers, raw: Any = None, version: int | None = None) -> FormAnswers:
    """Finish answers: what is missing or wrong refuses, what warns is kept with the work.

    Without ``raw`` the draft is finished as it was saved. Answers that are begun again take the place of the earlier
    ones from now on.
    """
    _refuse_unless_draft(answers)
    _refuse_unless_theirs(work, answers)
    work.change(answers, version)
    form = form_of_edition(answers.edition)
    values = answers.values if raw is None else kept_as(form, raw)
    reading = checked_answers(work, answers, values)
    work.heed(reading.findings)
    now = work.clock.now()
    work.change(answers, values=as_json(dump(form, reading.answers)), saved_at=now, saved_by=work.actor.name)
    _follow_picked(work, form, answers)
    work.move(answers, "finish")
    work.change(answers, finished_at=now, finished_by=work.actor.name)
    files.throw_away_unused(work, answers)
    if answers.instead_of_id is not None:
        earlier = work.db.get(FormAnswers, answers.instead_of_id)
        if earlier is not None and earlier.state in ("finished", "corrected"):
            work.move(earlier, "supersede", reason=f"Answered again: {answers.ref}.")
    return answers


@action("form_answers.fill")
def correct(work: Work, answers: FormAnswers, raw: Any, *, reason: str, version: int | None = None) -> FormAnswers:
    """Correct finished answers, with a reason; what stood before is kept. Whoever wrote them may, and who may for all.

    Refuses a draft, superseded answers, a correction that changes nothing and one without a reason.
    """
    if answers.state not in ("finished", "corrected"):
        raise refuse(
            f"These answers are “{answers.state_label.lower()}”.", way_out="Only finished answers are corrected."
        )
    if not may_correct(work, answers):
        raise NotAllowed([Finding("These answers are corrected by who wrote them.", way_out="Ask a coordinator.")])
    if not reason.strip():
        raise refuse("A correction needs a reason.", place="reason", way_out="Write a sentence that says why.")
    work.change(answers, version)
    form = form_of_edition(answers.edition)
    reading = checked_answers(work, answers, kept_as(form, raw))
    work.heed(reading.findings)
    values = as_json(dump(form, reading.answers))
    if values == answers.values:
        raise refuse("Nothing was changed.", way_out="Change what is wrong, or leave it as it stands.")
    before = {
        "edition_id": answers.edition_id,
        "values": answers.values,
        "stood_by": answers.saved_by,
        "stood_at": answers.saved_at,
    }
    now = work.clock.now()
    work.change(answers, values=values, saved_at=now, saved_by=work.actor.name)
    work.add(
        AnswersRevision(
            **answers.whom(),
            **before,
            answers_id=answers.id,
            number=_revisions(work, answers) + 1,
            corrected_at=now,
            corrected_by=work.actor.name,
            reason=reason.strip()[:2000],
        )
    )
    if answers.state == "finished":
        work.move(answers, "correct", reason=reason)
    return answers


@action("form_answers.fill")
def carry_over(work: Work, answers: FormAnswers, version: int | None = None) -> FormAnswers:
    """Take a draft over to the edition in force: what fits goes along, what does not is put aside, readable."""
    _refuse_unless_draft(answers)
    _refuse_unless_theirs(work, answers)
    work.change(answers, version)
    newer = edition_to_fill(work, answers.form_key, answers.authority_id)
    if newer.id == answers.edition_id:
        raise refuse("This draft is on the edition in force already.")
    old, new = form_of_edition(answers.edition), form_of_edition(newer)
    fitting, left = carried(old, new, answers.values, answers.left_behind)
    now = work.clock.now()
    work.change(answers, values=fitting, left_behind=left, saved_at=now, saved_by=work.actor.name)
    answers.edition = newer
    return answers


@action("form_answers.fill")
def begin_again(work: Work, answers: FormAnswers) -> FormAnswers:
    """A new draft on the edition in force that begins with finished answers and takes their place once finished."""
    if answers.state not in ("finished", "corrected"):
        raise refuse(
            f"These answers are “{answers.state_label.lower()}”.", way_out="Only finished ones are begun again."
        )
    _refuse_unless_theirs(work, answers)
    edition = edition_to_fill(work, answers.form_key, answers.authority_id)
    whom = {name: value for name, value in answers.whom().items() if name not in ("authority_id", "began_by")}
    made = _begun(work, edition, whom)
    work.db.flush()
    fitting, left = carried(form_of_edition(answers.edition), form_of_edition(edition), answers.values)
    values, left = files.copied(work, answers, made, [fitting, left])
    work.change(made, values=values, left_behind=left, instead_of_id=answers.id)
    return made


@action("form_answers.fill")
def discard(work: Work, answers: FormAnswers) -> None:
    """Throw a draft away, its files with it. Refuses finished answers, and somebody else's draft."""
    _refuse_unless_draft(answers)
    if not may_correct(work, answers):
        raise NotAllowed([Finding("A draft is thrown away by who began it.", way_out="Ask a coordinator.")])
    for file in files.files_of(work, answers):
        work.db.delete(file)
    work.db.flush()
    work.db.delete(answers)


def checked_answers(work: Work, answers: FormAnswers, values: Mapping[str, Any]) -> Reading:
    """What is read of values for these answers, with everything that is wrong: questions, records picked, files."""
    form = form_of_edition(answers.edition)
    reading = read(form, values)
    if reading.refused:
        return reading
    found: Iterable[Finding] = (
        *subjects.out_of_reach(work, form, reading.answers, answers.authority_id),
        *files.strangers(work, answers, form.questions, reading.answers),
    )
    return Reading(reading.answers, (*reading.findings, *found), reading.hidden)


def may_correct(work: Work, answers: FormAnswers) -> bool:
    """Whether somebody may correct answers, or throw a draft away: who began it, and who may for all."""
    own = work.scope is not None and answers.began_by == work.scope.login
    return (own and work.may("form_answers.fill", answers.authority_id)) or work.may(
        "form_answers.correct", answers.authority_id
    )


def newer_edition(work: Work, answers: FormAnswers) -> FormEdition | None:
    """The edition in force where a draft is on an older one; nothing where it may just go on."""
    if answers.state != "draft":
        return None
    found = in_force(work, answers.form_key, answers.authority_id)
    return found if found is not None and found.number > answers.edition.number else None


def _begun(
    work: Work, edition: FormEdition, about: Mapping[str, Any], values: Mapping[str, Any] | None = None
) -> FormAnswers:
    authority = subjects.found(work, "authority", edition.authority_id)
    now = work.clock.now()
    return work.add(
        FormAnswers(
            authority_id=edition.authority_id,
            **about,
            ref=next_ref(work, authority, "F"),
            edition=edition,
            edition_id=edition.id,
            form_key=edition.form_key,
            values=dict(values or {}),
            left_behind=[],
            began_by=work.scope.login if work.scope else work.actor.login,
            began_name=work.actor.name,
            saved_at=now,
            saved_by=work.actor.name,
        )
    )


def _follow_picked(work: Work, form: Form, answers: FormAnswers) -> None:
    """Answers begun about nobody that name a young person are about them: who sees them, and how long, follows."""
    if answers.about_kind:
        return
    person = subjects.picked_person(work, form, answers.values)
    if work.change(answers, young_person_id=person):
        for file in files.files_of(work, answers):
            file.young_person_id = person


def _revisions(work: Work, answers: FormAnswers) -> int:
    asked = select(func.count()).select_from(AnswersRevision).where(AnswersRevision.answers_id == answers.id)
    return int(work.db.scalar(asked) or 0)


def _refuse_unless_draft(answers: FormAnswers) -> None:
    if answers.state != "draft":
        raise refuse(
            f"These answers are “{answers.state_label.lower()}”, no longer a draft.",
            way_out="Correct them with a reason, or answer again.",
        )


def _refuse_unless_theirs(work: Work, answers: FormAnswers) -> None:
    """Whoever does not see what is sensitive in it cannot go on with what somebody else began."""
    if has_sensitive(form_of_edition(answers.edition)) and not sees_sensitive(work, answers):
        raise NotAllowed(
            [
                Finding(
                    "Only who began these answers goes on with them.", way_out="Ask a coordinator, or begin your own."
                )
            ]
        )
