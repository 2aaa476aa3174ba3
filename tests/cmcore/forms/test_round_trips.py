"""Answers at random go out and come back the same: typed, as JSON, as what was kept of the form."""

from __future__ import annotations

import json
from typing import Any

import jsonschema
from hypothesis import given, settings
from hypothesis import strategies as st

from cmcore.forms import checked, describe, dump, freeze, json_schema, load, read, say, thaw
from tests.cmcore.forms.at_random import EveryKind, filled

FORM = EveryKind.form
#: What answers look like as JSON.
JSON_SCHEMA = jsonschema.Draft202012Validator(json_schema(FORM))


@given(filled(FORM))
def test_what_is_dumped_loads_to_the_same_answers(answers: EveryKind) -> None:
    written = json.loads(json.dumps(dump(EveryKind, answers)))
    assert load(EveryKind, written) == answers
    assert checked(answers) == answers


def test_the_json_schema_is_one() -> None:
    jsonschema.Draft202012Validator.check_schema(JSON_SCHEMA.schema)


@given(filled(FORM))
def test_what_is_dumped_is_what_the_json_schema_says(answers: EveryKind) -> None:
    JSON_SCHEMA.validate(dump(FORM, answers))


@given(filled(FORM))
def test_a_frozen_form_still_reads_its_answers(answers: EveryKind) -> None:
    kept = thaw(json.loads(json.dumps(freeze(FORM))))
    written = dump(FORM, answers)
    again = load(kept, written)
    assert dump(kept, again) == written
    assert describe(kept) == describe(FORM)


@given(filled(FORM))
def test_every_answer_can_be_said_in_words(answers: EveryKind) -> None:
    for question in FORM.questions:
        value = getattr(answers, question.key)
        if value not in (None, "", []):
            assert say(question.kind, value, lambda of, number: f"{of} {number}")


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)


@settings(max_examples=200)
@given(
    st.dictionaries(st.sampled_from([one.key for one in FORM.questions]) | st.text(max_size=8), anything, max_size=6)
)
def test_nothing_that_is_given_breaks_the_reading(raw: dict[str, Any]) -> None:
    reading = read(FORM, raw)
    assert reading.refused
    asked = {one.key for one in FORM.questions} | raw.keys()
    for finding in reading.findings:
        assert finding.message
        assert finding.place is not None and any(finding.place.startswith(key) for key in asked)


@settings(max_examples=300)
@given(
    st.sampled_from([one for one in FORM.questions if one.answers]), anything | st.dates() | st.datetimes() | st.times()
)
def test_nothing_given_to_one_question_breaks_the_reading(question: Any, value: Any) -> None:
    for finding in read(FORM, {question.key: value}).findings:
        assert finding.message
