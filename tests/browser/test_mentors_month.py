"""A mentor's month on a phone of 390 pixels: a session, a concern, and an invoice that does not tally at first."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from playwright.sync_api import Browser, Locator, Page, expect
from sqlalchemy import select

from cmcore.activity_reports.actions import draw_up_report, submit_report
from cmcore.activity_reports.forms import ActivityReportAnswers
from cmcore.concerns.records import Concern
from cmcore.invoices.actions import add_invoice, submit_invoice
from cmcore.invoices.forms import InvoiceAnswers, InvoiceLineAnswers
from cmcore.invoices.records import Invoice
from cmcore.sessions.forms import ImpactAnswers
from cmcore.sessions.records import MentoringSession, SessionDraft
from tests.browser.autumn_served import Served, autumn_served
from tests.browser.looking import Look, follows
from tests.console.autumn import Autumn

pytestmark = pytest.mark.browser

SEEN = [ImpactAnswers(measure="confidence", note="Showed it to the class.", expected=True)]
#: Five hours and a half in two reports that were sent, and half an hour that stands in none.
MARCH = {3: 90, 5: 60, 12: 30, 17: 90, 19: 90}
PHONE = {"width": 390, "height": 844}


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The console, served while the tests of this file last, with a March in which one session was forgotten."""
    with autumn_served(tmp_path_factory.mktemp("month"), also=a_march) as made:
        yield made


def a_march(autumn: Autumn) -> None:
    """Sessions in March, two reports that leave one of them out, and an invoice for all of them."""
    stage, today = autumn.stage, autumn.stage.clock.today()
    stage.on(date(2026, 3, 1))
    march = autumn.others["march"] = autumn.main.beside("Bracken", "Thistledown")
    with stage.work() as work:
        march.started(work)
    stage.on(date(2026, 4, 1))
    with stage.work() as work:
        for number, minutes in MARCH.items():
            march.logged(work, date(2026, 3, number), minutes=minutes, done="Cut a block.", impact=SEEN)
        for first, last in ((1, 11), (13, 31)):
            days = ActivityReportAnswers(
                commission_id=march.commission_id,
                starts_on=date(2026, 3, first),
                ends_on=date(2026, 3, last),
                summary=None,
            )
            submit_report(work, draw_up_report(work, days))
    with stage.work("mentor", mentor_id=march.mentor_id, login="mentor@example.invalid") as work:
        lines = [
            InvoiceLineAnswers(
                commission_id=march.commission_id, session_on=date(2026, 3, number), minutes=minutes, rate_pence=None
            )
            for number, minutes in MARCH.items()
        ]
        bill = InvoiceAnswers(
            mentor_id=march.mentor_id,
            number="JT-3",
            starts_on=date(2026, 3, 1),
            ends_on=date(2026, 3, 31),
            lines=lines,
        )
        autumn.keys["march"] = submit_invoice(work, add_invoice(work, bill)).id
    stage.on(today)


def phone(browser: Browser, served: Served, who: str) -> Page:
    """A phone in the hand of somebody who has signed in, on the start page."""
    page = served.context(browser, who, viewport=PHONE).new_page()
    page.goto(served.address)
    return page


def tap(page: Page, words: str) -> None:
    """Tap the link with these words in the main part."""
    follows(page.locator("main").get_by_role("link", name=words, exact=False).first)


def confirm(page: Page) -> None:
    """Press the button of the page that asks."""
    follows(page.locator("main form button.cm-button--main").first)


class Thumb:
    """Counts what a mentor touches."""

    def __init__(self) -> None:
        """Nothing was touched yet."""
        self.fields = self.taps = 0

    def fills(self, box: Locator, value: str) -> None:
        """Answer one question."""
        self.fields += 1
        box.fill(value)

    def taps_on(self, what: Locator) -> None:
        """Tap something that is in sight, without scrolling for it."""
        expect(what).to_be_in_viewport()
        self.taps += 1
        what.click()


