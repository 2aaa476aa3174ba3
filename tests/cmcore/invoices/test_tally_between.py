"""The tally of a whole authority says of each day what the tally of each invoice says."""

from __future__ import annotations

from datetime import date

import pytest

from cmcore.activity_reports.actions import accept_report, draw_up_report, submit_report
from cmcore.activity_reports.forms import ActivityReportAnswers
from cmcore.base.findings import NotAllowed
from cmcore.invoices.actions import add_invoice, submit_invoice
from cmcore.invoices.forms import InvoiceAnswers, InvoiceLineAnswers
from cmcore.invoices.queries import tally_between, tally_of
from cmcore.sessions.forms import ImpactAnswers
from cmcore.testing import Stage
from cmcore.testing.story import Story

OCTOBER = (date(2026, 10, 1), date(2026, 10, 31))
DAYS = (date(2026, 10, 8), date(2026, 10, 15), date(2026, 10, 22))


def test_an_authoritys_tally_is_that_of_its_invoices_and_what_nobody_billed(stage: Stage) -> None:
    made = Story.begin(stage)
    stage.on(date(2026, 10, 1))
    with stage.work("operator") as work:
        made.started(work)
    stage.on(date(2026, 11, 10))
    seen = [ImpactAnswers(measure="confidence", note="Showed it.", expected=True)]
    with stage.work("operator") as work:
        made.logged(work, *DAYS, done="Printed.", impact=seen)
        report = draw_up_report(
            work, ActivityReportAnswers(commission_id=made.commission_id, starts_on=OCTOBER[0], ends_on=OCTOBER[1])
        )
        accept_report(work, submit_report(work, report))
        lines = [
            InvoiceLineAnswers(commission_id=made.commission_id, session_on=on, minutes=minutes, rate_pence=None)
            for on, minutes in ((DAYS[0], 90), (DAYS[1], 60))
        ]
        told = {"mentor_id": made.mentor_id, "number": "1", "starts_on": OCTOBER[0], "ends_on": OCTOBER[1]}
        invoice = add_invoice(work, InvoiceAnswers(**told, lines=lines))
        drafted = tally_between(work, stage.authority_id, *OCTOBER)
        assert [(row.billed, row.accepted) for row in drafted] == [(None, 90)] * 3, "a draft bills nothing yet"
        submit_invoice(work, invoice)
    with stage.work() as work:
        rows = tally_between(work, stage.authority_id, *OCTOBER)
        assert [(row.billed, row.accepted) for row in rows] == [(90, 90), (60, 90), (None, 90)]
        assert rows == tally_of(work, invoice)
    with stage.work("evaluator") as work, pytest.raises(NotAllowed):
        tally_between(work, stage.authority_id, *OCTOBER)
