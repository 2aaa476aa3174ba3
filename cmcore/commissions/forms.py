"""What is asked when a mentor is commissioned."""

from __future__ import annotations

from datetime import date

from cmcore.commissions.words import Purpose
from cmcore.forms import Answers, ask, form


@form("commission", version=1, title="Commission")
class CommissionAnswers(Answers):
    """A mentor is commissioned for an enrolment: so many hours, at such a rate, from a day."""

    enrolment_id: int = ask("Enrolment", of="enrolment", section="Who")
    mentor_id: int = ask("Mentor", of="mentor")
    purpose: Purpose = ask("What the hours are for", default=Purpose.mentoring, section="What is commissioned")
    hours: int = ask("Hours", least=1, most=500, unit="hours")
    rate_pence: int = ask("Rate an hour", money=True, least=0, most=50_000)
    funding_line_id: int | None = ask("Funding", of="funding_line", few=True)
    starts_on: date = ask("First day", section="When")
    ends_on: date | None = ask("Last day", hint="Leave empty if it is open.")
