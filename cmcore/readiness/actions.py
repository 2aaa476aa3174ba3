"""What people do so that mentors are ready: reflective sessions, training, and risk assessments drawn up and read."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import select

from cmcore.answers.taking import answers_from, taken
from cmcore.base.clock import day
from cmcore.base.findings import Finding, refuse
from cmcore.mentors.records import Mentor
from cmcore.readiness.forms import (
    AssessmentReadAnswers,
    AssessmentReplacedAnswers,
    HazardAnswers,
    RiskAssessmentAnswers,
    SupervisionAnswers,
    SupervisionChangeAnswers,
    TrainingAnswers,
    TrainingChangeAnswers,
)
from cmcore.readiness.records import AssessmentRead, RiskAssessment, Supervision, Training
from cmcore.readiness.words import Attendance, Exclusion, Likely
from cmcore.safekeeping.removal import remove_if_free
from cmcore.safekeeping.work import Work, action
from cmcore.virtual_schools.queries import authority_for


# ---- reflective sessions and one-to-one support
@action("supervision.add")
def add_supervision(work: Work, answers: SupervisionAnswers, authority_id: int | None = None) -> Supervision:
    """Write down a reflective session for each of its mentors; gives the first. Nobody has come to one after today."""
    told = taken(work, answers)
    work.heed(_came_by(told.held_on, told.attendance, work.today))
    own = authority_for(work, authority_id).id
    columns = told.columns("mentor_ids")
    return [
        work.add(Supervision(authority_id=own, mentor_id=work.get(Mentor, key).id, **columns))
        for key in dict.fromkeys(told.mentor_ids)
    ][0]


@action("supervision.change")
def change_supervision(
    work: Work, held: Supervision, answers: SupervisionChangeAnswers, version: int | None = None
) -> Supervision:
    """Write down whether a mentor came after all, or put it right."""
    told = taken(work, answers)
    work.heed(_came_by(told.held_on, told.attendance, work.today))
    work.change(held, version, **told.columns())
    return held


@action("supervision.remove")
def remove_supervision(work: Work, held: Supervision) -> None:
    """Remove one that was entered by mistake."""
    work.db.delete(held)


def answers_of_supervision(held: Supervision) -> SupervisionChangeAnswers:
    """The record as the answers that would write it again."""
    return answers_from(SupervisionChangeAnswers, held)


# ---- training
@action("training.add")
def add_training(work: Work, answers: TrainingAnswers, authority_id: int | None = None) -> Training:
    """Write down a training for each of its mentors; gives the first. Nobody has come to one after today."""
    told = taken(work, answers)
    work.heed(_came_by(told.held_on, told.attendance, work.today))
    own = authority_for(work, authority_id).id
    columns = told.columns("mentor_ids")
    return [
        work.add(Training(authority_id=own, mentor_id=work.get(Mentor, key).id, **columns))
        for key in dict.fromkeys(told.mentor_ids)
    ][0]


@action("training.change")
def change_training(work: Work, held: Training, answers: TrainingChangeAnswers, version: int | None = None) -> Training:
    """Write down whether a mentor came after all, or put it right."""
    told = taken(work, answers)
    work.heed(_came_by(told.held_on, told.attendance, work.today))
    work.change(held, version, **told.columns())
    return held


@action("training.remove")
def remove_training(work: Work, held: Training) -> None:
    """Remove one that was entered by mistake."""
    work.db.delete(held)


def answers_of_training(held: Training) -> TrainingChangeAnswers:
    """The record as the answers that would write it again."""
    return answers_from(TrainingChangeAnswers, held)


def _came_by(held_on: date, attendance: Attendance, today: date) -> list[Finding]:
    if held_on <= today or attendance in (Attendance.invited, Attendance.sent_word):
        return []
    return [
        Finding(
            f"The day, {day(held_on)}, is after today: nobody knows yet who came.",
            place="held_on",
            way_out="Choose “Invited”, and say afterwards who came.",
        )
    ]


# ---- risk assessments
@action("risk_assessment.add")
def add_risk_assessment(work: Work, answers: RiskAssessmentAnswers, authority_id: int | None = None) -> RiskAssessment:
    """Draw up a risk assessment. Mentors say that they have read it; those for everybody count for R-MEN-2."""
    told = taken(work, answers)
    return work.add(RiskAssessment(authority_id=authority_for(work, authority_id).id, **_columns(told)))


@action("risk_assessment.change")
def change_risk_assessment(
    work: Work, assessment: RiskAssessment, answers: RiskAssessmentAnswers, version: int | None = None
) -> RiskAssessment:
    """Put one right that nobody has read yet; what was read stays as it was read."""
    if _read(work, assessment):
        raise refuse(
            "Mentors have read this as it is.",
            way_out="Draw up a newer one, and say of this one from which day it no longer holds.",
        )
    work.change(assessment, version, **_columns(taken(work, answers)))
    return assessment


@action("risk_assessment.replace")
def replace_risk_assessment(
    work: Work, assessment: RiskAssessment, answers: AssessmentReplacedAnswers
) -> RiskAssessment:
    """Say from which day a newer one holds."""
    on = taken(work, answers).replaced_on
    if on < assessment.made_on:
        said = f"It was drawn up on {day(assessment.made_on)}, after {day(on)}."
        raise refuse(said, place="replaced_on", way_out="Give a later day.")
    work.change(assessment, replaced_on=on)
    return assessment


@action("risk_assessment.remove")
def remove_risk_assessment(work: Work, assessment: RiskAssessment) -> None:
    """Remove one that was entered by mistake. Refuses one that somebody has read."""
    remove_if_free(work, assessment)


def answers_of_risk_assessment(assessment: RiskAssessment) -> RiskAssessmentAnswers:
    """The record as the answers that would draw it up again."""
    given = {
        "hazards": [HazardAnswers(**{**each, "likely": Likely(each["likely"])}) for each in assessment.hazards],
        "exclusions": [Exclusion(each) for each in assessment.exclusions],
    }
    return answers_from(RiskAssessmentAnswers, assessment, given)


def _columns(told: RiskAssessmentAnswers) -> dict[str, Any]:
    hazards = [
        {"what": one.what, "who": one.who, "met_by": one.met_by, "likely": str(one.likely)} for one in told.hazards
    ]
    return {
        **told.columns("hazards", "exclusions"),
        "hazards": hazards,
        "exclusions": [str(one) for one in told.exclusions or ()],
    }


def _read(work: Work, assessment: RiskAssessment) -> bool:
    asked = select(AssessmentRead.id).where(AssessmentRead.assessment_id == assessment.id).limit(1)
    return work.db.scalars(asked).first() is not None


@action("assessment_read.add")
def read_assessment(work: Work, assessment: RiskAssessment, answers: AssessmentReadAnswers) -> AssessmentRead:
    """Write down that a mentor has read a risk assessment. A mentor writes it down of themselves only.

    Refuses a day after today or before it was drawn up, and one who has read it already.
    """
    told = taken(work, answers)
    mentor = work.get(Mentor, told.mentor_id)
    if told.read_on > work.today:
        raise refuse(
            f"The day is after today, {day(work.today)}.", place="read_on", way_out="Write it down once it is read."
        )
    if told.read_on < assessment.made_on:
        said = f"It was drawn up on {day(assessment.made_on)}, after {day(told.read_on)}."
        raise refuse(said, place="read_on", way_out="Give a later day.")
    asked = select(AssessmentRead).where(
        AssessmentRead.assessment_id == assessment.id, AssessmentRead.mentor_id == mentor.id
    )
    if (known := work.db.scalars(asked).first()) is not None:
        raise refuse(f"{mentor.name} read it on {day(known.read_on)} already.")
    return work.add(
        AssessmentRead(
            authority_id=assessment.authority_id,
            assessment_id=assessment.id,
            mentor_id=mentor.id,
            read_on=told.read_on,
            recorded_by=work.actor.name,
        )
    )


@action("assessment_read.remove")
def remove_reading(work: Work, read: AssessmentRead) -> None:
    """Take away that a risk assessment was read, where it was written down by mistake."""
    work.db.delete(read)
