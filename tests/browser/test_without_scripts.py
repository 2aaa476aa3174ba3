"""The console in a browser that runs no scripts, on a phone of 320 pixels: a referral is made and a session logged."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from cmcore.referrals.records import Referral
from cmcore.sessions.records import MentoringSession
from tests.browser.autumn_served import Served, autumn_served
from tests.browser.looking import follows

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The console, served while the tests of this file last."""
    with autumn_served(tmp_path_factory.mktemp("no-scripts")) as made:
        yield made


def phone(browser: Browser, served: Served, who: str) -> Page:
    """A phone without scripts in the hand of somebody who has signed in, on the start page."""
    context = served.context(browser, who, java_script_enabled=False, viewport={"width": 320, "height": 640})
    page = context.new_page()
    page.goto(served.address)
    return page


def follow(page: Page, *words: str) -> None:
    """Follow links of the main part, one after the other."""
    for each in words:
        follows(page.locator("main").get_by_role("link", name=each, exact=True).first)


def to_a_new_referral(page: Page) -> None:
    """From Today into the group of the menu, along its row, and to the form."""
    follow(page, "Young people")
    follows(page.get_by_role("navigation", name="Young people").get_by_role("link", name="Referrals", exact=True))
    follow(page, "Refer somebody")


def find(page: Page, label: str, text: str, choose: str) -> None:
    """Type into a box that searches, press its Find, and choose one of those found."""
    page.get_by_label(label, exact=False).first.fill(text)
    follows(page.get_by_role("button", name=f"Find {label.lower()}"))
    page.get_by_label(choose).first.check()


def test_a_coordinator_refers_a_young_person_found_by_name(browser: Browser, served: Served) -> None:
    page = phone(browser, served, "coordinator")
    to_a_new_referral(page)
    find(page, "Young person", "crane", "O.C. WR-0007")
    page.get_by_role("group", name="Programme").get_by_label("Creative mentoring").check()
    page.get_by_label("Who is asking").fill("Callum Wetherspindle, social worker")
    find(page, "Social worker", "wetherspindle", "Callum Wetherspindle")
    for box, number in (("Day", "9"), ("Month", "11"), ("Year", "2026")):
        page.get_by_role("group", name="Received on").get_by_label(box).fill(number)
    page.get_by_role("group", name="How soon").get_by_label("Routine").check()
    page.get_by_label("Social isolation").check()
    follows(page.get_by_role("button", name="Refer somebody").last)
    expect(page.get_by_role("heading", level=1)).to_contain_text("O.C. WR-0007")
    expect(page.locator("main")).to_contain_text("Callum Wetherspindle, social worker")
    with served.autumn.stage.work() as work:
        made = work.get(Referral, int(page.url.rpartition("/")[2]))
        assert made.young_person_id == served.autumn.others["planned"].person_id
        assert (made.state, made.urgency) == ("draft", "routine")
    page.context.close()


def test_a_referral_that_lacks_something_keeps_what_was_typed(browser: Browser, served: Served) -> None:
    page = phone(browser, served, "referrer")
    to_a_new_referral(page)
    page.get_by_label("Who is asking").fill("Ros Amblewick")
    page.get_by_label("What they like").fill("Herons")
    follows(page.get_by_role("button", name="Refer somebody").last)
    expect(page.get_by_role("alert")).to_contain_text("to put right")
    expect(page.get_by_label("Who is asking")).to_have_value("Ros Amblewick")
    expect(page.get_by_label("What they like")).to_have_value("Herons")
    page.get_by_role("link", name="Young person: nothing is chosen.").click()
    expect(page).to_have_url(re.compile("#q-young_person_id$"))
    page.context.close()


def test_a_mentor_logs_a_session_with_a_thumb(browser: Browser, served: Served) -> None:
    page = phone(browser, served, "mentor")
    follow(page, "Young people", "M.B. WR-0001", "Log a session")
    expect(page.locator("main")).to_contain_text("M.B. WR-0001")
    page.get_by_label("Day").fill("2026-11-09")
    page.get_by_label("From", exact=True).fill("10:00")
    page.get_by_label("To", exact=True).fill("11:30")
    page.get_by_label("Where", exact=True).select_option("school")
    page.get_by_label("How did it go?").select_option("held")
    page.get_by_label("What you did, and briefly why").fill("Second colour on the heron print.")
    follows(page.get_by_role("button", name="Save session").last)
    expect(page.get_by_role("heading", level=1)).to_have_text("Session on 9 November 2026, 10:00: M.B. WR-0001")
    expect(page.get_by_text("Second colour on the heron print.")).to_be_visible()
    with served.autumn.stage.work() as work:
        made = work.get(MentoringSession, int(page.url.rpartition("/")[2]))
        assert (made.young_person_id, made.mentor_id, made.minutes) == (
            served.autumn.main.person_id,
            served.autumn.main.mentor_id,
            90,
        )
    page.context.close()


def test_a_list_is_ordered_on_a_phone_too(browser: Browser, served: Served) -> None:
    page = phone(browser, served, "coordinator")
    follow(page, "Sessions")
    page.get_by_text("Filter and order").click()
    page.get_by_label("Order").select_option("starts_at")
    follows(page.get_by_role("button", name="Use these"))
    expect(page.locator("tbody th").first).to_have_text("4 Jun 2026, 14:00 to 15:30")
    page.context.close()


def test_everything_to_be_pressed_on_the_phone_is_large_enough(browser: Browser, served: Served) -> None:
    """Measured with scripts on, since measuring needs one; the page is the same."""
    small: dict[str, list[str]] = {}
    with served.context(browser, "mentor", viewport={"width": 320, "height": 640}) as context:
        page = context.new_page()
        for path in (
            "/",
            "/young-people/",
            "/young-people/1",
            "/sessions/",
            "/sessions/add",
            "/reviews/add?enrolment_id=1",
        ):
            page.goto(served.address + path)
            if found := page.evaluate(_SMALL):
                small[path] = found
    assert not small, "\n".join(line for lines in small.values() for line in lines)


#: Whatever can be pressed, and stands by itself rather than within a sentence, is 24 pixels high at least.
_SMALL = """() => [...document.querySelectorAll('a, button, input, select, summary, textarea')]
    .filter(one => !one.closest('p, thead, .cm-hidden, .cm-footer, .cm-skip') && !one.classList.contains('cm-hidden'))
    .map(one => [one, (one.closest('label') || one).getBoundingClientRect()])
    .filter(([one, box]) => box.width && box.height < 24)
    .map(([one, box]) => `${Math.round(box.height)} px: ${one.outerHTML.slice(0, 110)}`)"""
