"""Reports and invoices in the console: sent by the mentor, accepted, refused where they differ, approved, paid."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from sqlalchemy import Engine

from cmcore.safekeeping.memberships import give_role
from cmcore.sessions.forms import ImpactAnswers
from cmcore.testing import Stage
from cmcore.testing.story import Story
from console import accounts
from console.app import create_app
from tests.console import town
from tests.console.visitor import Visitor
from tests.databases import Beginning

PEOPLE = {"hester.quillmarsh": "coordinator", "odile.marrowfen": "finance"}
SEEN = [ImpactAnswers(measure="confidence", note="Showed it to the class.", expected=True)]


@pytest.fixture
def engine(bare_engine: Engine) -> Engine:
    """A database of this test's own people."""
    return bare_engine


def settled(stage: Stage) -> Story:
    """A mentor who held two sessions in October, a coordinator and a finance officer."""
    made = Story.begin(stage)
    stage.on(date(2026, 10, 1))
    with stage.work("operator") as work:
        made.started(work)
        for login, role in PEOPLE.items():
            give_role(work, stage.authority_id, login, role)
        give_role(work, stage.authority_id, "juno.tansyhurst", "mentor", mentor_id=made.mentor_id)
    stage.on(date(2026, 11, 10))
    with stage.work("operator") as work:
        made.logged(work, date(2026, 10, 8), date(2026, 10, 15), done="Printed a second colour.", impact=SEEN)
    for login in (*PEOPLE, "juno.tansyhurst"):
        name = login.replace(".", " ").title()
        accounts.open_account(stage.engine, login=login, name=name, password=town.PASSWORD)
    return made


@pytest.fixture
def beginning() -> Beginning:
    """What these tests begin with."""
    return settled


def at_the_console(story: Story, login: str) -> Visitor:
    return Visitor(create_app(story.stage.engine, clock=story.stage.clock)).signs_in(login)


def days(**more: str) -> dict[str, str]:
    return {
        "starts_on.day": "1",
        "starts_on.month": "10",
        "starts_on.year": "2026",
        "ends_on.day": "31",
        "ends_on.month": "10",
        "ends_on.year": "2026",
        **more,
    }


def presses(visitor: Visitor, path: str, **fields: str) -> Visitor:
    """Open a step's page and send it; it must be kept."""
    visitor.opens(path).sends(path, **fields)
    assert visitor.status == 303, visitor.page
    return visitor.opens(visitor.answer.location)


def reported(story: Story) -> Visitor:
    """The mentor, who has sent the report of October."""
    mentor = at_the_console(story, "juno.tansyhurst")
    presses(mentor, "/activity-reports/add", **days(commission_id="1"))
    return presses(mentor, "/activity-reports/1/submit")


def accepted(story: Story) -> Visitor:
    """The coordinator, who has accepted it."""
    reported(story)
    return presses(at_the_console(story, "hester.quillmarsh"), "/activity-reports/1/accept")


def test_a_mentor_draws_up_and_sends_a_report_of_the_four_parts(story: Story) -> None:
    page = reported(story).page
    assert "8 Oct 2026, 14:00 to 15:30" in page and "Printed a second colour." in page
    assert "Showed it to the class." in page and "Sent" in page


def test_what_is_missing_is_shown_before_it_is_sent_with_its_rule(story: Story) -> None:
    with story.stage.work("operator") as work:
        story.logged(work, date(2026, 10, 22), done="Cut a block.", impact=[])
    mentor = at_the_console(story, "juno.tansyhurst")
    presses(mentor, "/activity-reports/add", **days(commission_id="1"))
    assert "22 October 2026: what came of it is missing." in mentor.page and "R-REP-1" in mentor.page
    assert "Not yet." in mentor.page


