"""Any form with any answers goes through every output and comes back the same; a kind that lacks one is named."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from typing import Any

import jsonschema
from flask import render_template_string
from hypothesis import HealthCheck, Phase, given, settings
from pypdf import PdfReader
from werkzeug.datastructures import MultiDict

from cmcore.exchange.documents import blank
from cmcore.exchange.documents import filled as printed
from cmcore.exchange.documents.form_document import form_pdf
from cmcore.exchange.workbook import fill, spots, take
from cmcore.exchange.workbook.book import read_book
from cmcore.exchange.workbook.form_sheet import read_sheet, write_sheet
from cmcore.forms import (
    FileAnswer,
    describe,
    descriptions,
    dump,
    examples,
    freeze,
    frozen,
    json_schema,
    kinds,
    load,
    read,
    say,
    saying,
    schema,
    thaw,
)
from cmcore.forms import jsonschema as jsonschema_of
from console import controls, posted
from console.controls import control
from console.posted import read_posted, without_empty_rounds
from console.sheet import Found, Sheet
from tests.cmcore.forms.at_random import EveryKind, filled
from tests.cmcore.forms.forms_at_random import Filled, every_kind, filled_forms
from tests.cmcore.forms.test_every_kind import every_kind as kinds_of_answer
from tests.cmcore.forms.test_every_kind import lacking
from tests.console.form_desk import Desk, Seen

#: Each output, and the function over kinds it is made of.
OUTPUTS = {
    "schema": schema.field_for,
    "words": descriptions.kind_in_words,
    "answer in words": saying.say_kind,
    "JSON Schema": jsonschema_of.kind_as_json,
    "example": examples.example,
    "frozen form": frozen.freeze_kind,
    "cells of a sheet": spots.laid,
    "way into a sheet": fill.fill,
    "way out of a sheet": take.take,
    "space on paper": blank.space_for,
    "answer on paper": printed.shown,
    "control on a page": controls.draw,
    "way back from a page": posted.take,
}

few = settings(
    max_examples=40,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
    # What fails is made small, but not explained line by line, which takes minutes.
    phases=(Phase.explicit, Phase.reuse, Phase.generate, Phase.shrink),
)


def test_every_kind_has_every_output() -> None:
    assert lacking(kinds_of_answer(), OUTPUTS) == []


def test_a_kind_that_lacks_an_output_is_named() -> None:
    @dataclass(frozen=True, kw_only=True)
    class Smell(kinds.Kind):
        """What it smells of."""

    assert lacking([Smell], OUTPUTS) == [f"Smell has no {name}" for name in OUTPUTS]


def test_the_forms_at_random_ask_every_kind() -> None:
    assert every_kind().keys() | {kinds.Repeated} == set(kinds_of_answer())


@few
@given(filled_forms())
def test_any_answers_come_back_from_json_and_from_the_frozen_form(given_in: Filled) -> None:
    form, kept = given_in.form, json.loads(json.dumps(given_in.kept))
    assert dump(form, load(form, kept)) == kept
    written = json.loads(json.dumps(freeze(form)))
    thawed = thaw(written)
    assert dump(thawed, load(thawed, kept)) == kept
    assert freeze(thawed).keys() == written.keys()


@few
@given(filled_forms())
def test_any_form_is_said_in_words_and_its_answers_fit_its_schema(given_in: Filled) -> None:
    form = given_in.form
    jsonschema.validate(given_in.kept, json_schema(form), jsonschema.Draft202012Validator)
    told = describe(form)
    for question in form.questions:
        assert question.label in told
        if question.answers and getattr(given_in.answers, question.key) not in (None, [], {}):
            assert isinstance(say(question.kind, getattr(given_in.answers, question.key)), str)


def _kept_files(given_in: Filled) -> Any:
    files = {ref: FileAnswer(**told) for ref, told in given_in.files().items()}
    return files.get


@few
@given(filled_forms())
def test_any_answers_come_back_from_the_sheet(given_in: Filled) -> None:
    form, kept = given_in.form, given_in.kept
    blob = write_sheet(form, kept, choices_of=lambda of: [(7, "=Hester Quillmarsh"), (8, "Juno [9]")])
    reading = read_sheet(form, read_book(blob, "a.xlsx"), kept=_kept_files(given_in))
    assert reading.findings == ()
    assert dump(form, load(form, reading.raw)) == kept


@few
@given(filled_forms())
def test_an_empty_sheet_holds_no_answer(given_in: Filled) -> None:
    reading = read_sheet(given_in.form, read_book(write_sheet(given_in.form), "a.xlsx"))
    assert (reading.raw, reading.findings) == ({}, ())


@cache
def _console() -> Any:
    return Desk(EveryKind).app()


PAGE = """{% from "cm/_fields.html" import field %}<form action="/ask">
{% for one in controls %}{{ field(one, "/ask") }}{% endfor %}</form>"""


class _Keeper:
    """Knows the files of one form."""

    def __init__(self, found: Any) -> None:
        self.kept = found

    def keep(self, upload: Any) -> FileAnswer:
        """Nothing is handed in anew."""
        raise AssertionError("nothing is handed in here")


@few
@given(filled_forms())
def test_any_answers_come_back_from_the_console(given_in: Filled) -> None:
    form, kept = given_in.form, given_in.kept
    sheet = Sheet(raw=kept, shown=lambda of, number: Found(number, f"{of} {number}"))
    drawn = [control(one, sheet, form.questions, raw=kept.get(one.key), place=one.key) for one in form.questions]
    with _console().test_request_context("/ask"):
        html = render_template_string(PAGE, controls=drawn)
    sent = MultiDict(Seen(html).sent())
    raw = read_posted(form.questions, sent, MultiDict(), _Keeper(_kept_files(given_in)))
    assert dump(form, load(form, without_empty_rounds(form.questions, raw))) == kept


@settings(max_examples=12, suppress_health_check=[HealthCheck.too_slow])
@given(filled(EveryKind.form))
def test_the_printed_form_holds_the_answers(answers: EveryKind) -> None:
    said = "".join(
        page.extract_text() for page in PdfReader(BytesIO(form_pdf(EveryKind, dump(EveryKind, answers)))).pages
    )
    bare = "".join(said.split())
    for key in ("minutes", "rate", "held_on", "begins", "joint", "outcome", "reasons"):
        value = getattr(answers, key)
        if value not in (None, []):
            for part in say(EveryKind.form.question(key).kind, value).split():
                assert part.strip(",") in bare, (key, part)


@settings(few, max_examples=12)
@given(filled_forms())
def test_any_form_can_be_printed(given_in: Filled) -> None:
    for values in (None, given_in.kept):
        assert form_pdf(given_in.form, values).startswith(b"%PDF")


@few
@given(filled_forms())
def test_any_form_can_be_read_half_filled(given_in: Filled) -> None:
    half = dict(list(given_in.kept.items())[::2])
    reading = read(given_in.form, half, draft=True)
    assert not [one for one in reading.findings if one.blocks and one.place is None]
