"""An invoice drawn up from a mentor's own workbook: read, looked at, then written as a draft like any other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from cmcore.base.clock import day
from cmcore.base.findings import Refused, refuse
from cmcore.commissions.records import Commission
from cmcore.enrolments.records import Enrolment
from cmcore.exchange.columns import Matched
from cmcore.exchange.given import GivenFile
from cmcore.exchange.tables import folded
from cmcore.exchange.workbook.form_sheet import sheet_book
from cmcore.invoices.actions import add_invoice
from cmcore.invoices.forms import InvoiceAnswers, InvoiceLineAnswers
from cmcore.invoices.records import Invoice
from cmcore.mentors.records import Mentor
from cmcore.safekeeping.work import Work, action
from cmcore.virtual_schools.records import Authority
from cmcore.workbooks.bringing_in import LARGEST
from cmcore.workbooks.headings import IMPORTER
from cmcore.workbooks.invoice_rows import Billable, OwnInvoice, OwnRow, read_own
from cmcore.workbooks.known import known_as
from cmcore.workbooks.remembering import of_mentor, recalled, remember

#: Commissions that can be billed.
_BEGUN = ("active", "completed", "ended_early")


def billable_of(work: Work, authority_id: int, mentor_id: int) -> list[Billable]:
    """The mentor's commissions that can be billed, with how people may write whom each is with."""
    asked = (
        select(Commission)
        .where(Commission.authority_id == authority_id, Commission.mentor_id == mentor_id, Commission.state.in_(_BEGUN))
        .options(joinedload(Commission.enrolment).joinedload(Enrolment.young_person))
        .order_by(Commission.id)
    )
    made = []
    for one in work.db.scalars(asked):
        person = one.enrolment.young_person
        told = [one.enrolment.ref]
        if person is not None:
            names = (person.preferred_name or person.given_name, person.given_name, person.full_name)
            told += [person.ref, str(person), person.initials, person.initials.replace(".", ""), *names]
        words = str(person) if person is not None else one.enrolment.ref
        made.append(
            Billable(one.id, words, tuple(dict.fromkeys(folded(each) for each in told if each)), one.rate_pence)
        )
    return _without_doubt(made)


def _without_doubt(billable: Sequence[Billable]) -> list[Billable]:
    """Of several commissions for one young person the latest that is there: rows name people, not commissions."""
    latest = {one.words: one for one in billable}
    return list(latest.values())


def headings_of(work: Work, authority_id: int, mentor_id: int) -> Mapping[str, str]:
    """How the mentor's workbook calls our columns, as it was confirmed last; nothing the first time."""
    found = recalled(work, authority_id, IMPORTER, of_mentor(mentor_id))
    return dict(found.headings) if found is not None else {}


def read_own_invoice(
    work: Work,
    authority: Authority,
    mentor: Mentor,
    given: GivenFile,
    headings: Mapping[str, str] | None = None,
    matched: Matched | None = None,
) -> OwnInvoice:
    """What a mentor's own workbook bills.

    ``headings`` say which of its columns is which by their words, ``matched`` by sheet, row and place, where somebody
    said so.
    """
    work.require("invoice.add", authority.id)
    with given.open() as stream:
        blob = stream.read(LARGEST + 1)
    made = OwnInvoice(given.name)
    try:
        book = sheet_book(blob, given.name)
    except Refused as refused:
        made.findings = list(refused.findings)
        return made
    known = {**headings_of(work, authority.id, mentor.id), **(headings or {})}
    return read_own(book, given.name, billable_of(work, authority.id, mentor.id), work.today, known, matched)


@action("invoice.add")
def draft_own_invoice(work: Work, authority: Authority, mentor: Mentor, read: OwnInvoice, number: str) -> Invoice:
    """Write a draft of what was read, and remember the mentor's headings. What could not be read is not billed.

    Refuses where nothing was read, and what :func:`add_invoice` refuses.
    """
    if not read.rows or read.found is None:
        raise refuse("There is nothing to bill in this workbook.", way_out="Look at what could not be read.")
    if not number.strip():
        raise refuse("Give the number of the invoice.", place="number", way_out="As it stands on the mentor's own.")
    days = [one.held_on for one in read.rows]
    answers = InvoiceAnswers(
        mentor_id=mentor.id,
        number=number.strip(),
        starts_on=min(days),
        ends_on=max(days),
        lines=_lines(read.rows),
    )
    invoice = add_invoice(work, answers, authority_id=authority.id)
    known_by, act = of_mentor(mentor.id), "invoice.add"
    remember(work, authority.id, IMPORTER, known_by, read.found.words, act=act, mentor_id=mentor.id)
    return invoice


def _lines(rows: Sequence[OwnRow]) -> list[InvoiceLineAnswers]:
    """One line for each commission and day, whatever the number of rows. Refuses two rates on one day."""
    summed: dict[tuple[int, date], int] = {}
    rates: dict[tuple[int, date], int | None] = {}
    for one in rows:
        spot = (one.commission_id, one.held_on)
        if rates.setdefault(spot, one.rate_pence) != one.rate_pence:
            raise refuse(
                f"Two rates stand beside {day(one.held_on)} (row {one.row}).", way_out="A day is billed at one rate."
            )
        summed[spot] = summed.get(spot, 0) + one.minutes
    return [
        InvoiceLineAnswers(commission_id=spot[0], session_on=spot[1], minutes=minutes, rate_pence=rates[spot])
        for spot, minutes in summed.items()
    ]


def mentors_billed(work: Work, authority_id: int) -> list[tuple[int, str]]:
    """The mentors whose invoices may be drawn up here, by initials and reference."""
    asked = select(Commission.mentor_id).where(Commission.authority_id == authority_id, Commission.state.in_(_BEGUN))
    found = work.db.scalars(select(Mentor).where(Mentor.id.in_(asked)).order_by(Mentor.ref))
    return [(one.id, known_as(one)) for one in found]
