"""Accepting a report and approving an invoice over one day at the same instant: one of the two goes first (R-INV-2)."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Event

import pytest

from cmcore.activity_reports.actions import accept_report, draw_up_report, submit_report
from cmcore.activity_reports.forms import ActivityReportAnswers
from cmcore.activity_reports.records import ActivityReport
from cmcore.base.findings import Refused
from cmcore.invoices.actions import add_invoice, approve_invoice, submit_invoice
from cmcore.invoices.forms import InvoiceAnswers
from cmcore.invoices.queries import tally_of
from cmcore.invoices.records import Invoice
from cmcore.safekeeping.work import Work
from cmcore.sessions.forms import ImpactAnswers
from cmcore.testing import Stage
from cmcore.testing.story import Story
from tests.databases import Beginning

FIRST, LAST, DAY = date(2026, 10, 1), date(2026, 10, 31), date(2026, 10, 8)
SEEN = [ImpactAnswers(measure="confidence", note="Showed it to the class.", expected=True)]
OCTOBER = ActivityReportAnswers(commission_id=1, starts_on=FIRST, ends_on=LAST)


def billed_and_written_up_again(stage: Stage) -> Story:
    """The morning of a day was accepted and is on an invoice that was sent; a report of its afternoon was sent too."""
    made = Story.begin(stage)
    stage.on(FIRST)
    with stage.work("operator") as work:
        made.started(work)
    stage.on(date(2026, 11, 10))
    with stage.work("operator") as work:
        made.logged(work, DAY, done="Printed a second colour.", impact=SEEN)
        accept_report(work, submit_report(work, draw_up_report(work, OCTOBER)))
        written = InvoiceAnswers(mentor_id=made.mentor_id, number="JT-10", starts_on=FIRST, ends_on=LAST)
        submit_invoice(work, add_invoice(work, written))
        made.logged(work, DAY, done="Cut the next block.", impact=SEEN, hour=16, minutes=60)
        submit_report(work, draw_up_report(work, OCTOBER))
    return made


@pytest.fixture
def beginning() -> Beginning:
    """What these tests begin with."""
    return billed_and_written_up_again


def accept(work: Work) -> None:
    accept_report(work, work.get(ActivityReport, 2))


def approve(work: Work) -> None:
    approve_invoice(work, work.get(Invoice, 1))


@pytest.mark.parametrize(("first", "second"), [(accept, approve), (approve, accept)])
def test_of_the_two_one_goes_first_and_the_other_is_refused(
    story: Story, first: Callable[[Work], None], second: Callable[[Work], None]
) -> None:
    acted, may_end, ended = Event(), Event(), Event()

    def leads() -> None:
        with story.stage.work("head", login="imogen.dunmarsh") as work:
            first(work)
            acted.set()
            may_end.wait(10)

    def follows() -> None:
        try:
            with story.stage.work("head", login="odile.marrowfen") as work:
                second(work)
        finally:
            ended.set()

    with ThreadPoolExecutor(2) as pool:
        leading = pool.submit(leads)
        assert acted.wait(10)
        following = pool.submit(follows)
        # Long enough for the second to be through where nothing holds it back; it is refused however slow it is.
        ended.wait(0.3)
        may_end.set()
        leading.result()
        with pytest.raises(Refused) as refused:
            following.result()
    assert refused.value.findings[0].rule == "R-INV-2"
    with story.stage.work("operator") as work:
        invoice, report = work.get(Invoice, 1), work.get(ActivityReport, 2)
        assert (invoice.state, report.state) in (("submitted", "accepted"), ("approved", "submitted"))
        differing = [row for row in tally_of(work, invoice) if row.differs]
        assert bool(differing) == (invoice.state == "submitted")
