"""What is asked about a programme of an authority."""

from __future__ import annotations

from datetime import date

from cmcore.forms import Answers, ask, form
from cmcore.forms.checks import days_in_order


@form("programme", version=1, title="Programme", checks=[days_in_order()])
class ProgrammeAnswers(Answers):
    """A programme the authority runs. Which types and measure sets there are is put in when the form is shown."""

    title: str = ask("Name of the programme", most=120, section="What it is")
    key: str = ask(
        "Short name for addresses and commands",
        most=40,
        hint="Small letters and hyphens, for example creative-mentoring.",
    )
    type_key: str = ask("Type of programme", most=60)
    measure_set: str = ask("Scored with", most=40, hint="New work is scored with it; what is under way keeps its own.")
    usual_hours: int | None = ask("Hours a commission usually begins with", least=1, most=1000, unit="hours")
    starts_on: date | None = ask("Begins on", section="When")
    ends_on: date | None = ask("Ends on")
    open_to_referrals: bool = ask("Does it take referrals?", default=True)
