"""What is asked of an invoice: its number, its days, its lines."""

from __future__ import annotations

from datetime import date

from cmcore.forms import Answers, ask, form, group
from cmcore.forms.checks import days_in_order


@group
class InvoiceLineAnswers:
    """One day's work."""

    commission_id: int = ask("Commission", of="commission", few=True)
    session_on: date = ask("Day")
    minutes: int = ask("Minutes", least=1, most=1_440)
    rate_pence: int | None = ask("Rate an hour", money=True, hint="Leave it empty for the commission's rate.")


@form("invoice", version=1, title="Invoice", checks=[days_in_order()])
class InvoiceAnswers(Answers):
    """What is to be paid for. Without lines it is filled in from the accepted reports of these days."""

    mentor_id: int = ask("Mentor", of="mentor", few=True)
    number: str = ask("Number of the invoice", most=40, hint="As it stands on the mentor's own.")
    starts_on: date = ask("From")
    ends_on: date = ask("To")
    lines: list[InvoiceLineAnswers] = ask(
        "Days",
        required=False,
        one="day",
        most=200,
        section="What is billed",
        hint="Leave it empty to take every accepted day that was not billed yet.",
    )


@form("invoice-paid", version=1, title="Say that an invoice is paid")
class PaidAnswers(Answers):
    """The day the money went."""

    paid_on: date = ask("Paid on")


@form("credit-note", version=1, title="Credit note")
class CreditAnswers(Answers):
    """Why an approved invoice is undone. Its reports stay locked; its days may be billed again."""

    number: str = ask("Number of the credit note", most=40)
    reason: str = ask("Why?", long=True, most=2_000)
