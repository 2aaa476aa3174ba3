"""Derbyshire's Virtual School: its referral, its rules, its terms, and what a commission there begins with."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from cmcore.api import Manifest, hookimpl

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cmcore.api import (
        Authority,
        Enrolment,
        Finding,
        Keeping,
        MeasureMapping,
        MeasureSet,
        PluginSetting,
        ProgrammeType,
        Record,
        Referral,
        RetentionRule,
        Review,
        Rule,
        StageForm,
        Work,
    )
    from cmcore.api.asks import ReviewAnswers

MANIFEST = Manifest(
    name="derbyshire",
    title="Derbyshire Virtual School",
    version="0.1.0",
    api=1,
    maker="The maintainers of Creative Mentoring",
    about="Derbyshire's referral with red, amber and green concern, crisis referrals of its federation of secondary "
    "schools, its older records on six measures, its terms, and what a commission begins with.",
    rules="DERBYSHIRE",
    sensitive="What has happened to a young person, what they say, and how a crisis is met.",
)


# ---- what it brings
@hookimpl
def cm_forms() -> list[Any]:
    """The referral and the crisis plan."""
    from cmcore_derbyshire.forms import FORMS

    return list(FORMS)


@hookimpl
def cm_stage_forms() -> list[StageForm]:
    """The referral, in place of the core's."""
    from cmcore.api import StageForm
    from cmcore_derbyshire.forms import DerbyshireReferral

    return [StageForm("referral", DerbyshireReferral)]


@hookimpl
def cm_programme_types() -> list[ProgrammeType]:
    """Crisis mentoring, as the federation asks for it."""
    from cmcore_derbyshire.programme_types import CRISIS

    return [CRISIS]


@hookimpl
def cm_measure_sets() -> list[MeasureSet]:
    """Concern, as it is scored at each review of crisis mentoring."""
    from cmcore_derbyshire.measures import CONCERN

    return [CONCERN]


@hookimpl
def cm_measure_mappings() -> list[MeasureMapping]:
    """The six measures of 2017 beside the eight of today."""
    from cmcore_derbyshire.measures import SIX_TO_EIGHT

    return [SIX_TO_EIGHT]


@hookimpl
def cm_rules() -> list[Rule]:
    """R-DERBYSHIRE-1 to R-DERBYSHIRE-5, from rules.toml."""
    from cmcore.api import rules_in

    return rules_in("cmcore_derbyshire")


@hookimpl
def cm_settings() -> list[PluginSetting]:
    """Which federations count, and what a commission begins with."""
    from cmcore_derbyshire.settings import SETTINGS

    return list(SETTINGS)


@hookimpl
def cm_retention() -> list[Keeping | RetentionRule]:
    """Both forms are about a young person, and kept as their record is."""
    from cmcore.api import Keeping

    return [Keeping("derbyshire-referral", "child"), Keeping("derbyshire-crisis-plan", "child")]


# ---- what stands there before anybody types
@hookimpl
def cm_begin_form(work: Work, form: str, about: Record | None) -> Mapping[str, Any]:
    """The usual hours, rate, purpose and funding of a commission."""
    if form != "commission":
        return {}
    from cmcore_derbyshire.commissioning import usual

    return usual(work, about)


# ---- what it asks before something is kept
@hookimpl
def cm_check_referral(work: Work, referral: Referral) -> list[Finding]:
    """R-DERBYSHIRE-1 to R-DERBYSHIRE-3."""
    from cmcore_derbyshire.checks import of_referral

    return of_referral(work, referral)


@hookimpl
def cm_check_enrolment(work: Work, enrolment: Enrolment, step: str, on: date) -> list[Finding]:
    """R-DERBYSHIRE-4: crisis mentoring starts with a plan."""
    from cmcore_derbyshire.checks import of_enrolment

    return of_enrolment(work, enrolment, step)


@hookimpl
def cm_check_review(work: Work, answers: ReviewAnswers, review: Review) -> list[Finding]:
    """R-DERBYSHIRE-5: a review says how much concern there is now."""
    from cmcore_derbyshire.rules import concern_is_said

    return concern_is_said(answers.concern, work.policy_of(review))


# ---- what it does once something happened
@hookimpl
def cm_referral_submitted(work: Work, referral: Referral) -> None:
    """A crisis of a federation school: its plan is begun, for the coordinator to fill in with the school."""
    from cmcore_derbyshire.checks import begin_plan

    begin_plan(work, referral)


@hookimpl
def cm_demo_loaded(work: Work, authority: Authority) -> None:
    """The demonstration shows Derbyshire's terms, a crisis in the federation, and older records on six measures."""
    from cmcore_derbyshire.demonstration import fill

    fill(work, authority)
