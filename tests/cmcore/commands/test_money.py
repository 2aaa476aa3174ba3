"""``cm money`` prints the accounts of a year's funding lines: for people, and as JSON for programs."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from cmcore.commands import cm
from cmcore.funding.actions import add_funding_line
from cmcore.funding.forms import FundingLineAnswers
from cmcore.funding.words import FundingKind
from cmcore.testing import Stage


def test_the_lines_of_a_year_are_printed_for_people_and_programs(
    stage: Stage, database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CM_DATABASE_URL", database_url)
    with stage.work("finance") as work:
        answers = FundingLineAnswers(
            name="Quarry Fund", kind_of_money=FundingKind.charity, financial_year=2026, amount_pence=60_000
        )
        add_funding_line(work, answers)
    asked = ["money", "--authority", "990", "--year", "2026"]
    said = CliRunner().invoke(cm, asked)
    assert said.exit_code == 0 and "Quarry Fund" in said.output and "£600.00" in said.output
    told = json.loads(CliRunner().invoke(cm, [*asked, "--json"]).output)
    assert told["lines"][0]["uncommitted_pence"] == 60_000 and told["rate_pence"] is None
    empty = CliRunner().invoke(cm, ["money", "--authority", "990", "--year", "2020"])
    assert "There is no funding line in this year" in empty.output
