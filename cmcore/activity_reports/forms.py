"""What is asked when an activity report is drawn up."""

from __future__ import annotations

from datetime import date

from cmcore.forms import Answers, ask, form
from cmcore.forms.checks import days_in_order


@form("activity-report", version=1, title="Activity report", checks=[days_in_order()])
class ActivityReportAnswers(Answers):
    """Whom a report is about, and which days; its sessions are found by themselves."""

    commission_id: int = ask("Who with", of="commission", few=True)
    starts_on: date = ask("From")
    ends_on: date = ask("To")
    summary: str | None = ask(
        "How is it going?",
        long=True,
        sensitive=True,
        hint="In a few kind sentences. The young person may read this one day.",
    )
