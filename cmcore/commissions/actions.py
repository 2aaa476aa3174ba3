"""What people do with a commission: draw it up, approve it, make it active, end it."""

from __future__ import annotations

from datetime import date
from typing import Any

from cmcore.answers.taking import taken
from cmcore.base.clock import day as day_in_words
from cmcore.base.findings import Finding, as_warnings, refuse
from cmcore.commissions import guards, rules
from cmcore.commissions.forms import CommissionAnswers
from cmcore.commissions.records import Commission
from cmcore.enrolments.guards import guard, when_ended
from cmcore.enrolments.records import Enrolment
from cmcore.mentors.queries import what_checks_say
from cmcore.mentors.records import Mentor
from cmcore.programmes.registry import programme_types
from cmcore.readiness.queries import inducted, supported
from cmcore.referrals.actions import match_referral, named_around
from cmcore.risks.queries import risks_of, what_briefings_say
from cmcore.safekeeping.work import Work, action

#: States of a mentor in which work can be commissioned.
_COMMISSIONABLE = ("onboarding", "active")


@action("commission.add")
def add_commission(work: Work, answers: CommissionAnswers) -> Commission:
    """Draw up a commission; the referral behind the enrolment counts as matched from now on.

    Refuses an enrolment that has ended, a mentor who is not taken on, days out of order, and a match for which
    nobody is named to brief the mentor (R-REF-2). What the mentor's checks say of the first day is warned of.
    """
    answers = taken(work, answers)
    enrolment = work.get(Enrolment, answers.enrolment_id)
    mentor = work.get(Mentor, answers.mentor_id)
    _commissionable(enrolment, mentor)
    work.heed(rules.days_in_order(answers.starts_on, answers.ends_on))
    _match(work, enrolment)
    made = Commission(
        authority_id=enrolment.authority_id, young_person_id=enrolment.young_person_id, **_columns(answers)
    )
    made.enrolment, made.mentor = enrolment, mentor
    work.heed(_asked(work, made, "add"))
    work.add(made)
    work.warnings.extend(_foreseen(work, made))
    return made


@action("commission.change")
def change_commission(
    work: Work, commission: Commission, answers: CommissionAnswers, version: int | None = None
) -> Commission:
    """Change a commission that is not approved yet; afterwards more hours or another mentor are another commission."""
    if commission.state != "draft":
        raise refuse(
            f"This commission is “{commission.state_label}” and stands as it was approved.",
            way_out="For more hours or another mentor, draw up another one.",
        )
    answers = taken(work, answers)
    work.heed(rules.days_in_order(answers.starts_on, answers.ends_on))
    if answers.enrolment_id != commission.enrolment_id:
        raise refuse(
            "A commission stays with its enrolment.", place="enrolment_id", way_out="Draw up another one there."
        )
    mentor = work.get(Mentor, answers.mentor_id)
    _commissionable(commission.enrolment, mentor)
    work.change(commission, version, **_columns(answers))
    work.heed(_asked(work, commission, "change", mentor))
    return commission


@action("commission.remove")
def remove_commission(work: Work, commission: Commission) -> None:
    """Take away a draft. Refuses an approved one: that is ended early, and stays known."""
    if commission.state != "draft":
        raise refuse("Only a draft can be taken away.", way_out="End this one early, with a reason.")
    work.db.delete(commission)


@action("commission.approve")
def approve_commission(work: Work, commission: Commission) -> Commission:
    """Approve a drawn-up commission. R-PPP-1 refuses Pupil Premium Plus that is not set aside for the young person."""
    way = commission.lifecycle.way("approve", commission.state)
    work.heed(guards.findings_of(way.guards, work, commission, work.today))
    work.move(commission, "approve")
    work.warnings.extend(_foreseen(work, commission))
    return commission


@action("commission.activate")
def activate_commission(work: Work, commission: Commission, on: date | None = None) -> Commission:
    """Make an approved commission active: R-COM-1, every blocking check of its mentor passes on that day."""
    day = on or max(work.today, commission.starts_on)
    if day < work.today:
        raise refuse(
            f"A commission becomes active today or later, and {day_in_words(day)} is past.",
            rule="R-COM-1",
            place="on",
            way_out="Leave the day out: its checks are looked at as they stand today.",
        )
    work.heed(may_be_active(work, commission, day))
    work.warnings.extend(_in_good_time(work, commission, day))
    work.heed(_asked(work, commission, "activate"))
    work.move(commission, "activate", on=work.today)
    work.happened("cm_mentor_commissioned", commission=commission)
    return commission


def may_be_active(work: Work, commission: Commission, on: date) -> list[Finding]:
    """What the mentor's checks and state say of a commission that is to be active on a day (R-COM-1)."""
    mentor = commission.mentor
    kinds = programme_types().of(commission.enrolment.programme.type_key).checks
    checks = what_checks_say(work, mentor, on, kinds, authority_id=commission.authority_id)
    said = rules.may_activate(checks, on, commission.starts_on, work.policy_of(commission))
    if mentor.state != "active":
        stands, way_out = f"{mentor.name} is “{mentor.state_label}”.", "Make the mentor active first."
        said.append(Finding(stands, rule="R-COM-1", way_out=way_out))
    return said


