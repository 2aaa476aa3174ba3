"""``cm import`` brings in a return or the register, says what was held back, and takes an import back."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import func, select

from cmcore.base.findings import NotFound, Refused
from cmcore.commands import cm
from cmcore.testing import Stage
from cmcore.virtual_schools.records import Setting
from cmcore.young_people.records import YoungPerson
from tests.cmcore.exchange.made_register import establishment, register
from tests.cmcore.exchange.made_returns import PARTS, UPNS, child, episode, score, text_of

Run = Callable[..., Result]


@pytest.fixture
def run(stage: Stage, database_url: str, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run ``cm import`` on the stage's database."""
    monkeypatch.setenv("CM_DATABASE_URL", database_url)

    def ran(*arguments: Any) -> Result:
        return CliRunner().invoke(cm, ["import", *map(str, arguments)])

    return ran


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The folder of a return of two children, and a third whose date of birth is no day."""
    parts = {
        "header": [child("1", UPN=UPNS[0]), child("2", UPN="B123456789013"), child("3", DOB="31/02/2014")],
        "episodes": [episode("1"), episode("2", DECOM="14/10/2025")],
        "oc2": [score("1")],
        "uasc": [],
    }
    made = tmp_path / "return"
    made.mkdir()
    for part, rows in parts.items():
        (made / f"{part}.csv").write_text(text_of(PARTS[part], rows), encoding="utf-8", newline="")
    return made


def people(stage: Stage) -> int:
    with stage.work() as work:
        return work.db.scalar(select(func.count(YoungPerson.id))) or 0


def test_a_return_comes_in_and_what_was_held_back_is_said(run: Run, stage: Stage, folder: Path) -> None:
    result = run("ssda903", folder, "--authority", "990")
    assert result.exit_code == 0, result.output
    assert "Young people: 2 new." in result.output
    assert (
        'Held back: header.csv, row 4, "DOB": 31/02/2014 is not a day. Put the date of birth right in the return '
        "(dd/mm/yyyy) and bring the file in again; this row waits. R-903-3"
    ) in result.output
    assert 'Warning: header.csv, row 3, "UPN": The first letter should be' in result.output
    assert "1 row held back" in result.output
    assert "Brought in as import 1." in result.output
    assert people(stage) == 2
    assert "Nothing was changed." in run("ssda903", folder, "--authority", "990").output


def test_a_dry_run_changes_nothing(run: Run, stage: Stage, folder: Path) -> None:
    result = run("ssda903", folder, "--authority", "990", "--dry-run")
    assert "Young people: 2 new." in result.output
    assert "This was a dry run. Nothing was changed." in result.output
    assert people(stage) == 0


def test_json_tells_every_change_and_finding(run: Run, folder: Path) -> None:
    told = json.loads(run("ssda903", folder, "--authority", "990", "--dry-run", "--json").output)
    assert (told["dry_run"], told["import"], told["as_at"]) == (True, None, "2026-03-31")
    assert told["counts"]["young_person"]["new"] == 2
    assert told["held_back"] == 1
    [held] = [one for one in told["findings"] if one["severity"] == "block"]
    assert (held["file"], held["row"], held["column"], held["value"]) == ("header.csv", 4, "DOB", "31/02/2014")
    assert held["way_out"]
    assert [one["known_as"] for one in told["changes"] if one["kind"] == "young_person"] == ["1", "2"]
    brought = json.loads(run("ssda903", folder, "--authority", "990", "--json").output)
    assert isinstance(brought["import"], int)


def test_a_wrong_file_is_refused_and_nothing_is_written(run: Run, stage: Stage, folder: Path) -> None:
    (folder / "oc2.csv").write_bytes(b"")
    result = run("ssda903", folder, "--authority", "990")
    assert isinstance(result.exception, Refused)
    assert people(stage) == 0
    told = run("ssda903", folder, "--authority", "990", "--json")
    assert told.exit_code == 1
    assert json.loads(told.output)["findings"][0]["message"] == "The file is empty."


def test_an_unknown_authority_is_refused_with_those_there_are(run: Run, folder: Path) -> None:
    said = str(run("ssda903", folder, "--authority", "123").exception)
    assert "There is no authority with the code 123." in said
    assert "990" in said


def test_the_year_is_a_31_march(run: Run, folder: Path) -> None:
    assert "ends on a 31 March" in str(run("ssda903", folder, "--authority", "990", "--as-at", "2026-03-30").exception)
    assert "Write the day as" in run("ssda903", folder, "--authority", "990", "--as-at", "March").output


def test_an_import_is_taken_back(run: Run, stage: Stage, folder: Path) -> None:
    number = json.loads(run("ssda903", folder, "--authority", "990", "--json").output)["import"]
    assert f"Import {number} was taken back." in run("undo", number, "--authority", "990").output
    assert people(stage) == 0
    assert isinstance(run("undo", 999, "--authority", "990").exception, NotFound)


def test_the_register_comes_in(run: Run, stage: Stage, tmp_path: Path) -> None:
    given = register([establishment(1, la="990"), establishment(2, la="991"), establishment(3, la="992")])
    path = tmp_path / given.name
    path.write_bytes(given.open().read())
    assert "Settings: 1 new." in run("gias", path, "--authority", "990", "--dry-run").output
    result = run("gias", path, "--authority", "990", "--neighbours", "991, 992")
    assert "Settings: 3 new." in result.output
    with stage.work() as work:
        assert set(work.db.scalars(select(Setting.urn))) == {1, 2, 3}
    told = json.loads(run("gias", path, "--authority", "990", "--json").output)
    assert (told["import"], told["as_at"]) == (None, "2026-11-10")


def test_a_heading_of_ones_own_is_said_once_and_no_guess_is_used_unasked(run: Run, stage: Stage, folder: Path) -> None:
    header = folder / "header.csv"
    header.write_text(header.read_text().replace("DOB", "Date of birth", 1), encoding="utf-8", newline="")
    result = run("ssda903", folder, "--authority", "990", "--json")
    told = json.loads(result.output)
    assert result.exit_code == 1 and told["refused"] and people(stage) == 0
    assert [one.get("rule") for one in told["findings"]] == [None, "R-COL-3"]
    assert "--map “DOB=Date of birth”" in told["findings"][1]["way_out"]

    told = json.loads(
        run("ssda903", folder, "--authority", "990", "--map", "DOB=Date of birth", "--dry-run", "--json").output
    )
    assert told["counts"]["young_person"]["new"] == 2
    held = next(one for one in told["findings"] if one["severity"] == "block")
    assert (held["file"], held["row"], held["column"]) == ("header.csv", 4, "Date of birth")

    assert run("ssda903", folder, "--authority", "990", "--map", "DOB=Date of birth").exit_code == 0
    again = run("ssda903", folder, "--authority", "990")
    assert "Everything is as held already" in again.output, "what was said once is remembered"
    kept = json.loads(run("columns", "--authority", "990", "--json").output)
    assert [one["columns"]["DOB"] for one in kept] == ["Date of birth"] and kept[0]["last_used_on"]
    assert "DOB = Date of birth" in run("columns", "--authority", "990").output
    number = kept[0]["number"]
    assert "No columns are remembered." in run("columns", "--authority", "990", "--forget", number).output
    with pytest.raises(NotFound):
        raise run("columns", "--authority", "990", "--forget", number).exception or AssertionError


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("DOB", "says no column"),
        ("BIRTH=Date of birth", "is no column that is read"),
        ("DOB=Birthday", "No file has a column “Birthday”"),
    ],
)
def test_a_column_that_is_not_there_cannot_be_said(run: Run, folder: Path, said: str, words: str) -> None:
    with pytest.raises(Refused, match=words):
        raise run("ssda903", folder, "--authority", "990", "--map", said).exception or AssertionError


def test_a_register_with_other_headings_comes_in_by_what_is_said(run: Run, stage: Stage, tmp_path: Path) -> None:
    path = tmp_path / "schools.csv"
    with register([establishment(900_001, la="990")], "utf-8").open() as stream:
        path.write_bytes(stream.read().replace(b"EstablishmentName", b"School name", 1))
    refused = run("gias", path, "--authority", "990", "--json")
    assert "--map “EstablishmentName=School name”" in refused.output
    assert run("gias", path, "--authority", "990", "--map", "EstablishmentName=School name").exit_code == 0
    with stage.work() as work:
        assert work.db.scalars(select(Setting.name).where(Setting.urn == 900_001)).one() == "Quillmarsh Primary School"
