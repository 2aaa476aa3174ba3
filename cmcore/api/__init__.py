"""The front door: what a plugin, a script or a notebook may import; what stands elsewhere may move.

Here are records, work, rules, forms and measures; :mod:`cmcore.api.acts` has what people do, :mod:`cmcore.api.asks`
what they are asked.
"""

from __future__ import annotations

from cmcore.activity_reports.records import ActivityReport
from cmcore.answers.editions import forms_for, in_force, known_forms
from cmcore.answers.queries import answers_about
from cmcore.answers.records import AnswerFile, AnswersRevision, FormAnswers, FormEdition
from cmcore.answers.stages import StageForm, kept_beside
from cmcore.answers.taking import answers_from, taken
from cmcore.awards.registry import award_schemes, award_schemes_in_use
from cmcore.awards.schemes import AwardScheme, Level, Need, Part, Unit
from cmcore.awards.standings import AwardStanding, award_standings
from cmcore.base.among import among
from cmcore.base.clock import LONDON, Clock, StoppedClock, WallClock, day, local
from cmcore.base.engine import engine_for
from cmcore.base.findings import Finding, NotAllowed, NotFound, Refused, Severity, as_warnings, refuse, refuse_if
from cmcore.base.lifecycle import Lifecycle, State, Stateful, Transition
from cmcore.base.migrations import check, downgrade, settle, upgrade
from cmcore.base.migrations.guard import keep_to_authority
from cmcore.base.migrations.lines import Line
from cmcore.base.periods import (
    Period,
    Term,
    academic_year,
    academic_year_name,
    financial_year,
    key_stage,
    working_days_after,
    working_days_between,
)
from cmcore.base.policy import Policy, Rule
from cmcore.base.records import (
    Instant,
    Kept,
    OfAuthority,
    OfSetting,
    OfYoungPerson,
    Record,
    code,
    of_young_person,
    one_of,
    parent,
    sensitive,
    within,
)
from cmcore.base.settings import Settings
from cmcore.base.words import Choice, count, hours, in_words, pounds
from cmcore.commissions.records import Commission
from cmcore.concerns.records import Concern, ConcernNote
from cmcore.consents.queries import permitted_people
from cmcore.consents.records import Consent
from cmcore.enrolments.records import Enrolment
from cmcore.evidence.cohorts import Cohort
from cmcore.evidence.figures import Counted, Figure, counted, figures, figures_in_use, for_others
from cmcore.evidence.happened import Happened, happened
from cmcore.evidence.journey import Journey, journey_of
from cmcore.evidence.queries import evidence
from cmcore.exchange.ssda903.codes import PLACEMENT as PLACEMENT_CODES
from cmcore.exchange.ssda903.read import files_in, read_return
from cmcore.feeds.entries import CalendarEntry, calendar_entries
from cmcore.forms import (
    Answers,
    FileAnswer,
    Form,
    Score,
    Section,
    ask,
    calculated,
    form,
    group,
    kinds,
    note,
    scores_of,
    when,
)
from cmcore.forms import check as form_check
from cmcore.forms.checks import days_in_order
from cmcore.funding.records import FundingLine
from cmcore.invoices.records import Invoice, InvoiceLine
from cmcore.matching.queries import propose
from cmcore.matching.records import MatchDecision, TravelDistance
from cmcore.measures.mappings import MeasureMapping, mapping_between
from cmcore.measures.registry import measure_set, measure_sets
from cmcore.measures.sets import Measure, MeasureSet, Polarity, Scale
from cmcore.mentors.queries import authorities_of
from cmcore.mentors.records import Mentor, MentorAuthority, MentorCheck
from cmcore.money.records import Allocation, YearRate
from cmcore.network.records import SupportingAdult
from cmcore.peps.culture import CulturalLine, cultural_lines, shortened
from cmcore.peps.opening import Termly, term_at
from cmcore.peps.queries import Board, board, terms_with_plans
from cmcore.peps.records import PepContribution, PepCycle, PepTarget
from cmcore.plugins.declared import Acts, PluginSetting, rules_in
from cmcore.plugins.glossary import GlossaryTerm, glossary, terms_in
from cmcore.plugins.manifest import API, Manifest
from cmcore.plugins.marks import hookimpl
from cmcore.programmes.creative_mentoring import CREATIVE_MENTORING
from cmcore.programmes.records import Programme
from cmcore.programmes.types import Dose, ProgrammeType, Subject
from cmcore.readiness.board import compliance_on
from cmcore.readiness.records import AssessmentRead, RiskAssessment, Supervision, Training
from cmcore.referrals.records import Referral
from cmcore.reviews.records import Review, ReviewScore
from cmcore.risks.records import KnownRisk, RiskBriefing
from cmcore.safekeeping.access import reach
from cmcore.safekeeping.memberships import scope_for
from cmcore.safekeeping.refs import next_ref
from cmcore.safekeeping.retention import Facts, Keeping, RetentionRule
from cmcore.safekeeping.scope import Actor, Grant, Scope
from cmcore.safekeeping.work import Conflict, Work, action
from cmcore.sessions.records import MentoringSession
from cmcore.virtual_schools.queries import authority_for, terms_of
from cmcore.virtual_schools.records import Authority, Federation, Setting, TermDates
from cmcore.workbooks.lists import ListWorkbook
from cmcore.young_people.records import CareEpisode, EducationSpell, SendStatus, YoungPerson

