"""The front door: every name a plugin, a script or a notebook may import; what stands elsewhere may move."""

from __future__ import annotations

from cmcore.base.clock import (
    LONDON as LONDON,
)
from cmcore.base.clock import (
    Clock as Clock,
)
from cmcore.base.clock import (
    StoppedClock as StoppedClock,
)
from cmcore.base.clock import (
    WallClock as WallClock,
)
from cmcore.base.clock import (
    local as local,
)
from cmcore.base.engine import engine_for as engine_for
from cmcore.base.findings import (
    Finding as Finding,
)
from cmcore.base.findings import (
    NotAllowed as NotAllowed,
)
from cmcore.base.findings import (
    NotFound as NotFound,
)
from cmcore.base.findings import (
    Refused as Refused,
)
from cmcore.base.findings import (
    Severity as Severity,
)
from cmcore.base.findings import (
    refuse as refuse,
)
from cmcore.base.findings import (
    refuse_if as refuse_if,
)
from cmcore.base.lifecycle import Lifecycle as Lifecycle
from cmcore.base.lifecycle import State as State
from cmcore.base.lifecycle import Transition as Transition
from cmcore.base.migrations import check as check
from cmcore.base.migrations import downgrade as downgrade
from cmcore.base.migrations import settle as settle
from cmcore.base.migrations import upgrade as upgrade
from cmcore.base.migrations.lines import Line as Line
from cmcore.base.policy import Policy as Policy
from cmcore.base.policy import Rule as Rule
from cmcore.base.records import (
    Instant as Instant,
)
from cmcore.base.records import (
    Kept as Kept,
)
from cmcore.base.records import (
    OfAuthority as OfAuthority,
)
from cmcore.base.records import (
    OfYoungPerson as OfYoungPerson,
)
from cmcore.base.records import (
    Record as Record,
)
from cmcore.base.settings import Settings as Settings
from cmcore.base.words import Choice as Choice
from cmcore.commissions.actions import (
    activate_commission as activate_commission,
)
from cmcore.commissions.actions import (
    add_commission as add_commission,
)
from cmcore.commissions.actions import (
    answers_of_commission as answers_of_commission,
)
from cmcore.commissions.actions import (
    approve_commission as approve_commission,
)
from cmcore.commissions.actions import (
    change_commission as change_commission,
)
from cmcore.commissions.actions import (
    complete_commission as complete_commission,
)
from cmcore.commissions.actions import (
    end_commission_early as end_commission_early,
)
from cmcore.commissions.actions import (
    remove_commission as remove_commission,
)
from cmcore.commissions.forms import CommissionAnswers as CommissionAnswers
from cmcore.commissions.records import Commission as Commission
from cmcore.commissions.words import Purpose as Purpose
from cmcore.enrolments.actions import (
    accept_referral as accept_referral,
)
from cmcore.enrolments.actions import (
    add_enrolment as add_enrolment,
)
from cmcore.enrolments.actions import (
    answers_of_enrolment as answers_of_enrolment,
)
from cmcore.enrolments.actions import (
    change_enrolment as change_enrolment,
)
from cmcore.enrolments.actions import (
    enrol as enrol,
)
from cmcore.enrolments.actions import (
    move_enrolment as move_enrolment,
)
from cmcore.enrolments.actions import (
    remove_enrolment as remove_enrolment,
)
from cmcore.enrolments.forms import (
    EnrolmentAnswers as EnrolmentAnswers,
)
from cmcore.enrolments.forms import (
    EnrolmentChangeAnswers as EnrolmentChangeAnswers,
)
from cmcore.enrolments.forms import (
    ReasonedStepAnswers as ReasonedStepAnswers,
)
from cmcore.enrolments.forms import (
    StepAnswers as StepAnswers,
)
from cmcore.enrolments.records import Enrolment as Enrolment
from cmcore.evidence.journey import Journey as Journey
from cmcore.evidence.journey import journey_of as journey_of
from cmcore.evidence.queries import evidence as evidence
from cmcore.exchange.ssda903.read import files_in as files_in
from cmcore.exchange.ssda903.read import read_return as read_return
from cmcore.forms import (
    Answers as Answers,
)
from cmcore.forms import (
    Form as Form,
)
from cmcore.forms import (
    Section as Section,
)
from cmcore.forms import (
    ask as ask,
)
from cmcore.forms import (
    form as form,
)
from cmcore.forms import (
    group as group,
)
from cmcore.forms import (
    kinds as kinds,
)
from cmcore.forms import (
    note as note,
)
from cmcore.forms import (
    when as when,
)
from cmcore.funding.actions import (
    add_funding_line as add_funding_line,
)
from cmcore.funding.actions import (
    answers_of_funding_line as answers_of_funding_line,
)
from cmcore.funding.actions import (
    change_funding_line as change_funding_line,
)
from cmcore.funding.actions import (
    remove_funding_line as remove_funding_line,
)
from cmcore.funding.forms import FundingLineAnswers as FundingLineAnswers
from cmcore.funding.records import FundingLine as FundingLine
from cmcore.funding.words import FundingKind as FundingKind
from cmcore.measures.sets import Measure as Measure
from cmcore.measures.sets import MeasureSet as MeasureSet
from cmcore.measures.sets import Polarity as Polarity
from cmcore.measures.sets import Scale as Scale
from cmcore.mentors.actions import (
    add_mentor as add_mentor,
)
from cmcore.mentors.actions import (
    add_mentor_check as add_mentor_check,
)
from cmcore.mentors.actions import (
    answers_of_mentor as answers_of_mentor,
)
from cmcore.mentors.actions import (
    answers_of_mentor_check as answers_of_mentor_check,
)
from cmcore.mentors.actions import (
    change_mentor as change_mentor,
)
from cmcore.mentors.actions import (
    change_mentor_check as change_mentor_check,
)
from cmcore.mentors.actions import (
    move_mentor as move_mentor,
)
from cmcore.mentors.actions import (
    remove_mentor as remove_mentor,
)
from cmcore.mentors.actions import (
    remove_mentor_check as remove_mentor_check,
)
from cmcore.mentors.actions import (
    see_check as see_check,
)
from cmcore.mentors.actions import (
    share_mentor as share_mentor,
)
from cmcore.mentors.actions import (
    stop_sharing_mentor as stop_sharing_mentor,
)
from cmcore.mentors.forms import (
    MentorAnswers as MentorAnswers,
)
from cmcore.mentors.forms import (
    MentorCheckAnswers as MentorCheckAnswers,
)
from cmcore.mentors.forms import (
    SeeCheckAnswers as SeeCheckAnswers,
)
from cmcore.mentors.records import Mentor as Mentor
from cmcore.mentors.records import MentorAuthority as MentorAuthority
from cmcore.mentors.records import MentorCheck as MentorCheck
from cmcore.mentors.words import CheckKind as CheckKind
from cmcore.network.actions import (
    add_supporting_adult as add_supporting_adult,
)
from cmcore.network.actions import (
    answers_of_supporting_adult as answers_of_supporting_adult,
)
from cmcore.network.actions import (
    change_supporting_adult as change_supporting_adult,
)
from cmcore.network.actions import (
    remove_supporting_adult as remove_supporting_adult,
)
from cmcore.network.forms import SupportingAdultAnswers as SupportingAdultAnswers
from cmcore.network.records import SupportingAdult as SupportingAdult
from cmcore.network.words import AdultRole as AdultRole
from cmcore.plugins.hookspecs import hookimpl as hookimpl
from cmcore.programmes.actions import (
    add_programme as add_programme,
)
from cmcore.programmes.actions import (
    answers_of_programme as answers_of_programme,
)
from cmcore.programmes.actions import (
    change_programme as change_programme,
)
from cmcore.programmes.actions import (
    remove_programme as remove_programme,
)
from cmcore.programmes.forms import ProgrammeAnswers as ProgrammeAnswers
from cmcore.programmes.records import Programme as Programme
from cmcore.programmes.types import Dose as Dose
from cmcore.programmes.types import ProgrammeType as ProgrammeType
from cmcore.programmes.types import Subject as Subject
from cmcore.referrals.actions import (
    add_referral as add_referral,
)
from cmcore.referrals.actions import (
    answers_of_referral as answers_of_referral,
)
from cmcore.referrals.actions import (
    change_referral as change_referral,
)
from cmcore.referrals.actions import (
    decide_referral as decide_referral,
)
from cmcore.referrals.actions import (
    match_referral as match_referral,
)
from cmcore.referrals.actions import (
    remove_referral as remove_referral,
)
from cmcore.referrals.actions import (
    submit_referral as submit_referral,
)
from cmcore.referrals.actions import (
    withdraw_referral as withdraw_referral,
)
from cmcore.referrals.forms import ReasonAnswers as ReasonAnswers
from cmcore.referrals.forms import ReferralAnswers as ReferralAnswers
from cmcore.referrals.records import Referral as Referral
from cmcore.referrals.words import Place as Place
from cmcore.referrals.words import Rag as Rag
from cmcore.referrals.words import Reason as Reason
from cmcore.referrals.words import Urgency as Urgency
from cmcore.returns.gias import bring_in_register as bring_in_register
from cmcore.returns.gias import plan_register as plan_register
from cmcore.returns.ssda903 import bring_in_return as bring_in_return
from cmcore.returns.ssda903 import plan_return as plan_return
from cmcore.returns.undo import undo_import as undo_import
from cmcore.reviews.actions import (
    add_review as add_review,
)
from cmcore.reviews.actions import (
    answers_of_review as answers_of_review,
)
from cmcore.reviews.actions import (
    change_review as change_review,
)
from cmcore.reviews.actions import (
    correct_review as correct_review,
)
from cmcore.reviews.actions import (
    finalise_review as finalise_review,
)
from cmcore.reviews.actions import (
    remove_review as remove_review,
)
from cmcore.reviews.actions import (
    score_review as score_review,
)
from cmcore.reviews.actions import (
    supersede_review as supersede_review,
)
from cmcore.reviews.forms import (
    NoExitAnswers as NoExitAnswers,
)
from cmcore.reviews.forms import (
    ReviewAnswers as ReviewAnswers,
)
from cmcore.reviews.forms import (
    SupersedeAnswers as SupersedeAnswers,
)
from cmcore.reviews.records import Review as Review
from cmcore.reviews.records import ReviewScore as ReviewScore
from cmcore.reviews.words import ReviewKind as ReviewKind
from cmcore.reviews.words import Scorer as Scorer
from cmcore.safekeeping.memberships import give_role as give_role
from cmcore.safekeeping.memberships import scope_for as scope_for
from cmcore.safekeeping.memberships import take_role as take_role
from cmcore.safekeeping.scope import Actor as Actor
from cmcore.safekeeping.scope import Grant as Grant
from cmcore.safekeeping.scope import Scope as Scope
from cmcore.safekeeping.work import Conflict as Conflict
from cmcore.safekeeping.work import Work as Work
from cmcore.safekeeping.work import action as action
from cmcore.sessions.actions import (
    add_session as add_session,
)
from cmcore.sessions.actions import (
    answers_of_session as answers_of_session,
)
from cmcore.sessions.actions import (
    change_session as change_session,
)
from cmcore.sessions.actions import (
    remove_session as remove_session,
)
from cmcore.sessions.actions import (
    times_of as times_of,
)
from cmcore.sessions.forms import ImpactAnswers as ImpactAnswers
from cmcore.sessions.forms import SessionAnswers as SessionAnswers
from cmcore.sessions.records import MentoringSession as MentoringSession
from cmcore.sessions.words import Outcome as Outcome
from cmcore.sessions.words import SessionPlace as SessionPlace
from cmcore.virtual_schools.actions import (
    add_setting as add_setting,
)
from cmcore.virtual_schools.actions import (
    add_term_dates as add_term_dates,
)
from cmcore.virtual_schools.actions import (
    answers_of_authority as answers_of_authority,
)
from cmcore.virtual_schools.actions import (
    answers_of_setting as answers_of_setting,
)
from cmcore.virtual_schools.actions import (
    answers_of_term_dates as answers_of_term_dates,
)
from cmcore.virtual_schools.actions import (
    change_authority as change_authority,
)
from cmcore.virtual_schools.actions import (
    change_setting as change_setting,
)
from cmcore.virtual_schools.actions import (
    change_term_dates as change_term_dates,
)
from cmcore.virtual_schools.actions import (
    remove_setting as remove_setting,
)
from cmcore.virtual_schools.actions import (
    remove_term_dates as remove_term_dates,
)
from cmcore.virtual_schools.forms import (
    AuthorityAnswers as AuthorityAnswers,
)
from cmcore.virtual_schools.forms import (
    SettingAnswers as SettingAnswers,
)
from cmcore.virtual_schools.forms import (
    TermDatesAnswers as TermDatesAnswers,
)
from cmcore.virtual_schools.founding import found_authority as found_authority
from cmcore.virtual_schools.records import (
    Authority as Authority,
)
from cmcore.virtual_schools.records import (
    Federation as Federation,
)
from cmcore.virtual_schools.records import (
    Setting as Setting,
)
from cmcore.virtual_schools.records import (
    TermDates as TermDates,
)
from cmcore.virtual_schools.words import SettingKind as SettingKind
from cmcore.young_people.actions import (
    add_care_episode as add_care_episode,
)
from cmcore.young_people.actions import (
    add_education_spell as add_education_spell,
)
from cmcore.young_people.actions import (
    add_send_status as add_send_status,
)
from cmcore.young_people.actions import (
    add_young_person as add_young_person,
)
from cmcore.young_people.actions import (
    answers_of_care_episode as answers_of_care_episode,
)
from cmcore.young_people.actions import (
    answers_of_education_spell as answers_of_education_spell,
)
from cmcore.young_people.actions import (
    answers_of_send_status as answers_of_send_status,
)
from cmcore.young_people.actions import (
    answers_of_young_person as answers_of_young_person,
)
from cmcore.young_people.actions import (
    change_care_episode as change_care_episode,
)
from cmcore.young_people.actions import (
    change_education_spell as change_education_spell,
)
from cmcore.young_people.actions import (
    change_send_status as change_send_status,
)
from cmcore.young_people.actions import (
    change_young_person as change_young_person,
)
from cmcore.young_people.actions import (
    remove_care_episode as remove_care_episode,
)
from cmcore.young_people.actions import (
    remove_education_spell as remove_education_spell,
)
from cmcore.young_people.actions import (
    remove_send_status as remove_send_status,
)
from cmcore.young_people.actions import (
    remove_young_person as remove_young_person,
)
from cmcore.young_people.forms import (
    CareEpisodeAnswers as CareEpisodeAnswers,
)
from cmcore.young_people.forms import (
    EducationSpellAnswers as EducationSpellAnswers,
)
from cmcore.young_people.forms import (
    SendStatusAnswers as SendStatusAnswers,
)
from cmcore.young_people.forms import (
    YoungPersonAnswers as YoungPersonAnswers,
)
from cmcore.young_people.records import (
    CareEpisode as CareEpisode,
)
from cmcore.young_people.records import (
    EducationSpell as EducationSpell,
)
from cmcore.young_people.records import (
    SendStatus as SendStatus,
)
from cmcore.young_people.records import (
    YoungPerson as YoungPerson,
)
from cmcore.young_people.words import (
    CareStatus as CareStatus,
)
from cmcore.young_people.words import (
    EducationStatus as EducationStatus,
)
from cmcore.young_people.words import (
    SendLevel as SendLevel,
)
from cmcore.young_people.words import (
    Sex as Sex,
)
