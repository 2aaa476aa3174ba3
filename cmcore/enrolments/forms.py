"""What is asked when a young person joins a programme, and when the enrolment moves on."""

from __future__ import annotations

from datetime import date

from cmcore.forms import Answers, ask, form
from cmcore.referrals.words import Rag


@form("enrolment", version=1, title="Enrolment")
class EnrolmentAnswers(Answers):
    """A young person's place in a programme."""

    young_person_id: int = ask("Young person", of="young_person", section="Who")
    programme_id: int = ask("Programme", of="programme", few=True)
    planned_start_on: date | None = ask("Planned to start on", section="What is planned")
    learning_targets: str | None = ask(
        "Learning targets", long=True, sensitive=True, hint="What the work is for, in the words of the plan."
    )
    review_days: int | None = ask(
        "Days between reviews", least=7, most=365, unit="days", hint="Leave empty for the authority's own interval."
    )
    concern_at_start: Rag | None = ask("How much concern is there now?")


@form("enrolment-change", version=1, title="Enrolment")
class EnrolmentChangeAnswers(Answers):
    """What may be changed of an enrolment while it goes on."""

    planned_start_on: date | None = ask("Planned to start on")
    learning_targets: str | None = ask(
        "Learning targets", long=True, sensitive=True, hint="What the work is for, in the words of the plan."
    )
    review_days: int | None = ask(
        "Days between reviews", least=7, most=365, unit="days", hint="Leave empty for the authority's own interval."
    )
    concern_at_start: Rag | None = ask("How much concern was there at the start?")
    no_exit_review_because: str | None = ask(
        "Why there is no exit review",
        long=True,
        most=1000,
        sensitive=True,
        hint="Only where there cannot be one. R-MEA-4",
    )


@form("enrolment-step", version=1, title="Next step")
class StepAnswers(Answers):
    """The day a step is taken."""

    on: date = ask("On", hint="The day it happens, not after today.")


@form("enrolment-step-with-reason", version=1, title="Next step")
class ReasonedStepAnswers(Answers):
    """The day a step is taken, and why."""

    on: date = ask("On", hint="The day it happens, not after today.")
    reason: str = ask("Why", long=True, most=2000, sensitive=True)
