"""What people do with a referral: write it, send it, decide on it."""

from __future__ import annotations

from typing import Any

from cmcore.answers.stages import columns_of, keep_beside, settle_beside
from cmcore.answers.taking import taken
from cmcore.base.findings import refuse, refuse_if
from cmcore.forms import form_of
from cmcore.measures.choosing import offering
from cmcore.measures.registry import measure_sets
from cmcore.measures.shipped import EIGHT
from cmcore.network.records import SupportingAdult
from cmcore.network.words import AdultRole
from cmcore.programmes.records import Programme
from cmcore.referrals import rules
from cmcore.referrals.forms import ReferralAnswers
from cmcore.referrals.queries import SOCIAL_WORKERS, around, is_at_school, other_open_refs
from cmcore.referrals.records import Referral
from cmcore.safekeeping.refs import next_ref
from cmcore.safekeeping.work import Work, action
from cmcore.virtual_schools.records import Authority
from cmcore.young_people.records import YoungPerson

#: The stage at which this form is asked, or a plugin's own in its place.
STAGE = "referral"
#: What may still be changed, and by which states; afterwards a referral stands as it was decided on.
_OPEN = ("draft", "submitted", "triage", "more_information", "accepted")


@action("referral.add")
def add_referral(work: Work, answers: ReferralAnswers) -> Referral:
    """Write a referral as a draft. Refuses a day after today, what is out of reach, a closed programme."""
    answers = _asked_of(work, answers)
    person = work.get(YoungPerson, answers.young_person_id)
    work.require("referral.add", person.authority_id)
    programme = work.get(Programme, answers.programme_id)
    if not programme.open_to_referrals:
        raise refuse(
            f"{programme.title} takes no referrals at present.",
            place="programme_id",
            way_out="Choose another programme.",
        )
    made = Referral(
        authority_id=person.authority_id, referrer_login=work.actor.login, **_columns(work, person, answers)
    )
    made.ref = next_ref(work, work.get(Authority, person.authority_id), "R")
    work.heed(rules.no_other_open(other_open_refs(work, person.id, programme.id), work.policy_of(person)))
    work.add(made)
    keep_beside(work, made, answers, ReferralAnswers, STAGE)
    return made


@action("referral.change")
def change_referral(work: Work, referral: Referral, answers: ReferralAnswers, version: int | None = None) -> Referral:
    """Change a referral that is still open. Refuses one that has ended, and a version older than the kept one."""
    if referral.state not in _OPEN:
        raise refuse(
            f"This referral is “{referral.state_label}” and stands as it was decided on.", way_out="Write a new one."
        )
    answers = _asked_of(work, answers)
    person = work.get(YoungPerson, answers.young_person_id)
    work.change(referral, version, **_columns(work, person, answers))
    keep_beside(work, referral, answers, ReferralAnswers, STAGE)
    if referral.state != "draft":
        work.heed([*_sendable(work, referral), *work.ask("cm_check_referral", referral, referral=referral)])
    return referral


@action("referral.remove")
def remove_referral(work: Work, referral: Referral) -> None:
    """Throw away a draft. Refuses anything that was sent: that is withdrawn, and stays known."""
    if referral.state != "draft":
        raise refuse("Only a draft can be thrown away.", way_out="Withdraw this one, with a reason.")
    work.db.delete(referral)


@action("referral.submit")
def submit_referral(work: Work, referral: Referral) -> Referral:
    """Send a draft to the coordinator: R-REF-1 blocks, R-REF-2 and R-REF-3 warn, the clock of R-REF-4 starts."""
    policy = work.policy_of(referral)
    work.heed(_sendable(work, referral))
    work.heed(
        rules.no_other_open(other_open_refs(work, referral.young_person_id, referral.programme_id, referral.id), policy)
    )
    work.heed(rules.as_warnings(_matchable(work, referral)))
    work.heed(work.ask("cm_check_referral", referral, referral=referral))
    settle_beside(work, referral, ReferralAnswers, STAGE)
    work.move(referral, "submit")
    referral.submitted_at = work.clock.now()
    work.happened("cm_referral_submitted", referral=referral)
    return referral


def named_around(work: Work, young_person_id: int) -> list[Any]:
    """R-REF-2 where no referral names anybody: social worker and designated teacher stand in the network today."""
    person = work.get(YoungPerson, young_person_id)
    known = around(work, person)
    return rules.may_match(
        social_worker=bool(known["social_worker_id"]),
        at_school=is_at_school(work, person.id, work.today),
        designated_teacher=bool(known["designated_teacher_id"]),
        policy=work.policy_of(person),
    )