@action("commission.complete")
def complete_commission(work: Work, commission: Commission, on: date | None = None) -> Commission:
    """Complete a commission whose work is done."""
    work.move(commission, "complete", on=on)
    commission.ended_on = on or work.today
    return commission


@action("commission.end")
def end_commission_early(work: Work, commission: Commission, reason: str, on: date | None = None) -> Commission:
    """End a commission before its work is done, with a reason. The mentor still sees the young person for some days."""
    work.move(commission, "end_early", reason=reason, on=on)
    commission.ended_on = on or work.today
    return commission


def answers_of_commission(commission: Commission) -> CommissionAnswers:
    """The commission as the answers that would draw it up again."""
    keys = [
        question.key for question in CommissionAnswers.form.questions if question.answers and question.key != "hours"
    ]
    return CommissionAnswers(**{key: getattr(commission, key) for key in keys}, hours=commission.minutes // 60)


def _columns(answers: CommissionAnswers) -> dict[str, Any]:
    return {**answers.columns("hours"), "minutes": answers.hours * 60}


def _commissionable(enrolment: Enrolment, mentor: Mentor) -> None:
    if enrolment.lifecycle.ended(enrolment.state):
        raise refuse(
            f"This enrolment is “{enrolment.state_label}”.",
            place="enrolment_id",
            way_out="Reopen it first, with a reason.",
        )
    if mentor.state not in _COMMISSIONABLE:
        raise refuse(
            f"{mentor.name} is “{mentor.state_label}”.",
            place="mentor_id",
            way_out="Choose a mentor who is active, or take this one on first.",
        )


def _match(work: Work, enrolment: Enrolment) -> None:
    """R-REF-2, whichever way the young person came to their place: by a referral, or without one."""
    referral = enrolment.referral
    if referral is None:
        if enrolment.young_person_id is not None:
            work.heed(named_around(work, enrolment.young_person_id))
    elif referral.state == "accepted":
        match_referral(work, referral)
    elif referral.state != "matched":
        raise refuse(
            f"The referral behind this enrolment is “{referral.state_label}”.",
            rule="R-REF-2",
            place="enrolment_id",
            way_out="Write a new referral and accept it.",
        )


def _asked(work: Work, commission: Commission, step: str, mentor: Mentor | None = None) -> list[Finding]:
    """What plugins say of a commission as it would be."""
    return work.ask(
        "cm_check_commission",
        commission,
        commission=commission,
        enrolment=commission.enrolment,
        mentor=mentor or commission.mentor,
        step=step,
    )


def _foreseen(work: Work, commission: Commission) -> list[Finding]:
    """What will stand in the way of making it active, told in good time."""
    kinds = programme_types().of(commission.enrolment.programme.type_key).checks
    on = commission.starts_on
    return as_warnings(what_checks_say(work, commission.mentor, on, kinds, authority_id=commission.authority_id))


def _in_good_time(work: Work, commission: Commission, on: date) -> list[Finding]:
    """What will stand in the way of the first session (R-MEN-2), is due this term (R-MEN-1) or to be told (R-RIS-1)."""
    mentor, authority_id = commission.mentor, commission.authority_id
    said = as_warnings(inducted(work, mentor, on, authority_id)) + supported(work, mentor, work.today, authority_id)
    return said + to_be_briefed(work, commission)


def to_be_briefed(work: Work, commission: Commission) -> list[Finding]:
    """Which known risks of the young person the mentor was not briefed of (R-RIS-1). One statement."""
    if commission.mentor is None or commission.young_person_id is None:
        return []
    risks = risks_of(work, commission.young_person_id)
    return what_briefings_say(work, risks, commission.mentor, commission.authority_id)


@guard("active_commission")
def _has_an_active_commission(work: Work, enrolment: Enrolment, on: date) -> list[Finding]:
    from cmcore.commissions.queries import of_enrolment

    if any(each.state == "active" and each.starts_on <= on for each in of_enrolment(work, enrolment.id)):
        return []
    return [
        Finding(
            "There is no active commission that has begun.",
            rule="R-COM-1",
            way_out="Commission a mentor, approve it and make it active first.",
        )
    ]


@when_ended
def _end_commissions(work: Work, enrolment: Enrolment, on: date, reason: str) -> None:
    from cmcore.commissions.queries import of_enrolment

    for each in of_enrolment(work, enrolment.id):
        if each.lifecycle.ended(each.state):
            continue
        if each.state == "active" and enrolment.state == "completed":
            work.move(each, "complete", on=on)
        else:
            work.move(each, "end_early", reason=reason or "The enrolment has ended.", on=on)
        each.ended_on = on
