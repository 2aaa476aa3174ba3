"""What people do with places in a study: take in, give in order, leave; and what the acts of others must keep."""

from __future__ import annotations

from datetime import date

from sqlalchemy import func, select

from cmcore.api import (
    Commission,
    Enrolment,
    Finding,
    Referral,
    Work,
    YoungPerson,
    action,
    day,
    refuse,
    refuse_if,
    taken,
)
from cmcore.api.acts import add_enrolment
from cmcore.api.asks import EnrolmentAnswers, ReviewAnswers
from cmcore_action_research import rules
from cmcore_action_research.forms import GiveAnswers, LeaveAnswers, RoundAnswers, TakeAnswers
from cmcore_action_research.people_records import StudyPlace, StudyReferral
from cmcore_action_research.programme_type import ACTION_RESEARCH
from cmcore_action_research.queries import (
    first_frozen_on,
    in_force,
    is_of_a_study,
    permitted,
    place_of_enrolment,
    places_of,
    reviews_of,
)
from cmcore_action_research.records import ResearchStudy
from cmcore_action_research.words import PLUGIN, Group

_MEASURED, _STARTED, _PLACED = "Nobody is measured", "Nobody starts", "Nobody is given a place"


def _not_ahead(on: date, today: date, place: str) -> list[Finding]:
    if on <= today:
        return []
    return [Finding(f"{day(on)} is still to come.", place=place, way_out="Say so on the day.")]


# ---- into the study
@action("action_research_referral.decide")
def take_in(work: Work, referral: StudyReferral, answers: TakeAnswers) -> StudyPlace:
    """Take somebody who was referred into the study, at the end of the line, with an enrolment that is planned.

    Refuses before the protocol is frozen (R-STUDY-1), without a permission for research (R-STUDY-4), somebody born on
    another day than the partner said, and whoever is in the study already; R-STUDY-7 points out an age it is not for.
    """
    told = taken(work, answers)
    study = work.get(ResearchStudy, referral.action_research_study_id)
    person = work.get(YoungPerson, told.young_person_id)
    if person.born_on != referral.born_on:
        raise refuse(
            "They were born on another day than the partner wrote.",
            place="young_person_id",
            way_out="Look whether it is the same person; ask the partner to refer again if the day was wrong.",
        )
    place = join(work, study, person, told.joined_on, referral_id=referral.id)
    work.move(referral, "accept")
    work.change(referral, young_person_id=person.id)
    return place


def join(work: Work, study: ResearchStudy, person: YoungPerson, on: date, referral_id: int | None = None) -> StudyPlace:
    """Put a young person at the end of the line, under the rules of :func:`take_in`. A part of that action."""
    policy = work.policy_of(study)
    refuse_if(_not_ahead(on, work.today, "joined_on"))
    if study.state != "open":
        refuse_if(rules.frozen_before(first_frozen_on(work, study.id), on, _PLACED, policy))
        raise refuse(f"This study is “{study.state_label}”.", way_out="Open it again first.")
    work.heed(rules.frozen_before(first_frozen_on(work, study.id), on, _PLACED, policy))
    work.heed(rules.may_take_part(person.id in permitted(work, [person], on), on, policy))
    own_place = select(StudyPlace.id).where(
        StudyPlace.action_research_study_id == study.id, StudyPlace.young_person_id == person.id
    )
    if work.db.scalar(own_place) is not None:
        raise refuse("They are in this study already.", place="young_person_id")
    if (held := in_force(work, study)) is not None:
        work.heed(rules.age_within(person.age(on), held.least_age, held.most_age, policy))
    enrolment = add_enrolment(
        work,
        EnrolmentAnswers(
            young_person_id=person.id,
            programme_id=study.programme_id,
            planned_start_on=None,
            learning_targets=None,
            review_days=None,
            concern_at_start=None,
        ),
    )
    work.db.flush()
    own = {"authority_id": study.authority_id, "action_research_study_id": study.id}
    last = work.db.scalar(select(func.max(StudyPlace.number)).where(StudyPlace.action_research_study_id == study.id))
    return work.add(
        StudyPlace(
            **own,
            action_research_referral_id=referral_id,
            young_person_id=person.id,
            enrolment_id=enrolment.id,
            number=(last or 0) + 1,
            joined_on=on,
        )
    )


# ---- places in order
@action("action_research_place.give")
def give_round(work: Work, study: ResearchStudy, answers: RoundAnswers) -> list[StudyPlace]:
    """Give the next places, in the order of the line. Whoever is still in line waits first from now on.

    Refuses more places than the protocol has. R-STUDY-6 points out those who were not measured while they waited.
    """
    told = taken(work, answers)
    refuse_if(_not_ahead(told.given_on, work.today, "given_on"))
    line = [one for one in places_of(work, study) if one.state == "in_line"]
    if not line:
        raise refuse("Nobody is in line.", way_out="Take somebody in first.")
    _refuse_too_many(work, study, told.many)
    chosen, rest = line[: told.many], line[told.many :]
    for place in chosen:
        _give(work, place, told.given_on)
    for place in rest:
        if place.place_group is None:
            work.change(place, place_group=Group.waiting.value)
    return chosen


