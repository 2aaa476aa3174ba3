"""The whole story in a real browser: the return comes in, and a young person goes from referral to evidence."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import Engine

from tests.browser.looking import follows
from tests.browser.story import Served, serve
from tests.cmcore.exchange.made_returns import real_folder

pytestmark = pytest.mark.browser


@pytest.fixture
def served(engine: Engine) -> Iterator[Served]:
    """The console, served while the test lasts."""
    made, server = serve(engine)
    yield made
    server.shutdown()  # type: ignore[attr-defined]


def press(page: Page, words: str) -> None:
    """Press the button with these words."""
    follows(page.get_by_role("button", name=words, exact=False).first)


def follow(page: Page, words: str) -> None:
    """Follow the link with these words, in the main part of the page."""
    follows(page.locator("main").get_by_role("link", name=words, exact=False).first)


def day(page: Page, key: str, on: date) -> None:
    """Fill the three boxes of a day, or the phone's own picker."""
    picker = page.locator(f"input[type=date][name='{key}']")
    if picker.count():
        picker.fill(on.isoformat())
        return
    for part, value in (("day", on.day), ("month", on.month), ("year", on.year)):
        page.locator(f"[name='{key}.{part}']").fill(str(value))


def find(page: Page, key: str, text: str) -> None:
    """Search a record, and choose the first that is found."""
    page.fill(f"[name='{key}.search']", text)
    follows(page.locator(f"button[name='cm-find'][value='{key}']"))
    page.locator(f"input[type=radio][name='{key}']").first.check()


def choose(page: Page, key: str, value: str) -> None:
    """Choose one answer."""
    page.locator(f"[name='{key}'][value='{value}']").check()


def step(page: Page, words: str) -> None:
    """Take a step from the page, confirming it where that is asked."""
    follow(page, words)
    follows(page.locator("main form button.cm-button--main").first)


def test_a_coordinator_takes_a_young_person_from_the_return_to_the_evidence(page: Page, served: Served) -> None:
    files = sorted(real_folder().glob("*.csv"))
    served.stage.on(date(2026, 9, 29))
    served.sign_in(page, "hester.quillmarsh")

    # Bring in the return.
    page.goto(f"{served.address}/imports/")
    follow(page, "Return of looked-after children")
    page.set_input_files("#files", [str(file) for file in files])
    press(page, "See what would change")
    expect(page.locator("h1")).to_have_text("See what would change")
    expect(page.locator(".cm-counts")).to_contain_text("10,400")
    press(page, "Bring in 10,400 records")
    follow(page, "See the receipt")
    expect(page.locator("main")).to_contain_text("2,675")

    # Find a child of the return, name who is around them.
    page.goto(f"{served.address}/young-people/?search=735740")
    page.goto(f"{served.address}/young-people/1")
    expect(page.locator("h1")).to_contain_text("WR-0001")
    add_adult(page, served, "social_worker", "Callum Wetherspindle")

    # Refer, send, read, accept.
    page.goto(f"{served.address}/young-people/1")
    follow(page, "Refer to a programme")
    programme = page.locator("input[type=radio][name='programme_id']")
    if not programme.first.is_checked():
        programme.first.check()
    page.fill("[name='referrer_name']", "Ros Amblewick, designated teacher")
    day(page, "received_on", date(2026, 9, 28))
    expect(page.locator("main")).to_contain_text("Callum Wetherspindle")
    choose(page, "urgency", "crisis")
    choose(page, "reasons", "engage")
    choose(page, "concern", "red")
    press(page, "Refer somebody")
    expect(page.locator("h1")).to_contain_text("WR-R-0001")
    step(page, "Send it to the virtual school")
    expect(page.locator("main")).to_contain_text("R-REF-1")
    page.goto(f"{served.address}/referrals/1/edit")
    choose(page, "outcomes", "confidence")
    press(page, "Keep the changes")
    for words in ("Send it to the virtual school", "Start triage", "Accept, and give a place"):
        step(page, words)

    # Commission a mentor; the enrolment starts.
    page.goto(f"{served.address}/young-people/1")
    follow(page, "Commission a mentor")
    find(page, "mentor_id", "Juno")
    page.fill("[name='hours']", "24")
    page.fill("[name='rate_pence']", "32.00")
    day(page, "starts_on", date(2026, 9, 29))
    press(page, "Commission a mentor")
    for words in ("Approve", "Make active"):
        step(page, words)
    page.goto(f"{served.address}/young-people/1")
    follows(page.locator("main").get_by_role("link", name="Start", exact=True))
    day(page, "on", date(2026, 9, 29))
    follows(page.locator("main form button.cm-button--main").first)

    # Baseline, sessions, exit.
    score(page, served, "baseline", date(2026, 9, 29), 2)
    served.stage.on(date(2026, 11, 10))
    served.sign_in(page, "hester.quillmarsh")
    log_session(page, served, date(2026, 10, 6))
    score(page, served, "exit", date(2026, 11, 10), 4)

    # The page and the evidence.
    page.goto(f"{served.address}/young-people/1")
    expect(page.locator("main")).to_contain_text("Improved by 2")
    page.goto(f"{served.address}/evidence/")
    expect(page.locator("h1")).to_contain_text("Creative mentoring")
    expect(page.locator("main")).to_contain_text("1 of the 1 who started can be compared")
    expect(page.locator("main")).to_contain_text("Wilson")


def add_adult(page: Page, served: Served, role: str, name: str) -> None:
    """Add somebody around the young person."""
    page.goto(f"{served.address}/adults/add?young_person_id=1")
    choose(page, "role", role) if page.locator(f"input[name='role'][value='{role}']").count() else page.select_option(
        "[name='role']", role
    )
    page.fill("[name='name']", name)
    page.fill("[name='phone']", "01632 960144")
    follows(page.locator("main form button.cm-button--main").first)
    expect(page.locator("main")).to_contain_text("added")


def score(page: Page, served: Served, kind: str, on: date, number: int) -> None:
    """Score every measure alike, and make the review final."""
    page.goto(f"{served.address}/young-people/1")
    follow(page, "Score the measures")
    choose(page, "kind_of_review", kind)
    day(page, "held_on", on)
    choose(page, "scored_by", "joint")
    page.locator("fieldset:has-text('lead the scoring') input[type=radio]").first.check()
    for steps in page.locator("fieldset.cm-scale").all():
        steps.locator(f"input[type=radio][value='{number}']").check()
    press(page, "Score the measures")
    step(page, "Make final")
    expect(page.locator("main")).to_contain_text("The review is final")


def log_session(page: Page, served: Served, on: date) -> None:
    """Log a session that was held."""
    page.goto(f"{served.address}/young-people/1")
    follow(page, "Log a session")
    day(page, "held_on", on)
    page.fill("[name='starts']", "14:00")
    page.fill("[name='ends']", "15:30")
    page.select_option("[name='place']", "school")
    page.select_option("[name='outcome']", "held")
    page.fill("[name='done']", "Two-colour lino print.")
    page.click("summary:has-text('Add their words')")
    page.fill("[name='words_said']", "I did not think I could.")
    press(page, "Save session")
    expect(page.locator("main")).to_contain_text(re.compile("1 h 30"))
