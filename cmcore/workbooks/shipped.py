"""The core's lists that can be filled in as workbooks."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy import func, select

from cmcore.answers.stages import stage_form
from cmcore.commissions.actions import add_commission, answers_of_commission, change_commission
from cmcore.commissions.forms import CommissionAnswers
from cmcore.commissions.records import Commission
from cmcore.consents.actions import add_consent, answers_of_consent, change_consent
from cmcore.consents.forms import ConsentAnswers
from cmcore.consents.records import Consent
from cmcore.enrolments.actions import add_enrolment
from cmcore.enrolments.forms import EnrolmentAnswers
from cmcore.enrolments.records import Enrolment
from cmcore.forms import Form, form_of
from cmcore.funding.actions import add_funding_line, answers_of_funding_line, change_funding_line
from cmcore.funding.forms import FundingLineAnswers
from cmcore.funding.records import FundingLine
from cmcore.measures.choosing import measured_with
from cmcore.measures.registry import measure_set
from cmcore.mentors import actions as mentors
from cmcore.mentors.forms import MentorAnswers, MentorCheckAnswers
from cmcore.mentors.records import Mentor, MentorCheck
from cmcore.money import actions as money
from cmcore.money.forms import AllocationAnswers, YearRateAnswers
from cmcore.money.records import Allocation, YearRate
from cmcore.network.actions import add_supporting_adult, answers_of_supporting_adult, change_supporting_adult
from cmcore.network.forms import SupportingAdultAnswers
from cmcore.network.records import SupportingAdult
from cmcore.peps import actions as peps
from cmcore.peps.forms import TargetAnswers
from cmcore.peps.records import PepCycle, PepTarget
from cmcore.programmes.records import Programme
from cmcore.readiness import actions as readiness
from cmcore.readiness.forms import RiskAssessmentAnswers, SupervisionAnswers, TrainingAnswers
from cmcore.readiness.records import RiskAssessment, Supervision, Training
from cmcore.referrals.actions import STAGE, add_referral, answers_of_referral, change_referral
from cmcore.referrals.forms import ReferralAnswers
from cmcore.referrals.records import Referral
from cmcore.reviews.actions import add_review, answers_of_review, change_review
from cmcore.reviews.forms import review_form
from cmcore.reviews.records import Review
from cmcore.safekeeping.work import Work
from cmcore.sessions.actions import add_session, answers_of_session, change_session, times_of
from cmcore.sessions.forms import SessionAnswers
from cmcore.sessions.records import MentoringSession
from cmcore.virtual_schools import actions as virtual_schools
from cmcore.virtual_schools.forms import SettingAnswers, TermDatesAnswers
from cmcore.virtual_schools.records import Setting, TermDates
from cmcore.workbooks.at_hand import sessions_at_hand
from cmcore.workbooks.lists import ListWorkbook
from cmcore.young_people import actions as young_people
from cmcore.young_people.forms import (
    CareEpisodeAnswers,
    EducationSpellAnswers,
    SendStatusAnswers,
    YoungPersonAnswers,
)
from cmcore.young_people.records import CareEpisode, EducationSpell, SendStatus, YoungPerson


def _referral_form(work: Work, authority_id: int) -> Any:
    return stage_form(work, STAGE, ReferralAnswers, authority_id)


def _measured_form(declared: Any) -> Callable[[Work, int, int | None], Form]:
    """A form that offers the measures of one programme, or of every programme of the authority (R-MEA-8)."""

    def of_programme(work: Work, authority_id: int, programme_id: int | None) -> Form:
        asked = select(Programme.measure_set).where(Programme.authority_id == authority_id).distinct()
        if programme_id is not None:
            asked = asked.where(Programme.id == programme_id)
        return measured_with(form_of(declared), work.db.scalars(asked.order_by(Programme.measure_set)).all())

    return of_programme


def _review_form(work: Work, authority_id: int) -> Form:
    """The review's form with the measures most of the authority's programmes are measured with."""
    asked = select(Programme.measure_set).where(Programme.authority_id == authority_id)
    most = work.db.scalars(asked.group_by(Programme.measure_set).order_by(func.count().desc()).limit(1)).first()
    return review_form(measure_set(most or "eight@1"))


def _same_session(answers: SessionAnswers) -> dict[str, Any]:
    return {"commission_id": answers.commission_id, "starts_at": times_of(answers)[0]}


def _same_review(answers: Any) -> dict[str, Any]:
    return {
        "enrolment_id": answers.enrolment_id,
        "kind_of_review": answers.kind_of_review,
        "held_on": answers.held_on,
        "state": "draft",
    }


def _same_person(answers: YoungPersonAnswers) -> dict[str, Any]:
    return {"child_id": answers.child_id} if answers.child_id else {}


SHIPPED: tuple[ListWorkbook, ...] = (
    ListWorkbook(
        YoungPerson,
        YoungPersonAnswers,
        young_people.add_young_person,
        young_people.change_young_person,
        young_people.answers_of_young_person,
        known_by=_same_person,
        synonyms={
            "given_name": ("first name", "forename", "christian name"),
            "family_name": ("surname", "last name"),
            "preferred_name": ("known as", "preferred name"),
            "born_on": ("dob", "birth date", "born"),
            "sex": ("gender",),
            "ethnicity": ("ethnicity", "ethnic group"),
            "phone": ("phone", "mobile", "telephone"),
            "looked_after_from": ("in care since", "date came into care"),
        },
    ),
    ListWorkbook(
        SupportingAdult,
        SupportingAdultAnswers,
        add_supporting_adult,
        change_supporting_adult,
        answers_of_supporting_adult,
        parent=YoungPerson,
    ),
    ListWorkbook(
        EducationSpell,
        EducationSpellAnswers,
        young_people.add_education_spell,
        young_people.change_education_spell,
        young_people.answers_of_education_spell,
        parent=YoungPerson,
    ),
    ListWorkbook(
        CareEpisode,
        CareEpisodeAnswers,
        young_people.add_care_episode,
        young_people.change_care_episode,
        young_people.answers_of_care_episode,
        parent=YoungPerson,
    ),
    ListWorkbook(
        SendStatus,
        SendStatusAnswers,
        young_people.add_send_status,
        young_people.change_send_status,
        young_people.answers_of_send_status,
        parent=YoungPerson,
    ),
    ListWorkbook(Consent, ConsentAnswers, add_consent, change_consent, answers_of_consent, parent=YoungPerson),
    ListWorkbook(Referral, _referral_form, add_referral, change_referral, answers_of_referral),
    ListWorkbook(Enrolment, EnrolmentAnswers, add_enrolment),
    ListWorkbook(Commission, CommissionAnswers, add_commission, change_commission, answers_of_commission),
    ListWorkbook(
        MentoringSession,
        _measured_form(SessionAnswers),
        add_session,
        change_session,
        answers_of_session,
        known_by=_same_session,
        at_hand=sessions_at_hand,
        by_programme=True,
        synonyms={
            "commission_id": ("young person", "initials", "reference"),
            "held_on": ("date", "date of session", "session date"),
            "starts": ("start", "start time", "time from"),
            "ends": ("end", "end time", "time to", "until"),
            "place": ("place", "venue", "location"),
            "outcome": ("outcome", "attendance", "attended"),
            "done": ("notes", "what you did", "what we did", "activity"),
        },
    ),
    ListWorkbook(Review, _review_form, add_review, change_review, answers_of_review, known_by=_same_review),
    ListWorkbook(
        Mentor,
        MentorAnswers,
        mentors.add_mentor,
        mentors.change_mentor,
        mentors.answers_of_mentor,
        synonyms={
            "name": ("full name", "mentor", "artist"),
            "email": ("email address", "mail"),
            "phone": ("phone", "mobile", "phone number"),
            "art_forms": ("art form", "art forms", "discipline", "practice"),
            "capacity": ("capacity", "places"),
            "availability": ("availability", "available"),
        },
    ),
    ListWorkbook(
        MentorCheck,
        MentorCheckAnswers,
        mentors.add_mentor_check,
        mentors.change_mentor_check,
        mentors.answers_of_mentor_check,
        parent=Mentor,
    ),
    ListWorkbook(Supervision, SupervisionAnswers, readiness.add_supervision),
    ListWorkbook(Training, TrainingAnswers, readiness.add_training),
    ListWorkbook(
        RiskAssessment,
        RiskAssessmentAnswers,
        readiness.add_risk_assessment,
        readiness.change_risk_assessment,
        readiness.answers_of_risk_assessment,
    ),
    ListWorkbook(
        PepTarget,
        _measured_form(TargetAnswers),
        peps.add_target,
        peps.change_target,
        peps.answers_of_target,
        parent=PepCycle,
        by_programme=True,
    ),
    ListWorkbook(
        Setting,
        SettingAnswers,
        virtual_schools.add_setting,
        virtual_schools.change_setting,
        virtual_schools.answers_of_setting,
    ),
    ListWorkbook(
        TermDates,
        TermDatesAnswers,
        virtual_schools.add_term_dates,
        virtual_schools.change_term_dates,
        virtual_schools.answers_of_term_dates,
    ),
    ListWorkbook(FundingLine, FundingLineAnswers, add_funding_line, change_funding_line, answers_of_funding_line),
    ListWorkbook(
        Allocation,
        AllocationAnswers,
        money.set_aside,
        money.change_allocation,
        money.answers_of_allocation,
        parent=YoungPerson,
    ),
    ListWorkbook(YearRate, YearRateAnswers, money.add_year_rate, money.change_year_rate, money.answers_of_year_rate),
)
