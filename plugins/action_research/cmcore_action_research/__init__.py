"""Studies with themes and partners who refer, a protocol fixed before the data, and releases without names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cmcore.api import Manifest, hookimpl

if TYPE_CHECKING:
    from datetime import date

    from cmcore.api import (
        Acts,
        Authority,
        Commission,
        Enrolment,
        Finding,
        Keeping,
        Line,
        ProgrammeType,
        Referral,
        RetentionRule,
        Rule,
        Work,
    )
    from cmcore.api.asks import ReviewAnswers

MANIFEST = Manifest(
    name="action_research",
    title="Action research",
    version="0.1.0",
    api=1,
    maker="The maintainers of Creative Mentoring",
    about="Studies with themes and partners who refer, a protocol fixed before the data, and releases without names.",
    rules="STUDY",
    sensitive="The theme of a study says what a young person lives with.",
)


@hookimpl
def cm_rules() -> list[Rule]:
    """R-STUDY-1 to R-STUDY-13, from rules.toml."""
    from cmcore.api import rules_in

    return rules_in("cmcore_action_research")


@hookimpl
def cm_programme_types() -> list[ProgrammeType]:
    """Action research: creative mentoring in the dose that was evaluated, inside a study."""
    from cmcore_action_research.programme_type import ACTION_RESEARCH

    return [ACTION_RESEARCH]


@hookimpl
def cm_tables() -> list[Line]:
    """Studies, protocols, analyses, partners, referrals, places, releases with their files and keys."""
    from cmcore_action_research.people_records import StudyPlace
    from cmcore_action_research.records import LINE
    from cmcore_action_research.release_records import StudyRelease

    assert StudyPlace.metadata is StudyRelease.metadata, "Every record is mapped before the line is looked at."
    return [LINE]


@hookimpl
def cm_acts() -> list[Acts]:
    """Who does what with studies, and how far each sees: a theme is seen by coordinators, the head, its partner."""
    from cmcore_action_research.roles import ACTS

    return list(ACTS)


@hookimpl
def cm_retention() -> list[Keeping | RetentionRule]:
    """Studies are kept ten years and the current one; what is about a young person as long as their record."""
    from cmcore_action_research.keeping import KEEPING

    return list(KEEPING)


@hookimpl
def cm_check_enrolment(work: Work, enrolment: Enrolment, step: str, on: date) -> list[Finding]:
    """Nobody starts without a place, a frozen protocol and a permission for research."""
    from cmcore_action_research.places import check_enrolment

    return check_enrolment(work, enrolment, step, on)


@hookimpl
def cm_check_review(work: Work, enrolment: Enrolment, answers: ReviewAnswers) -> list[Finding]:
    """No score counts before the protocol is frozen."""
    from cmcore_action_research.places import check_review

    return check_review(work, enrolment, answers)


@hookimpl
def cm_check_referral(work: Work, referral: Referral) -> list[Finding]:
    """No theme stands in a referral that mentors read."""
    from cmcore_action_research.places import check_referral

    return check_referral(work, referral)


@hookimpl
def cm_check_commission(work: Work, commission: Commission, enrolment: Enrolment) -> list[Finding]:
    """Hours beyond what the protocol plans are pointed out."""
    from cmcore_action_research.places import check_commission

    return check_commission(work, commission, enrolment)


@hookimpl(trylast=True)
def cm_demo_loaded(work: Work, authority: Authority) -> None:
    """The demonstration shows a study with a frozen protocol, a line, two groups and a release."""
    from cmcore_action_research.demonstration import fill

    fill(work, authority)
