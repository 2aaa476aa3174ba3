"""Funding lines: amounts in whole pence, found by name and year, kept while work draws on them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from cmcore.forms import load
from cmcore.funding import queries
from cmcore.funding.actions import add_funding_line, remove_funding_line
from cmcore.funding.forms import FundingLineAnswers
from cmcore.testing import Stage, refused
from tests.cmcore.roster import KINDS

AUTUMN: FundingLineAnswers = KINDS["funding_line"].answers


def test_an_amount_is_typed_in_pounds_and_kept_in_pence() -> None:
    typed = {"name": "PP+", "kind_of_money": "ppplus", "financial_year": "2026", "amount_pence": "£12,000.50"}
    assert load(FundingLineAnswers, typed).amount_pence == 1_200_050


@pytest.mark.parametrize("changes", [{"amount_pence": -1}, {"financial_year": 1999}, {"name": ""}])
def test_what_cannot_be_an_amount_of_a_year_is_refused(stage: Stage, changes: dict[str, object]) -> None:
    with stage.work() as work, refused():
        add_funding_line(work, replace(AUTUMN, **changes))


def test_the_finance_officer_keeps_funding_lines(stage: Stage) -> None:
    with stage.work("finance") as work:
        line = add_funding_line(work, AUTUMN)
        assert str(line) == "PP+ autumn 2026-27"
        remove_funding_line(work, line)


def test_lines_are_found_by_name_and_year_the_latest_first(stage: Stage) -> None:
    with stage.work() as work:
        for year in (2025, 2026):
            add_funding_line(work, replace(AUTUMN, financial_year=year))
        add_funding_line(work, replace(AUTUMN, name="2025 grant of a charity"))
        assert [one.financial_year for one in queries.find(work, "autumn")] == [2026, 2025]
        assert [str(one) for one in queries.find(work, "2025")] == [
            "2025 grant of a charity 2026-27",
            "PP+ autumn 2025-26",
        ]
        assert [one.financial_year for one in queries.find(work, "autumn 2025")] == [2025]
