"""``cm form pdf`` writes a form to be printed: the core's own, with an authority's name, or with answers."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from cmcore.base.findings import Refused
from cmcore.commands import cm
from cmcore.forms import Answers, ask, form
from cmcore.testing import Stage
from tests.cmcore.exchange.documents.pdf_read import Read


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(cm, ["form", "pdf", *map(str, arguments)])


def test_a_form_of_the_core_is_written_blank(tmp_path: Path) -> None:
    out = tmp_path / "referral.pdf"
    result = run("referral", "--out", out)
    assert result.exit_code == 0, result.output
    assert "Referral, version 1, is in" in result.output
    read = Read(out.read_bytes())
    assert read.title == "Referral" and "to fill in" in read.text


def test_measures_are_those_of_the_set_that_is_named(tmp_path: Path) -> None:
    assert run("review", "--out", tmp_path / "eight.pdf").exit_code == 0
    assert run("review", "--measures", "six@2017", "--out", tmp_path / "six.pdf").exit_code == 0
    assert "Leadership" in Read((tmp_path / "eight.pdf").read_bytes()).text
    assert "Leadership" not in Read((tmp_path / "six.pdf").read_bytes()).text
    refused = run("review", "--measures", "nine@1", "--out", tmp_path / "nine.pdf")
    assert isinstance(refused.exception, Refused) and "There is no measure set “nine@1”." in str(refused.exception)


def test_a_form_there_is_not_is_answered_with_those_there_are(tmp_path: Path) -> None:
    result = run("refferal", "--out", tmp_path / "x.pdf")
    assert result.exit_code == 1
    assert "There is no form “refferal”. There are " in result.output and ", care-episode, " in result.output
    assert not (tmp_path / "x.pdf").exists()


def test_answers_kept_as_json_are_printed_in_words(tmp_path: Path) -> None:
    answers, out = tmp_path / "answers.json", tmp_path / "reason.pdf"
    answers.write_text(json.dumps({"reason": "Moved to *another* school"}))
    assert run("reason", "--answers", answers, "--out", out).exit_code == 0
    text = Read(out.read_bytes()).text
    assert "Moved to *another* school" in text and "Printed on" in text and "to fill in" not in text


@pytest.mark.parametrize(
    ("held", "said"),
    [
        ("{", "answers.json is not JSON"),
        ("[]", "answers.json holds no answers by question"),
        ('{"colour": 1}', "answers.json answers colour, which Reason does not ask."),
    ],
)
def test_a_file_that_holds_no_answers_is_refused_in_a_sentence(tmp_path: Path, held: str, said: str) -> None:
    answers = tmp_path / "answers.json"
    answers.write_text(held)
    result = run("reason", "--answers", answers, "--out", tmp_path / "x.pdf")
    assert result.exit_code == 1 and said in result.output
    assert not (tmp_path / "x.pdf").exists()


@form("garden-visit", version=1, title="Garden visit")
class GardenVisit(Answers):
    """A visit to the garden of the school."""

    seen: str = ask("What did you see?")


def test_a_form_of_an_authoritys_own_bears_its_name(
    stage: Stage, database_url: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    from cmcore.answers.editions import publish

    monkeypatch.setenv("CM_DATABASE_URL", database_url)
    with stage.work() as work:
        publish(work, GardenVisit, authority_id=stage.authority_id, source="workbook")
    out = tmp_path / "garden.pdf"
    result = run("garden-visit", "--authority", "990", "--out", out)
    assert result.exit_code == 0, result.output
    text = Read(out.read_bytes()).text
    assert "What did you see?" in text and "Virtual School" in text
