"""The Mighty Creatives, a provider that serves several authorities: its papers and its induction pack."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cmcore.api import Manifest, hookimpl

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cmcore.api import (
        Acts,
        Authority,
        Commission,
        Enrolment,
        Finding,
        Keeping,
        Line,
        ListWorkbook,
        Mentor,
        MentoringSession,
        PluginSetting,
        Record,
        Referral,
        RetentionRule,
        Review,
        Rule,
        Work,
    )
    from cmcore.api.asks import SessionAnswers

MANIFEST = Manifest(
    name="mighty_creatives",
    title="The Mighty Creatives",
    version="0.1.0",
    api=1,
    maker="The maintainers of Creative Mentoring",
    about="The Referral and Reporting Form with the 8 Measures, the Activity Report, the papers of the induction pack, "
    "and what a mentor has read of the pack before working.",
    rules="TMC",
    sensitive="What is known of a young person and what came of the work, as the provider's papers ask it.",
)


# ---- what it brings
@hookimpl
def cm_forms() -> list[Any]:
    """The Referral and Reporting Form, the Activity Report and the papers of the induction pack."""
    from cmcore_mighty_creatives.forms import ActivityReport, ReferralAndReporting
    from cmcore_mighty_creatives.induction_forms import PACK

    return [ReferralAndReporting, ActivityReport, *PACK]


@hookimpl
def cm_rules() -> list[Rule]:
    """R-TMC-4, from rules.toml."""
    from cmcore.api import rules_in

    return rules_in("cmcore_mighty_creatives")


@hookimpl
def cm_settings() -> list[PluginSetting]:
    """The edition of the pack, and the hours of a case study."""
    from cmcore_mighty_creatives.settings import SETTINGS

    return list(SETTINGS)


@hookimpl
def cm_tables() -> list[Line]:
    """The papers a mentor was asked to read, and has read."""
    from cmcore_mighty_creatives.records import LINE

    return [LINE]


@hookimpl
def cm_acts() -> list[Acts]:
    """Coordinators keep them; a mentor sees their own and says what they have read."""
    from cmcore.api import Acts

    own, reads = ("mighty_creatives_reading.*",), ("mighty_creatives_reading.see", "mighty_creatives_reading.read")
    return [Acts("coordinator", own), Acts("head", own), Acts("mentor", reads)]


@hookimpl
def cm_workbooks() -> list[ListWorkbook]:
    """The papers that mentors have read, for a list kept at the induction."""
    from cmcore_mighty_creatives.papers_read import WORKBOOK

    return [WORKBOOK]


@hookimpl
def cm_retention() -> list[Keeping | RetentionRule]:
    """Every paper is about a young person, and kept as their record is."""
    from cmcore.api import Keeping
    from cmcore_mighty_creatives.forms import ActivityReport, ReferralAndReporting
    from cmcore_mighty_creatives.induction_forms import PACK

    return [Keeping(each.form.key, "child") for each in (ReferralAndReporting, ActivityReport, *PACK)]


# ---- what stands there before anybody types
@hookimpl
def cm_begin_form(work: Work, form: str, about: Record | None) -> Mapping[str, Any]:
    """The day, the known risks of a young person, the hours of a case study."""
    from cmcore_mighty_creatives.offers import offered

    return offered(work, form, about)


# ---- what it asks before something is kept
@hookimpl
def cm_check_commission(work: Work, commission: Commission, mentor: Mentor, step: str) -> list[Finding]:
    """R-TMC-4, as a warning."""
    from cmcore_mighty_creatives.checks import of_commission

    return of_commission(work, commission, mentor, step)


@hookimpl
def cm_check_session(work: Work, commission: Commission, answers: SessionAnswers) -> list[Finding]:
    """R-TMC-4."""
    from cmcore_mighty_creatives.checks import of_session

    return of_session(work, commission, answers)


# ---- what it does once something happened
@hookimpl
def cm_mentor_commissioned(work: Work, commission: Commission) -> None:
    """The mentor is asked to read the induction pack, if they were not."""
    from cmcore.api import Authority
    from cmcore_mighty_creatives.induction import ask_to_read

    if work.may("mighty_creatives_reading.ask", commission.authority_id):
        ask_to_read(work, work.get(Authority, commission.authority_id), commission.mentor)


@hookimpl
def cm_referral_accepted(work: Work, referral: Referral) -> None:
    """The Referral and Reporting Form is begun with what the referral says."""
    from cmcore_mighty_creatives.papers import begin_paper

    if work.may("form_answers.fill", referral.authority_id):
        begin_paper(work, referral)


@hookimpl
def cm_enrolment_started(work: Work, enrolment: Enrolment) -> None:
    """A form that was never begun, because the plugin was switched on later, is begun now."""
    from cmcore_mighty_creatives.papers import bring_up_to_date

    bring_up_to_date(work, enrolment)


@hookimpl
def cm_review_completed(work: Work, review: Review) -> None:
    """The 8 Measures section is completed once more."""
    from cmcore_mighty_creatives.papers import bring_up_to_date

    if review.enrolment is not None:
        bring_up_to_date(work, review.enrolment)


@hookimpl
def cm_session_recorded(work: Work, session: MentoringSession) -> None:
    """The session is put on the month's Activity Report."""
    from cmcore_mighty_creatives.papers import add_to_report

    add_to_report(work, session)


@hookimpl
def cm_enrolment_ended(work: Work, enrolment: Enrolment) -> None:
    """The Referral and Reporting Form is finished, where nothing is missing on it."""
    from cmcore_mighty_creatives.papers import bring_up_to_date

    bring_up_to_date(work, enrolment, ended=True)


@hookimpl
def cm_demo_loaded(work: Work, authority: Authority) -> None:
    """The demonstration shows packs that were read and forms under way."""
    from cmcore_mighty_creatives.demonstration import fill

    fill(work, authority)
