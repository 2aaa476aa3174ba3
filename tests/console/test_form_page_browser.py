"""A form in a real browser with scripts off: found, refused, corrected and sent; nobody is kept out."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect
from werkzeug.serving import make_server

from tests.browser.looking import Look
from tests.cmcore.forms.at_random import EveryKind
from tests.console.form_desk import Desk, Referral

pytestmark = pytest.mark.browser


@pytest.fixture
def unscripted(browser: Browser) -> Iterator[Page]:
    """A page of a browser that runs no scripts."""
    context = browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 800}, locale="en-GB")
    yield context.new_page()
    context.close()


def serve(desk: Desk) -> Iterator[str]:
    """The desk's page on a port of its own."""
    server = make_server("127.0.0.1", 0, desk.app(), threaded=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.port}/ask"
    server.shutdown()


@pytest.fixture
def desk() -> Desk:
    """A desk where referrals are taken."""
    return Desk(Referral)


@pytest.fixture
def address(desk: Desk) -> Iterator[str]:
    """Where the referral's page is."""
    yield from serve(desk)


@pytest.fixture
def every_kind() -> Iterator[str]:
    """Where a page with every kind of question is."""
    yield from serve(Desk(EveryKind))


def test_a_referral_is_filled_in_without_a_script(desk: Desk, address: str, unscripted: Page) -> None:
    page = unscripted
    page.goto(address)
    page.get_by_label("Young person").fill("WR-0417")
    page.keyboard.press("Enter")
    expect(page.get_by_text("1 found for “WR-0417”")).to_be_visible()
    page.get_by_label("M.B.").check()
    page.get_by_label("Social worker").fill("weather")
    page.get_by_role("button", name="Find social worker").click()
    page.get_by_label("Ada Weatherlow").check()
    page.get_by_role("group", name="How soon").get_by_label("Routine").check()
    page.get_by_label("Day").fill("31")
    page.get_by_label("Month").fill("2")
    page.get_by_label("Year").fill("2026")
    page.get_by_role("button", name="Save").last.click()
    expect(page.get_by_role("alert")).to_contain_text("Two things to put right")
    expect(page.get_by_text("Ada Weatherlow")).to_be_visible()
    page.get_by_role("link", name="Received on: 31 February 2026 is not a day.").click()
    page.keyboard.type("9")
    page.get_by_label("Day").fill("9")
    page.get_by_label("Month").fill("11")
    page.get_by_label("Social isolation").check()
    page.get_by_label("What they like").fill("Birds")
    page.get_by_role("button", name="Save").last.click()
    expect(page.get_by_text("Done.")).to_be_visible()
    assert (desk.done[0].answers.young_person, desk.done[0].answers.social_worker) == (7, 2)


def test_a_refused_page_puts_the_focus_on_what_is_wrong(address: str, page: Page) -> None:
    page.goto(address)
    page.get_by_role("button", name="Save").last.click()
    expect(page.get_by_role("alert")).to_be_focused()
    page.get_by_role("link", name="Young person: nothing is chosen.").click()
    expect(page.get_by_label("Young person")).to_be_focused()


def test_axe_finds_nothing_and_nothing_is_wider_than_the_screen(every_kind: str, still_browser: Browser) -> None:
    with still_browser.new_context(locale="en-GB", reduced_motion="reduce", no_viewport=True) as context:
        look = Look(context.new_page(), every_kind.removesuffix("/ask"))
        look.opens("/ask")
        look.page.get_by_role("button", name="Save").last.evaluate("button => button.click()")
        expect(look.page.get_by_role("alert")).to_be_visible()
        look.at = "refused"
        look.looks()
    assert not look.wrong, "\n".join(look.wrong)
