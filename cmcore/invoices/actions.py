"""What people do with an invoice: write it, send it, ask about it, approve it, pay it, undo it by a credit note."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from cmcore.activity_reports.actions import lock_reports
from cmcore.activity_reports.records import ActivityReport
from cmcore.answers.taking import taken
from cmcore.base.among import among
from cmcore.base.clock import day
from cmcore.base.findings import Finding, refuse
from cmcore.commissions.records import Commission
from cmcore.invoices import rules
from cmcore.invoices.forms import CreditAnswers, InvoiceAnswers, InvoiceLineAnswers, PaidAnswers
from cmcore.invoices.queries import (
    accepted_minutes,
    accepted_of_mentor,
    billed_by,
    billed_elsewhere,
    lines_of,
    logins_of_mentor,
    rates_of,
    tally_of,
)
from cmcore.invoices.records import Invoice, InvoiceLine
from cmcore.mentors.queries import hold_mentor
from cmcore.mentors.records import Mentor
from cmcore.safekeeping.access import beyond
from cmcore.safekeeping.refs import next_ref
from cmcore.safekeeping.work import Work, action
from cmcore.virtual_schools.records import Authority

#: States in which an invoice may still be changed.
OPEN = ("draft", "queried")
_LOCKS = beyond("an approved invoice locks its reports, whoever sees what they say")


@action("invoice.add")
def add_invoice(work: Work, answers: InvoiceAnswers, authority_id: int | None = None) -> Invoice:
    """Write an invoice of a mentor as a draft; without lines it takes every accepted day that was not billed yet.

    ``authority_id`` names the authority that is to pay, where somebody works in several.
    """
    answers = taken(work, answers)
    authority = work.get(Authority, _paying(work, authority_id))
    work.require("invoice.add", authority.id)
    mentor = work.get(Mentor, answers.mentor_id)
    invoice = work.add(
        Invoice(
            authority_id=authority.id,
            ref=next_ref(work, authority, "I"),
            mentor_id=mentor.id,
            number=answers.number,
            starts_on=answers.starts_on,
            ends_on=answers.ends_on,
        )
    )
    work.db.flush()
    _write_lines(work, invoice, answers)
    return invoice


@action("invoice.change")
def change_invoice(work: Work, invoice: Invoice, answers: InvoiceAnswers, version: int | None = None) -> Invoice:
    """Change an invoice that was not sent, or was asked about. Refuses any other, and a credit note."""
    if invoice.state not in OPEN or invoice.credits_id is not None:
        raise refuse(f"This invoice is “{invoice.state_label}” and stays as it is.", way_out="Write another one.")
    answers = taken(work, answers)
    if answers.mentor_id != invoice.mentor_id:
        raise refuse(
            "An invoice stays with its mentor.", place="mentor_id", way_out="Throw this one away and write another."
        )
    columns = {key: getattr(answers, key) for key in ("number", "starts_on", "ends_on")}
    # The lines are part of it: a change of theirs is one of the invoice, and counts for two who change it at once.
    work.change(invoice, version, **columns, total_pence=-1)
    for line in lines_of(work, invoice):
        work.db.delete(line)
    work.db.flush()
    _write_lines(work, invoice, answers)
    return invoice


@action("invoice.remove")
def remove_invoice(work: Work, invoice: Invoice) -> None:
    """Throw away a draft. Refuses one that was sent, and a credit note: both stay known."""
    if invoice.credits_id is not None:
        raise refuse("A credit note stays.", rule="R-INV-6", way_out="Write a new invoice for the same days.")
    if invoice.state != "draft":
        raise refuse("Only a draft can be thrown away.", way_out="Ask for it to be rejected.")
    for line in lines_of(work, invoice):
        work.db.delete(line)
    work.db.flush()
    work.db.delete(invoice)


@action("invoice.submit")
def submit_invoice(work: Work, invoice: Invoice) -> Invoice:
    """Send an invoice. R-INV-3 and R-INV-4 refuse; what does not tally yet is pointed out (R-INV-1, R-INV-2)."""
    if invoice.credits_id is not None:
        raise refuse("A credit note is not sent.", rule="R-INV-6", way_out="It has undone its invoice already.")
    hold_mentor(work, invoice.mentor_id)
    work.heed(_sendable(work, invoice))
    work.warnings.extend(rules.tallies(tally_of(work, invoice), work.policy_of(invoice)))
    work.move(invoice, "submit")
    work.change(
        invoice,
        submitted_at=work.clock.now(),
        submitted_by=work.actor.name,
        submitted_by_login=work.actor.login,
    )
    return invoice


@action("invoice.query")
def query_invoice(work: Work, invoice: Invoice, reason: str) -> Invoice:
    """Ask the mentor about an invoice, in words; it can then be changed and sent again."""
    work.move(invoice, "query", reason=reason)
    return invoice


@action("invoice.reject")
def reject_invoice(work: Work, invoice: Invoice, reason: str) -> Invoice:
    """Reject an invoice, in words; its days may be billed again."""
    work.move(invoice, "reject", reason=reason)
    return invoice


@action("invoice.approve")
def approve_invoice(work: Work, invoice: Invoice) -> Invoice:
    """Approve an invoice that tallies, by somebody who neither is the mentor nor sent it; its reports are locked."""
    hold_mentor(work, invoice.mentor_id)
    work.heed(findings_of(work, invoice))
    work.move(invoice, "approve")
    work.change(invoice, approved_at=work.clock.now(), approved_by=work.actor.name)
    _lock(work, invoice)
    return invoice


@action("invoice.pay")
def pay_invoice(work: Work, invoice: Invoice, answers: PaidAnswers) -> Invoice:
    """Say that an approved invoice was paid. Refuses a day after today."""
    answers = taken(work, answers)
    if answers.paid_on > work.today:
        raise refuse("That day is still to come.", place="paid_on", way_out="Give the day the money went.")
    work.move(invoice, "pay")
    work.change(invoice, paid_on=answers.paid_on)
    return invoice


@action("invoice.credit")
def credit_invoice(work: Work, invoice: Invoice, answers: CreditAnswers) -> Invoice:
    """Undo an approved invoice by a credit note of the same lines. Its reports stay locked (R-INV-6)."""
    answers = taken(work, answers)
    if invoice.credits_id is not None:
        raise refuse("A credit note is not undone.", way_out="Write a new invoice instead.")
    work.heed(_somebody_else(work, invoice))
    work.move(invoice, "credit", reason=answers.reason)
    note = work.add(
        Invoice(
            authority_id=invoice.authority_id,
            ref=next_ref(work, work.get(Authority, invoice.authority_id), "I"),
            mentor_id=invoice.mentor_id,
            number=answers.number,
            starts_on=invoice.starts_on,
            ends_on=invoice.ends_on,
            total_pence=-invoice.total_pence,
            credits_id=invoice.id,
        )
    )
    work.db.flush()
    for line in lines_of(work, invoice):
        copy = {
            key: getattr(line, key) for key in ("mentor_id", "commission_id", "session_on", "minutes", "rate_pence")
        }
        work.add(
            InvoiceLine(authority_id=note.authority_id, invoice_id=note.id, amount_pence=-line.amount_pence, **copy)
        )
    return note


def findings_of(work: Work, invoice: Invoice) -> list[Finding]:
    """Everything that stands in the way of approving an invoice as it is now, for whoever asks."""
    policy = work.policy_of(invoice)
    return [
        *_sendable(work, invoice),
        *rules.tallies(tally_of(work, invoice), policy),
        *_somebody_else(work, invoice),
    ]


def answers_of_invoice(work: Work, invoice: Invoice) -> InvoiceAnswers:
    """The invoice as the answers that would write it again."""
    lines = [
        InvoiceLineAnswers(
            commission_id=line.commission_id,
            session_on=line.session_on,
            minutes=line.minutes,
            rate_pence=line.rate_pence,
        )
        for line in lines_of(work, invoice)
    ]
    return InvoiceAnswers(
        mentor_id=invoice.mentor_id,
        number=invoice.number,
        starts_on=invoice.starts_on,
        ends_on=invoice.ends_on,
        lines=lines,
    )


def _paying(work: Work, authority_id: int | None) -> int:
    reached = sorted(work.scope.authorities) if work.scope else []
    if authority_id is None and len(reached) == 1:
        return reached[0]
    if authority_id is None:
        raise refuse("Which authority is to pay?", place="authority_id", way_out="Choose one.")
    return authority_id


def _write_lines(work: Work, invoice: Invoice, answers: InvoiceAnswers) -> None:
    given = list(answers.lines) or _unbilled(work, invoice)
    spots = [(line.commission_id, line.session_on) for line in given]
    if doubled := sorted({on for key, on in spots if spots.count((key, on)) > 1}):
        raise refuse(
            f"{day(doubled[0])} stands twice for one commission.",
            rule="R-INV-3",
            place="lines",
            way_out="Add the minutes of that day up in one line.",
        )
    work.heed(rules.inside({on for _, on in spots}, invoice.starts_on, invoice.ends_on))
    total = 0
    for line in given:
        commission = work.get(Commission, line.commission_id)
        if commission.mentor_id != invoice.mentor_id or commission.authority_id != invoice.authority_id:
            raise refuse(
                "That commission is another mentor's, or another authority's.",
                place="lines",
                way_out="Choose one of this mentor's own.",
            )
        rate = commission.rate_pence if line.rate_pence is None else line.rate_pence
        owed = rules.amount(line.minutes, rate)
        total += owed
        work.add(
            InvoiceLine(
                authority_id=invoice.authority_id,
                invoice_id=invoice.id,
                mentor_id=invoice.mentor_id,
                commission_id=commission.id,
                session_on=line.session_on,
                minutes=line.minutes,
                rate_pence=rate,
                amount_pence=owed,
            )
        )
    work.change(invoice, total_pence=total)


def _unbilled(work: Work, invoice: Invoice) -> list[InvoiceLineAnswers]:
    accepted = accepted_of_mentor(work, invoice.authority_id, invoice.mentor_id, invoice.starts_on, invoice.ends_on)
    spots = accepted.minutes.keys() - billed_elsewhere(work, accepted.minutes.keys(), invoice.id)
    if not spots:
        raise refuse(
            "No accepted report of these days waits to be billed.",
            place="starts_on",
            way_out="Choose other days, wait until the report is accepted, or enter the days yourself.",
        )
    return [
        InvoiceLineAnswers(commission_id=key, session_on=on, minutes=accepted.minutes[key, on], rate_pence=None)
        for key, on in sorted(spots, key=lambda spot: (spot[1], spot[0]))
    ]


def _sendable(work: Work, invoice: Invoice) -> list[Finding]:
    lines, policy = lines_of(work, invoice), work.policy_of(invoice)
    if not lines:
        return [Finding("There is nothing on this invoice.", place="lines", way_out="Add the days that are billed.")]
    billed = billed_by(lines)
    other = billed_elsewhere(work, [line.spot for line in billed], invoice.id)
    return [
        *rules.billed_once({on for _, on in other}, policy),
        *rules.rates_hold(billed, rates_of(work, {line.commission_id for line in lines}), invoice.total_pence, policy),
    ]


def _somebody_else(work: Work, invoice: Invoice) -> list[Finding]:
    logins = logins_of_mentor(work, invoice.authority_id, invoice.mentor_id)
    return rules.may_approve(work.actor.login, logins, invoice.submitted_by_login, work.policy_of(invoice))


def _lock(work: Work, invoice: Invoice) -> None:
    lines = lines_of(work, invoice)
    accepted = accepted_minutes(
        work, {line.commission_id for line in lines}, invoice.starts_on, invoice.ends_on
    ).reports
    ids = {key for line in lines for key in accepted.get((line.commission_id, line.session_on), ())}
    reports: Any = work.db.scalars(
        select(ActivityReport).where(among(ActivityReport.id, ids)), execution_options=_LOCKS
    )
    lock_reports(work, reports)
