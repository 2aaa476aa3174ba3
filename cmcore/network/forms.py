"""What is asked about an adult around a young person."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from cmcore.base.findings import Finding, Severity
from cmcore.forms import Answers, ask, check, form
from cmcore.forms.checks import days_in_order
from cmcore.network.words import AdultRole


@check("emergency_contact", "phone", even_unanswered=True)
def _can_be_rung(emergency_contact: bool | None, phone: str | None) -> Iterable[Finding]:
    if emergency_contact and not phone:
        yield Finding(
            "Somebody who is called in an emergency has no number here.",
            severity=Severity.warn,
            place="phone",
            way_out="Add the number.",
        )


@form("supporting-adult", version=1, title="Supporting adult", checks=[_can_be_rung, days_in_order()])
class SupportingAdultAnswers(Answers):
    """An adult around a young person: how to reach them, and whether they are called first."""

    role: AdultRole = ask("What they are to the young person", section="Who")
    name: str = ask("Name", most=120, sensitive=True)
    organisation: str = ask("Organisation or team", required=False, most=120)
    setting_id: int | None = ask("School or other place they work at", of="setting")
    phone: str = ask(
        "Telephone", required=False, holds="telephone", most=40, sensitive=True, section="How to reach them"
    )
    email: str = ask("E-mail", required=False, holds="email", sensitive=True)
    emergency_contact: bool = ask("Are they called in an emergency?", default=False)
    starts_on: date | None = ask("Since", section="When")
    ends_on: date | None = ask("Until", hint="Leave it empty while it goes on.")
