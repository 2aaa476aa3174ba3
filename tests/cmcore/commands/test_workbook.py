"""``cm workbook``: a list out and in, and an invoice from a mentor's own workbook."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from cmcore.commands import cm
from cmcore.testing import Stage
from cmcore.testing.story import Story
from tests.cmcore.workbooks.filled import filled, listed_words, renamed
from tests.cmcore.workbooks.test_own_invoices import own

AUTHORITY = ("--authority", "990")
TEAM = "Organisation or team"


@pytest.fixture
def run(stage: Stage, database_url: str, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    """Run it where a mentor has an active commission."""
    monkeypatch.setenv("CM_DATABASE_URL", database_url)
    story = Story.begin(stage)
    with stage.on(date(2026, 5, 19)).work("operator") as work:
        story.started(work)
    return lambda *told: CliRunner().invoke(cm, ["workbook", *map(str, told), *AUTHORITY])


def test_a_list_goes_out_and_comes_back(run: Callable[..., Result], tmp_path: Path) -> None:
    assert "supporting_adult" in run("lists").output
    file, back = tmp_path / "adults.xlsx", tmp_path / "back.xlsx"
    assert "is in" in run("template", "supporting_adult", file).output
    who = next(one for one in listed_words(file.read_bytes()) if one.startswith("M.B."))
    row = {"Young person": who, "What they are to the young person": "Teacher", "Name": "Bo Larkspur"}
    file.write_bytes(filled(file.read_bytes(), "Supporting adults", [row, row | {"Since": "soon"}]))
    told = run("preview", "supporting_adult", file, "--back", back).output
    assert "1 new, 0 changed, 0 same, 1 refused." in told and "Nothing was changed." in told and back.exists()
    made = json.loads(run("bring-in", "supporting_adult", file, "--json").output)
    assert (made["counts"]["new"], made["counts"]["refused"]) == (1, 1) and made["import"]
    assert "Everything is as held already." in run("bring-in", "supporting_adult", file).output
    assert run("preview", "mentor", file).exit_code == 1


def test_a_heading_of_ones_own_is_said_once_for_a_list_too(run: Callable[..., Result], tmp_path: Path) -> None:
    file = tmp_path / "adults.xlsx"
    run("template", "supporting_adult", file)
    who = next(one for one in listed_words(file.read_bytes()) if one.startswith("M.B."))
    row = {"Young person": who, "What they are to the young person": "Teacher", "Name": "Bo Larkspur"}
    blob = filled(file.read_bytes(), "Supporting adults", [row])
    file.write_bytes(renamed(blob, "Supporting adults", Name="Teachers", **{TEAM: f"{TEAM}s"}))
    refused = run("preview", "supporting_adult", file)
    assert refused.exit_code == 1 and "R-SHT-2" in refused.output and f"--map “{TEAM}={TEAM}s”" in refused.output
    half = run("preview", "supporting_adult", file, "--map", "Name=Teachers")
    assert f"--map “{TEAM}=”" in str(half.exception) and "R-COL-1" in str(half.exception)
    said = ("--map", "Name=Teachers", "--map", f"{TEAM}=")
    assert "1 new, 0 changed, 0 same, 0 refused." in run("preview", "supporting_adult", file, *said).output
    assert "Brought in as import" in run("bring-in", "supporting_adult", file, *said).output
    again = run("bring-in", "supporting_adult", file).output
    assert "Everything is as held already." in again, "what was said once is remembered"


def test_an_invoice_is_read_and_a_draft_written(run: Callable[..., Result], tmp_path: Path) -> None:
    file = tmp_path / "juno.xlsx"
    with own([["Date", "Hours"], [datetime(2026, 6, 1), "1h30"], [datetime(2026, 6, 8), "1.30"]]).open() as stream:
        file.write_bytes(stream.read())
    told = run("invoice", file, "--mentor", "WR-M-0001").output
    assert "1 row read: 1 h 30." in told and "may be 1 h 18" in told and "Nothing was kept." in told
    assert "A draft was written: WR-I-" in run("invoice", file, "--mentor", "WR-M-0001", "--number", "7").output
    assert "There is no mentor" in str(run("invoice", file, "--mentor", "WR-M-0099").exception)
