"""A few minutes of each role in a real browser, from the start page to what they came for.

The coordinator's and the mentor's stand by themselves: a referral to its evidence, and a mentor's month.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.autumn_served import Served, autumn_served
from tests.browser.looking import follows

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The console, served while the tests of this file last."""
    with autumn_served(tmp_path_factory.mktemp("each-role")) as made:
        yield made


def begun(served: Served, browser: Browser, who: str, width: int = 1280) -> Iterator[Page]:
    """Somebody who has signed in, on the start page."""
    with served.context(browser, who, viewport={"width": width, "height": 900}) as context:
        page = context.new_page()
        page.goto(served.address)
        yield page


@pytest.fixture
def head(served: Served, browser: Browser) -> Iterator[Page]:
    """The head, five minutes before a committee."""
    yield from begun(served, browser, "head")


@pytest.fixture
def referrer(served: Served, browser: Browser) -> Iterator[Page]:
    """A designated teacher."""
    yield from begun(served, browser, "referrer")


@pytest.fixture
def finance(served: Served, browser: Browser) -> Iterator[Page]:
    """The finance officer."""
    yield from begun(served, browser, "finance")


@pytest.fixture
def evaluator(served: Served, browser: Browser) -> Iterator[Page]:
    """An evaluator."""
    yield from begun(served, browser, "evaluator")


@pytest.fixture
def administrator(served: Served, browser: Browser) -> Iterator[Page]:
    """Who looks after the console."""
    yield from begun(served, browser, "administrator")


def test_a_head_sees_where_the_programme_stands_and_takes_a_report_along(head: Page) -> None:
    expect(head.locator("main")).to_contain_text(re.compile(r"\d+ enrolments? go(es)? on"))
    follows(head.get_by_role("link", name="Evidence", exact=True).first)
    follows(head.get_by_role("link", name="Draw up a report"))
    expect(head.get_by_role("heading", level=1)).to_be_visible()
    expect(head.locator("main")).to_contain_text("No comparison group")
    with head.expect_download() as paper:
        head.get_by_role("link", name=re.compile("PDF")).first.click()
    assert paper.value.suggested_filename.endswith(".pdf")


def test_a_referrer_refers_a_pupil_with_the_keyboard_alone(referrer: Page) -> None:
    keyboard = referrer.keyboard
    _tab_to(referrer, "Refer a young person")
    with referrer.expect_navigation():
        keyboard.press("Enter")
    _tab_to(referrer, "Young person")
    keyboard.type("WR-0004")
    with referrer.expect_navigation():
        keyboard.press("Enter")
    expect(referrer.get_by_role("radio", name=re.compile("E.M. WR-0004"))).to_be_visible()
    _tab_to(referrer, "E.M. WR-0004")
    keyboard.press("Space")
    _tab_to(referrer, "Who is asking")
    keyboard.type("Ros Amblewick, designated teacher")
    for box, typed in (("Day", "9"), ("Month", "11"), ("Year", "2026")):
        _tab_to(referrer, box)
        keyboard.type(typed)
    _tab_to(referrer, "Routine")
    keyboard.press("Space")
    _tab_to(referrer, "Struggling to engage")
    keyboard.press("Space")
    _tab_to(referrer, "Confidence")
    keyboard.press("Space")
    _tab_to(referrer, str(referrer.locator("main form button.cm-button--main").last.inner_text()))
    with referrer.expect_navigation():
        keyboard.press("Enter")
    expect(referrer.get_by_role("status")).to_contain_text("added")
    referrer.goto(referrer.url.partition("/referrals")[0])
    expect(referrer.locator("main")).to_contain_text("Your referrals")


def test_a_finance_officer_asks_about_an_invoice_that_does_not_tally(finance: Page) -> None:
    follows(finance.get_by_role("link", name="Invoices that do not tally"))
    follows(finance.get_by_role("link", name=re.compile("WR-I-")).first)
    expect(finance.locator("main")).to_contain_text("4 June 2026 differs by 30 min")
    expect(finance.get_by_role("link", name="Approve", exact=True)).to_have_count(0)
    follows(finance.get_by_role("link", name="Ask the mentor about it"))
    finance.get_by_role("textbox").last.fill("The report of 4 June says an hour and a half.")
    follows(finance.locator("main form button.cm-button--main").last)
    expect(finance.locator("main")).to_contain_text("Asked about")
    follows(finance.get_by_role("link", name="Today", exact=True).first)
    expect(finance.get_by_role("link", name="Where the money stands").first).to_be_visible()


def test_an_evaluator_reads_hidden_numbers_and_never_a_name(evaluator: Page, served: Served) -> None:
    follows(evaluator.locator("main").get_by_role("link", name="Creative mentoring").first)
    expect(evaluator.locator("main")).to_contain_text("1 to 5 hidden")
    expect(evaluator.locator("main")).not_to_contain_text("improved on")
    evaluator.goto(f"{served.address}/young-people/1")
    expect(evaluator.get_by_role("heading", level=1)).to_have_text("Your role does not include this")


def test_an_administrator_enters_a_term_and_meets_no_child(administrator: Page, served: Served) -> None:
    follows(administrator.get_by_role("link", name="Terms", exact=True).first)
    follows(administrator.get_by_role("link", name=re.compile("^Add")).first)
    administrator.get_by_label("Academic year that begins in").fill("2026")
    administrator.get_by_label("Name of the term").fill("Spring")
    for name, (day, month) in {"First day": ("5", "1"), "Last day": ("26", "3")}.items():
        boxes = administrator.get_by_role("group", name=name)
        for label, typed in (("Day", day), ("Month", month), ("Year", "2027")):
            boxes.get_by_label(label).fill(typed)
    follows(administrator.locator("main form button.cm-button--main").last)
    expect(administrator.get_by_role("status")).to_contain_text("added")
    administrator.goto(f"{served.address}/young-people/1")
    expect(administrator.get_by_role("heading", level=1)).to_have_text("Your role does not include this")


def _tab_to(page: Page, words: str) -> None:
    """Press Tab until what has the focus is called so; fails where one never comes to it, or cannot see it."""
    asked = """() => {
      const one = document.activeElement;
      if (!one || one === document.body) return ["", true];
      const labels = [...(one.labels || [])].map(each => each.innerText).join(" ");
      const seen = getComputedStyle(one), box = one.getBoundingClientRect();
      const called = labels || one.innerText || one.getAttribute("aria-label") || "";
      return [called.trim(), box.width > 0 && seen.visibility === "visible"];
    }"""
    for _ in range(150):
        page.keyboard.press("Tab")
        called, seen = page.evaluate(asked)
        if called.startswith(words):
            assert seen, f"{words} has the focus and cannot be seen"
            return
    raise AssertionError(f"The key Tab never comes to {words!r}.")
