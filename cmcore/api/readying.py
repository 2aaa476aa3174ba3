"""The front door to what readies mentors and finds one: support, training, risk assessments, known risks, matching."""

from __future__ import annotations

from cmcore.matching.actions import (
    add_travel_distance,
    answers_of_travel_distance,
    change_travel_distance,
    decide_match,
    remove_travel_distance,
)
from cmcore.matching.forms import MatchDecisionAnswers, MatchWantedAnswers, TravelDistanceAnswers
from cmcore.matching.queries import Candidate, Proposal, propose
from cmcore.readiness.actions import (
    add_risk_assessment,
    add_supervision,
    add_training,
    answers_of_risk_assessment,
    answers_of_supervision,
    answers_of_training,
    change_risk_assessment,
    change_supervision,
    change_training,
    read_assessment,
    remove_reading,
    remove_risk_assessment,
    remove_supervision,
    remove_training,
    replace_risk_assessment,
)
from cmcore.readiness.board import compliance_on
from cmcore.readiness.forms import (
    AssessmentReadAnswers,
    AssessmentReplacedAnswers,
    HazardAnswers,
    RiskAssessmentAnswers,
    SupervisionAnswers,
    SupervisionChangeAnswers,
    TrainingAnswers,
    TrainingChangeAnswers,
)
from cmcore.readiness.words import Attendance, Exclusion, Likely, Support, TrainingSubject
from cmcore.risks.actions import (
    add_known_risk,
    answers_of_known_risk,
    brief_mentor,
    change_known_risk,
    end_known_risk,
    remove_briefing,
    remove_known_risk,
)
from cmcore.risks.forms import KnownRiskAnswers, RiskBriefingAnswers, RiskEndedAnswers
from cmcore.risks.queries import risks_of

__all__ = [
    "AssessmentReadAnswers",
    "AssessmentReplacedAnswers",
    "Attendance",
    "Candidate",
    "Exclusion",
    "HazardAnswers",
    "KnownRiskAnswers",
    "Likely",
    "MatchDecisionAnswers",
    "MatchWantedAnswers",
    "Proposal",
    "RiskAssessmentAnswers",
    "RiskBriefingAnswers",
    "RiskEndedAnswers",
    "SupervisionAnswers",
    "SupervisionChangeAnswers",
    "Support",
    "TrainingAnswers",
    "TrainingChangeAnswers",
    "TrainingSubject",
    "TravelDistanceAnswers",
    "add_known_risk",
    "add_risk_assessment",
    "add_supervision",
    "add_training",
    "add_travel_distance",
    "answers_of_known_risk",
    "answers_of_risk_assessment",
    "answers_of_supervision",
    "answers_of_training",
    "answers_of_travel_distance",
    "brief_mentor",
    "change_known_risk",
    "change_risk_assessment",
    "change_supervision",
    "change_training",
    "change_travel_distance",
    "compliance_on",
    "decide_match",
    "end_known_risk",
    "propose",
    "read_assessment",
    "remove_briefing",
    "remove_known_risk",
    "remove_reading",
    "remove_risk_assessment",
    "remove_supervision",
    "remove_training",
    "remove_travel_distance",
    "replace_risk_assessment",
    "risks_of",
]
