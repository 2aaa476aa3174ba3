"""A form filled in over several sittings in a browser: kept while typed, past a sign-out, between two, unscripted."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect
from sqlalchemy import select

from cmcore.answers.editions import publish
from cmcore.answers.records import FormAnswers
from tests.browser.autumn_served import Served, autumn_served
from tests.browser.axe import axe_violations
from tests.browser.looking import follows
from tests.cmcore.answers.wrenshire import KEY, PNG, VISIT

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The console with the form in force, served while the tests of this file last."""
    with autumn_served(tmp_path_factory.mktemp("filling-in")) as made:
        with made.autumn.stage.work("operator") as work:
            publish(work, VISIT, authority_id=made.autumn.stage.authority_id, source="workbook")
        yield made


def timed(context: BrowserContext) -> Page:
    """A page whose time one can let pass: it keeps what was typed once it has waited for two seconds."""
    page = context.new_page()
    page.clock.install()
    return page


def waits(page: Page) -> None:
    """Let two seconds pass and what was typed be sent, and wait for the answer."""
    with page.expect_response(lambda answer: answer.request.method == "POST"):
        page.clock.fast_forward(2_000)


def begin(page: Page, served: Served) -> None:
    """Come to the page on which the form is filled in, from the start page."""
    page.goto(served.address)
    page.goto(f"{served.address}/forms/")
    follows(page.locator(f'a[href$="/{KEY}"]'))
    follows(page.get_by_role("link", name="Fill it in"))
    follows(page.get_by_role("button", name="Begin").last)
    expect(page.get_by_role("heading", level=1)).to_have_text("Visit")


def kept(served: Served) -> dict[str, object]:
    """What is kept of the latest draft."""
    with served.autumn.stage.work("operator") as work:
        found = work.db.scalars(select(FormAnswers).order_by(FormAnswers.id.desc())).first()
        return dict(found.values) if found is not None else {}


def fill_day(page: Page) -> None:
    for box, number in (("Day", "3"), ("Month", "11"), ("Year", "2026")):
        page.get_by_role("group", name="When was it?").get_by_label(box).fill(number)


def test_what_is_typed_is_kept_without_pressing_anything_and_is_there_after_a_reload(
    browser: Browser, served: Served
) -> None:
    with served.context(browser, "coordinator") as context:
        page = timed(context)
        begin(page, served)
        page.get_by_label("Where was it?").fill("Pennywick Mill")
        waits(page)
        expect(page.locator("#cm-saved")).to_have_text("Saved at 12:00.")
        assert kept(served) == {"place": "Pennywick Mill"}
        page.get_by_label("How many came?").fill("about seven")
        waits(page)
        assert kept(served) == {"place": "Pennywick Mill", "people": "about seven"}
        page.reload()
        expect(page.get_by_label("How many came?")).to_have_value("about seven")
        page.get_by_label("How many came?").fill("7")
        fill_day(page)
        page.get_by_role("button", name="Finish").last.click()
        expect(page.locator("main")).to_contain_text("Finished. Thank you.")


def test_after_the_sign_in_has_ended_the_page_says_so_and_what_was_typed_is_there_again(
    browser: Browser, served: Served
) -> None:
    with served.context(browser, "coordinator") as context:
        page = timed(context)
        begin(page, served)
        address = page.url
        served.autumn.stage.clock.at += timedelta(hours=3)
        page.get_by_label("Where was it?").fill("Typed too late")
        waits(page)
        told = page.locator("#cm-saved")
        expect(told).to_contain_text("You have been signed out. What you typed is kept.")
        expect(told.get_by_role("link", name="Sign in and go on")).to_have_attribute("href", address)
        assert kept(served) == {}
    served.autumn.stage.clock.at -= timedelta(hours=3)


