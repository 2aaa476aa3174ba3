"""Advisers and their training: who may assess which level on which day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select

from cmcore.api import (
    Finding,
    Mentor,
    NotAllowed,
    NotFound,
    Work,
    action,
    answers_from,
    authority_for,
    day,
    refuse,
    taken,
)
from cmcore_arts_award.forms import AdviserAnswers, TrainingAnswers, with_levels
from cmcore_arts_award.records import AdviserTraining, AwardAdviser, AwardEnrolment, AwardPart
from cmcore_arts_award.rules import by_a_trained_adviser, trained_on


@action("arts_award_adviser.add")
def add_adviser(work: Work, answers: AdviserAnswers, authority_id: int | None = None) -> AwardAdviser:
    """Write down an adviser of an authority."""
    authority = authority_for(work, authority_id)
    answers = taken(work, answers)
    _mentor(work, answers.mentor_id)
    return work.add(AwardAdviser(authority_id=authority.id, **answers.columns()))


@action("arts_award_adviser.change")
def change_adviser(
    work: Work, adviser: AwardAdviser, answers: AdviserAnswers, version: int | None = None
) -> AwardAdviser:
    """Change what is known of an adviser, that they left too."""
    answers = taken(work, answers)
    _mentor(work, answers.mentor_id)
    work.change(adviser, version, **answers.columns())
    return adviser


@action("arts_award_adviser.remove")
def remove_adviser(work: Work, adviser: AwardAdviser) -> None:
    """Remove an adviser entered by mistake. Refuses one who advised or marked: say that they left instead."""
    for asked in (
        select(AwardEnrolment.id).where(AwardEnrolment.arts_award_adviser_id == adviser.id),
        select(AwardPart.id).where(AwardPart.marked_by_id == adviser.id),
    ):
        if work.db.scalars(asked.limit(1)).first() is not None:
            raise refuse(f"{adviser.name} advised or marked, and stays.", way_out="Say on which day they left instead.")
    for training in trainings_of(work, adviser):
        work.db.delete(training)
    work.db.flush()
    work.db.delete(adviser)


@action("arts_award_training.add")
def add_training(work: Work, adviser: AwardAdviser, answers: TrainingAnswers) -> AdviserTraining:
    """Write down a training. Refuses a day ahead, and levels that are not offered here."""
    answers = _training(work, adviser.authority_id, answers)
    own = {"authority_id": adviser.authority_id, "arts_award_adviser_id": adviser.id}
    return work.add(AdviserTraining(**own, **answers.columns()))


@action("arts_award_training.change")
def change_training(
    work: Work, training: AdviserTraining, answers: TrainingAnswers, version: int | None = None
) -> AdviserTraining:
    """Change a training. What was marked stays as it was marked."""
    answers = _training(work, training.authority_id, answers)
    work.change(training, version, **answers.columns())
    return training


@action("arts_award_training.remove")
def remove_training(work: Work, training: AdviserTraining) -> None:
    """Remove a training that was written down by mistake."""
    work.db.delete(training)


def answers_of_adviser(adviser: AwardAdviser) -> AdviserAnswers:
    """The adviser as the answers that would write them down again."""
    return answers_from(AdviserAnswers, adviser)


def answers_of_training(training: AdviserTraining) -> TrainingAnswers:
    """The training as the answers that would write it down again."""
    return answers_from(TrainingAnswers, training, {"levels": list(training.levels)})


def trainings_of(work: Work, adviser: AwardAdviser) -> Sequence[AdviserTraining]:
    """The trainings of an adviser, the earliest first."""
    asked = select(AdviserTraining).where(AdviserTraining.arts_award_adviser_id == adviser.id)
    return work.db.scalars(asked.order_by(AdviserTraining.trained_on)).all()


def adviser_of(work: Work, authority_id: int, key: int | None, place: str = "arts_award_adviser_id") -> AwardAdviser:
    """The adviser who was chosen; refuses one out of reach or of another authority at their question."""
    try:
        found = work.get(AwardAdviser, key)
    except NotFound:
        found = None
    if found is None or found.authority_id != authority_id:
        raise refuse("That adviser was not found.", place=place, way_out="Choose one that is listed.")
    return found


def may_assess(work: Work, adviser: AwardAdviser, code: str, on: date) -> list[Finding]:
    """What keeps an adviser from marking or assessing a level on a day (R-AA-2); a mentor marks as themselves only."""
    place = "arts_award_adviser_id"
    policy = work.policy_of(adviser)
    if adviser.left_on is not None and adviser.left_on < on:
        said = f"{adviser.name} left on {day(adviser.left_on)}."
        return [policy.finding("R-AA-2", said, place=place, way_out="Choose another adviser.")]
    told = [(each.levels, each.trained_on, each.valid_to) for each in trainings_of(work, adviser)]
    return by_a_trained_adviser(trained_on(adviser.name, told, code, on), policy, place)


def refuse_in_anothers_name(work: Work, adviser: AwardAdviser) -> None:
    """Refuse a mentor who would mark in the name of another adviser."""
    grants = [one for one in work.scope.grants if one.authority_id == adviser.authority_id] if work.scope else []
    if grants and all(one.mentor_id is not None and one.mentor_id != adviser.mentor_id for one in grants):
        said = "A mentor marks as the adviser they are."
        raise NotAllowed([Finding(said, place="arts_award_adviser_id", way_out="Ask the adviser to mark it.")])


def _training(work: Work, authority_id: int, answers: TrainingAnswers) -> TrainingAnswers:
    answers = taken(work, answers, with_levels(TrainingAnswers.form, work, authority_id, "levels"))
    if answers.trained_on > work.today:
        raise refuse(f"{day(answers.trained_on)} is still to come.", place="trained_on", way_out="Write it down then.")
    return answers


def _mentor(work: Work, key: int | None) -> None:
    if key is None:
        return
    try:
        work.get(Mentor, key)
    except NotFound:
        raise refuse("That mentor was not found.", place="mentor_id", way_out="Search for them again.") from None
