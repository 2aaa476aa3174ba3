"""The front door to what people are asked: the answers of every form, and the fixed answers they offer."""

from __future__ import annotations

from cmcore.activity_reports.forms import ActivityReportAnswers
from cmcore.commissions.forms import CommissionAnswers
from cmcore.commissions.words import Purpose
from cmcore.concerns.forms import ConcernAnswers, ConcernClosedAnswers, ConcernNoteAnswers, ConcernToldAnswers
from cmcore.concerns.words import ConcernKind, Told
from cmcore.consents.forms import ConsentAnswers, WithdrawAnswers
from cmcore.consents.words import ConsentKind, Decider, Decision
from cmcore.enrolments.forms import EnrolmentAnswers, EnrolmentChangeAnswers, ReasonedStepAnswers, StepAnswers
from cmcore.funding.forms import FundingLineAnswers
from cmcore.funding.words import FundingKind
from cmcore.invoices.forms import CreditAnswers, InvoiceAnswers, InvoiceLineAnswers, PaidAnswers
from cmcore.measures.shipped import EIGHT as EIGHT_MEASURES
from cmcore.measures.shipped import SDQ as SDQ_MEASURES
from cmcore.measures.shipped import SIX as SIX_MEASURES
from cmcore.mentors.forms import MentorAnswers, MentorCheckAnswers, SeeCheckAnswers
from cmcore.mentors.words import CheckKind
from cmcore.money.forms import AllocationAnswers, AllocationPaidAnswers, YearRateAnswers
from cmcore.money.words import AllocationUse
from cmcore.network.forms import SupportingAdultAnswers
from cmcore.network.words import AdultRole
from cmcore.peps.forms import (
    ContributionAnswers,
    MeetingAnswers,
    PepAnswers,
    PepChangeAnswers,
    QualityAnswers,
    TargetAnswers,
    TargetReviewAnswers,
    TermAnswers,
)
from cmcore.peps.words import Attender, CulturalPart, PlanKind, TargetKind, TargetOutcome
from cmcore.programmes.forms import ProgrammeAnswers
from cmcore.referrals.forms import ReasonAnswers, ReferralAnswers
from cmcore.referrals.words import Place, Rag, Reason, Urgency
from cmcore.reviews.forms import NoExitAnswers, ReviewAnswers, SupersedeAnswers
from cmcore.reviews.words import ReviewKind, Scorer
from cmcore.sessions.forms import ImpactAnswers, SessionAnswers
from cmcore.sessions.words import MET, Outcome, SessionPlace
from cmcore.virtual_schools.forms import AuthorityAnswers, SettingAnswers, TermDatesAnswers
from cmcore.virtual_schools.words import SettingKind
from cmcore.young_people.forms import CareEpisodeAnswers, EducationSpellAnswers, SendStatusAnswers, YoungPersonAnswers
from cmcore.young_people.words import CareStatus, EducationStatus, SendLevel, Sex

__all__ = [
    "ActivityReportAnswers",
    "AdultRole",
    "AllocationAnswers",
    "AllocationPaidAnswers",
    "AllocationUse",
    "Attender",
    "AuthorityAnswers",
    "CareEpisodeAnswers",
    "CareStatus",
    "CheckKind",
    "CommissionAnswers",
    "ConcernAnswers",
    "ConcernClosedAnswers",
    "ConcernKind",
    "ConcernNoteAnswers",
    "ConcernToldAnswers",
    "ConsentAnswers",
    "ConsentKind",
    "ContributionAnswers",
    "CreditAnswers",
    "CulturalPart",
    "Decider",
    "Decision",
    "EIGHT_MEASURES",
    "EducationSpellAnswers",
    "EducationStatus",
    "EnrolmentAnswers",
    "EnrolmentChangeAnswers",
    "FundingKind",
    "FundingLineAnswers",
    "ImpactAnswers",
    "InvoiceAnswers",
    "InvoiceLineAnswers",
    "MET",
    "MeetingAnswers",
    "MentorAnswers",
    "MentorCheckAnswers",
    "NoExitAnswers",
    "Outcome",
    "PaidAnswers",
    "PepAnswers",
    "PepChangeAnswers",
    "Place",
    "PlanKind",
    "ProgrammeAnswers",
    "Purpose",
    "QualityAnswers",
    "Rag",
    "Reason",
    "ReasonAnswers",
    "ReasonedStepAnswers",
    "ReferralAnswers",
    "ReviewAnswers",
    "ReviewKind",
    "SDQ_MEASURES",
    "SIX_MEASURES",
    "Scorer",
    "SeeCheckAnswers",
    "SendLevel",
    "SendStatusAnswers",
    "SessionAnswers",
    "SessionPlace",
    "SettingAnswers",
    "SettingKind",
    "Sex",
    "StepAnswers",
    "SupersedeAnswers",
    "SupportingAdultAnswers",
    "TargetAnswers",
    "TargetKind",
    "TargetOutcome",
    "TargetReviewAnswers",
    "TermAnswers",
    "TermDatesAnswers",
    "Told",
    "Urgency",
    "WithdrawAnswers",
    "YearRateAnswers",
    "YoungPersonAnswers",
]
