"""What is done with a school's application and place: apply, decide, move up the line, accept, graduate, withdraw."""

from __future__ import annotations

from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from cmcore.api import Finding, Setting, Work, action, answers_from, refuse, refuse_if, taken
from cmcore_attachment_aware import rules
from cmcore_attachment_aware.cohorts import hold_still
from cmcore_attachment_aware.forms import ApplicationAnswers, OfferAnswers, ToldAnswers
from cmcore_attachment_aware.programme import HOLDING
from cmcore_attachment_aware.queries import done_by, settings_spoken_for, standing_of, waiting_before
from cmcore_attachment_aware.records import AwareCohort, AwarePlace
from cmcore_attachment_aware.words import StaffRole


# ---- applying
@action("attachment_aware_place.add")
def apply_for(work: Work, cohort: AwareCohort, answers: ApplicationAnswers) -> AwarePlace:
    """Apply for a place in a cohort. A school's own staff apply for their school and for no other.

    Refuses without the head teacher's agreement (R-AAS-2), and a school that stands in a cohort already (R-AAS-4).
    """
    told = taken(work, answers)
    own = settings_spoken_for(work, cohort.authority_id)
    if own is not None and told.setting_id not in own:
        raise refuse("You apply for your own school.", place="setting_id", way_out="Choose your school.")
    if work.today > cohort.ends_on:
        raise refuse("This cohort's year is over.", way_out="Apply for a later one.")
    setting, policy = work.get(Setting, told.setting_id), work.policy_of(cohort)
    found = rules.head_agrees(told.head_agrees, told.head_agreed_on, work.today, policy)
    work.heed([*found, *rules.once(standing_of(work, cohort.authority_id, setting.id, cohort), policy)])
    made = AwarePlace(
        authority_id=cohort.authority_id,
        attachment_aware_cohort_id=cohort.id,
        setting_id=setting.id,
        applied_on=work.today,
        **_columns(told),
    )
    made.setting, made.cohort = setting, cohort
    return work.add(made)


@action("attachment_aware_place.change")
def change_application(
    work: Work, place: AwarePlace, answers: ApplicationAnswers, version: int | None = None
) -> AwarePlace:
    """Change what was applied with, and who leads it at the school. Refuses another school."""
    told = taken(work, answers)
    if told.setting_id != place.setting_id:
        raise refuse("A place is one school's.", place="setting_id", way_out="Withdraw this one; let the other apply.")
    work.heed(rules.head_agrees(told.head_agrees, told.head_agreed_on, work.today, work.policy_of(place)))
    work.change(place, version, **_columns(told))
    return place


def answers_of_application(place: AwarePlace) -> ApplicationAnswers:
    """The application as the answers that would make it again."""
    return answers_from(ApplicationAnswers, place, {"head_agrees": True, "lead_role": StaffRole(place.lead_role)})


def _columns(told: ApplicationAnswers) -> dict[str, Any]:
    return {
        **told.columns("setting_id", "head_agrees", "lead_email"),
        "lead_role": told.lead_role.value,
        "lead_email": told.lead_email or "",
    }


# ---- deciding
@action("attachment_aware_place.decide")
def put_on_waiting_list(work: Work, place: AwarePlace) -> AwarePlace:
    """Put an application at the end of the waiting list. The list is in the order in which schools were put on it."""
    cohort = _held(work, place)
    asked = select(func.max(AwarePlace.in_line)).where(AwarePlace.attachment_aware_cohort_id == cohort.id)
    last = work.db.scalar(asked) or 0
    work.move(place, "wait")
    work.change(place, in_line=last + 1, waiting_on=work.today, told_on=None)
    work.change(cohort, waiting=cohort.waiting + 1)
    return place


@action("attachment_aware_place.decide")
def offer_place(work: Work, place: AwarePlace, answers: OfferAnswers) -> AwarePlace:
    """Offer a school a place. R-AAS-1 refuses one more than there are, R-AAS-3 passing who waited longer.

    Two who offer the last place at once come one after the other, and the second is refused.
    """
    told = taken(work, answers)
    if told.answer_by_on is not None and told.answer_by_on < work.today:
        raise refuse("They cannot answer by a day that has been.", place="answer_by_on", way_out="Choose a later day.")
    cohort = _held(work, place)
    refuse_if(_over(work, cohort))
    policy = work.policy_of(place)
    before = [str(one.setting) for one in waiting_before(work, place)]
    why = told.out_of_turn or ""
    work.heed([*rules.place_free(cohort.places, cohort.taken + 1, policy), *rules.in_order(before, why, policy)])
    waited = place.state == "waiting"
    work.move(place, "offer", reason=why if before else "")
    work.change(
        place,
        in_line=None,
        offered_on=work.today,
        answer_by_on=told.answer_by_on,
        out_of_turn=why if before else "",
        told_on=None,
    )
    work.change(cohort, taken=cohort.taken + 1, waiting=cohort.waiting - waited)
    return place


