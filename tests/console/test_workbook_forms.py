"""Bringing a form in from a workbook: nothing before it is published, all of it after, and by whoever may."""

from __future__ import annotations

import re
from io import BytesIO

import pytest
from flask import Flask
from sqlalchemy import Engine, func, select

from cmcore.answers.records import FormEdition
from cmcore.safekeeping.memberships import give_role
from cmcore.testing import Stage
from console import accounts
from console.app import create_app
from tests.cmcore.exchange.xlsform.made_workbooks import Rows, survey, workbook
from tests.cmcore.exchange.xlsform.yardstick import yardstick
from tests.console import town
from tests.console.visitor import Visitor
from tests.databases import Beginning

FIRST = survey(("text", "wish", "What would you like to try?"), ("integer", "age", "How old are you?"))


@pytest.fixture
def engine(bare_engine: Engine) -> Engine:
    """A database of this test's own people."""
    return bare_engine


def settled(made: Stage) -> None:
    """Two authorities, each with a coordinator, and a referrer in the first."""
    other = made.authority("991", "Quillshire", "QU")
    for login, role, authority in (
        ("hester", "coordinator", made.authority_id),
        ("wilf", "referrer", made.authority_id),
        ("fern", "coordinator", other),
    ):
        with made.work("operator", authority_id=authority) as work:
            give_role(work, authority, f"{login}.quillmarsh", role)
        accounts.open_account(made.engine, login=f"{login}.quillmarsh", name=login.capitalize(), password=town.PASSWORD)


@pytest.fixture
def beginning() -> Beginning:
    """What these tests begin with."""
    return settled


@pytest.fixture
def console(begun: None, stage: Stage) -> Flask:
    return create_app(stage.engine, clock=stage.clock)


@pytest.fixture
def hester(console: Flask) -> Visitor:
    return Visitor(console).signs_in("hester.quillmarsh")


def gives(visitor: Visitor, blob: bytes, name: str = "wishes.xlsx") -> Visitor:
    visitor.opens("/workbook-forms/")
    return visitor.sends("/workbook-forms/", workbook=(BytesIO(blob), name))


def preview_of(visitor: Visitor) -> str:
    found = re.search(r"/workbook-forms/preview/[\w-]+", visitor.answer.location or "")
    assert found, visitor.page
    return found.group()


def editions(stage: Stage) -> int:
    with stage.work("operator") as work:
        return work.db.scalar(select(func.count(FormEdition.id)).where(FormEdition.source == "workbook")) or 0


def wishes(rows: Rows = FIRST) -> bytes:
    return workbook(survey=rows, settings=[("form_title", "form_id"), ("Wishes", "wishes")])


def test_a_workbook_is_seen_before_it_is_published_and_then_filled_in(stage: Stage, hester: Visitor) -> None:
    preview = preview_of(gives(hester, wishes()))
    page = hester.opens(preview).page
    assert "What would you like to try?" in page and "Nothing has been published yet" in page
    assert editions(stage) == 0
    hester.sends(preview.replace("preview", "publish"))
    assert editions(stage) == 1
    assert hester.answer.location and "/forms/" in hester.answer.location
    page = hester.opens(hester.answer.location).page
    assert "in force as edition 1" in page and "Fill it in" in page
    assert hester.opens(preview).status == 404


def test_the_form_can_be_tried_and_nothing_is_kept(stage: Stage, hester: Visitor) -> None:
    preview = preview_of(gives(hester, wishes()))
    hester.opens(preview)
    hester.sends(preview, wish="The clarinet", age="a lot")
    assert hester.status == 422 and "is not a whole number" in hester.page and "The clarinet" in hester.page
    hester.sends(preview, wish="The clarinet", age="12")
    assert hester.status == 200 and "These answers would be accepted" in hester.page
    assert editions(stage) == 0


def test_the_yardstick_is_shown_with_what_it_goes_without_by_row_and_column(hester: Visitor) -> None:
    page = hester.opens(preview_of(gives(hester, yardstick(), "yardstick.xlsx"))).page
    assert "17" in page and "not carried" in page
    assert re.search(r"survey</th><td[^>]*>48</td><td[^>]*>type</td>", page)
    assert "It is kept in chinese as well" in page


