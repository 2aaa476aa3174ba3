"""The papers of the stories: activity reports and invoices of a few mentors, made by the actions people use."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import replace
from datetime import date, timedelta

from sqlalchemy import Engine, select

from cmcore.activity_reports.actions import accept_report, draw_up_report, submit_report
from cmcore.activity_reports.forms import ActivityReportAnswers
from cmcore.activity_reports.records import ActivityReport
from cmcore.base.clock import StoppedClock
from cmcore.base.findings import Refused
from cmcore.commissions.records import Commission
from cmcore.invoices.actions import (
    add_invoice,
    answers_of_invoice,
    approve_invoice,
    change_invoice,
    pay_invoice,
    submit_invoice,
)
from cmcore.invoices.forms import InvoiceAnswers, PaidAnswers
from cmcore.invoices.records import Invoice
from cmcore.mentors.records import Mentor
from cmcore.safekeeping.scope import Actor, operator_scope
from cmcore.safekeeping.work import Work

#: How many mentors have papers, and how many months back they go.
MENTORS, MONTHS = 3, 2

_MENTOR = Actor("juno.tansyhurst", "Juno Tansyhurst")
_COORDINATOR = Actor("hester.quillmarsh", "Hester Quillmarsh")
_FINANCE = Actor("odile.marrowfen", "Odile Marrowfen")


class Paperwork:
    """Writes the papers of one authority, month by month, as they would have been written."""

    def __init__(self, engine: Engine, authority_id: int, today: date) -> None:
        """Write for an authority, up to a day."""
        self._engine, self._authority_id, self._today = engine, authority_id, today

    def write(self) -> None:
        """Reports of the last full months, accepted but for the newest; an invoice of each month and mentor."""
        mentors = self._mentors()
        for back in range(MONTHS, 0, -1):
            first, last = self._month(back)
            for number, mentor_id in enumerate(mentors):
                for commission_id in self._commissions(mentor_id):
                    self._report(commission_id, first, last, accepted=back > 1 or number < 2)
                self._bill(mentor_id, first, last, paid=back > 1, wrong=back == 1 and number == 1)

    def _work(self, actor: Actor, on: date, hour: int = 18) -> Work:
        return Work(
            self._engine, actor, operator_scope({self._authority_id}, self._today), clock=StoppedClock.on(on, hour)
        )

    def _month(self, back: int) -> tuple[date, date]:
        first = self._today.replace(day=1)
        for _ in range(back):
            first = (first - timedelta(days=1)).replace(day=1)
        return first, first.replace(day=monthrange(first.year, first.month)[1])

    def _mentors(self) -> list[int]:
        with self._work(_COORDINATOR, self._today) as work:
            known = select(Mentor.id).where(Mentor.state == "active").order_by(Mentor.name != _MENTOR.name, Mentor.id)
            return list(work.db.scalars(known.limit(MENTORS)))

    def _commissions(self, mentor_id: int) -> list[int]:
        with self._work(_COORDINATOR, self._today) as work:
            asked = select(Commission.id).where(Commission.mentor_id == mentor_id, Commission.state == "active")
            return list(work.db.scalars(asked.order_by(Commission.id)))

    def _report(self, commission_id: int, first: date, last: date, *, accepted: bool) -> None:
        """One report; where a session tells too little it stays a draft, and where there is none nothing is made."""
        answers = ActivityReportAnswers(commission_id=commission_id, starts_on=first, ends_on=last, summary=None)
        try:
            with self._work(_MENTOR, last) as work:
                key = draw_up_report(work, answers).id
            with self._work(_MENTOR, last, 19) as work:
                report = submit_report(work, work.get(ActivityReport, key))
        except Refused:
            return
        if accepted:
            with self._work(_COORDINATOR, min(last + timedelta(days=3), self._today)) as work:
                accept_report(work, work.get(type(report), key))

    def _bill(self, mentor_id: int, first: date, last: date, *, paid: bool, wrong: bool) -> None:
        on = min(last + timedelta(days=5), self._today)
        answers = InvoiceAnswers(
            mentor_id=mentor_id, number=f"{first:%Y-%m}-{mentor_id:02d}", starts_on=first, ends_on=last, lines=[]
        )
        try:
            with self._work(_MENTOR, on) as work:
                key = add_invoice(work, answers).id
        except Refused:
            return
        with self._work(_MENTOR, on) as work:
            invoice = work.get(Invoice, key)
            if wrong:
                self._half_an_hour_more(work, invoice)
            submit_invoice(work, invoice)
        if paid:
            with self._work(_FINANCE, on) as work:
                invoice = approve_invoice(work, work.get(Invoice, key))
                pay_invoice(work, invoice, PaidAnswers(paid_on=on))

    def _half_an_hour_more(self, work: Work, invoice: Invoice) -> None:
        """Bill more of one day than its report says, so that there is an invoice to ask about."""
        answers = answers_of_invoice(work, invoice)
        first, *others = answers.lines
        change_invoice(work, invoice, replace(answers, lines=[replace(first, minutes=first.minutes + 30), *others]))
