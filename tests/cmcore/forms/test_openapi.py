"""A set of forms as an OpenAPI document: valid, complete, with invented examples the forms themselves accept."""

from __future__ import annotations

import json
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import jsonschema
import pytest
from hypothesis import given

from cmcore.base.findings import Finding
from cmcore.forms import Answers, Form, ask, check, dump, form, json_schema, load, when
from cmcore.forms.examples import example, example_of
from cmcore.forms.openapi import name_of, openapi, ref_to
from tests.cmcore.forms.at_random import EveryKind
from tests.cmcore.forms.forms_at_random import Filled, filled_forms
from tests.cmcore.forms.test_every_kind import every_kind, lacking
from tests.cmcore.forms.test_every_output import few


@check("reason")
def nothing_will_do(reason: str) -> Iterator[Finding]:
    """No reason is good enough."""
    yield Finding("This is no reason.", place="reason")


@form("fussy", version=2, title="Fussy", checks=[nothing_will_do])
class Fussy(Answers):
    """Hard to please."""

    joint: bool = ask("Joint?")
    reason: str | None = ask("Reason")
    never: str | None = ask("Never asked", show_when=when("joint").is_(False), required=True)
    hours: Decimal = ask("Hours", least=Decimal("7.25"), places=2)
    cost: int | None = ask("Cost", money=True, hint="With the fare.", most=900)


def test_every_kind_has_an_example() -> None:
    assert lacking(every_kind(), {"example": example}) == []


def test_an_example_is_what_the_form_accepts() -> None:
    given_in = example_of(EveryKind)
    assert given_in is not None
    assert dump(EveryKind, load(EveryKind, given_in)) == given_in
    assert given_in["scores"] == {"confidence": {"value": 3}, "total": {"value": 20}}
    assert example_of(Fussy) == {"joint": True, "reason": None, "never": None, "hours": "7.25", "cost": 900}


def test_a_form_no_example_pleases_has_none() -> None:
    @form("fussier", version=1, title="Fussier", checks=[nothing_will_do])
    class Fussier(Answers):
        """Harder still."""

        reason: str = ask("Reason")

    assert example_of(Fussier) is None
    assert "examples" not in openapi([Fussier])["components"]["schemas"]["fussier.1"]


@few
@given(filled_forms())
def test_an_example_of_any_form_fits_its_schema(given_in: Filled) -> None:
    made = example_of(given_in.form)
    if made is not None:
        jsonschema.validate(made, json_schema(given_in.form), jsonschema.Draft202012Validator)


def test_the_document_has_a_schema_for_each_form_and_version() -> None:
    said = openapi([EveryKind, Fussy, EveryKind.form], title="Forms of Quillshire", version="2026-11")
    assert list(said["components"]["schemas"]) == ["every-kind.1", "fussy.2"]
    assert said["openapi"].startswith("3.1.")
    assert said["info"]["title"] == "Forms of Quillshire"
    for schema in said["components"]["schemas"].values():
        jsonschema.Draft202012Validator.check_schema(schema)
        jsonschema.validate(schema["examples"][0], schema, jsonschema.Draft202012Validator)
    assert "$id" not in json.dumps(said)
    assert said == json.loads(json.dumps(said))


def test_paths_point_to_the_schema_of_a_form() -> None:
    answer = {"application/json": {"schema": ref_to(Fussy.form)}}
    paths: dict[str, Any] = {"/fussy": {"post": {"requestBody": {"content": answer}, "responses": {}}}}
    said = openapi([Fussy], paths=paths)
    name = ref_to(Fussy.form)["$ref"].removeprefix("#/components/schemas/")
    assert name in said["components"]["schemas"] and name == name_of(Fussy.form)
    assert said["paths"] == paths


def test_two_forms_of_one_name_are_refused() -> None:
    other = Form(key="fussy", version=2, title="Another", questions=EveryKind.form.questions)
    with pytest.raises(ValueError, match='Two forms have the key "fussy" and the version 2.'):
        openapi([Fussy, other])


def test_an_amount_says_that_it_is_pence_beside_its_hint() -> None:
    cost = json_schema(Fussy)["properties"]["cost"]["anyOf"][0]
    assert cost["description"] == "Whole pence. With the fare."
