"""What is asked about money that is set aside, what was paid of it, and the rate of a year."""

from __future__ import annotations

from datetime import date

from cmcore.forms import Answers, ask, form
from cmcore.money.words import AllocationUse


@form("allocation", version=1, title="Money set aside")
class AllocationAnswers(Answers):
    """Money of one funding line set aside for a young person, and what it is for."""

    funding_line_id: int = ask("Funding line", of="funding_line", few=True)
    amount_pence: int = ask("How much, in pounds", money=True, least=1)
    use: AllocationUse = ask("What is it for?", hint="Mentoring is spent through commissions.")
    purpose: str = ask("In a few words", required=False, most=200, hint="For example “half a term of drum lessons”.")
    pep_target_id: int | None = ask(
        "Target of the education plan it serves",
        of="pep_target",
        hint="Pupil Premium Plus is spent on what the plan says, so it needs one.",
    )
    agreed_on: date = ask("Agreed on")


@form("allocation-paid", version=1, title="Say what was paid")
class AllocationPaidAnswers(Answers):
    """What was paid for it in all, and when the last of it was."""

    spent_pence: int = ask("Paid in all, in pounds", money=True, least=0)
    spent_on: date = ask("Paid on")


@form("year-rate", version=1, title="Rate of a year")
class YearRateAnswers(Answers):
    """What Pupil Premium Plus is worth for one looked-after child in a financial year."""

    financial_year: int = ask("Financial year that begins in April", least=2000, most=2100, hint="2026 for 2026-27.")
    amount_pence: int = ask("For each child, in pounds", money=True, least=1)
    source: str = ask("Where the figure stands", required=False, most=200)
