"""Invoices: day by day beside the accepted reports, with what stands in the way of paying."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from datetime import timedelta
from typing import Any, ClassVar

from flask import Response, url_for
from flask_appbuilder.baseviews import expose
from sqlalchemy import false, select
from sqlalchemy.orm import joinedload

from cmcore.base.clock import day, local, short_day
from cmcore.base.findings import Finding
from cmcore.base.words import hours, pounds
from cmcore.commissions.records import Commission
from cmcore.exchange.answers_files import guarded
from cmcore.forms import Form
from cmcore.invoices import rules
from cmcore.invoices.actions import (
    OPEN,
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
from cmcore.invoices.forms import CreditAnswers, InvoiceAnswers, PaidAnswers
from cmcore.invoices.queries import lines_of, tally_of, untallied, whom_of
from cmcore.invoices.records import Invoice
from cmcore.referrals.forms import ReasonAnswers
from cmcore.safekeeping.work import Work
from console import desk, lookups
from console.listing import Filter, Queue
from console.printing import download
from console.record_view import RecordView
from console.security import needs
from console.shown import State
from console.steps import Step
from console.together_acts import Together

_LOOKS = {
    "draft": ("none", "ring"),
    "submitted": ("note", "half"),
    "queried": ("warn", "warn"),
    "approved": ("ok", "tick"),
    "rejected": ("stop", "stop"),
}


def _in_the_way(work: Work, invoice: Invoice) -> Sequence[Finding]:
    return [one for one in findings_of(work, invoice) if one.blocks]


def _untallied(value: str, work: Work) -> Any:
    return untallied(work) if value == "differs" else false()


class Invoices(RecordView):
    """What mentors ask to be paid."""

    record = Invoice
    route_base = "/invoices"
    about = (
        "What mentors ask to be paid, day by day beside their accepted reports. "
        "One is approved only when both agree to the minute, by somebody who neither is the mentor nor sent it."
    )
    list_columns: ClassVar[list[str]] = ["ref", "mentor", "number", "starts_on", "ends_on", "total_pence", "state"]
    label_columns: ClassVar[dict[str, str]] = {
        "ref": "Invoice",
        "number": "Their number",
        "starts_on": "From",
        "ends_on": "To",
        "total_pence": "Total",
        "state": "Where it stands",
        "submitted_by": "Sent by",
        "approved_by": "Approved by",
    }
    number_columns: ClassVar[list[str]] = ["total_pence"]
    load_columns: ClassVar[list[str]] = ["mentor.name"]
    search_columns: ClassVar[list[str]] = ["ref", "number", "mentor.name"]
    everywhere: ClassVar[list[str]] = ["ref", "number"]
    only_references = True
    filter_columns: ClassVar[list[Any]] = [
        "state",
        "mentor_id",
        Filter("tally", "Tally", (("differs", "Does not tally"),), _untallied),
    ]
    order_columns: ClassVar[list[str]] = ["ref", "starts_on", "total_pence", "state"]
    base_order = ("starts_on", "desc")
    views: ClassVar[list[Any]] = [
        ("To approve", {"state": "submitted"}),
        ("To pay", {"state": "approved"}),
        ("Asked about", {"state": "queried"}),
    ]
    queues = (
        Queue(
            "Invoices that do not tally",
            {"tally": "differs"},
            "now",
            "Their minutes are not those of the accepted reports (R-INV-2).",
            "invoice.approve",
        ),
        Queue("Invoices to approve", {"state": "submitted"}, "week", "Look whether they tally.", "invoice.approve"),
        Queue("Invoices to pay", {"state": "approved"}, "week", "Approved, and not paid.", "invoice.pay"),
        Queue("Invoices asked about", {"state": "queried"}, "now", "Put right, and send again.", "session.report"),
    )
    show_columns: ClassVar[list[str]] = [
        "mentor",
        "number",
        "starts_on",
        "ends_on",
        "state",
        "total_pence",
        "submitted_by",
        "approved_by",
        "paid_on",
    ]
    show_template = "cm/invoice.html"
    empty_words = "No invoices yet. One is filled in from accepted activity reports by itself."

    add_form = InvoiceAnswers
    add_action = staticmethod(add_invoice)
    add_words = "New invoice"
    edit_form = InvoiceAnswers
    edit_action = staticmethod(change_invoice)
    remove_action = staticmethod(remove_invoice)
    steps = (
        Step(
            "submit",
            "Send it",
            submit_invoice,
            why="It is then looked at by somebody else.",
            offered=lambda invoice: invoice.state in OPEN and invoice.credits_id is None,
        ),
        Step(
            "approve",
            "Approve",
            approve_invoice,
            why="It can then be paid, and its reports are locked.",
            offered=lambda invoice: invoice.state == "submitted",
            stands_in_the_way=_in_the_way,
        ),
        Step(
            "query",
            "Ask the mentor about it",
            lambda work, invoice, answers: query_invoice(work, invoice, answers.reason),
            form=ReasonAnswers,
            act="invoice.query",
            why="It can then be changed and sent again.",
            offered=lambda invoice: invoice.state == "submitted",
        ),
        Step(
            "pay",
            "Say that it is paid",
            pay_invoice,
            form=PaidAnswers,
            why="The money has gone.",
            offered=lambda invoice: invoice.state == "approved",
        ),
        Step(
            "reject",
            "Reject",
            lambda work, invoice, answers: reject_invoice(work, invoice, answers.reason),
            form=ReasonAnswers,
            act="invoice.reject",
            why="Its days may then be billed again.",
            offered=lambda invoice: invoice.state in ("submitted", "queried"),
            grave=True,
        ),
        Step(
            "credit",
            "Undo with a credit note",
            credit_invoice,
            form=CreditAnswers,
            why="Its days may then be billed again; its reports stay locked.",
            offered=lambda invoice: invoice.state in ("approved", "paid") and invoice.credits_id is None,
            grave=True,
        ),
    )
    together = ("query", Together("pay", returns=False))

    def given(self, work: Work, form: Form, parent: Any) -> dict[str, Any]:
        """Last month, which is what is billed, and the mentor: whom the address names, or who is signed in."""
        last = work.today.replace(day=1) - timedelta(days=1)
        begins: dict[str, Any] = {"starts_on": last.replace(day=1).isoformat(), "ends_on": last.isoformat()}
        who = desk.account()
        own = {grant.mentor_id for grant in who.grants} if who is not None else set()
        if len(own) == 1 and None not in own:
            begins["mentor_id"] = own.pop()
        return begins | super().given(work, form, parent)

    def answers(self, form: Any, record: Any) -> Any:
        """The invoice with its lines as answers."""
        return answers_of_invoice(desk.work(), record)

    def lookup(self, of: str, text: str, about: Any) -> Any:
        """Of commissions, those that have begun; of a changed invoice, its mentor's."""
        if of != "commission":
            return super().lookup(of, text, about)
        begun = Commission.state.in_(("active", "completed", "ended_early"))
        return lookups.lookup(of, text, begun if about is None else begun & (Commission.mentor_id == about.mentor_id))

    def cell_total_pence(self, invoice: Invoice) -> str:
        """Pounds and pence."""
        return pounds(invoice.total_pence)

    def cell_state(self, invoice: Invoice) -> State:
        """What waits, and what went wrong, stands out."""
        if invoice.credits_id is not None:
            return State("Credit note", "note", "note")
        return State(invoice.state_label, *_LOOKS.get(invoice.state, ("plain", "dot")))

    def heading(self, invoice: Invoice) -> str:
        """Which invoice."""
        return f"Invoice {invoice.ref}"

    def settled(self, invoice: Invoice, doing: str) -> Sequence[Finding]:
        """What was sent stays as it is."""
        if doing == "edit" and (invoice.state not in OPEN or invoice.credits_id is not None):
            return (Finding(f"This invoice is “{invoice.state_label}” and stays as it is.", way_out="Write another."),)
        if doing == "remove" and invoice.credits_id is not None:
            return (Finding("A credit note stays.", rule="R-INV-6", way_out="Write a new invoice for the same days."),)
        if doing == "remove" and invoice.state != "draft":
            return (Finding("Only a draft can be thrown away.", way_out="Ask for it to be rejected."),)
        return ()

    def findings(self, work: Work, invoice: Invoice) -> list[Finding]:
        """What does not tally, while it may still be put right."""
        if invoice.state not in ("draft", "submitted", "queried") or invoice.credits_id is not None:
            return []
        return rules.tallies(tally_of(work, invoice), work.policy_of(invoice))

    def show_context(self, work: Work, record: Any, opened: bool) -> dict[str, Any]:
        """The facts, and each day: the invoice on the left, the accepted reports on the right."""
        context = super().show_context(work, record, opened)
        rows = tally_of(work, record) if record.credits_id is None else []
        owed = {(line.commission_id, line.session_on): line.amount_pence for line in lines_of(work, record)}
        whom = whom_of(work, {row.spot[0] for row in rows} | {key for key, _ in owed})
        context["days"] = [
            {
                "day": short_day(row.spot[1]),
                "whom": whom.get(row.spot[0], ""),
                "billed": hours(row.billed) if row.billed is not None else "not billed",
                "amount": pounds(owed[row.spot]) if row.spot in owed else "",
                "accepted": hours(row.accepted) if row.accepted is not None else "no report",
                "difference": _difference(row),
                "differs": row.billed is not None and row.differs,
            }
            for row in rows
        ]
        billed = sum(row.billed or 0 for row in rows)
        accepted = sum(row.accepted or 0 for row in rows if row.billed is not None)
        context["sums"] = {
            "billed": hours(billed),
            "amount": pounds(record.total_pence),
            "accepted": hours(accepted),
            "difference": _signed(billed - accepted),
        }
        context["title_of_days"] = f"{day(record.starts_on)} to {day(record.ends_on)}"
        return context

    def list_acts(self, work: Work) -> list[tuple[str, str]]:
        """The file for whoever pays."""
        acts = [("File for payment", "Invoices.payments", "invoice.pay")]
        acts.append(("From a workbook", "InvoiceWorkbooks.choose", "invoice.add"))
        return [(words, url_for(endpoint)) for words, endpoint, act in acts if work.may(act)]

    @expose("/payments.csv")
    @needs("invoice.pay")
    def payments(self) -> Response:
        """Approved invoices that are not paid, for whoever pays: no young person stands in it."""
        work = desk.work()
        asked = select(Invoice).where(Invoice.state == "approved").options(joinedload(Invoice.mentor))
        rows = io.StringIO()
        to = csv.writer(rows)
        to.writerow(("Invoice", "Mentor", "Mentor's number", "Pounds", "Approved on"))
        for one in work.db.scalars(asked.order_by(Invoice.approved_at, Invoice.id)):
            approved = local(one.approved_at).date().isoformat() if one.approved_at else ""
            cells = (one.ref, one.mentor.name, one.number, f"{one.total_pence / 100:.2f}", approved)
            to.writerow([guarded(cell) for cell in cells])
        return download("\ufeff" + rows.getvalue(), "text/csv; charset=utf-8", "payments.csv")


def _signed(minutes: int) -> str:
    return "same" if not minutes else f"{'+' if minutes > 0 else '−'}{hours(abs(minutes))}"


def _difference(row: rules.TallyRow) -> str:
    if row.billed is None:
        return "may be billed"
    return _signed(row.billed - (row.accepted or 0))
