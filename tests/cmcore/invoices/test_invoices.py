"""Invoices: written from accepted reports, tallied to the minute, approved by somebody else, and then fixed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

import pytest

from cmcore.activity_reports.actions import accept_report, draw_up_report, submit_report
from cmcore.activity_reports.forms import ActivityReportAnswers
from cmcore.activity_reports.records import ActivityReport
from cmcore.base.findings import NotAllowed, NotFound
from cmcore.invoices import rules
from cmcore.invoices.actions import (
    add_invoice,
    answers_of_invoice,
    approve_invoice,
    change_invoice,
    credit_invoice,
    findings_of,
    pay_invoice,
    query_invoice,
    reject_invoice,
    remove_invoice,
    submit_invoice,
)
from cmcore.invoices.forms import CreditAnswers, InvoiceAnswers, InvoiceLineAnswers, PaidAnswers
from cmcore.invoices.queries import lines_of, tally_of
from cmcore.invoices.records import Invoice
from cmcore.safekeeping.memberships import give_role
from cmcore.safekeeping.work import Work
from cmcore.sessions.forms import ImpactAnswers
from cmcore.testing import Stage, refused
from cmcore.testing.story import Story
from tests.databases import Beginning

FIRST, LAST = date(2026, 10, 1), date(2026, 10, 31)
OCTOBER = InvoiceAnswers(mentor_id=1, number="JT-10", starts_on=FIRST, ends_on=LAST)
SEEN = [ImpactAnswers(measure="confidence", note="Showed it to the class.", expected=True)]
DAYS = (date(2026, 10, 8), date(2026, 10, 15))


def settled(stage: Stage) -> Story:
    """A mentor with two sessions of an hour and a half in October, in a report that was accepted."""
    made = Story.begin(stage)
    stage.on(FIRST)
    with stage.work("operator") as work:
        made.started(work)
        give_role(work, stage.authority_id, "juno.tansyhurst", "mentor", mentor_id=made.mentor_id)
    stage.on(date(2026, 11, 10))
    with stage.work("operator") as work:
        made.logged(work, *DAYS, done="Printed a second colour, to see it change.", impact=SEEN)
        report = draw_up_report(work, ActivityReportAnswers(commission_id=1, starts_on=FIRST, ends_on=LAST))
        submit_report(work, report)
        accept_report(work, report)
    return made


@pytest.fixture
def beginning() -> Beginning:
    """What these tests begin with."""
    return settled


def mentor(story: Story) -> Work:
    return story.stage.work("mentor", mentor_id=story.mentor_id, login="juno.tansyhurst")


def finance(story: Story, login: str = "odile.marrowfen") -> Work:
    return story.stage.work("finance", login=login)


def written(story: Story, answers: InvoiceAnswers = OCTOBER) -> int:
    with mentor(story) as work:
        key: int = add_invoice(work, answers).id
    return key


def sent(story: Story, answers: InvoiceAnswers = OCTOBER) -> int:
    key = written(story, answers)
    with mentor(story) as work:
        submit_invoice(work, work.get(Invoice, key))
    return key


def approved(story: Story) -> int:
    key = sent(story)
    with finance(story) as work:
        approve_invoice(work, work.get(Invoice, key))
    return key


def billing(
    story: Story, days: Iterable[tuple[date, int]], number: str = "JT-11", rate: int | None = None
) -> InvoiceAnswers:
    lines = [
        InvoiceLineAnswers(commission_id=story.commission_id, session_on=on, minutes=minutes, rate_pence=rate)
        for on, minutes in days
    ]
    return replace(OCTOBER, number=number, lines=lines)


def test_without_lines_it_is_filled_in_from_accepted_reports(story: Story) -> None:
    key = written(story)
    with finance(story) as work:
        invoice = work.get(Invoice, key)
        lines = lines_of(work, invoice)
        assert [(line.session_on, line.minutes) for line in lines] == [(day, 90) for day in DAYS]
        assert (
            invoice.total_pence == sum(line.amount_pence for line in lines) == 2 * rules.amount(90, lines[0].rate_pence)
        )


def test_it_tallies_and_is_approved_and_paid_and_its_report_is_locked(story: Story) -> None:
    key = approved(story)
    with finance(story) as work:
        invoice = pay_invoice(work, work.get(Invoice, key), PaidAnswers(paid_on=date(2026, 11, 10)))
        assert (invoice.state, invoice.approved_by) == ("paid", "Hester Quillmarsh (finance)")
    with story.stage.work() as work:
        assert work.get(ActivityReport, 1).state == "locked"


def test_minutes_that_differ_are_shown_day_by_day_and_refused(story: Story) -> None:
    key = sent(story, billing(story, [(DAYS[0], 120), (DAYS[1], 90), (date(2026, 10, 22), 60)]))
    with finance(story) as work:
        invoice = work.get(Invoice, key)
        with refused("R-INV-2", "Invoice says 4 h 30, accepted reports add up to 3 h"):
            approve_invoice(work, invoice)
        said = [one.message for one in findings_of(work, invoice)]
        assert said == [
            "There is no accepted activity report for 22 October 2026.",
            "Invoice says 4 h 30, accepted reports add up to 3 h: 8 October 2026 differs by 30 min and "
            "22 October 2026 is missing.",
        ]
        rows = {row.spot[1]: (row.billed, row.accepted) for row in tally_of(work, invoice)}
        assert rows == {DAYS[0]: (120, 90), DAYS[1]: (90, 90), date(2026, 10, 22): (60, None)}


def test_a_day_accepted_and_not_billed_is_shown_and_does_not_stand_in_the_way(story: Story) -> None:
    key = sent(story, billing(story, [(DAYS[0], 90)]))
    with finance(story) as work:
        invoice = work.get(Invoice, key)
        assert [(row.billed, row.accepted) for row in tally_of(work, invoice)] == [(90, 90), (None, 90)]
        approve_invoice(work, invoice)
        assert invoice.state == "approved"


def test_a_day_is_billed_once(story: Story) -> None:
    sent(story)
    key = written(story, billing(story, [(DAYS[0], 90)]))
    with mentor(story) as work, refused("R-INV-3", "8 October 2026 is billed already"):
        submit_invoice(work, work.get(Invoice, key))


def test_a_rejected_invoice_sets_its_days_free(story: Story) -> None:
    key = sent(story)
    with finance(story) as work:
        reject_invoice(work, work.get(Invoice, key), "Sent twice.")
    sent(story, replace(OCTOBER, number="JT-12"))


def test_one_day_of_a_commission_stands_once_on_an_invoice(story: Story) -> None:
    with refused("R-INV-3", "stands twice"):
        written(story, billing(story, [(DAYS[0], 45), (DAYS[0], 45)]))


def test_the_rate_is_the_commissions(story: Story) -> None:
    key = written(story, billing(story, [(DAYS[0], 90)], rate=9_900))
    with mentor(story) as work, refused("R-INV-4", "the rate is £99.00, the commission says"):
        submit_invoice(work, work.get(Invoice, key))


def test_whoever_approves_is_neither_the_mentor_nor_whoever_sent_it(story: Story) -> None:
    key = sent(story)
    with finance(story, "juno.tansyhurst") as work, refused("R-INV-5", "It is your own invoice"):
        approve_invoice(work, work.get(Invoice, key))
    with finance(story) as work:
        query_invoice(work, work.get(Invoice, key), "Which school was it?")
    with story.stage.work("coordinator", login="hester") as work:
        submit_invoice(work, work.get(Invoice, key))
        with refused("R-INV-5", "You sent this invoice"):
            approve_invoice(work, work.get(Invoice, key))


def test_asked_about_it_can_be_changed_and_sent_again_and_not_after(story: Story) -> None:
    key = sent(story)
    with mentor(story) as work, refused(None, "stays as it is"):
        change_invoice(work, work.get(Invoice, key), OCTOBER)
    with finance(story) as work:
        query_invoice(work, work.get(Invoice, key), "Please leave the fifteenth for November.")
    with mentor(story) as work:
        invoice = work.get(Invoice, key)
        change_invoice(work, invoice, billing(story, [(DAYS[0], 90)], "JT-10"), invoice.version)
        submit_invoice(work, invoice)
        assert answers_of_invoice(work, invoice).lines[0].session_on == DAYS[0]
    with mentor(story) as work, refused(None, "Only a draft can be thrown away"):
        remove_invoice(work, work.get(Invoice, key))


def test_undoing_takes_a_credit_note_and_the_days_can_be_billed_again(story: Story) -> None:
    key = approved(story)
    with finance(story) as work:
        note = credit_invoice(work, work.get(Invoice, key), CreditAnswers(number="CN-1", reason="Wrong authority."))
        assert note.total_pence == -work.get(Invoice, key).total_pence
        assert sum(line.amount_pence for line in lines_of(work, note)) == note.total_pence
    with story.stage.work() as work:
        assert work.get(ActivityReport, 1).state == "locked"
    with finance(story) as work:
        with refused("R-INV-6", "A credit note stays"):
            remove_invoice(work, work.get(Invoice, note.id))
        with refused("R-INV-6", "A credit note is not sent"):
            submit_invoice(work, work.get(Invoice, note.id))
    again = sent(story, replace(OCTOBER, number="JT-13"))
    with finance(story) as work:
        approve_invoice(work, work.get(Invoice, again))


def test_minutes_found_after_their_day_was_approved_are_accepted_once_the_invoice_is_undone(story: Story) -> None:
    key = approved(story)
    with story.stage.work("operator") as work:
        story.logged(work, DAYS[0], hour=9, done="Finished the print, to show it.", impact=SEEN)
        late = draw_up_report(work, ActivityReportAnswers(commission_id=1, starts_on=FIRST, ends_on=LAST))
        submit_report(work, late)
        with refused("R-INV-2", "8 October 2026 stands on an approved invoice"):
            accept_report(work, late)
        assert late.state == "submitted"
    with finance(story) as work:
        credit_invoice(work, work.get(Invoice, key), CreditAnswers(number="CN-1", reason="A session was left out."))
    with story.stage.work("operator") as work:
        accept_report(work, work.get(ActivityReport, late.id))
    again = sent(story, replace(OCTOBER, number="JT-13"))
    with finance(story) as work:
        approve_invoice(work, work.get(Invoice, again))
        assert sum(line.minutes for line in lines_of(work, work.get(Invoice, again))) == 270


def test_a_day_outside_the_invoice_and_anothers_commission_are_refused(story: Story) -> None:
    with refused(None, "lies outside the days of the invoice"):
        written(story, billing(story, [(date(2026, 11, 3), 60)]))
    other = story.another_mentor()
    with story.stage.work("operator") as work:
        with refused(None, "another mentor's"):
            add_invoice(work, replace(billing(story, [(DAYS[0], 90)]), mentor_id=other))


def test_a_number_is_used_once_by_a_mentor(story: Story) -> None:
    written(story)
    with refused(None, "There is one with the same"):
        written(story, billing(story, [(DAYS[0], 90)], "JT-10"))


def test_a_mentor_neither_approves_nor_sees_anothers(story: Story) -> None:
    key = sent(story)
    with mentor(story) as work, pytest.raises(NotAllowed):
        approve_invoice(work, work.get(Invoice, key))
    with story.stage.work("mentor", mentor_id=story.another_mentor()) as work, pytest.raises(NotFound):
        work.get(Invoice, key)
    quill = story.stage.authority("991", "Quillshire", "QU")
    with story.stage.work("finance", authority_id=quill) as work, pytest.raises(NotFound):
        work.get(Invoice, key)


@pytest.mark.parametrize(
    ("minutes", "rate", "pence"), [(90, 3_000, 4_500), (1, 30, 1), (1, 29, 0), (50, 3_100, 2_583), (45, 2_502, 1_877)]
)
def test_half_a_penny_is_rounded_up(minutes: int, rate: int, pence: int) -> None:
    assert rules.amount(minutes, rate) == pence