def test_a_mentor_logs_a_session_loses_a_tab_and_raises_a_concern(browser: Browser, served: Served) -> None:
    page, thumb = phone(browser, served, "mentor"), Thumb()
    look = Look(page, served.address)
    tap(page, "Log a session")
    expect(page.get_by_label("Day")).to_have_value("2026-11-10")
    page.get_by_role("group", name="Who with").get_by_text("M.B. WR-0001").first.click()
    thumb.fields += 1
    thumb.fills(page.get_by_label("From", exact=True), "09:00")
    thumb.fills(page.get_by_label("To", exact=True), "10:30")
    page.get_by_label("Where", exact=True).select_option("school")
    page.get_by_label("How did it go?").select_option("held")
    thumb.fields += 2
    expect(page.get_by_label("What got in the way?")).to_be_hidden()
    thumb.fills(page.get_by_label("What you did, and briefly why"), "Second colour on the heron print.")
    assert thumb.fields == 6
    look.at = "a session being logged"
    look.looks(320, 390)
    page.set_viewport_size(PHONE)
    # The tab is killed; what was typed was kept meanwhile, and waits on Today.
    expect(page.locator("#cm-saved")).to_contain_text("Saved at")
    context = page.context
    page.close()
    page = context.new_page()
    page.goto(served.address)
    follows(page.get_by_role("link", name="Your draft of a session"))
    expect(page.get_by_label("What you did, and briefly why")).to_have_value("Second colour on the heron print.")
    before = sessions(served)
    # In reach of the thumb, and pressed twice because the signal is slow.
    page.locator(".cm-reach").get_by_role("button", name="Save session").dblclick()
    expect(page.get_by_role("heading", level=1)).to_contain_text("10 November 2026, 09:00")
    assert sessions(served) == before + 1
    with served.autumn.stage.work("operator") as work:
        own = select(SessionDraft).where(SessionDraft.began_by == "mentor@example.invalid")
        assert not list(work.db.scalars(own))
    # Back to the page it was sent from: it is empty again, and sends no second one.
    page.go_back()
    page.goto(f"{served.address}/sessions/")
    assert sessions(served) == before + 1

    # From any page, with the numbers in sight all the way: three taps, and the words.
    thumb, reach = Thumb(), page.locator(".cm-reach")
    expect(reach.get_by_role("link", name="999")).to_be_in_viewport()
    thumb.taps_on(reach.get_by_role("link", name="Raise a concern"))
    expect(page.locator(".cm-reach").get_by_role("link", name="01632 960 111")).to_be_in_viewport()
    expect(page.get_by_label("What is it?")).to_have_value("observed")
    page.get_by_role("group", name="Who is it about?").get_by_text("M.B. WR-0001").click()
    thumb.taps += 1
    page.get_by_label("What happened?").fill("A bruise on the arm. They did not say how.")
    thumb.taps_on(page.locator(".cm-reach").get_by_role("button", name="Raise a concern"))
    expect(page.get_by_role("heading", level=1)).to_contain_text("Concern WR-S-")
    assert thumb.taps == 3
    with served.autumn.stage.work() as work:
        raised = list(work.db.scalars(select(Concern).order_by(Concern.id)))[-1]
        assert raised.happened.startswith("A bruise") and raised.state == "raised"
    assert not look.wrong, "\n".join(look.wrong)
    context.close()


def test_an_invoice_that_does_not_tally_is_refused_put_right_and_approved_by_the_second_person(
    browser: Browser, served: Served
) -> None:
    invoice = f"{served.address}/invoices/{served.autumn.keys['march']}"
    coordinator, finance = phone(browser, served, "coordinator"), phone(browser, served, "finance")
    accept(coordinator, served, 2)
    finance.goto(invoice)
    said = "Invoice says 6 h, accepted reports add up to 5 h 30: 12 March 2026 is missing."
    expect(finance.locator("main")).to_contain_text(said)
    differing = finance.locator("tr.cm-sides__off")
    expect(differing).to_have_count(1)
    for words in ("12 Mar 2026", "30 min", "no report", "+30 min"):
        expect(differing).to_contain_text(words)
    assert not finance.get_by_role("link", name="Approve", exact=True).count()
    finance.goto(f"{invoice}/approve")
    expect(finance.locator("main")).to_contain_text("This cannot be done yet")
    assert state(served) == "submitted"

    # The mentor finds the day that was left out, and reports it.
    mentor = phone(browser, served, "mentor")
    mentor.goto(f"{served.address}/activity-reports/add?commission_id={served.autumn.others['march'].commission_id}")
    for key in ("starts_on", "ends_on"):
        for part, value in (("day", "12"), ("month", "3"), ("year", "2026")):
            mentor.locator(f"[name='{key}.{part}']").fill(value)
    confirm(mentor)
    tap(mentor, "Send it")
    confirm(mentor)
    accept(coordinator, served, 1)

    finance.goto(invoice)
    expect(finance.locator("tr.cm-sides__off")).to_have_count(0)
    follows(finance.get_by_role("link", name="Approve", exact=True))
    confirm(finance)
    expect(finance.locator("main")).to_contain_text("Approved")
    assert state(served) == "approved"
    with served.autumn.stage.work("finance") as work:
        paid = work.get(Invoice, served.autumn.keys["march"])
        assert paid.approved_by == "Percy Oxlade" and paid.submitted_by != paid.approved_by
    for page in (coordinator, finance, mentor):
        page.context.close()


def accept(page: Page, served: Served, many: int) -> None:
    """Accept the reports of March that were sent, from the list of those that wait."""
    for _ in range(many):
        person = served.autumn.others["march"].person_id
        page.goto(f"{served.address}/activity-reports/?state=submitted&young_person_id={person}")
        follows(page.locator("main tbody a").first)
        tap(page, "Accept")
        confirm(page)
        expect(page.locator("main")).to_contain_text("Accepted")


def sessions(served: Served) -> int:
    with served.autumn.stage.work() as work:
        return len(list(work.db.scalars(select(MentoringSession.id))))


def state(served: Served) -> str:
    with served.autumn.stage.work("finance") as work:
        return work.get(Invoice, served.autumn.keys["march"]).state
