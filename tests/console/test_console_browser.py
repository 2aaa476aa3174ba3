"""The console in a real browser: nobody is kept out, nothing sticks out on a phone, and no script is needed."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from werkzeug.serving import make_server

from cmcore.base.clock import StoppedClock
from cmcore.base.engine import engine_for
from cmcore.base.migrations import upgrade
from console.app import create_app
from tests.browser.looking import Look
from tests.console import town

pytestmark = pytest.mark.browser

PAGES = [
    "/sign-in",
    "/sign-in/help",
    "/",
    "/young-people/",
    "/young-people/?q=nothing",
    "/young-people/?care_status=looked_after&size=100",
    "/young-people/1",
    "/settings/?page=2",
    "/settings/1",
    "/settings/1/edit",
    "/settings/1/remove",
    "/settings/add",
    "/referrals/",
    "/referrals/add",
    "/spells/add?young_person_id=1",
    "/my-account/",
    "/rules",
    "/accessibility",
    "/nowhere",
]


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the town's console."""
    file: Path = tmp_path_factory.mktemp("console") / "cm.sqlite"
    engine = engine_for(f"sqlite:///{file}")
    upgrade(engine)
    town.settle(engine)
    app = create_app(engine, clock=StoppedClock.on(town.TODAY), furnish=town.furnish)
    server = make_server("127.0.0.1", 0, app, threaded=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.port}"
    server.shutdown()
    engine.dispose()


@pytest.fixture
def unscripted(browser: Browser) -> Iterator[Page]:
    """A page 320 pixels wide in a browser that runs no scripts."""
    context = browser.new_context(java_script_enabled=False, viewport={"width": 320, "height": 700}, locale="en-GB")
    yield context.new_page()
    context.close()


def sign_in(page: Page, served: str) -> None:
    """Sign Hester in."""
    page.goto(f"{served}/sign-in")
    page.get_by_label("E-mail address or sign-in name").fill(town.HESTER)
    page.get_by_label("Password").fill(town.PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Today")


def test_axe_finds_nothing_on_any_page_at_any_width(still_browser: Browser, served: str) -> None:
    with still_browser.new_context(locale="en-GB", reduced_motion="reduce", no_viewport=True) as context:
        look = Look(context.new_page(), served)
        for path in PAGES:
            if path == "/":
                look.page.goto(f"{served}/sign-in")
                look.page.get_by_label("E-mail address or sign-in name").fill(town.HESTER)
                look.page.get_by_label("Password").fill(town.PASSWORD)
                # Nothing is drawn here, and a mouse waits for a picture.
                look.page.get_by_role("button", name="Sign in").evaluate("button => button.click()")
                expect(look.page.get_by_role("heading", level=1)).to_have_text("Today")
            look.opens(path)
    assert not look.wrong, "\n".join(look.wrong)


def test_the_small_things_that_can_be_pressed_are_large_enough(page: Page, served: str) -> None:
    sign_in(page, served)
    for path in ("/young-people/", "/young-people/1", "/my-account/"):
        page.goto(served + path)
        small = page.evaluate(
            """() => [...document.querySelectorAll('button, input, select, summary, nav a, .cm-tag')]
                .map(one => [one.outerHTML.slice(0, 80), one.getBoundingClientRect()])
                .filter(([_, box]) => box.width && (box.height < 24 || box.width < 24)).map(([html]) => html)"""
        )
        assert not small, small


def test_without_scripts_one_signs_in_finds_narrows_opens_and_signs_out_on_a_phone(
    unscripted: Page, served: str
) -> None:
    page = unscripted
    sign_in(page, served)
    page.get_by_role("button", name="Menu").click()
    page.get_by_role("navigation", name="Main").get_by_role("link", name="Young people").click()
    page.get_by_label("Search young people").last.fill("WR-0004")
    page.get_by_role("button", name="Search").click()
    expect(page.get_by_text("1 young person matches")).to_be_visible()
    page.get_by_role("link", name="Clear all").click()
    for words in ("Columns", "Take out", "Filter and order"):
        drop = page.locator("details.cm-drop").filter(has=page.locator("summary", has_text=words))
        drop.locator("summary").click()
        box = drop.locator(".cm-drop__body").bounding_box()
        assert box and box["x"] >= 0 and box["x"] + box["width"] <= 320, words
        if words != "Filter and order":
            drop.locator("summary").click()
    page.get_by_role("combobox", name="Care status").select_option("looked_after")
    page.get_by_role("button", name="Use these").click()
    expect(page.get_by_text("15 young people match")).to_be_visible()
    page.get_by_role("link", name="WR-0000").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("M.B. WR-0000")
    page.get_by_role("button", name="Show name and date of birth").click()
    expect(page.get_by_text("Marlo Brindle0")).to_be_visible()
    page.get_by_role("button", name="Menu").click()
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_text("You are signed out")).to_be_visible()
    page.goto(f"{served}/young-people/1")
    expect(page.get_by_role("button", name="Sign in")).to_be_visible()


def test_the_slash_takes_one_to_the_search_and_not_out_of_a_form(page: Page, served: str) -> None:
    sign_in(page, served)
    page.keyboard.press("/")
    expect(page.locator("#masthead-search")).to_be_focused()
    page.keyboard.type("WR/1")
    expect(page.locator("#masthead-search")).to_have_value("WR/1")


def test_a_list_of_errors_takes_the_focus_and_leads_to_the_fault(page: Page, served: str) -> None:
    sign_in(page, served)
    page.goto(f"{served}/my-account/")
    page.get_by_role("button", name="Change my password").click()
    expect(page.locator(".cm-errors")).to_be_focused()
    page.locator(".cm-errors a").first.click()
    expect(page.get_by_label("New password", exact=True)).to_be_focused()


def test_what_is_printed_says_whose_and_when_and_leaves_the_menu_out(page: Page, served: str) -> None:
    sign_in(page, served)
    page.goto(f"{served}/young-people/1")
    page.emulate_media(media="print")
    expect(page.locator(".cm-printhead")).to_contain_text(
        "Wrenshire Virtual School. Printed by Hester Quillmarsh on Tuesday"
    )
    expect(page.locator(".cm-masthead")).to_be_hidden()
