"""What people do with an enrolment: make a place in a programme, change it, take it from state to state."""

from __future__ import annotations

from datetime import date
from typing import Any

from cmcore.answers.taking import taken
from cmcore.base.findings import refuse
from cmcore.enrolments import guards, rules
from cmcore.enrolments.forms import EnrolmentAnswers, EnrolmentChangeAnswers
from cmcore.enrolments.queries import last_step_on
from cmcore.enrolments.records import Enrolment
from cmcore.programmes.records import Programme
from cmcore.programmes.registry import programme_types
from cmcore.referrals.actions import decide_referral
from cmcore.referrals.records import Referral
from cmcore.safekeeping.refs import next_ref
from cmcore.safekeeping.work import Work, action
from cmcore.virtual_schools.records import Authority
from cmcore.young_people.records import YoungPerson


@action("enrolment.add")
def add_enrolment(work: Work, answers: EnrolmentAnswers) -> Enrolment:
    """Give a young person a place in a programme without a referral. Refuses a programme whose subject is a school."""
    answers = taken(work, answers)
    person = work.get(YoungPerson, answers.young_person_id)
    programme = work.get(Programme, answers.programme_id)
    return _add(work, person, programme, **_values(answers.columns("young_person_id", "programme_id")))


@action("enrolment.add")
def enrol(work: Work, referral: Referral, planned_start_on: date | None = None) -> Enrolment:
    """Give the young person of an accepted referral a place in its programme. Refuses any other state."""
    if referral.state not in ("accepted", "matched"):
        raise refuse(f"The referral is “{referral.state_label}”.", way_out="Accept it first.")
    person = work.get(YoungPerson, referral.young_person_id)
    programme = work.get(Programme, referral.programme_id)
    return _add(
        work,
        person,
        programme,
        referral_id=referral.id,
        planned_start_on=planned_start_on,
        concern_at_start=referral.concern,
    )


@action("referral.decide")
def accept_referral(work: Work, referral: Referral) -> Enrolment:
    """Accept a referral in triage and give the young person a place in the programme, planned."""
    decide_referral(work, referral, "accept")
    return enrol(work, referral)


def _add(work: Work, person: YoungPerson, programme: Programme, **values: Any) -> Enrolment:
    if programme_types().of(programme.type_key).subject != "young_person":
        raise refuse(
            f"{programme.title} works with schools, not with young people.",
            place="programme_id",
            way_out="Choose another programme.",
        )
    made = Enrolment(
        authority_id=person.authority_id,
        young_person_id=person.id,
        programme_id=programme.id,
        programme=programme,
        **values,
    )
    made.ref = next_ref(work, work.get(Authority, person.authority_id), "E")
    return work.add(made)


@action("enrolment.change")
def change_enrolment(
    work: Work, enrolment: Enrolment, answers: EnrolmentChangeAnswers, version: int | None = None
) -> Enrolment:
    """Change what is planned of an enrolment. Refuses a version older than the kept one."""
    work.change(enrolment, version, **_values(taken(work, answers).columns()))
    return enrolment


@action("enrolment.remove")
def remove_enrolment(work: Work, enrolment: Enrolment) -> None:
    """Take away an enrolment that never began. Refuses any other: that is ended early, and stays known."""
    if enrolment.state != "planned":
        raise refuse(
            "Only an enrolment that has not begun can be taken away.", way_out="End this one early, with a reason."
        )
    work.db.delete(enrolment)


@action("enrolment.move")
def move_enrolment(
    work: Work, enrolment: Enrolment, transition: str, *, on: date | None = None, reason: str = ""
) -> Enrolment:
    """Take an enrolment along one transition of its programme type's life cycle, on a day not after today.

    The guards the transition names are asked first; an ending ends its commissions too.
    """
    day = on or work.today
    way = enrolment.lifecycle.way(transition, enrolment.state)
    work.heed(
        rules.step_in_time(day, work.today, started_on=enrolment.started_on, last_step_on=last_step_on(work, enrolment))
    )
    work.heed(guards.findings_of(way.guards, work, enrolment, day))
    work.heed(work.ask("cm_check_enrolment", enrolment, enrolment=enrolment, step=transition, on=day))
    was_ended = enrolment.lifecycle.ended(enrolment.state)
    work.move(enrolment, transition, reason=reason, on=day)
    if enrolment.lifecycle.ended(enrolment.state):
        enrolment.ended_on = day
        guards.ended(work, enrolment, day, reason)
        work.happened("cm_enrolment_ended", enrolment=enrolment)
    elif was_ended:
        enrolment.ended_on = None
    if enrolment.started_on is None and enrolment.state == "active":
        enrolment.started_on = day
        work.happened("cm_enrolment_started", enrolment=enrolment)
    return enrolment


def answers_of_enrolment(enrolment: Enrolment) -> EnrolmentChangeAnswers:
    """The enrolment as the answers that would change it to what it is."""
    keys = [question.key for question in EnrolmentChangeAnswers.form.questions if question.answers]
    return EnrolmentChangeAnswers(**{key: getattr(enrolment, key) or None for key in keys})


def _values(columns: dict[str, Any]) -> dict[str, Any]:
    return {
        key: ("" if value is None and key in ("learning_targets", "no_exit_review_because") else value)
        for key, value in columns.items()
    }
