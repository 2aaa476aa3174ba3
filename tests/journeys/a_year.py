"""A programme year as a machine: people do whatever they can think of, in any order, and what must hold is checked."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, timedelta
from functools import partial

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from cmcore.activity_reports import actions as reports
from cmcore.activity_reports.forms import ActivityReportAnswers
from cmcore.activity_reports.records import ActivityReport
from cmcore.concerns import actions as concerns
from cmcore.concerns.forms import ConcernAnswers, ConcernClosedAnswers, ConcernToldAnswers
from cmcore.concerns.records import Concern
from cmcore.concerns.words import ConcernKind, Told
from cmcore.invoices import actions as invoices
from cmcore.invoices.forms import CreditAnswers, InvoiceAnswers, PaidAnswers
from cmcore.invoices.records import Invoice
from cmcore.safekeeping.work import Work
from cmcore.sessions.actions import add_session
from tests.journeys.year_work import ENDS, FEW, WHICH, WorkOfAYear


class ProgrammeYear(WorkOfAYear):
    """With reports, invoices and concerns: everything people do in a year."""

    # ---- what usually happens, so that there is something to do wrong with
    @rule(hour=st.integers(9, 14), minutes=st.sampled_from((45, 60, 75)))
    @precondition(lambda self: self.today < ENDS)
    def a_working_week(self, hour: int, minutes: int) -> None:
        """A week goes by in which every mentor meets everybody they work with, and writes it down."""
        self.days_pass(7)
        for key in self._living():
            on = self.today - timedelta(days=key % 6)
            self.tries("coordinator", partial(self._logged, key, on, hour, minutes))

    def _logged(self, key: int, on: date, hour: int, minutes: int, work: Work) -> None:
        add_session(work, self._form(key, on, hour, minutes))

    @rule()
    def a_month_is_reported(self) -> None:
        """What was written down is reported, sent and accepted."""
        for key in self._living():
            days = ActivityReportAnswers(
                commission_id=key, starts_on=self.today - timedelta(days=40), ends_on=self.today, summary=None
            )

            def act(work: Work, days: ActivityReportAnswers = days) -> None:
                reports.accept_report(work, reports.submit_report(work, reports.draw_up_report(work, days)))

            self.tries("coordinator", act)

    def _living(self) -> list[int]:
        return [row[0] for row in self._asked("SELECT id FROM cm_commission WHERE state = 'active' ORDER BY id")]

    @rule(mentor=st.integers(1, 2), number=st.integers(10, 99), more=st.sampled_from((0, 0, 0, -1, 30)))
    def an_invoice_goes_through(self, mentor: int, number: int, more: int) -> None:
        """What was accepted is billed, rightly or with some minutes more or less; it is sent, and is to be approved."""
        days = InvoiceAnswers(
            mentor_id=mentor, number=f"N-{number}", starts_on=self.today - timedelta(days=60), ends_on=self.today
        )

        def act(work: Work) -> None:
            made = invoices.add_invoice(work, days)
            if more:
                self._altered(work, made, 0, more)
            invoices.submit_invoice(work, made)

        if self.tries("mentor", act, f"mentor.{mentor}", mentor):
            self.move_an_invoice(which=-1, way="approve", who="odile.marrowfen")

    # ---- reports
    @rule(which=WHICH, back=st.integers(5, 40))
    def draw_up(self, which: int, back: int) -> None:
        """A report is drawn up over some days."""
        key = self.one("cm_commission", which) or 0
        days = ActivityReportAnswers(
            commission_id=key, starts_on=self.today - timedelta(days=back), ends_on=self.today, summary=None
        )
        self.tries("mentor", lambda work: reports.draw_up_report(work, days), mentor=self._mentor_of(key))

    @rule(which=WHICH, way=st.sampled_from(("submit", "submit", "accept", "accept", "return", "remove")))
    def move_a_report(self, which: int, way: str) -> None:
        """A report is sent, accepted, sent back or thrown away, whether or not it is the time for it."""
        key = self.one("cm_activity_report", which)

        def act(work: Work) -> None:
            report = work.get(ActivityReport, key or 0)
            if way == "return":
                reports.return_report(work, report, "Say where it was.")
            else:
                {"submit": reports.submit_report, "accept": reports.accept_report, "remove": reports.remove_report}[
                    way
                ](work, report)

        self.tries("coordinator", act)

    # ---- invoices
    @rule(which=st.integers(1, 2), back=st.integers(5, 60), number=st.integers(1, 9))
    def bill(self, which: int, back: int, number: int) -> None:
        """A mentor writes an invoice over some days."""
        days = InvoiceAnswers(
            mentor_id=which, number=f"N-{number}", starts_on=self.today - timedelta(days=back), ends_on=self.today
        )
        self.tries("mentor", lambda work: invoices.add_invoice(work, days), f"mentor.{which}", which)

    @rule(which=WHICH, more=st.sampled_from((-30, -1, 1, 60)), line=FEW)
    def tamper(self, which: int, more: int, line: int) -> None:
        """A line of an invoice says other minutes than were worked."""
        key = self.one("cm_invoice", which)

        def act(work: Work) -> None:
            self._altered(work, work.get(Invoice, key or 0), line, more)

        self.tries("coordinator", act)

    def _altered(self, work: Work, invoice: Invoice, line: int, more: int) -> None:
        answers = invoices.answers_of_invoice(work, invoice)
        lines = list(answers.lines)
        wrong = lines[line % len(lines)]
        lines[line % len(lines)] = replace(wrong, minutes=max(wrong.minutes + more, 1))
        invoices.change_invoice(work, invoice, replace(answers, lines=lines))

    @rule(
        which=WHICH,
        way=st.sampled_from(("submit", "submit", "approve", "approve", "pay", "query", "reject", "credit", "remove")),
        who=st.sampled_from(("odile.marrowfen", "percy.oxlade")),
    )
    def move_an_invoice(self, which: int, way: str, who: str) -> None:
        """An invoice is sent, approved, paid, asked about, rejected or undone, whether or not it is the time for it."""
        key = self.one("cm_invoice", which)

        def act(work: Work) -> None:
            invoice = work.get(Invoice, key or 0)
            if way == "query":
                invoices.query_invoice(work, invoice, "Which day?")
            elif way == "reject":
                invoices.reject_invoice(work, invoice, "Not ours.")
            elif way == "pay":
                invoices.pay_invoice(work, invoice, PaidAnswers(paid_on=self.today))
            elif way == "credit":
                note = CreditAnswers(number=f"C-{key}", reason="Billed to the wrong line.")
                invoices.credit_invoice(work, invoice, note)
            else:
                steps = {
                    "submit": invoices.submit_invoice,
                    "approve": invoices.approve_invoice,
                    "remove": invoices.remove_invoice,
                }
                steps[way](work, invoice)

        self.tries("finance", act, who)

    # ---- concerns
    @rule(which=st.integers(1, 2))
    def worry(self, which: int) -> None:
        """A concern is raised."""
        told = ConcernAnswers(
            young_person_id=which,
            kind_of_concern=ConcernKind.observed,
            happened="Came without a coat again.",
            said=None,
            immediate_action=None,
            told=[],
        )
        self.tries("coordinator", lambda work: concerns.raise_concern(work, told))

    @rule(which=WHICH, way=st.sampled_from(("acknowledge", "social_worker", "virtual_school", "pass_on", "close")))
    def answer_a_concern(self, which: int, way: str) -> None:
        """Somebody does something about a concern."""
        key = self.one("cm_concern", which)

        def act(work: Work) -> None:
            concern = work.get(Concern, key or 0)
            if way in tuple(Told):
                told = ConcernToldAnswers(
                    told=Told(way), told_at=self.stage.clock.now().astimezone(UTC), told_name=None, text=None
                )
                concerns.tell_of_concern(work, concern, told)
            elif way == "close":
                concerns.close_concern(work, concern, ConcernClosedAnswers(reason="A coat was bought."))
            else:
                {"acknowledge": concerns.acknowledge_concern, "pass_on": concerns.pass_on_concern}[way](work, concern)

        self.tries("coordinator", act)

    @rule(which=WHICH, told=st.sets(st.sampled_from(("social_worker", "virtual_school", "carer"))))
    def a_concern_is_followed(self, which: int, told: set[str]) -> None:
        """It is read, some people are told, and it is to be passed on."""
        for way in ("acknowledge", *sorted(told), "pass_on"):
            self.answer_a_concern(which=which, way=way)
