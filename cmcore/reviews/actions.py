"""What people do with a review: score the measures, make them final, correct them soon, supersede them later."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy.orm.attributes import flag_modified

from cmcore.answers.taking import taken
from cmcore.base.clock import local
from cmcore.base.findings import Finding, refuse
from cmcore.enrolments.guards import guard, when_ended
from cmcore.enrolments.records import Enrolment
from cmcore.forms import Score
from cmcore.measures.registry import measure_set
from cmcore.measures.sets import MeasureSet
from cmcore.programmes.registry import programme_types
from cmcore.reviews import rules
from cmcore.reviews.forms import ReviewAnswers, SupersedeAnswers, review_form
from cmcore.reviews.queries import (
    has_exit_review,
    measure_set_for,
    others_held,
    reopened_on,
    sessions_before,
)
from cmcore.reviews.records import Review, ReviewScore
from cmcore.reviews.rules import Held
from cmcore.reviews.words import ReviewKind
from cmcore.safekeeping.work import Work, action

#: How long a reason for not scoring may be.
_ROOM = 300


@action("review.add")
def add_review(work: Work, answers: ReviewAnswers, ref: str | None = None) -> Review:
    """Write a review as a draft, which counts for nothing yet. ``ref`` names the measure set; usually it follows.

    Refuses a set the programme is not measured with, and scores outside their scale (R-MEA-1).
    """
    made, chosen = _begun(work, answers, ref)
    work.heed(_drafted(work, made, chosen, answers))
    _write(work, made, chosen, answers)
    return work.add(made)


@action("review.change")
def change_review(work: Work, review: Review, answers: ReviewAnswers, version: int | None = None) -> Review:
    """Change a draft. Refuses a final review: that is corrected, or superseded."""
    if review.state != "draft":
        raise refuse(
            f"This review is “{review.state_label}”.", way_out="Correct it, or supersede it with a reason. R-MEA-5"
        )
    _stays_with_its_enrolment(review, answers)
    chosen = measure_set(review.measure_set)
    work.heed(_drafted(work, review, chosen, answers))
    _write(work, review, chosen, answers, version)
    return review


@action("review.remove")
def remove_review(work: Work, review: Review) -> None:
    """Throw a draft away. Refuses a final review: that is superseded, and stays known."""
    if review.state != "draft":
        raise refuse("Only a draft can be thrown away.", way_out="Supersede this one, with a reason. R-MEA-5")
    work.db.delete(review)


@action("review.finalise")
def finalise_review(work: Work, review: Review) -> Review:
    """Make a draft final: from now on it counts.

    Refuses a measure without score or reason, scores outside their scale (R-MEA-1), reviews out of order (R-MEA-6) and
    a day after today; warns of a late baseline, or one not guided by the child (R-MEA-2).
    """
    work.heed(_final(work, review, measure_set(review.measure_set), answers_of_review(review)))
    _make_final(work, review)
    return review


@action("review.finalise")
def score_review(work: Work, answers: ReviewAnswers, ref: str | None = None) -> Review:
    """Write a review and make it final in one go, under the rules of both."""
    made, chosen = _begun(work, answers, ref)
    work.heed([*_drafted(work, made, chosen, answers), *_final(work, made, chosen, answers)])
    _write(work, made, chosen, answers)
    work.add(made)
    _make_final(work, made)
    return made


@action("review.correct")
def correct_review(work: Work, review: Review, answers: ReviewAnswers, version: int | None = None) -> Review:
    """Correct a final review while that is allowed: seven days (R-MEA-5). Every rule of a final review holds again."""
    if review.state != "final" or review.finalised_at is None:
        raise refuse(f"This review is “{review.state_label}”.", way_out="Only a final review is corrected.")
    work.heed(rules.may_correct(local(review.finalised_at).date(), work.today, work.policy_of(review)))
    _stays_with_its_enrolment(review, answers)
    chosen = measure_set(review.measure_set)
    work.heed([*_drafted(work, review, chosen, answers), *_final(work, review, chosen, answers)])
    _write(work, review, chosen, answers, version)
    return review


@action("review.supersede")
def supersede_review(work: Work, review: Review, answers: SupersedeAnswers) -> Review:
    """Put a new final review in the place of one that stands, with the reason (R-MEA-5). The old one stays readable."""
    review.lifecycle.way("supersede", review.state)
    work.heed(rules.may_supersede(answers.reason, work.policy_of(review)))
    _stays_with_its_enrolment(review, answers)
    chosen = measure_set(review.measure_set)
    work.heed([*_drafted(work, review, chosen, answers), *_final(work, review, chosen, answers)])
    made = Review(
        authority_id=review.authority_id,
        young_person_id=review.young_person_id,
        enrolment_id=review.enrolment_id,
        measure_set=review.measure_set,
    )
    work.move(review, "supersede", reason=answers.reason)
    _write(work, made, chosen, answers)
    work.add(made)
    _make_final(work, made)
    review.superseded_by_id = made.id
    return made


def answers_of_review(review: Review) -> ReviewAnswers:
    """The review as the answers that would write it again."""
    keys = ("kind_of_review", "held_on", "scored_by", "guided_by_child", "words_said", "concern")
    told: dict[str, Any] = {key: getattr(review, key) for key in keys}
    scores = {each.measure: Score(each.score, each.not_scored_because, each.note) for each in review.scores}
    return ReviewAnswers(**told | {"enrolment_id": review.enrolment_id, "scores": scores})


@guard("exit_review")
def _has_an_exit_review(work: Work, enrolment: Enrolment, on: date) -> list[Finding]:
    has_one = has_exit_review(work, enrolment.id)
    return rules.may_complete(has_one, enrolment.no_exit_review_because, work.policy_of(enrolment))


@when_ended
def _says_what_cannot_be_said(work: Work, enrolment: Enrolment, on: date, reason: str) -> None:
    if enrolment.started_on is None or enrolment.young_person_id is None:
        return
    has_one = has_exit_review(work, enrolment.id)
    work.heed(rules.ends_unscored(has_one, enrolment.no_exit_review_because, work.policy_of(enrolment)))


def _begun(work: Work, answers: ReviewAnswers, ref: str | None) -> tuple[Review, MeasureSet]:
    """A review that is not in the work yet, and the set it is scored with."""
    enrolment = work.get(Enrolment, answers.enrolment_id)
    if enrolment.young_person_id is None:
        raise refuse("Only a young person’s enrolment is scored with these measures.", place="enrolment_id")
    chosen = _set_of(work, enrolment, ref, answers.held_on)
    made = Review(
        authority_id=enrolment.authority_id,
        young_person_id=enrolment.young_person_id,
        enrolment_id=enrolment.id,
        measure_set=chosen.ref,
    )
    return made, chosen


def _make_final(work: Work, review: Review) -> None:
    work.move(review, "finalise")
    review.finalised_at = work.clock.now()
    work.happened("cm_review_completed", review=review)


def _set_of(work: Work, enrolment: Enrolment, ref: str | None, held_on: date | None) -> MeasureSet:
    chosen = measure_set(ref) if ref else measure_set_for(work, enrolment)
    measured_with = programme_types().of(enrolment.programme.type_key).measure_sets
    if chosen.ref not in measured_with:
        raise refuse(
            f"{enrolment.programme.title} is not measured with {chosen.title}.",
            place="scores",
            way_out=f"It is measured with {', '.join(measured_with)}.",
        )
    if held_on is not None and not chosen.in_use(held_on):
        raise refuse(f"{chosen.title} is not in use on that day.", place="held_on", way_out="Look at the day.")
    return chosen


def _stays_with_its_enrolment(review: Review, answers: ReviewAnswers) -> None:
    if answers.enrolment_id != review.enrolment_id:
        raise refuse(
            "A review stays with its enrolment.", place="enrolment_id", way_out="Write another one there instead."
        )


def _drafted(work: Work, review: Review, chosen: MeasureSet, answers: ReviewAnswers) -> list[Finding]:
    """What is wrong with answers even as a draft: scores outside their scale, reasons too long to keep."""
    policy = work.policy_of(review)
    found = []
    for key, score in answers.scores.items():
        measure = chosen.get(key)
        if measure is None:
            found.append(Finding(f"“{key}” is not a measure of this set, {chosen.title}.", place=f"scores.{key}"))
        elif score.value is not None:
            found.extend(rules.score_is_in_scale(measure, score.value, policy))
        if len(score.why_not) > _ROOM:
            message = f"The reason why {key} is not scored has room for {_ROOM} characters."
            found.append(
                Finding(message, place=f"scores.{key}", way_out="Shorten it; the note beside it has more room.")
            )
    return found


def _final(work: Work, review: Review, chosen: MeasureSet, answers: ReviewAnswers) -> list[Finding]:
    """Everything the rules say about a review that is to count, before anything of it is touched."""
    policy = work.policy_of(review)
    if not answers.held_on or not answers.kind_of_review or not answers.scored_by:
        return [Finding("Say which review it is, when it was scored and by whom.", place="kind_of_review")]
    others = others_held(work, review)
    enrolment = work.get(Enrolment, review.enrolment_id)
    held = Held(answers.kind_of_review, answers.held_on, answers.scored_by)
    return [
        *rules.not_ahead(answers.held_on, work.today),
        *rules.scores_are_whole(
            chosen,
            {key: score.value for key, score in answers.scores.items()},
            {key: score.why_not for key, score in answers.scores.items()},
            policy,
        ),
        *rules.in_order(held, others, policy, reopened_on(work, review.enrolment_id)),
        *rules.will_be_compared(held, others),
        *_started_well(work, review, answers),
        *work.ask("cm_check_review", enrolment, enrolment=enrolment, answers=answers, review=review),
    ]


def _started_well(work: Work, review: Review, answers: ReviewAnswers) -> list[Finding]:
    """R-MEA-2, of a baseline."""
    if answers.kind_of_review != ReviewKind.baseline:
        return []
    policy = work.policy_of(review)
    found = rules.baseline_guided(answers.guided_by_child, policy)
    enrolment = work.get(Enrolment, review.enrolment_id)
    if enrolment.started_on is not None:
        before = sessions_before(work, enrolment.id, answers.held_on)
        found += rules.baseline_in_time(enrolment.started_on, before, answers.held_on, work.today, policy)
    return found


def _write(work: Work, review: Review, chosen: MeasureSet, answers: ReviewAnswers, version: int | None = None) -> None:
    # The rules have spoken in their own words; what is left is what any form asks, also of answers made in a script.
    answers = taken(work, answers, review_form(chosen, type(answers)), draft=True)
    values = {
        "kind_of_review": answers.kind_of_review,
        "held_on": answers.held_on,
        "scored_by": answers.scored_by,
        "guided_by_child": answers.guided_by_child,
        "words_said": answers.words_said or "",
        "concern": answers.concern,
    }
    work.change(review, version, **values)
    if _write_scores(review, chosen, answers.scores):
        # The scores are rows of their own: the review's version must tell that they changed, within one instant too.
        review.changed_at = work.clock.now()
        flag_modified(review, "changed_at")


def _write_scores(review: Review, chosen: MeasureSet, given: Mapping[str, Score]) -> bool:
    kept = {each.measure: each for each in review.scores}
    changed = False
    for measure in chosen.measures:
        score, row = given.get(measure.key), kept.get(measure.key)
        if score is None:
            if row is not None:
                review.scores.remove(row)
                changed = True
            continue
        if row is None:
            row = ReviewScore(
                authority_id=review.authority_id, young_person_id=review.young_person_id, measure=measure.key
            )
            review.scores.append(row)
        values = {"score": score.value, "not_scored_because": score.why_not.strip(), "note": score.note.strip()}
        for name, value in values.items():
            if getattr(row, name) != value:
                setattr(row, name, value)
                changed = True
    return changed