__all__ = [
    "API",
    "ActivityReport",
    "Actor",
    "Acts",
    "Allocation",
    "AnswerFile",
    "Answers",
    "AnswersRevision",
    "AssessmentRead",
    "Authority",
    "AwardScheme",
    "AwardStanding",
    "Board",
    "CREATIVE_MENTORING",
    "CalendarEntry",
    "CareEpisode",
    "Choice",
    "Clock",
    "Cohort",
    "Commission",
    "Concern",
    "ConcernNote",
    "Conflict",
    "Consent",
    "Counted",
    "CulturalLine",
    "Dose",
    "EducationSpell",
    "Enrolment",
    "Facts",
    "Federation",
    "Figure",
    "FileAnswer",
    "Finding",
    "Form",
    "FormAnswers",
    "FormEdition",
    "FundingLine",
    "Grant",
    "Happened",
    "Instant",
    "Invoice",
    "InvoiceLine",
    "Journey",
    "Keeping",
    "Kept",
    "KnownRisk",
    "LONDON",
    "Level",
    "Lifecycle",
    "Line",
    "ListWorkbook",
    "Manifest",
    "MatchDecision",
    "Measure",
    "MeasureMapping",
    "MeasureSet",
    "Mentor",
    "MentorAuthority",
    "MentorCheck",
    "MentoringSession",
    "Need",
    "NotAllowed",
    "NotFound",
    "OfAuthority",
    "OfSetting",
    "OfYoungPerson",
    "PLACEMENT_CODES",
    "Part",
    "PepContribution",
    "PepCycle",
    "PepTarget",
    "Period",
    "PluginSetting",
    "Polarity",
    "Policy",
    "Programme",
    "ProgrammeType",
    "Record",
    "Referral",
    "Refused",
    "RetentionRule",
    "Review",
    "ReviewScore",
    "RiskAssessment",
    "RiskBriefing",
    "Rule",
    "Scale",
    "Scope",
    "Score",
    "Section",
    "SendStatus",
    "Setting",
    "Settings",
    "Severity",
    "StageForm",
    "State",
    "Stateful",
    "StoppedClock",
    "Subject",
    "Supervision",
    "SupportingAdult",
    "Term",
    "TermDates",
    "Termly",
    "Training",
    "Transition",
    "TravelDistance",
    "Unit",
    "WallClock",
    "Work",
    "YearRate",
    "YoungPerson",
    "academic_year",
    "academic_year_name",
    "action",
    "among",
    "answers_about",
    "answers_from",
    "as_warnings",
    "ask",
    "authorities_of",
    "authority_for",
    "award_schemes",
    "award_schemes_in_use",
    "award_standings",
    "board",
    "calculated",
    "calendar_entries",
    "check",
    "code",
    "compliance_on",
    "count",
    "counted",
    "cultural_lines",
    "day",
    "days_in_order",
    "downgrade",
    "engine_for",
    "evidence",
    "figures",
    "figures_in_use",
    "files_in",
    "financial_year",
    "for_others",
    "form",
    "form_check",
    "forms_for",
    "group",
    "hookimpl",
    "happened",
    "hours",
    "in_force",
    "in_words",
    "journey_of",
    "keep_to_authority",
    "kept_beside",
    "key_stage",
    "kinds",
    "known_forms",
    "local",
    "mapping_between",
    "measure_set",
    "measure_sets",
    "next_ref",
    "note",
    "of_young_person",
    "one_of",
    "parent",
    "permitted_people",
    "pounds",
    "propose",
    "reach",
    "read_return",
    "refuse",
    "refuse_if",
    "rules_in",
    "scope_for",
    "scores_of",
    "sensitive",
    "settle",
    "shortened",
    "taken",
    "term_at",
    "terms_of",
    "terms_with_plans",
    "upgrade",
    "when",
    "within",
    "working_days_after",
    "working_days_between",
    "glossary",
    "terms_in",
    "GlossaryTerm",
]
