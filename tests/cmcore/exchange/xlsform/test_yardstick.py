"""The yardstick workbook is read whole: every row of it is asked, or listed with its place."""

from __future__ import annotations

import json
import re
from functools import cache

from cmcore.base.findings import Severity
from cmcore.exchange.xlsform.read import XlsFormReading, read_xlsform
from cmcore.forms import Form, describe, dump, freeze, json_schema, kinds, load, read, thaw
from tests.cmcore.exchange.xlsform.yardstick import SURVEY, yardstick

ANSWERS = {
    "skip_to_end": "no",
    "my_name": "Juno Tansyhurst",
    "address": "juno@example.org",
    "a_integer": 5,
    "a_decimal": "4.5",
    "repeat_test": [{"required_text": "x", "select_multiple_test": ["yes"], "list_nolabel_test": "no"}],
    "acknowledge_test": ["OK"],
    "date_test": "2026-11-10",
    "time_test": "14:30",
    "datetime_test": "2026-11-10T14:30",
    "false": "x",
    "launch": 3,
}


@cache
def whole() -> XlsFormReading:
    """What was read of it: once, and when a test asks, as every worker loads this file."""
    return read_xlsform(yardstick(), file="yardstick.xlsx")


def the_form() -> Form:
    form = whole().form
    assert form is not None, whole().findings
    return thaw(json.loads(json.dumps(freeze(form))))


def test_every_row_is_asked_or_listed() -> None:
    asked = {one.label for one in the_form().questions} | {
        one.label
        for one in the_form().question("repeat_test").kind.questions  # type: ignore[attr-defined]
    }
    texts = " ".join(one.kind.text for one in the_form().questions if isinstance(one.kind, kinds.Note))
    listed = {one.row for one in whole().left_out if (one.file or "").endswith("survey")}
    for number, row in enumerate(SURVEY[1:], 2):
        kind, label = str(row[0]), re.split(r"\$\{", str(row[2]))[0]
        assert kind.startswith(("begin", "end")) or label in asked or label in texts or number in listed, row


def test_what_is_lost_is_told_from_what_is_only_otherwise() -> None:
    told = {(one.row, one.column): one.severity for one in whole().left_out if (one.file or "").endswith("survey")}
    assert told[48, "type"] is Severity.warn and told[18, "appearance"] is Severity.inform


def test_it_is_filled_in_checked_and_kept_from_its_frozen_copy() -> None:
    form = the_form()
    kept = dump(form, load(form, ANSWERS))
    assert kept["calculate_test"] == "4" and dump(form, load(form, kept)) == kept
    assert kept["acknowledge_test"] == ["OK"] and kept["repeat_test"][0]["required_text"] == "x"


def test_it_refuses_what_the_workbook_refuses() -> None:
    form = the_form()
    rows = [{"required_text": "", "select_multiple_test": ["yes", "no"]}]
    found = {one.place: one.message for one in read(form, ANSWERS | {"a_decimal": "5.5", "repeat_test": rows}).findings}
    assert found["repeat_test.0.required_text"].endswith("ustom required message.")
    assert "orry Juno Tansyhurst, you can't select yes and no." in found["repeat_test.0.select_multiple_test"]
    assert "It must be so that this answer is the answer to “A whole number” or less" in found["a_decimal"]


def test_skipping_to_the_end_hides_everything_but_the_end() -> None:
    hidden = read(the_form(), {"skip_to_end": "yes", "launch": 3}).hidden
    assert {"my_name", "repeat_test", "false"} <= hidden and "launch" not in hidden


def test_every_output_knows_it() -> None:
    assert "Skip to the end?" in describe(the_form()) and json_schema(the_form())["properties"]
    assert [one.name for one in the_form().languages] == ["chinese"]
