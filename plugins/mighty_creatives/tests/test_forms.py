"""What the papers of the induction pack insist on."""

from __future__ import annotations

from typing import Any

from cmcore.forms import read
from cmcore_mighty_creatives.forms import ReferralAndReporting
from cmcore_mighty_creatives.induction_forms import CaseStudyRequest, JournalEntry, RiskAssessment

RISK: dict[str, Any] = {
    "activity": "Filming by the river",
    "where": "community",
    "made_on": "2026-11-10",
    "hazards": [{"what": "Wet stones", "who": "Both", "met_by": "Stay on the path", "likely": "low"}],
    "drives": False,
    "unsettled": "Talk with the carer, and postpone.",
}
JOURNAL: dict[str, Any] = {
    "on": "2026-11-10",
    "sent": ["photograph"],
    "caption": "A print of a heron",
    "permission": "social_worker",
    "shared_with": "The virtual school",
}


def places(form: Any, values: dict[str, Any]) -> list[str | None]:
    return [one.place for one in read(form, values).findings if one.blocks]


def test_an_ordinary_activity_is_assessed_in_a_few_answers() -> None:
    assert places(RiskAssessment, RISK) == []


def test_what_is_excluded_needs_somebody_trained_for_it() -> None:
    assert places(RiskAssessment, {**RISK, "exclusions": ["water"]}) == ["trained"]
    assert places(RiskAssessment, {**RISK, "exclusions": ["water"], "trained": "A lifeguard"}) == []


def test_likely_harm_is_agreed_with_somebody() -> None:
    hazards = [{**RISK["hazards"][0], "likely": "high"}]
    assert places(RiskAssessment, {**RISK, "hazards": hazards}) == ["agreed_with"]


def test_only_business_car_insurance_lets_a_mentor_drive() -> None:
    assert places(RiskAssessment, {**RISK, "drives": True}) == ["insurance"]
    assert places(RiskAssessment, {**RISK, "drives": True, "insurance": "public_liability"}) == ["insurance"]
    assert places(RiskAssessment, {**RISK, "drives": True, "insurance": "business_car"}) == []


def test_pictures_wait_for_permission_and_words_do_not() -> None:
    assert places(JournalEntry, JOURNAL) == []
    assert places(JournalEntry, {**JOURNAL, "permission": "not_yet"}) == ["permission"]
    assert places(JournalEntry, {**JOURNAL, "permission": "not_yet", "sent": ["words"]}) == []


def test_a_case_study_is_not_wanted_before_it_is_asked_for() -> None:
    told = {
        "asked_on": "2026-11-10",
        "purpose": "To show what the work does",
        "wanted_by_on": "2026-11-01",
        "hours": 6,
        "covers": "The autumn",
        "permission": "young_person",
        "young_person_asked": True,
    }
    assert places(CaseStudyRequest, told) == ["wanted_by_on"]
    assert places(CaseStudyRequest, {**told, "wanted_by_on": "2026-12-01"}) == []


def test_the_eight_measures_begin_with_the_baseline_and_stand_in_order() -> None:
    told = {
        "initials": "MB",
        "reference": "WR-R-0001",
        "referred_by": "Wrenshire",
        "referred_on": "2026-11-01",
        "why": "Risk of exclusion",
        "outcomes": ["confidence"],
    }
    first = {"which": "baseline", "scored_on": "2026-11-10", "scored_by": "Together", "guided_by_child": True}
    later = {**first, "which": "interim", "scored_on": "2026-11-01", "confidence": 6}
    assert places(ReferralAndReporting, {**told, "rounds": [{**first, "which": "interim"}]}) == ["rounds"]
    assert places(ReferralAndReporting, {**told, "rounds": [first, {**later, "confidence": 5}]}) == ["rounds"]
    assert places(ReferralAndReporting, {**told, "rounds": [first, later]}) == ["rounds.1.confidence"]
    assert places(ReferralAndReporting, {**told, "rounds": [first]}) == []
