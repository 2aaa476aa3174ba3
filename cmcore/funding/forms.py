"""What is asked about where the money comes from."""

from __future__ import annotations

from cmcore.forms import Answers, ask, form
from cmcore.funding.words import FundingKind


@form("funding-line", version=1, title="Funding line")
class FundingLineAnswers(Answers):
    """An amount of one kind of money in one financial year, from 1 April to 31 March."""

    name: str = ask("Name", most=120, hint="What you call it, for example “PP+ autumn term”.")
    kind_of_money: FundingKind = ask("What kind of money is it?")
    financial_year: int = ask("Financial year that begins in April", least=2000, most=2100, hint="2026 for 2026-27.")
    amount_pence: int = ask("Amount, in pounds", money=True)
    restriction: str = ask("What it may be used for", required=False, long=True, most=500)
