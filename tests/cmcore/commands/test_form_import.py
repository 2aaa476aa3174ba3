"""``cm form import`` publishes a workbook form, says what it goes without, and publishes nothing when it is refused."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import select

from cmcore.answers.records import FormEdition
from cmcore.base.findings import Refused
from cmcore.commands import cm
from cmcore.safekeeping.records import AuditEntry
from cmcore.testing import Stage
from tests.cmcore.exchange.xlsform.made_workbooks import survey, workbook
from tests.cmcore.exchange.xlsform.yardstick import yardstick

Run = Callable[..., Result]


@pytest.fixture
def run(stage: Stage, database_url: str, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run ``cm form import`` on the stage's database, for its authority."""
    monkeypatch.setenv("CM_DATABASE_URL", database_url)

    def ran(*arguments: Any) -> Result:
        return CliRunner().invoke(cm, ["form", "import", *map(str, arguments), "--authority", "990"])

    return ran


def file_of(folder: Path, blob: bytes, name: str = "form.xlsx") -> Path:
    path = folder / name
    path.write_bytes(blob)
    return path


def editions(stage: Stage) -> list[tuple[str, int]]:
    with stage.work("operator") as work:
        found = work.db.scalars(select(FormEdition).order_by(FormEdition.number))
        return [(one.form_key, one.number) for one in found]


def test_a_dry_run_prints_the_form_and_publishes_nothing(stage: Stage, run: Run, tmp_path: Path) -> None:
    told = run(file_of(tmp_path, yardstick()), "--dry-run").output
    assert "1. Skip to the end?" in told and "17 things could not be carried" in told and "dry run" in told
    assert 'Not carried: form.xlsx, survey, row 48, "type"' in told
    assert editions(stage) == []


def test_a_workbook_is_published_and_the_same_again_changes_nothing(stage: Stage, run: Run, tmp_path: Path) -> None:
    file = file_of(tmp_path, yardstick())
    assert "It is in force as edition 1." in run(file).output
    assert "Nothing changed since edition 1" in run(file).output
    assert editions(stage) == [("spec-test", 1)]
    with stage.work("operator") as work:
        acts = set(work.db.scalars(select(AuditEntry.act)))
    assert any("form_edition" in act for act in acts)


def test_a_changed_workbook_says_what_differs(stage: Stage, run: Run, tmp_path: Path) -> None:
    settings = [("form_id",), ("wishes",)]
    run(file_of(tmp_path, workbook(survey=survey(("text", "a", "A wish")), settings=settings)))
    changed = survey(("integer", "a", "A wish"), ("text", "b", "Another"))
    told = run(file_of(tmp_path, workbook(survey=changed, settings=settings))).output
    assert "Changed: A wish." in told and "New: Another." in told and "edition 2" in told


def test_json_says_the_same_to_a_program(run: Run, tmp_path: Path) -> None:
    told = json.loads(run(file_of(tmp_path, yardstick()), "--json").output)
    assert (told["form"], told["edition"], told["questions"]) == ("spec-test", 1, 21)
    assert {"file": "form.xlsx, survey", "row": 48, "column": "type"}.items() <= [
        one for one in told["left_out"] if one.get("row") == 48
    ][0].items()


@pytest.mark.parametrize("blob", [b"", b"PK\x03\x04", workbook(survey=survey(("colour", "a", "A")))])
def test_a_refused_workbook_publishes_nothing_and_is_told(stage: Stage, run: Run, tmp_path: Path, blob: bytes) -> None:
    file = file_of(tmp_path, blob)
    assert isinstance(run(file).exception, Refused)
    told = run(file, "--json")
    assert told.exit_code == 1 and json.loads(told.output)["refused"]
    assert editions(stage) == []
