"""``cm report`` draws the same reports up as the pages: into a file, or as text to be printed."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import select

from cmcore.base.findings import NotFound, Refused
from cmcore.commands import cm
from cmcore.testing import Stage
from cmcore.young_people.records import YoungPerson
from tests.cmcore.evidence.made_cohorts import pair
from tests.cmcore.reviews.made_enrolments import ground

WHAT = ("--authority", "990", "--programme", "creative-mentoring")

Run = Callable[..., Result]


@pytest.fixture
def run(stage: Stage, database_url: str, monkeypatch: pytest.MonkeyPatch) -> Run:
    """The command, on eleven pairs."""
    monkeypatch.setenv("CM_DATABASE_URL", database_url)
    at_work = ground(stage)
    with stage.work() as work:
        for _ in range(11):
            pair(work, at_work)
    return lambda *asked: CliRunner().invoke(cm, ["report", *asked])


def test_each_report_is_printed_or_written_and_what_is_no_text_wants_a_file(
    run: Run, stage: Stage, tmp_path: Path
) -> None:
    told = json.loads(run("summary", *WHAT, "--policy", "internal", "--format", "json").output)
    assert told["title"] == "Programme summary: Creative mentoring"
    assert told["sections"][0]["tables"][0]["rows"][-1] == ["Have both scores", 11]
    lines = list(csv.reader(io.StringIO(run("termly", *WHAT, "--format", "csv").output)))
    assert ["Who was helped", "Referrals and enrolments", "At work in the term", "Young people", "11"] in lines
    with stage.work() as work:
        ref = work.db.scalars(select(YoungPerson.ref)).first()
    journey = run("journey", "--authority", "990", "--young-person", str(ref), "--format", "html").output
    assert f"M.B. {ref}" in journey and "Brackenhollow" not in journey
    there = tmp_path / "summary.pdf"
    assert run("summary", *WHAT, "--only", "key_stage=KS3", "--out", str(there)).exit_code == 0
    assert there.read_bytes().startswith(b"%PDF")
    for asked, words in (
        (("summary", *WHAT), "no text to print"),
        (("summary", *WHAT, "--format", "csv", "--only", "shoes=9"), "There is no filter “shoes=9”."),
        (("termly", *WHAT, "--format", "csv", "--term", "2026-02-30"), "No term begins on “2026-02-30”."),
    ):
        refused = run(*asked).exception
        assert isinstance(refused, Refused) and words in str(refused)
    assert isinstance(
        run("journey", "--authority", "990", "--young-person", "XX-1", "--format", "csv").exception, NotFound
    )
