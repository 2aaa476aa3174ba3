"""What is asked about a mentor's support and training, and about risk assessments and who read them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from cmcore.base.findings import Finding
from cmcore.forms import Answers, ask, check, form, group
from cmcore.forms.checks import days_in_order
from cmcore.readiness.words import Attendance, Exclusion, Likely, Support, TrainingSubject


@form("supervision", version=1, title="Reflective session")
class SupervisionAnswers(Answers):
    """Which mentors were asked, and whether they came. What was said stays in the room."""

    mentor_ids: list[int] = ask("Mentors", of="mentor", hint="Everybody who was there, or was to be.", section="Who")
    attendance: Attendance = ask("Did they come?", default=Attendance.came)
    kind_of_support: Support = ask("What it was", default=Support.reflective, section="What and when")
    held_on: date = ask("The day it was held")
    led_by: str = ask("Who led it", required=False, most=120, hint="The psychologist, or whoever gave it.")


@form("supervision-change", version=1, title="Reflective session")
class SupervisionChangeAnswers(Answers):
    """Whether a mentor came, and when it was held."""

    attendance: Attendance = ask("Did they come?")
    kind_of_support: Support = ask("What it was")
    held_on: date = ask("The day it was held")
    led_by: str = ask("Who led it", required=False, most=120)


@form("training", version=1, title="Training")
class TrainingAnswers(Answers):
    """Which mentors were trained, in what, and whether they came."""

    mentor_ids: list[int] = ask("Mentors", of="mentor", hint="Everybody who was there, or was to be.", section="Who")
    attendance: Attendance = ask("Did they come?", default=Attendance.came)
    subject: TrainingSubject = ask("What it was about", section="What and when")
    title: str = ask("Its title", required=False, most=120)
    held_on: date = ask("The day it was held")
    minutes: int | None = ask("How long, in minutes", least=5, most=2_400, unit="minutes")
    led_by: str = ask("Who gave it", required=False, most=120)


@form("training-change", version=1, title="Training")
class TrainingChangeAnswers(Answers):
    """Whether a mentor came, and what it was about."""

    attendance: Attendance = ask("Did they come?")
    subject: TrainingSubject = ask("What it was about")
    title: str = ask("Its title", required=False, most=120)
    held_on: date = ask("The day it was held")
    minutes: int | None = ask("How long, in minutes", least=5, most=2_400, unit="minutes")
    led_by: str = ask("Who gave it", required=False, most=120)


@group
class HazardAnswers:
    """Something that could harm somebody, and what is done so that it does not."""

    what: str = ask("What could harm somebody", most=300)
    who: str = ask("Who could be harmed", most=120)
    met_by: str = ask("What is done about it", long=True, most=1000)
    likely: Likely = ask("How likely is harm then?")


@check("exclusions", "trained", even_unanswered=True)
def _likely_harm_needs_somebody(exclusions: list[Exclusion] | None, trained: str | None) -> Iterable[Finding]:
    if (trained or "").strip() and not exclusions:
        yield Finding(
            "Somebody trained is named, and nothing is left out that they would be needed for.",
            place="exclusions",
            way_out="Choose what is done with them only, or leave the name away.",
        )


@form(
    "risk-assessment",
    version=1,
    title="Risk assessment",
    checks=[_likely_harm_needs_somebody, days_in_order("made_on", "review_on", "The day it is looked at again")],
)
class RiskAssessmentAnswers(Answers):
    """What could harm somebody in a kind of activity, and what is done about it. Name no young person in it."""

    activity: str = ask("The activity", most=200, section="What it is about")
    template: str = ask("Drawn up from", required=False, most=120, hint="The template, for example the induction pack.")
    for_everybody: bool = ask(
        "Does every mentor read it before the first session?",
        default=True,
        hint="R-MEN-2 asks for one that every mentor reads. Others are read by those who do the activity.",
    )
    made_on: date = ask("The day it was drawn up")
    review_on: date | None = ask("The day it is looked at again")
    hazards: list[HazardAnswers] = ask("Hazards", one="hazard", least=1, most=40, section="What could happen")
    exclusions: list[Exclusion] = ask("What is left out", required=False, section="What is left out")
    trained: str = ask(
        "Done only with somebody trained",
        required=False,
        most=200,
        hint="Who that is. Empty means that it is not done at all.",
    )


@form("risk-assessment-read", version=1, title="It has been read")
class AssessmentReadAnswers(Answers):
    """The day a mentor finished reading it. The name of whoever writes it down is kept."""

    mentor_id: int = ask("Mentor", of="mentor", few=True)
    read_on: date = ask("The day it was read")


@form("risk-assessment-replaced", version=1, title="A newer one holds")
class AssessmentReplacedAnswers(Answers):
    """From this day on mentors read the newer one. What was read of this one stays known."""

    replaced_on: date = ask("The first day it no longer holds")
