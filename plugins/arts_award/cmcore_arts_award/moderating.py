"""Entries with an awarding body: put together, entered, sampled, sent, and their results."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import joinedload

from cmcore.api import (
    AwardScheme,
    Finding,
    Form,
    Work,
    action,
    answers_from,
    authority_for,
    award_schemes,
    award_schemes_in_use,
    day,
    kinds,
    refuse,
    taken,
)
from cmcore_arts_award import rules
from cmcore_arts_award.enrolling import certificated, in_the_way
from cmcore_arts_award.forms import (
    BatchAnswers,
    BatchChangeAnswers,
    ChosenAnswers,
    EnteredAnswers,
    ResultsAnswers,
    SampledAnswers,
    UploadedAnswers,
    with_choices,
    with_schemes,
)
from cmcore_arts_award.queries import to_enter
from cmcore_arts_award.records import AwardBatch, AwardEnrolment

#: So many can be put into an entry at a time.
MOST = 200
#: What is used where the plugin that brings the award is gone.
_DAYS, _WEEKS = 14, 8


@action("arts_award_batch.add")
def add_batch(work: Work, answers: BatchAnswers, authority_id: int | None = None) -> AwardBatch:
    """Begin an entry. Who is entered is chosen afterwards."""
    authority = authority_for(work, authority_id)
    answers = taken(work, answers, batch_form(work, authority.id))
    kept = {"scheme": answers.scheme, "title": answers.title, "kept_at": answers.kept_at or ""}
    return work.add(AwardBatch(authority_id=authority.id, **kept))


@action("arts_award_batch.change")
def change_batch(work: Work, batch: AwardBatch, answers: BatchChangeAnswers, version: int | None = None) -> AwardBatch:
    """Change what an entry is called, its number, and where everything is kept."""
    answers = taken(work, answers)
    kept = {"title": answers.title, "reference": answers.reference or "", "kept_at": answers.kept_at or ""}
    work.change(batch, version, **kept)
    return batch


@action("arts_award_batch.remove")
def remove_batch(work: Work, batch: AwardBatch) -> None:
    """Remove an entry that is still being put together; those in it are assessed as before."""
    if batch.state != "open":
        raise refuse("This entry was made, and stays.", way_out="Put right what is wrong in it.")
    for enrolment in entered_in(work, batch):
        work.change(enrolment, arts_award_batch_id=None)
    work.db.flush()
    work.db.delete(batch)


@action("arts_award_batch.change")
def choose(work: Work, batch: AwardBatch, answers: ChosenAnswers) -> AwardBatch:
    """Say who is in an entry: those who are ticked, and nobody else. Refuses once it was entered."""
    if batch.state != "open":
        raise refuse(f"This entry is “{batch.state_label}”.", way_out="Put them into another one.")
    answers = taken(work, answers, choosing(work, batch))
    wanted = {int(key) for key in answers.enrolments or ()}
    for enrolment in (*waiting_for(work, batch), *entered_in(work, batch)):
        work.change(enrolment, arts_award_batch_id=batch.id if enrolment.id in wanted else None)
    return batch


@action("arts_award_batch.enter")
def enter(work: Work, batch: AwardBatch, answers: EnteredAnswers) -> AwardBatch:
    """Enter everybody in it. R-AA-1 and R-AA-3 refuse it, and say who is not ready; certificates are due in weeks."""
    answers = taken(work, answers)
    _refuse_ahead(work, answers.entered_on, "entered_on")
    work.heed(not_ready(work, batch, answers.entered_on))
    work.move(batch, "enter", on=answers.entered_on)
    weeks = timedelta(weeks=_times(batch)[1])
    reference = answers.reference or batch.reference
    expected_on = answers.entered_on + weeks
    work.change(batch, reference=reference, entered_on=answers.entered_on, expected_on=expected_on)
    for enrolment in entered_in(work, batch):
        work.move(enrolment, "enter", on=answers.entered_on)
    return batch


def not_ready(work: Work, batch: AwardBatch, on: date | None = None) -> list[Finding]:
    """What keeps an entry from being made: nobody in it, or somebody who is not assessed and passed (R-AA-3)."""
    there = entered_in(work, batch)
    if not there:
        return [Finding("Nobody is in this entry yet.", way_out="Choose who is entered first.")]
    found = []
    for enrolment in there:
        for one in in_the_way(work, enrolment, on):
            said = f"{enrolment.young_person}, {enrolment}: {one.message}"
            found.append(Finding(said, rule=one.rule, severity=one.severity, way_out=one.way_out))
    return found


@action("arts_award_batch.sample")
def sample(work: Work, batch: AwardBatch, answers: SampledAnswers) -> AwardBatch:
    """Write down that a sample was asked for, and whose; it is to be sent within days (R-AA-3)."""
    answers = taken(work, answers, sampling(work, batch))
    _refuse_ahead(work, answers.sampled_on, "sampled_on")
    _refuse_before(batch, answers.sampled_on, "sampled_on")
    work.move(batch, "sample", on=answers.sampled_on)
    due = answers.sampled_on + timedelta(days=_times(batch)[0])
    work.change(batch, sampled_on=answers.sampled_on, upload_due_on=due)
    wanted = {int(key) for key in answers.enrolments or ()}
    for enrolment in entered_in(work, batch):
        if enrolment.id in wanted:
            work.move(enrolment, "sample", on=answers.sampled_on)
    work.heed(rules.sample_in_time(due, None, work.today))
    return batch


@action("arts_award_batch.upload")
def upload(work: Work, batch: AwardBatch, answers: UploadedAnswers) -> AwardBatch:
    """Write down that the sample was sent. One that was sent late is pointed out (R-AA-3)."""
    answers = taken(work, answers)
    _refuse_ahead(work, answers.uploaded_on, "uploaded_on")
    work.heed(rules.sample_in_time(batch.upload_due_on, answers.uploaded_on, work.today))
    work.move(batch, "upload", on=answers.uploaded_on)
    work.change(batch, uploaded_on=answers.uploaded_on)
    return batch


@action("arts_award_batch.close")
def close(work: Work, batch: AwardBatch, answers: ResultsAnswers) -> AwardBatch:
    """Write down the results: a certificate for each, but for those who have not passed yet, with the reason."""
    answers = taken(work, answers, closing(work, batch))
    _refuse_ahead(work, answers.results_on, "results_on")
    _refuse_before(batch, answers.results_on, "results_on")
    wanted = {int(key) for key in answers.not_yet or ()}
    if wanted and not (answers.reason or "").strip():
        raise refuse("Somebody has not passed yet.", place="reason", way_out="Say what is still wanted of them.")
    work.move(batch, "close", on=answers.results_on)
    work.change(batch, results_on=answers.results_on)
    for enrolment in entered_in(work, batch):
        if enrolment.id in wanted:
            work.move(enrolment, "not_yet", reason=answers.reason or "", on=answers.results_on)
        elif enrolment.state in ("entered", "sampled"):
            certificated(work, enrolment, answers.results_on)
    return batch


# ---- what is asked
def batch_form(work: Work, authority_id: int) -> Form:
    """The form of a new entry: the awards that are looked at by somebody."""
    return with_schemes(BatchAnswers.form, moderated(work, authority_id))


def choosing(work: Work, batch: AwardBatch) -> Form:
    """The form in which it is chosen who is entered."""
    return with_choices(ChosenAnswers.form, "enrolments", _options(*waiting_for(work, batch), *entered_in(work, batch)))


def sampling(work: Work, batch: AwardBatch) -> Form:
    """The form in which a sample is written down."""
    return with_choices(SampledAnswers.form, "enrolments", _options(*entered_in(work, batch)))


def closing(work: Work, batch: AwardBatch) -> Form:
    """The form in which results are written down."""
    return with_choices(ResultsAnswers.form, "not_yet", _options(*entered_in(work, batch)))


def answers_of_batch(batch: AwardBatch) -> BatchChangeAnswers:
    """The entry as the answers that would change it to what it is."""
    return answers_from(BatchChangeAnswers, batch)


def moderated(work: Work, authority_id: int) -> list[AwardScheme]:
    """The awards of an authority of which a level is looked at by the awarding body."""
    there = award_schemes_in_use(work, authority_id)
    return [one for one in there if any(level.moderated for level in one.levels)]


# ---- who is in it
def entered_in(work: Work, batch: AwardBatch) -> Sequence[AwardEnrolment]:
    """The enrolments of an entry, with whose they are."""
    return _with_people(work, AwardEnrolment.arts_award_batch_id == batch.id)


def waiting_for(work: Work, batch: AwardBatch) -> Sequence[AwardEnrolment]:
    """Those who are assessed for its award and stand in no entry, the first two hundred."""
    of = (AwardEnrolment.authority_id == batch.authority_id, AwardEnrolment.scheme == batch.scheme)
    return _with_people(work, to_enter(), *of, most=MOST)


def _with_people(work: Work, *where: ColumnElement[bool], most: int = 0) -> Sequence[AwardEnrolment]:
    asked = select(AwardEnrolment).where(*where).options(joinedload(AwardEnrolment.young_person))
    asked = asked.order_by(AwardEnrolment.assessed_on, AwardEnrolment.id)
    return work.db.scalars(asked.limit(most) if most else asked).all()


def _options(*enrolments: AwardEnrolment) -> list[kinds.Option]:
    return [kinds.Option(key=str(one.id), label=f"{one.young_person}, {one}", hint=_since(one)) for one in enrolments]


def _since(one: AwardEnrolment) -> str:
    return f"Assessed on {day(one.assessed_on)} by {one.assessed_by}" if one.assessed_on else ""


def _times(batch: AwardBatch) -> tuple[int, int]:
    """The days in which a sample is sent, and the weeks until certificates come."""
    scheme = award_schemes().get(batch.scheme)
    return (scheme.sample_days, scheme.certificate_weeks) if scheme else (_DAYS, _WEEKS)


def _refuse_ahead(work: Work, on: date, place: str) -> None:
    if on > work.today:
        raise refuse(f"{day(on)} is still to come.", place=place, way_out="Write it down then.")


def _refuse_before(batch: AwardBatch, on: date, place: str) -> None:
    if batch.entered_on is not None and on < batch.entered_on:
        said = f"{day(on)} is before the entry, {day(batch.entered_on)}."
        raise refuse(said, place=place, way_out="Look at the two days.")
