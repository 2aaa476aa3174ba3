"""``cm form answers`` writes what the console's export gives, and refuses in a sentence what it cannot write."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from openpyxl import load_workbook

from cmcore.commands import cm
from cmcore.testing import Stage
from tests.cmcore.answers.wrenshire import KEY, finished, published


@pytest.fixture
def run(stage: Stage, database_url: str, monkeypatch: pytest.MonkeyPatch):  # type: ignore[no-untyped-def]
    monkeypatch.setenv("CM_DATABASE_URL", database_url)
    with stage.work() as work:
        published(work, stage)
        finished(work, stage, worry="A quiet one.")

    def ran(*arguments: str) -> Result:
        return CliRunner().invoke(cm, ["form", "answers", *arguments, "--authority", "990"])

    return ran


def test_the_answers_are_written_as_csv_and_as_a_workbook(run, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    for name in ("visits.csv", "visits.xlsx"):
        result = run(KEY, "--out", str(tmp_path / name))
        assert result.exit_code == 0, result.output
        assert "1 set of answers to Visit" in result.output
    text = (tmp_path / "visits.csv").read_text("utf-8-sig")
    assert "Pennywick Mill" in text and "not shown" in text and "A quiet one." not in text
    assert load_workbook(tmp_path / "visits.xlsx")["Answers"].max_row == 2


def test_what_is_sensitive_comes_when_it_is_asked_for(run, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    assert run(KEY, "--out", str(tmp_path / "visits.csv"), "--sensitive").exit_code == 0
    assert "A quiet one." in (tmp_path / "visits.csv").read_text("utf-8-sig")


@pytest.mark.parametrize(
    ("key", "name", "words"),
    [(KEY, "visits.pdf", "neither .csv nor .xlsx"), ("nothing", "visits.csv", "Nobody has answered a form “nothing”")],
)
def test_what_cannot_be_written_is_said(run, tmp_path: Path, key: str, name: str, words: str) -> None:  # type: ignore[no-untyped-def]
    result = run(key, "--out", str(tmp_path / name))
    assert result.exit_code != 0 and words in result.output
    assert not (tmp_path / name).exists()
