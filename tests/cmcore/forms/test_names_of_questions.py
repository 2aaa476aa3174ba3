"""A question may be called what we or a library call something of our own; what no question can be called is said."""

from __future__ import annotations

import builtins
import json
import keyword
from dataclasses import fields
from io import BytesIO
from typing import Any

import pytest
from marshmallow import Schema
from pypdf import PdfReader
from werkzeug.datastructures import MultiDict

from cmcore.exchange.documents.form_document import form_pdf
from cmcore.exchange.workbook.book import read_book
from cmcore.exchange.workbook.form_sheet import read_sheet, write_sheet
from cmcore.forms import (
    Answers,
    Form,
    FormFault,
    Question,
    ask,
    describe,
    dump,
    form,
    freeze,
    group,
    json_schema,
    kinds,
    load,
    read,
    thaw,
)
from cmcore.forms.declare import form_of
from cmcore.forms.schema import AnswersSchema, Round
from console.posted import read_posted
from tests.cmcore.exchange.xlsform.made_workbooks import reading, said, survey
from tests.console.form_desk import Desk

#: Every name that something here, in the library or in Python has already, and some that are only likely.
TAKEN = sorted(
    {
        *(name for one in (Schema, AnswersSchema, Answers, Form, Question, Round, object) for name in dir(one)),
        *vars(AnswersSchema()),
        *(each.name for each in fields(Form)),
        *dir(builtins),
        *keyword.kwlist,
        *keyword.softkwlist,
        *(
            "asked",
            "form",
            "load",
            "fields",
            "context",
            "opts",
            "data",
            "id",
            "version",
            "draft",
            "self",
            "cls",
            "which",
            "day",
        ),
        *("csrf_token", "submit", "time", "month", "year", "search", "kept", "drop", "ref", "act", "reason", "value"),
    }
)


def asks(*keys: str) -> tuple[Question, ...]:
    """Questions of these names."""
    return tuple(Question(key=key, label=f"What of {key}", kind=kinds.ShortText()) for key in keys)


def may_be_called(key: str) -> bool:
    try:
        visit(*asks(key))
    except FormFault as refused:
        assert key in str(refused) and 'form "visit"' in str(refused)
        return False
    return True


def visit(*questions: Question) -> Form:
    return Form(key="visit", version=1, title="Visit", questions=questions)


def declared(*keys: str) -> type[Any]:
    asked = {key: ask(f"What of {key}") for key in keys}
    return type("Visit", (), {"__annotations__": dict.fromkeys(keys, str), **asked})


def of_a_class(*keys: str) -> Form:
    return form_of(form("visit", version=1, title="Visit")(declared(*keys)))


def of_a_group(*keys: str) -> Form:
    whole = {"__annotations__": {"trips": list[group(declared(*keys))]}, "trips": ask("Trips")}  # type: ignore[misc]
    return form_of(form("visit", version=1, title="Visit")(type("Visit", (), whole)))


NAMES = [key for key in TAKEN if may_be_called(key)]


def test_only_pythons_words_names_of_its_insides_and_three_of_ours_cannot_be_had() -> None:
    refused = {key for key in TAKEN if key not in NAMES and key[0] != "_" and key == key.lower()}
    assert refused == {*keyword.kwlist} - {"True", "False", "None"} | {"form", "columns", "csrf_token"}


def test_any_other_name_is_read_and_written_back_in_a_form_a_class_a_round_and_a_group() -> None:
    rounds = Question(key="trips", label="Trips", kind=kinds.Repeated(questions=asks(*NAMES)))
    plain = {key: f"well {key}" for key in NAMES}
    deep = {"trips": [plain, {**plain, "asked": "better"}]}
    cases = [(visit(*asks(*NAMES)), plain), (of_a_class(*NAMES), plain), (visit(rounds), deep)]
    for asked, raw in [*cases, (of_a_group(*NAMES), deep)]:
        for one in (asked, thaw(json.loads(json.dumps(freeze(asked))))):
            assert dump(one, load(one, raw)) == raw
            assert len(read(one, {}).findings) == len(raw)
            assert describe(one) and json_schema(one)


def test_one_answer_is_an_answer_whatever_the_question_is_called() -> None:
    # Of a moment "which" is no answer by itself; in a round it may be the only one.
    rounds = Question(key="trips", label="Trips", kind=kinds.Repeated(questions=asks("which")))
    assert load(visit(rounds), {"trips": [{"which": "the later"}]}).trips[0].which == "the later"


def test_a_name_that_cannot_be_had_is_refused_wherever_it_is_declared() -> None:
    for key in TAKEN:
        if key not in NAMES:
            for declare in (of_a_class, of_a_group):
                with pytest.raises(FormFault) as refused:
                    declare(key)
                assert f'"{key}"' in str(refused.value)


def test_all_of_them_at_once_come_back_from_the_sheet_the_page_and_the_printed_form() -> None:
    whole = visit(*asks(*NAMES))
    raw = {key: f"well {key}" for key in NAMES}
    sheet = read_sheet(whole, read_book(write_sheet(whole, raw), "visit.xlsx"))
    assert sheet.raw == raw
    assert read_posted(whole.questions, MultiDict(raw)) == raw
    printed = "".join(page.extract_text() for page in PdfReader(BytesIO(form_pdf(whole, raw))).pages)
    assert "What of asked" in printed and "well wanted" in printed


def test_a_question_called_as_a_button_is_does_not_press_it() -> None:
    whole = visit(*asks("draft"))
    desk = Desk(whole, said={"buttons": [("draft", "Save and come back")]})
    assert desk.app().test_client().post("/ask", data={"draft": "well"}).text == "Done."
    assert (desk.done[0].pressed, desk.done[0].answers.draft) == ("", "well")


def test_any_name_of_a_workbook_becomes_a_question_that_works() -> None:
    names = [key for key in TAKEN if not key.startswith("__")]
    found = reading(survey=survey(*(("text", key, f"What of {key}") for key in names)))
    assert found.form is not None, said(found.findings)
    asked = {one.label: one.key for one in found.form.questions}
    raw = {asked[f"What of {key}"]: key for key in names}
    assert len(raw) == len(names)
    again = thaw(freeze(found.form))
    assert dump(again, load(again, raw)) == raw