@action("action_research_place.give")
def give_place(work: Work, place: StudyPlace, answers: GiveAnswers) -> StudyPlace:
    """Give one young person a place. R-STUDY-5 refuses it out of order without a reason."""
    told = taken(work, answers)
    refuse_if(_not_ahead(told.given_on, work.today, "given_on"))
    study = work.get(ResearchStudy, place.action_research_study_id)
    line = [one for one in places_of(work, study) if one.state == "in_line"]
    _refuse_too_many(work, study, 1)
    reason = (told.out_of_order_because or "").strip()
    work.heed(rules.in_order(place.number, [one.number for one in line], reason, work.policy_of(place)))
    ahead = any(one.number < place.number for one in line)
    _give(work, place, told.given_on)
    work.change(place, out_of_order_because=reason if ahead else "")
    return place


def _give(work: Work, place: StudyPlace, on: date) -> None:
    if on < place.joined_on:
        raise refuse("A place is given on or after the day they joined.", place="given_on")
    policy = work.policy_of(place)
    if place.place_group == Group.waiting:
        scored = [one.held_on for one in reviews_of(work, [place.enrolment_id])[place.enrolment_id]]
        first = scored[0] if scored else None
        work.heed(rules.measured_while_waiting(first, scored[-1] if scored else None, policy))
    work.move(place, "give", on=on)
    work.change(place, given_on=on, place_group=place.place_group or Group.mentored.value)


def _refuse_too_many(work: Work, study: ResearchStudy, many: int) -> None:
    held = in_force(work, study)
    taken_now = sum(one.state == "given" for one in places_of(work, study))
    if held is not None and taken_now + many > held.places:
        raise refuse(
            f"The protocol has {held.places} places, and {taken_now} are taken.",
            place="many",
            way_out="Give fewer, or draw up another version of the protocol.",
        )


@action("action_research_place.leave")
def leave(work: Work, place: StudyPlace, answers: LeaveAnswers) -> StudyPlace:
    """Somebody leaves the study, with the reason. Their mentoring goes on; nothing of theirs is released any more."""
    told = taken(work, answers)
    refuse_if(_not_ahead(told.left_on, work.today, "left_on"))
    work.move(place, "leave", reason=told.reason, on=told.left_on)
    work.change(place, left_on=told.left_on)
    return place


# ---- what the acts of others must keep
def check_enrolment(work: Work, enrolment: Enrolment, step: str, on: date) -> list[Finding]:
    """R-STUDY-1, R-STUDY-4: nobody starts without a place, a frozen protocol and a permission for research."""
    if step != "start" or not is_of_a_study(work, enrolment):
        return []
    place, policy = place_of_enrolment(work, enrolment.id), work.policy_of(enrolment)
    frozen_on = first_frozen_on(work, place.action_research_study_id) if place is not None else None
    found = rules.frozen_before(frozen_on, on, _STARTED, policy)
    if place is not None and place.state == "in_line":
        found.append(Finding("They are still in line.", way_out="Give them a place in the study first."))
    person = enrolment.young_person
    if person is not None:
        found += rules.may_take_part(person.id in permitted(work, [person], on), on, policy)
    return found


def check_review(work: Work, enrolment: Enrolment, answers: ReviewAnswers) -> list[Finding]:
    """R-STUDY-1: no score counts before the protocol is frozen. What a mentor may not see is not looked at."""
    if not is_of_a_study(work, enrolment):
        return []
    place = place_of_enrolment(work, enrolment.id)
    frozen_on = first_frozen_on(work, place.action_research_study_id) if place is not None else None
    on = answers.held_on or work.today
    return rules.frozen_before(frozen_on, on, _MEASURED, work.policy_of(enrolment))


def check_referral(work: Work, referral: Referral) -> list[Finding]:
    """R-STUDY-9: no theme stands in an ordinary referral to a programme of this type."""
    if referral.programme.type_key != ACTION_RESEARCH.key:
        return []
    return rules.themes_stand_apart(referral.theme, work.policy_of(referral))


def check_commission(work: Work, commission: Commission, enrolment: Enrolment) -> list[Finding]:
    """R-STUDY-7: points out hours beyond what the protocol plans for each."""
    if not is_of_a_study(work, enrolment):
        return []
    place = place_of_enrolment(work, enrolment.id)
    held = in_force(work, place.study) if place is not None else None
    if held is None:
        return []
    asked = select(func.sum(Commission.minutes)).where(
        Commission.enrolment_id == enrolment.id, Commission.state.in_(("approved", "active", "completed"))
    )
    if commission.id is not None:
        asked = asked.where(Commission.id != commission.id)
    before = work.db.scalar(asked) or 0
    return rules.hours_within(before + (commission.minutes or 0), held.dose_hours, work.policy_of(enrolment))


__all__ = [
    "PLUGIN",
    "check_commission",
    "check_enrolment",
    "check_referral",
    "check_review",
    "give_place",
    "give_round",
    "join",
    "leave",
    "take_in",
]