def test_two_on_one_draft_are_told_and_compare(browser: Browser, served: Served) -> None:
    with served.context(browser, "coordinator") as one, served.context(browser, "head") as other:
        first, second = timed(one), timed(other)
        begin(first, served)
        second.goto(first.url)
        first.get_by_label("Where was it?").fill("Mossgrave")
        waits(first)
        expect(first.locator("#cm-saved")).to_have_text("Saved at 12:00.")
        second.get_by_label("Where was it?").fill("Wrenfold")
        waits(second)
        expect(second.locator("#cm-saved")).to_contain_text("Somebody else has saved this draft")
        second.get_by_role("button", name="Save and come back").click()
        expect(second.get_by_role("heading", level=1)).to_have_text("Two people changed this at once")
        for words in ("Mossgrave", "Wrenfold"):
            expect(second.locator("main")).to_contain_text(words)
        assert axe_violations(second) == []
        follows(second.get_by_role("button", name="Keep the draft like this"))
        assert kept(served) == {"place": "Wrenfold"}


def test_typing_and_sending_at_once_is_no_conflict_with_oneself(browser: Browser, served: Served) -> None:
    on_its_way: list[Route] = []

    def holds(route: Route) -> None:
        if "cm-autosave" in (route.request.post_data or ""):
            on_its_way.append(route)
        else:
            route.continue_()

    with served.context(browser, "coordinator") as context:
        page = timed(context)
        begin(page, served)
        # Before it would be kept; when it was just sent; and when it is on its way, and its answer comes late.
        for place, passed in (("Mossgrave", 1_950), ("Wrenfold", 2_000), ("Pennywick", 2_000)):
            page.get_by_label("Where was it?").fill(place)
            if place == "Pennywick":
                page.route("**/*", holds)
            page.clock.fast_forward(passed)
            page.get_by_role("button", name="Save and come back").click(no_wait_after=True)
            if place == "Pennywick":
                page.wait_for_function("document.activeElement.textContent.includes('Save and come back')")
                assert len(on_its_way) == 1
                on_its_way[0].continue_()
            expect(page.locator("main")).to_contain_text("Come back to it whenever you like.")
            assert kept(served) == {"place": place}
            follows(page.get_by_role("link", name="Go on filling in"))
            expect(page.get_by_label("Where was it?")).to_have_value(place)
        page.unroute_all()


def test_without_a_script_a_draft_is_kept_by_its_button_and_by_every_other(browser: Browser, served: Served) -> None:
    with served.context(
        browser, "coordinator", java_script_enabled=False, viewport={"width": 320, "height": 640}
    ) as context:
        page = context.new_page()
        begin(page, served)
        page.get_by_label("Where was it?").fill("Pennywick Mill")
        page.get_by_label("Where did you stop?").fill("The weir")
        follows(page.get_by_role("button", name="Add another stop"))
        assert kept(served)["place"] == "Pennywick Mill"
        page.get_by_label("A picture of the day").set_input_files(
            {"name": "day.png", "mimeType": "image/png", "buffer": PNG}
        )
        page.get_by_role("button", name="Save and come back").click()
        expect(page.locator("main")).to_contain_text("Come back to it whenever you like.")
        expect(page.get_by_role("link", name="day.png")).to_be_visible()
        page.get_by_role("link", name="Go on filling in").click()
        expect(page.get_by_label("Where was it?")).to_have_value("Pennywick Mill")
        fill_day(page)
        page.get_by_role("button", name="Finish").last.click()
        expect(page.locator("main")).to_contain_text("Finished. Thank you.")


def test_nobody_is_kept_out_of_a_draft_with_everything_on_it(browser: Browser, served: Served) -> None:
    with served.context(browser, "coordinator") as context:
        page = context.new_page()
        begin(page, served)
        page.get_by_label("How many came?").fill("several")
        page.get_by_role("button", name="Finish").last.click()
        expect(page.locator(".cm-errors")).to_be_focused()
        for width in (320, 768, 1280):
            page.set_viewport_size({"width": width, "height": 800})
            assert axe_violations(page) == [], width
            assert page.evaluate("document.scrollingElement.scrollWidth - window.innerWidth") <= 0, width