#: The transitions a coordinator takes a sent referral along.
_DECISIONS = ("triage", "ask", "answer", "accept", "decline")


@action("referral.decide")
def decide_referral(work: Work, referral: Referral, transition: str, reason: str = "") -> Referral:
    """Take a sent referral along one step of triage: triage, ask, answer, accept or decline."""
    if transition not in _DECISIONS:
        raise refuse("That is not a decision on a referral.", way_out=f"Choose one of {', '.join(_DECISIONS)}.")
    work.move(referral, transition, reason=reason)
    if transition == "accept":
        work.heed(rules.as_warnings(_matchable(work, referral)))
        work.happened("cm_referral_accepted", referral=referral)
    return referral


@action("referral.withdraw")
def withdraw_referral(work: Work, referral: Referral, reason: str) -> Referral:
    """Withdraw a referral, with a reason."""
    work.move(referral, "withdraw", reason=reason)
    return referral


@action("referral.match")
def match_referral(work: Work, referral: Referral) -> Referral:
    """Say that a mentor is matched. Refuses until social worker and designated teacher are named (R-REF-2)."""
    work.heed(_matchable(work, referral))
    work.move(referral, "match")
    return referral


def answers_of_referral(referral: Referral) -> ReferralAnswers:
    """The referral as the answers that would write it again."""
    keys = [
        question.key
        for question in ReferralAnswers.form.questions
        if question.answers and question.key != "expected_hours"
    ]
    told: dict[str, Any] = {key: getattr(referral, key) or None for key in keys}
    told |= {key: tuple(getattr(referral, key)) for key in ("reasons", "outcomes", "places")}
    hours = referral.expected_minutes // 60 if referral.expected_minutes else None
    return ReferralAnswers(**told, expected_hours=hours)


def _columns(work: Work, person: YoungPerson, answers: ReferralAnswers) -> dict[str, Any]:
    refuse_if(rules.received_in_time(answers.received_on, work.today))
    for key, role in (
        ("social_worker_id", AdultRole.social_worker),
        ("designated_teacher_id", AdultRole.designated_teacher),
    ):
        _is_the_adult(work, person, key, getattr(answers, key), role)
    values = columns_of(answers, ReferralAnswers, "expected_hours")
    for key in ("interests", "what_works", "risks"):
        values[key] = values[key] or ""
    for key in ("reasons", "outcomes", "places"):
        values[key] = [str(each) for each in values[key] or ()]
    values["expected_minutes"] = answers.expected_hours * 60 if answers.expected_hours else None
    return values


def _is_the_adult(work: Work, person: YoungPerson, key: str, adult_id: int | None, role: AdultRole) -> None:
    if adult_id is None:
        return
    adult = work.get(SupportingAdult, adult_id)
    if adult.young_person_id != person.id:
        raise refuse(
            "That adult belongs to another young person.",
            place=key,
            way_out="Choose one from this young person's network.",
        )
    if role is AdultRole.social_worker and adult.role in SOCIAL_WORKERS:
        return
    if adult.role != role:
        raise refuse(
            f"{adult.name} is not kept as {role.label.lower()}.",
            place=key,
            way_out="Choose another, or change what they are in the network.",
        )


def _asked_of(work: Work, answers: ReferralAnswers) -> ReferralAnswers:
    """A programme may be measured with other things than the eight: whether these are its own, R-REF-1 says."""
    asked = form_of(type(answers))
    others = set(answers.outcomes or ()) - set(EIGHT.keys)
    return taken(work, answers, offering(asked, "outcomes") if others else None)


def _sendable(work: Work, referral: Referral) -> list[Any]:
    programme = work.get(Programme, referral.programme_id)
    keys = {measure.key for measure in measure_sets()[programme.measure_set].measures}
    return rules.names_an_outcome(referral.outcomes, keys, work.policy_of(referral))


def _matchable(work: Work, referral: Referral) -> list[Any]:
    return rules.may_match(
        social_worker=referral.social_worker_id is not None,
        at_school=is_at_school(work, referral.young_person_id, work.today),
        designated_teacher=referral.designated_teacher_id is not None,
        policy=work.policy_of(referral),
    )
