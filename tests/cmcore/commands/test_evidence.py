"""``cm evidence`` prints the same account as the page: as a table for people, as JSON for programs."""

from __future__ import annotations

import json
from datetime import date

import pytest
from click.testing import CliRunner, Result

from cmcore.base.findings import Refused
from cmcore.commands import cm
from cmcore.evidence.queries import evidence
from cmcore.referrals.words import Rag
from cmcore.reviews.actions import score_review
from cmcore.testing import Stage
from tests.cmcore.reviews.made_enrolments import answers, ground
from tests.databases import Beginning

WHAT = ("--authority", "990", "--programme", "creative-mentoring")


def settled(stage: Stage) -> None:
    """Twelve enrolments that are at their end."""
    at_work = ground(stage)
    with stage.work() as work:
        for number in range(12):
            enrolment = at_work.enrolment(work, concern_at_start="red")
            score_review(work, answers(enrolment, scores=2))
            confidence, concern = {"confidence": 4 if number else 1}, Rag.green if number else Rag.red
            score_review(work, answers(enrolment, "exit", date(2026, 9, 22), confidence, concern=concern))


@pytest.fixture
def beginning() -> Beginning:
    """What these tests begin with."""
    return settled


@pytest.fixture
def run(begun: None, database_url: str, monkeypatch: pytest.MonkeyPatch):  # type: ignore[no-untyped-def]
    monkeypatch.setenv("CM_DATABASE_URL", database_url)

    def ran(*arguments: str) -> Result:
        return CliRunner().invoke(cm, ["evidence", *arguments])

    return ran


def test_json_is_the_account_with_the_authority_and_the_day(run, stage: Stage) -> None:  # type: ignore[no-untyped-def]
    result = run(*WHAT, "--json")
    assert result.exit_code == 0, result.output
    told = json.loads(result.output)
    assert (told["authority"], told["programme"], told["measure_set"]) == ("990", "creative-mentoring", "eight@1")
    assert date.fromisoformat(told["drawn_on"])
    with stage.work() as work:
        account = json.loads(json.dumps(evidence(work, stage.authority_id, "creative-mentoring").as_data()))
    assert {key: told[key] for key in account} == account
    (confidence,) = [row for row in told["measures"] if row["measure"] == "confidence"]
    assert (confidence["paired"], confidence["improved"], confidence["declined"]) == (12, 11, 1)
    assert confidence["improved_share"]["of"] == 12
    moves = told["moves"]
    assert (moves["concern_known"], moves["red_to_green"], moves["education_known"]) == (12, 11, 0)


def test_the_table_says_no_share_without_its_pairs(run) -> None:  # type: ignore[no-untyped-def]
    output = run(*WHAT).output
    assert "12 started, 12 have a baseline, 12 have both scores." in output
    assert "92 % (65 to 99) of 12" in output
    assert "No comparison group." in output
    assert "Concern, of 12 scored twice: 11 lowered (11 from red to green), 1 as it was, 0 raised." in output
    assert "School and work, of 0 known" in output and "Attendance" not in output


def test_filters_narrow_it_and_are_named(run) -> None:  # type: ignore[no-untyped-def]
    told = json.loads(run(*WHAT, "--json", "--from", "2026-06-01").output)
    assert (told["cohort"], told["started"]) == ({"started_from": "2026-06-01"}, 0)
    output = run(*WHAT, "--to", "2026-06-01", "--key-stage", "KS3").output
    assert "only started to: 2026-06-01" in output and "only key stage: KS3" in output


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--authority", "123", "--programme", "creative-mentoring"), "There is no authority with the code 123"),
        (("--authority", "990", "--programme", "boxing"), "The programmes kept here: creative-mentoring"),
        ((*WHAT, "--from", "yesterday"), "Write a day as 2026-09-01"),
        ((*WHAT, "--measure-set", "nine@1"), "There is no measure set “nine@1”"),
    ],
)
def test_what_cannot_be_answered_is_refused_with_the_way_out(run, arguments: tuple[str, ...], words: str) -> None:  # type: ignore[no-untyped-def]
    result = run(*arguments)
    assert result.exit_code == 1
    assert isinstance(result.exception, Refused) and words in str(result.exception)
