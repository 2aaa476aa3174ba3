"""The front door: every name a plugin, a script or a notebook may import; what stands elsewhere may move."""

from __future__ import annotations

from cmcore.base.clock import LONDON, Clock, StoppedClock, WallClock, local
from cmcore.base.engine import engine_for
from cmcore.base.findings import Finding, NotAllowed, NotFound, Refused, Severity, refuse, refuse_if
from cmcore.base.lifecycle import Lifecycle, State, Transition
from cmcore.base.migrations import check, downgrade, settle, upgrade
from cmcore.base.migrations.lines import Line
from cmcore.base.policy import Policy, Rule
from cmcore.base.records import Instant, Kept, OfAuthority, OfYoungPerson, Record
from cmcore.base.settings import Settings
from cmcore.base.words import Choice
from cmcore.commissions.actions import (
    activate_commission,
    add_commission,
    answers_of_commission,
    approve_commission,
    change_commission,
    complete_commission,
    end_commission_early,
    remove_commission,
)
from cmcore.commissions.forms import CommissionAnswers
from cmcore.commissions.records import Commission
from cmcore.commissions.words import Purpose
from cmcore.enrolments.actions import (
    accept_referral,
    add_enrolment,
    answers_of_enrolment,
    change_enrolment,
    enrol,
    move_enrolment,
    remove_enrolment,
)
from cmcore.enrolments.forms import EnrolmentAnswers, EnrolmentChangeAnswers, ReasonedStepAnswers, StepAnswers
from cmcore.enrolments.records import Enrolment
from cmcore.evidence.journey import Journey, journey_of
from cmcore.evidence.queries import evidence
from cmcore.exchange.ssda903.read import files_in, read_return
from cmcore.forms import Answers, Form, Section, ask, form, group, kinds, note, when
from cmcore.funding.actions import add_funding_line, answers_of_funding_line, change_funding_line, remove_funding_line
from cmcore.funding.forms import FundingLineAnswers
from cmcore.funding.records import FundingLine
from cmcore.funding.words import FundingKind
from cmcore.measures.sets import Measure, MeasureSet, Polarity, Scale
from cmcore.mentors.actions import (
    add_mentor,
    add_mentor_check,
    answers_of_mentor,
    answers_of_mentor_check,
    change_mentor,
    change_mentor_check,
    move_mentor,
    remove_mentor,
    remove_mentor_check,
    see_check,
    share_mentor,
    stop_sharing_mentor,
)
from cmcore.mentors.forms import MentorAnswers, MentorCheckAnswers, SeeCheckAnswers
from cmcore.mentors.records import Mentor, MentorAuthority, MentorCheck
from cmcore.mentors.words import CheckKind
from cmcore.network.actions import (
    add_supporting_adult,
    answers_of_supporting_adult,
    change_supporting_adult,
    remove_supporting_adult,
)
from cmcore.network.forms import SupportingAdultAnswers
from cmcore.network.records import SupportingAdult
from cmcore.network.words import AdultRole
from cmcore.plugins.hookspecs import hookimpl
from cmcore.programmes.actions import add_programme, answers_of_programme, change_programme, remove_programme
from cmcore.programmes.forms import ProgrammeAnswers
from cmcore.programmes.records import Programme
from cmcore.programmes.types import Dose, ProgrammeType, Subject
from cmcore.referrals.actions import (
    add_referral,
    answers_of_referral,
    change_referral,
    decide_referral,
    match_referral,
    remove_referral,
    submit_referral,
    withdraw_referral,
)
from cmcore.referrals.forms import ReasonAnswers, ReferralAnswers
from cmcore.referrals.records import Referral
from cmcore.referrals.words import Place, Rag, Reason, Urgency
from cmcore.returns.gias import bring_in_register, plan_register
from cmcore.returns.ssda903 import bring_in_return, plan_return
from cmcore.returns.undo import undo_import
from cmcore.reviews.actions import (
    add_review,
    answers_of_review,
    change_review,
    correct_review,
    finalise_review,
    remove_review,
    score_review,
    supersede_review,
)
from cmcore.reviews.forms import NoExitAnswers, ReviewAnswers, SupersedeAnswers
from cmcore.reviews.records import Review, ReviewScore
from cmcore.reviews.words import ReviewKind, Scorer
from cmcore.safekeeping.memberships import give_role, scope_for, take_role
from cmcore.safekeeping.scope import Actor, Grant, Scope
from cmcore.safekeeping.work import Conflict, Work, action
from cmcore.sessions.actions import add_session, answers_of_session, change_session, remove_session, times_of
from cmcore.sessions.forms import ImpactAnswers, SessionAnswers
from cmcore.sessions.records import MentoringSession
from cmcore.sessions.words import Outcome, SessionPlace
from cmcore.virtual_schools.actions import (
    add_setting,
    add_term_dates,
    answers_of_authority,
    answers_of_setting,
    answers_of_term_dates,
    change_authority,
    change_setting,
    change_term_dates,
    remove_setting,
    remove_term_dates,
)
from cmcore.virtual_schools.forms import AuthorityAnswers, SettingAnswers, TermDatesAnswers
from cmcore.virtual_schools.founding import found_authority
from cmcore.virtual_schools.records import Authority, Federation, Setting, TermDates
from cmcore.virtual_schools.words import SettingKind
from cmcore.young_people.actions import (
    add_care_episode,
    add_education_spell,
    add_send_status,
    add_young_person,
    answers_of_care_episode,
    answers_of_education_spell,
    answers_of_send_status,
    answers_of_young_person,
    change_care_episode,
    change_education_spell,
    change_send_status,
    change_young_person,
    remove_care_episode,
    remove_education_spell,
    remove_send_status,
    remove_young_person,
)
from cmcore.young_people.forms import CareEpisodeAnswers, EducationSpellAnswers, SendStatusAnswers, YoungPersonAnswers
from cmcore.young_people.records import CareEpisode, EducationSpell, SendStatus, YoungPerson
from cmcore.young_people.words import CareStatus, EducationStatus, SendLevel, Sex