def test_a_report_is_read_as_a_document_and_the_reading_is_written_down(story: Story) -> None:
    mentor = reported(story).opens("/activity-reports/1/paper")
    assert mentor.answer.mimetype == "application/pdf" and mentor.answer.data.startswith(b"%PDF")
    assert "Mossy" not in mentor.answer.headers["Content-Disposition"]


def test_the_coordinator_sends_it_back_with_words(story: Story) -> None:
    reported(story)
    coordinator = presses(
        at_the_console(story, "hester.quillmarsh"), "/activity-reports/1/return", reason="Say why lino."
    )
    assert "Sent back" in coordinator.page
    home = at_the_console(story, "juno.tansyhurst").page
    assert "Reports sent back to you" in home
    assert 'href="/activity-reports/1"' in home.partition("Sent back to you")[2].partition("What is next")[0]


def test_an_invoice_fills_itself_is_approved_by_finance_and_paid(story: Story) -> None:
    accepted(story)
    mentor = at_the_console(story, "juno.tansyhurst")
    presses(mentor, "/invoices/add", **days(mentor_id="1", number="JT-10"))
    assert "1 h 30" in mentor.page and "same" in mentor.page
    presses(mentor, "/invoices/1/submit")
    finance = presses(at_the_console(story, "odile.marrowfen"), "/invoices/1/approve")
    assert "Approved" in finance.page
    # Whose hours they are is told by initials and reference, and by no name nor number of our own.
    assert "M.B. WR-0001" in finance.page and "commission 1" not in finance.page and "Mossy" not in finance.page
    told = finance.opens("/invoices/payments.csv")
    assert "Juno Tansyhurst,JT-10" in told.page and "Mossy" not in told.page and "WR-0001" not in told.page
    paid = {"paid_on.day": "10", "paid_on.month": "11", "paid_on.year": "2026"}
    assert "Paid" in presses(finance, "/invoices/1/pay", **paid).page


def test_a_new_invoice_begins_with_last_month_and_a_mentor_with_themself(story: Story) -> None:
    def begun(who: str, asked: str = "") -> list[str]:
        page = at_the_console(story, who).opens(f"/invoices/add{asked}").page
        found = re.findall(r'name="(?:starts|ends)_on\.(?:day|month)"[^>]*value="(\d+)"', page)
        return [*found, *re.findall(r'name="mentor_id" value="(\d+)" checked', page)]

    last = story.stage.clock.today().replace(day=1) - timedelta(days=1)
    days = ["1", str(last.month), str(last.day), str(last.month)]
    assert begun("juno.tansyhurst") == [*days, str(story.mentor_id)]
    assert begun("hester.quillmarsh", "?starts_on=x")[:4] == days
    assert begun("hester.quillmarsh", f"?mentor_id={story.mentor_id}") == [*days, str(story.mentor_id)]


def test_one_that_differs_is_refused_with_both_sides_shown(story: Story) -> None:
    accepted(story)
    mentor = at_the_console(story, "juno.tansyhurst").opens("/invoices/add")
    line = {
        "lines.0.commission_id": "1",
        "lines.0.session_on.day": "8",
        "lines.0.session_on.month": "10",
        "lines.0.session_on.year": "2026",
        "lines.0.minutes": "120",
    }
    mentor.sends("/invoices/add", **days(mentor_id="1", number="JT-10"), **line)
    assert mentor.status == 303, mentor.page
    presses(mentor, "/invoices/1/submit")
    finance = at_the_console(story, "odile.marrowfen").opens("/invoices/1")
    assert "Invoice says 2 h, accepted reports add up to 1 h 30" in finance.page
    assert "+30 min" in finance.page and "R-INV-2" in finance.page
    finance.opens("/invoices/1/approve")
    assert "This cannot be done yet" in finance.page


def test_finance_sees_no_report(story: Story) -> None:
    reported(story)
    for path in ("/activity-reports/", "/activity-reports/1", "/activity-reports/1/paper"):
        assert at_the_console(story, "odile.marrowfen").opens(path).status in (403, 404)
