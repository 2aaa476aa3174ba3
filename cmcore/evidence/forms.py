"""What is asked to narrow a cohort."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from cmcore.base.findings import Finding
from cmcore.evidence.cohorts import Cohort
from cmcore.evidence.words import KeyStage
from cmcore.forms import Answers, ask, check, form
from cmcore.reviews.words import Scorer
from cmcore.young_people.words import CareStatus, SendLevel


@check("started_from", "started_to", "least_age", "most_age", even_unanswered=True)
def _can_be_met(
    started_from: date | None, started_to: date | None, least_age: int | None, most_age: int | None
) -> Iterator[Finding]:
    yield from Cohort(started_from, started_to, least_age, most_age).findings()


@form("cohort", version=2, title="Choose a cohort", checks=[_can_be_met])
class CohortAnswers(Answers):
    """Whose scores are counted. What is left empty leaves nobody out."""

    started_from: date | None = ask("Started on or after", section="When")
    started_to: date | None = ask("Started on or before")
    least_age: int | None = ask("From the age of", least=0, most=25, section="Who, on the day of the start")
    most_age: int | None = ask("Up to the age of", least=0, most=25)
    key_stage: KeyStage | None = ask("Key stage")
    care_status: CareStatus | None = ask("Care status")
    send: SendLevel | None = ask("SEND")
    setting_id: int | None = ask("School or setting", of="setting")
    theme: str | None = ask("Theme of the referral", most=60)
    mentor_id: int | None = ask("Mentor", of="mentor", section="How")
    funding_line_id: int | None = ask("Funding", of="funding_line")
    scored_by: Scorer | None = ask("Scored by", hint="The same people both times; otherwise all who scored twice.")


@form("saved-cohort", version=1, title="Save this cohort")
class SavedCohortAnswers(Answers):
    """The name under which a cohort is found again, by everybody who may see this evidence."""

    name: str = ask("Name", most=120, hint="What it is, never who: for example “Key stage 4, this year”.")


def cohort_of(answers: CohortAnswers, before: Cohort) -> Cohort:
    """The cohort these answers ask for; what the form does not ask stays as it was before."""
    asked = {name: value for name, value in answers.columns().items() if value is not None}
    kept = {name: getattr(before, name) for name in before.as_data() if name not in answers.columns()}
    return Cohort(**asked | kept)


def answers_of_cohort(cohort: Cohort) -> CohortAnswers:
    """The cohort as the answers that would ask for it again."""
    return CohortAnswers(
        started_from=cohort.started_from,
        started_to=cohort.started_to,
        least_age=cohort.least_age,
        most_age=cohort.most_age,
        key_stage=KeyStage(cohort.key_stage) if cohort.key_stage else None,
        care_status=CareStatus(cohort.care_status) if cohort.care_status else None,
        send=SendLevel(cohort.send) if cohort.send else None,
        setting_id=cohort.setting_id,
        theme=cohort.theme or None,
        mentor_id=cohort.mentor_id,
        funding_line_id=cohort.funding_line_id,
        scored_by=Scorer(cohort.scored_by) if cohort.scored_by else None,
    )
