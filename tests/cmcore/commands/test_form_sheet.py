"""``cm form sheet``, ``read`` and ``schema``: a form laid out, read back, and described for programs."""

from __future__ import annotations

import io
import json
from pathlib import Path

import jsonschema
import openpyxl
from click.testing import CliRunner, Result

from cmcore.commands import cm
from cmcore.testing import Stage


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(cm, ["form", *map(str, arguments)])


def test_a_form_goes_out_as_a_sheet_and_its_answers_come_back(tmp_path: Path) -> None:
    answers, out = tmp_path / "answers.json", tmp_path / "reason.xlsx"
    answers.write_text(json.dumps({"reason": "=Moved to another school"}))
    written = run("sheet", "reason", "--answers", answers, "--out", out)
    assert "Reason, version 1, is in" in written.output
    assert openpyxl.load_workbook(io.BytesIO(out.read_bytes())).sheetnames[0] == "Form"
    back = run("read", "reason", out)
    assert back.exit_code == 0, back.output
    assert json.loads(back.stdout) == {"reason": "=Moved to another school"}


def test_what_is_missing_is_listed_with_its_cell(tmp_path: Path) -> None:
    out = tmp_path / "reason.xlsx"
    assert run("sheet", "reason", "--out", out).exit_code == 0
    back = run("read", "reason", out)
    assert (back.exit_code, back.stdout) == (1, "")
    assert back.stderr.startswith('reason.xlsx, row 6, "D": ')


def test_a_sheet_of_another_form_is_refused_in_one_sentence(tmp_path: Path) -> None:
    out = tmp_path / "reason.xlsx"
    assert run("sheet", "reason", "--out", out).exit_code == 0
    back = run("read", "referral", out)
    assert back.exit_code == 1
    assert back.stderr.splitlines() == [
        "reason.xlsx: This is a sheet of “Reason”, version 1, not of “Referral”, version 1. "
        "Bring it in where its own form is filled in. R-SHT-1"
    ]


def test_the_form_in_force_of_an_authority_is_laid_out(stage: Stage, tmp_path: Path) -> None:
    stage.authority("991", "Quillshire", "QU")
    address = stage.engine.url.render_as_string(hide_password=False)
    asked = ["form", "sheet", "reason", "--authority", "991", "--out", str(tmp_path / "reason.xlsx")]
    result = CliRunner().invoke(cm, asked, env={"CM_DATABASE_URL": address})
    assert result.exit_code == 0, result.output


def test_a_form_is_printed_as_json_schema_and_every_form_as_openapi() -> None:
    one = json.loads(run("schema", "reason").stdout)
    jsonschema.Draft202012Validator.check_schema(one)
    assert one["$id"] == "urn:cm:form:reason:1"
    every = json.loads(run("schema", "--openapi").stdout)
    assert {"reason.1", "review.1", "session-record.3"} <= every["components"]["schemas"].keys()
    assert "leadership" in json.dumps(every["components"]["schemas"]["review.1"])
    only = json.loads(run("schema", "reason", "--openapi").stdout)
    assert (only["info"]["title"], list(only["components"]["schemas"])) == ("Reason", ["reason.1"])


def test_a_schema_of_nothing_is_not_printed() -> None:
    result = run("schema")
    assert result.exit_code == 1
    assert "Name a form: " in result.output
