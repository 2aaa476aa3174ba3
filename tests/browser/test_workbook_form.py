"""The yardstick of XLSForm in a browser: brought in, tried, published, filled in with and without scripts, finished."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, FilePayload, Page, expect
from sqlalchemy import select

from cmcore.answers.records import FormAnswers, FormEdition
from tests.browser.autumn_served import Served, autumn_served
from tests.browser.looking import WIDTHS, Look
from tests.cmcore.answers.wrenshire import PNG
from tests.cmcore.exchange.xlsform.made_workbooks import survey, workbook
from tests.cmcore.exchange.xlsform.yardstick import yardstick

pytestmark = pytest.mark.browser

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The console, served while the tests of this file last."""
    with autumn_served(tmp_path_factory.mktemp("workbook-form")) as made:
        yield made


def a_workbook(name: str, content: bytes) -> FilePayload:
    """A workbook as a person chooses it."""
    return {"name": name, "mimeType": XLSX, "buffer": content}


def gives(look: Look, name: str, content: bytes, at: str) -> None:
    """Choose a workbook, have it read, and look at what the page says then."""
    look.page.goto(f"{look.home}/workbook-forms/")
    look.page.get_by_label("The workbook", exact=True).set_input_files(a_workbook(name, content))
    look.follows(look.page.get_by_role("button", name="See the form"))
    look.at = at
    look.looks()


def fill(page: Page) -> None:
    """Answer one question of every kind, as a person would."""
    group = page.get_by_role("group", name="Skip to the end?")
    group.get_by_label("No", exact=True).check()
    page.get_by_label("Enter your name").fill("Juno Tansyhurst")
    page.get_by_label("Enter an address").fill("juno@example.org")
    page.get_by_label("A whole number", exact=False).first.fill("5")
    page.get_by_label("A number that is not above it").fill("6.5")
    page.get_by_label("Must be answered").fill("Here")
    for each in ("Yes", "No"):
        page.get_by_role("group", name="Choose any").get_by_label(each, exact=True).check()
    page.get_by_role("group", name="No words above").get_by_label("No", exact=True).check()
    page.get_by_label("OK", exact=True).check()
    for box, number in (("Day", "10"), ("Month", "11"), ("Year", "2026")):
        page.get_by_role("group", name="A day", exact=False).first.get_by_label(box).fill(number)
    page.locator("#q-image_test").set_input_files({"name": "drum.png", "mimeType": "image/png", "buffer": PNG})
    page.get_by_label("Another app would answer this").fill("3")


def kept(served: Served) -> FormAnswers:
    with served.autumn.stage.work("operator") as work:
        found = work.db.scalars(select(FormAnswers).order_by(FormAnswers.id.desc())).first()
        assert found is not None
        work.db.expunge(found)
        return found


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without"])
def test_the_yardstick_is_published_and_filled_in(browser: Browser, served: Served, scripts: bool) -> None:
    with served.context(browser, "coordinator", java_script_enabled=scripts) as context:
        page = context.new_page()
        page.goto(f"{served.address}/forms/")
        page.get_by_role("link", name="Bring in a workbook").click()
        page.get_by_label("The workbook", exact=True).set_input_files(a_workbook("yardstick.xlsx", yardstick()))
        page.get_by_role("button", name="See the form").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Spec test")
        expect(page.locator("main")).to_contain_text("17 things are not carried")
        page.get_by_role("button", name="Publish “Spec test”").click()
        expect(page.locator("main")).to_contain_text("in force as edition 1")

        page.get_by_role("link", name="Fill it in").click()
        page.get_by_role("button", name="Begin").last.click()
        fill(page)
        page.get_by_role("button", name="Finish").last.click()
        alert = page.get_by_role("alert")
        expect(alert).to_contain_text("sorry Juno Tansyhurst, you can't select yes and no.")
        expect(alert).to_contain_text("It must be so that this answer is the answer to “A whole number” or less")
        expect(page.locator("main")).to_contain_text("Your name is Juno Tansyhurst")
        expect(page.locator("main")).to_contain_text("You entered an e-mail address")
        page.get_by_label("A number that is not above it").fill("4.5")
        page.get_by_role("group", name="Choose any").get_by_label("No", exact=True).uncheck()
        page.get_by_role("button", name="Finish").last.click()
        expect(page.locator("main")).to_contain_text("Finished. Thank you.")
        expect(page.locator("main")).to_contain_text("juno@example.org")
    answers = kept(served)
    assert answers.state == "finished" and answers.values["calculate_test"] == "4"
    assert answers.values["repeat_test"][0]["select_multiple_test"] == ["yes"]
    assert answers.values["image_test"]["name"] == "drum.png"


def test_every_step_of_bringing_a_form_in_is_looked_at(browser: Browser, served: Served) -> None:
    with served.context(browser, "coordinator") as context:
        look = Look(context.new_page(), served.address)
        look.opens("/workbook-forms/")
        gives(look, "form.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "an older file")
        expect(look.page.get_by_role("alert")).to_contain_text("older Excel file (.xls)")
        circle = survey(
            ("text", "a", "A", "${b} = '1'"),
            ("text", "b", "B", "${a} = '1'"),
            columns=("type", "name", "label", "relevant"),
        )
        gives(look, "circle.xlsx", workbook(survey=circle, choices=[("list_name", "name", "label")]), "a circle")
        expect(look.page.get_by_role("alert")).to_contain_text("in a circle")
        gives(look, "yardstick.xlsx", yardstick(), "the yardstick")
        look.page.locator("summary", has_text="carried in another way").click()
        look.at = "the yardstick, unfolded"
        look.looks()
        look.page.get_by_label("A whole number", exact=False).first.fill("many")
        look.follows(look.page.get_by_role("button", name="Try these answers").last)
        look.at = "the yardstick, tried"
        look.looks(WIDTHS[0])
        expect(look.page.locator("main")).to_contain_text("is not a whole number")
        look.follows(look.page.get_by_role("button", name="Stop, publish nothing"))
        expect(look.page.locator("main")).to_contain_text("Nothing was published")
    assert not look.wrong, "\n".join(look.wrong)


def test_a_newer_edition_says_what_differs(browser: Browser, served: Served) -> None:
    first = workbook(
        survey=survey(("text", "wish", "A wish?"), ("integer", "age", "Age")), settings=[("form_id",), ("wishes",)]
    )
    second = workbook(
        survey=survey(("text", "wish", "A dream?"), ("date", "on", "On")), settings=[("form_id",), ("wishes",)]
    )
    with served.context(browser, "head") as context:
        look = Look(context.new_page(), served.address)
        for content in (first, second):
            gives(look, "wishes.xlsx", content, "wishes")
            if content is second:
                expect(look.page.locator("main")).to_contain_text("What differs from edition 1")
                expect(look.page.locator("main")).to_contain_text("Not asked any more: Age")
            look.follows(look.page.get_by_role("button", name="Publish “wishes”"))
            look.at = "wishes, published"
            look.looks()
    assert not look.wrong, "\n".join(look.wrong)
    with served.autumn.stage.work("operator") as work:
        states = work.db.scalars(select(FormEdition.state).where(FormEdition.form_key == "wishes"))
        assert sorted(states) == ["published", "replaced"]
