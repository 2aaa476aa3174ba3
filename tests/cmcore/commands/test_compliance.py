"""``cm compliance``: who may work, in words and as JSON, as at a day."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date

import pytest
from click.testing import CliRunner, Result

from cmcore.commands import cm
from cmcore.testing import Stage
from cmcore.testing.story import Story


@pytest.fixture
def run(stage: Stage, database_url: str, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    """Run it where one mentor's certificate runs out on 20 December 2026."""
    monkeypatch.setenv("CM_DATABASE_URL", database_url)
    Story.begin(stage, dbs_issued_on=date(2023, 12, 20))
    return lambda *arguments: CliRunner().invoke(cm, ["compliance", "--authority", *arguments])


def test_the_board_is_printed_in_words(run: Callable[..., Result]) -> None:
    told = run("990", "--on", "2026-11-10").output
    assert "Wrenshire on 10 November 2026: 1 of 1 active mentor may work." in told
    assert "1 will not be able to in 60 days." in told
    assert "WR-M-0001 Juno Tansyhurst: may not work from 20 December 2026 on" in told and "R-DBS-2" in told
    later = run("990", "--on", "2026-12-20").output
    assert "0 of 1 active mentor may work" in later and "Juno Tansyhurst: may not work" in later


def test_json_says_the_same(run: Callable[..., Result]) -> None:
    told = json.loads(run("990", "--on", "2026-11-10", "--json").output)
    assert (told["on"], told["may_work"], told["stopping"]) == ("2026-11-10", 1, {"30": 0, "60": 1, "90": 1})
    (juno,) = told["mentors"]
    assert juno["stops_on"] == "2026-12-20" and {one["rule"] for one in juno["why"]} >= {"R-DBS-2", "R-DBS-3"}


@pytest.mark.parametrize(
    ("arguments", "words"), [(("990", "--on", "soon"), "A day is written 2026-11-10."), (("123",), "no authority")]
)
def test_what_cannot_be_answered_is_said(run: Callable[..., Result], arguments: tuple[str, ...], words: str) -> None:
    result = run(*arguments)
    assert result.exit_code != 0 and words in f"{result.output} {result.exception}"