def test_a_newer_workbook_says_what_differs_and_becomes_the_next_edition(stage: Stage, hester: Visitor) -> None:
    first = preview_of(gives(hester, wishes()))
    hester.opens(first).sends(first.replace("preview", "publish"))
    changed = survey(("text", "wish", "What would you like to learn?"), ("note", "end", "Thank you."))
    preview = preview_of(gives(hester, wishes(changed)))
    page = hester.opens(preview).page
    assert "What differs from edition 1" in page
    assert "It was “What would you like to try?”." in page and "Not asked any more: How old are you?" in page
    hester.sends(preview.replace("preview", "publish"))
    assert editions(stage) == 2


def test_the_same_workbook_again_makes_no_new_edition(stage: Stage, hester: Visitor) -> None:
    for _ in range(2):
        preview = preview_of(gives(hester, wishes()))
        page = hester.opens(preview).page
        hester.sends(preview.replace("preview", "publish"))
    assert "It asks the same questions" in page and editions(stage) == 1


def test_stopping_throws_the_workbook_away(stage: Stage, hester: Visitor) -> None:
    preview = preview_of(gives(hester, wishes()))
    hester.opens(preview)
    hester.sends(preview.replace("preview", "throw-away"))
    assert hester.opens(preview).status == 404 and editions(stage) == 0


@pytest.mark.parametrize(
    ("blob", "name", "words"),
    [
        (b"", "form.xlsx", "The file is empty"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "form.xls", "older Excel file (.xls)"),
        (wishes(), "form.xlsm", "macros"),
        (b"PK\x03\x04" + bytes(60), "form.xlsx", "damaged"),
        (b"type,name\n", "form.csv", "no Excel workbook"),
        (wishes(survey(("colour", "a", "A"))), "form.xlsx", "row 2"),
        (wishes(survey(("text", "a", '=HYPERLINK("https://example.org")'))), "form.xlsx", "holds a formula"),
    ],
)
def test_a_file_that_makes_no_form_is_named_with_the_way_out(
    hester: Visitor, stage: Stage, blob: bytes, name: str, words: str
) -> None:
    gives(hester, blob, name)
    assert hester.status == 422 and words in hester.page and "Nothing was published" in hester.page
    assert editions(stage) == 0


def test_no_file_is_asked_for_again(hester: Visitor) -> None:
    hester.opens("/workbook-forms/")
    hester.sends("/workbook-forms/")
    assert hester.status == 422 and "Choose the workbook" in hester.page


def test_only_who_may_publish_brings_a_workbook_in_and_nobody_sees_anothers(console: Flask, hester: Visitor) -> None:
    preview = preview_of(gives(hester, wishes()))
    assert Visitor(console).signs_in("wilf.quillmarsh").opens("/workbook-forms/").status in (403, 404)
    assert Visitor(console).signs_in("fern.quillmarsh").opens(preview).status == 404


def test_the_page_of_forms_leads_to_it(hester: Visitor) -> None:
    assert "/workbook-forms/" in hester.opens("/forms/").page


def test_a_form_of_two_languages_is_filled_in_in_either_and_keeps_the_same_answers(hester: Visitor) -> None:
    columns = ("type", "name", "label::English (en)", "label::Cymraeg (cy)")
    rows = survey(("text", "wish", "What would you like to try?", "Beth hoffech chi roi cynnig arno?"), columns=columns)
    preview = preview_of(gives(hester, wishes(rows)))
    assert "It is kept in Cymraeg (cy) as well" in hester.opens(preview).page
    hester.sends(preview.replace("preview", "publish"))
    begin = re.search(r"/forms/\d+/wishes/begin", hester.opens(hester.answer.location or "").page)
    assert begin
    hester.opens(begin.group()).sends(begin.group())
    fill = hester.answer.location or ""
    page = hester.opens(fill).page
    assert "What would you like to try?" in page and "Cymraeg (cy)" in page
    page = hester.opens(f"{fill}?language=cy").page
    assert "Beth hoffech chi roi cynnig arno?" in page and 'name="wish"' in page
    assert "What would you like to try?" in hester.opens(f"{fill}?language=xx").page