__all__ = [
    "Actor",
    "AdultRole",
    "Answers",
    "Authority",
    "AuthorityAnswers",
    "CareEpisode",
    "CareEpisodeAnswers",
    "CareStatus",
    "CheckKind",
    "Choice",
    "Clock",
    "Commission",
    "CommissionAnswers",
    "Conflict",
    "Dose",
    "EducationSpell",
    "EducationSpellAnswers",
    "EducationStatus",
    "Enrolment",
    "EnrolmentAnswers",
    "EnrolmentChangeAnswers",
    "Federation",
    "Finding",
    "Form",
    "FundingKind",
    "FundingLine",
    "FundingLineAnswers",
    "Grant",
    "ImpactAnswers",
    "Instant",
    "Journey",
    "Kept",
    "LONDON",
    "Lifecycle",
    "Line",
    "Measure",
    "MeasureSet",
    "Mentor",
    "MentorAnswers",
    "MentorAuthority",
    "MentorCheck",
    "MentorCheckAnswers",
    "MentoringSession",
    "NoExitAnswers",
    "NotAllowed",
    "NotFound",
    "OfAuthority",
    "OfYoungPerson",
    "Outcome",
    "Place",
    "Polarity",
    "Policy",
    "Programme",
    "ProgrammeAnswers",
    "ProgrammeType",
    "Purpose",
    "Rag",
    "Reason",
    "ReasonAnswers",
    "ReasonedStepAnswers",
    "Record",
    "Referral",
    "ReferralAnswers",
    "Refused",
    "Review",
    "ReviewAnswers",
    "ReviewKind",
    "ReviewScore",
    "Rule",
    "Scale",
    "Scope",
    "Scorer",
    "Section",
    "SeeCheckAnswers",
    "SendLevel",
    "SendStatus",
    "SendStatusAnswers",
    "SessionAnswers",
    "SessionPlace",
    "Setting",
    "SettingAnswers",
    "SettingKind",
    "Settings",
    "Severity",
    "Sex",
    "State",
    "StepAnswers",
    "StoppedClock",
    "Subject",
    "SupersedeAnswers",
    "SupportingAdult",
    "SupportingAdultAnswers",
    "TermDates",
    "TermDatesAnswers",
    "Transition",
    "Urgency",
    "WallClock",
    "Work",
    "YoungPerson",
    "YoungPersonAnswers",
    "accept_referral",
    "action",
    "activate_commission",
    "add_care_episode",
    "add_commission",
    "add_education_spell",
    "add_enrolment",
    "add_funding_line",
    "add_mentor",
    "add_mentor_check",
    "add_programme",
    "add_referral",
    "add_review",
    "add_send_status",
    "add_session",
    "add_setting",
    "add_supporting_adult",
    "add_term_dates",
    "add_young_person",
    "answers_of_authority",
    "answers_of_care_episode",
    "answers_of_commission",
    "answers_of_education_spell",
    "answers_of_enrolment",
    "answers_of_funding_line",
    "answers_of_mentor",
    "answers_of_mentor_check",
    "answers_of_programme",
    "answers_of_referral",
    "answers_of_review",
    "answers_of_send_status",
    "answers_of_session",
    "answers_of_setting",
    "answers_of_supporting_adult",
    "answers_of_term_dates",
    "answers_of_young_person",
    "approve_commission",
    "ask",
    "bring_in_register",
    "bring_in_return",
    "change_authority",
    "change_care_episode",
    "change_commission",
    "change_education_spell",
    "change_enrolment",
    "change_funding_line",
    "change_mentor",
    "change_mentor_check",
    "change_programme",
    "change_referral",
    "change_review",
    "change_send_status",
    "change_session",
    "change_setting",
    "change_supporting_adult",
    "change_term_dates",
    "change_young_person",
    "check",
    "complete_commission",
    "correct_review",
    "decide_referral",
    "downgrade",
    "end_commission_early",
    "engine_for",
    "enrol",
    "evidence",
    "files_in",
    "finalise_review",
    "form",
    "found_authority",
    "give_role",
    "group",
    "hookimpl",
    "journey_of",
    "kinds",
    "local",
    "match_referral",
    "move_enrolment",
    "move_mentor",
    "note",
    "plan_register",
    "plan_return",
    "read_return",
    "refuse",
    "refuse_if",
    "remove_care_episode",
    "remove_commission",
    "remove_education_spell",
    "remove_enrolment",
    "remove_funding_line",
    "remove_mentor",
    "remove_mentor_check",
    "remove_programme",
    "remove_referral",
    "remove_review",
    "remove_send_status",
    "remove_session",
    "remove_setting",
    "remove_supporting_adult",
    "remove_term_dates",
    "remove_young_person",
    "scope_for",
    "score_review",
    "see_check",
    "settle",
    "share_mentor",
    "stop_sharing_mentor",
    "submit_referral",
    "supersede_review",
    "take_role",
    "times_of",
    "undo_import",
    "upgrade",
    "when",
    "withdraw_referral",
]