@action("attachment_aware_place.decide")
def offer_next(work: Work, cohort: AwareCohort, answers: OfferAnswers) -> AwarePlace:
    """Offer a free place to the school that has waited longest. Refuses where nobody waits, or no place is free."""
    hold_still(work, cohort)
    asked = (
        select(AwarePlace)
        .where(AwarePlace.attachment_aware_cohort_id == cohort.id, AwarePlace.state == "waiting")
        .options(joinedload(AwarePlace.setting), joinedload(AwarePlace.cohort))
        .order_by(AwarePlace.in_line)
        .limit(1)
    )
    first = work.db.scalars(asked).first()
    if first is None:
        raise refuse("No school waits for a place.", way_out="Offer one to a school that has applied.")
    return offer_place(work, first, answers)


@action("attachment_aware_place.decide")
def decline_application(work: Work, place: AwarePlace, reason: str) -> AwarePlace:
    """Decline an application, with the reason."""
    return _leave(work, place, "decline", reason)


@action("attachment_aware_place.decide")
def say_told(work: Work, place: AwarePlace, answers: ToldAnswers) -> AwarePlace:
    """Write down that the school was told of what was decided."""
    told = taken(work, answers)
    refuse_if(rules.not_ahead(told.told_on, work.today, "told_on"))
    work.change(place, told_on=told.told_on)
    return place


# ---- the school's own steps
@action("attachment_aware_place.answer")
def accept_place(work: Work, place: AwarePlace) -> AwarePlace:
    """Accept an offered place: the school is in the cohort."""
    _held(work, place)
    work.move(place, "accept")
    work.change(place, joined_on=work.today)
    return place


@action("attachment_aware_place.answer")
def withdraw_school(work: Work, place: AwarePlace, reason: str) -> AwarePlace:
    """Withdraw a school, with the reason. Its place is free then; a person offers it to the one that waits first."""
    return _leave(work, place, "withdraw", reason)


def _leave(work: Work, place: AwarePlace, way: str, reason: str) -> AwarePlace:
    cohort = _held(work, place)
    had, waited = place.state in HOLDING, place.state == "waiting"
    work.move(place, way, reason=reason)
    work.change(place, in_line=None, ended_on=work.today, told_on=None)
    work.change(cohort, taken=cohort.taken - had, waiting=cohort.waiting - waited)
    return place


# ---- graduation
def graduation_in_the_way(work: Work, place: AwarePlace) -> list[Finding]:
    """What keeps a school from graduating: R-AAS-7, R-AAS-8 and R-AAS-9."""
    return [one for _, found in done_by(work, [place])[place.id].graduation(place, work) for one in found]


@action("attachment_aware_place.graduate")
def graduate(work: Work, place: AwarePlace) -> AwarePlace:
    """Let a school graduate. R-AAS-7 to R-AAS-9 refuse one without enough training days, project or portfolio."""
    work.heed(graduation_in_the_way(work, place))
    work.move(place, "graduate")
    work.change(place, graduated_on=work.today, ended_on=work.today)
    return place


@action("attachment_aware_place.graduate")
def take_graduation_back(work: Work, place: AwarePlace, reason: str) -> AwarePlace:
    """Take a graduation back that was said by mistake. Refuses once the school mentors another."""
    from cmcore_attachment_aware.schoolwork import AwareMentoring

    mentors = select(AwareMentoring.id).where(AwareMentoring.attachment_aware_place_id == place.id).limit(1)
    if work.db.scalar(mentors) is not None:
        raise refuse("This school mentors another.", way_out="Remove what was written of that first.")
    work.move(place, "undo", reason=reason)
    work.change(place, graduated_on=None, ended_on=None)
    return place


# ---- for all of them
def _held(work: Work, place: AwarePlace) -> AwareCohort:
    """The cohort, held still, and the place as it stands now."""
    cohort = work.get(AwareCohort, place.attachment_aware_cohort_id)
    hold_still(work, cohort)
    work.db.refresh(place)
    return cohort


def _over(work: Work, cohort: AwareCohort) -> list[Finding]:
    if work.today <= cohort.ends_on:
        return []
    return [Finding("This cohort's year is over.", way_out="Let the school apply for a later one.")]
