"""What is read for invoices: their lines, the minutes accepted reports hold, and what is billed elsewhere."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement, false, select

from cmcore.activity_reports.records import ActivityReport
from cmcore.base.among import among
from cmcore.base.clock import LONDON, local
from cmcore.commissions.records import Commission
from cmcore.enrolments.records import Enrolment
from cmcore.invoices.records import LIVE, Invoice, InvoiceLine
from cmcore.invoices.rules import Billed, Spot, TallyRow, tally
from cmcore.safekeeping.access import beyond
from cmcore.safekeeping.records import Membership
from cmcore.safekeeping.work import Work
from cmcore.sessions.records import MentoringSession
from cmcore.virtual_schools.records import Setting
from cmcore.young_people.records import YoungPerson

_MINUTES = beyond("minutes of accepted reports are summed by commission and day, whoever sees the sessions themselves")
_BILLED = beyond("whether a day is billed elsewhere is answered by its day")
_WHOM = beyond("initials and reference say whose hours are billed; whoever settles them need see no child's record")
_LOGINS = beyond("whose invoice it is decides who may not approve it; yes or no comes back")

#: Reports whose minutes may be billed.
ACCEPTED = ("accepted", "locked")


@dataclass(frozen=True)
class Accepted:
    """Minutes of accepted reports by commission and day, and the reports they stand in."""

    minutes: dict[Spot, int]
    reports: dict[Spot, set[int]]


def lines_of(work: Work, invoice: Invoice) -> list[InvoiceLine]:
    """The lines of an invoice, in order of day."""
    asked = select(InvoiceLine).where(InvoiceLine.invoice_id == invoice.id)
    return list(work.db.scalars(asked.order_by(InvoiceLine.session_on, InvoiceLine.commission_id)))


def billed_by(lines: Iterable[InvoiceLine]) -> list[Billed]:
    """Lines as the rules read them."""
    return [
        Billed((line.commission_id, line.session_on), line.minutes, line.rate_pence, line.amount_pence)
        for line in lines
    ]


def accepted_minutes(work: Work, commission_ids: Collection[int], starts_on: date, ends_on: date) -> Accepted:
    """Chargeable minutes of accepted reports of these commissions, by commission and day of England's wall clock."""
    found = _accepted(work, starts_on, ends_on, among(MentoringSession.commission_id, commission_ids))
    return _by_spot(found)


def accepted_of_mentor(work: Work, authority_id: int, mentor_id: int, starts_on: date, ends_on: date) -> Accepted:
    """The same of everything a mentor did for an authority on these days."""
    return _by_spot(
        _accepted(
            work,
            starts_on,
            ends_on,
            (MentoringSession.mentor_id == mentor_id) & (MentoringSession.authority_id == authority_id),
        )
    )


def _accepted(work: Work, starts_on: date, ends_on: date, which: Any) -> Iterable[Any]:
    first = datetime.combine(starts_on, time(), LONDON)
    after = datetime.combine(ends_on + timedelta(days=1), time(), LONDON)
    asked = (
        select(
            MentoringSession.commission_id,
            MentoringSession.starts_at,
            MentoringSession.minutes,
            MentoringSession.activity_report_id,
        )
        .join(ActivityReport, ActivityReport.id == MentoringSession.activity_report_id)
        .where(
            which,
            ActivityReport.state.in_(ACCEPTED),
            MentoringSession.chargeable,
            MentoringSession.outcome.is_not(None),
            MentoringSession.starts_at >= first,
            MentoringSession.starts_at < after,
        )
    )
    return work.db.execute(asked, execution_options=_MINUTES)


def _by_spot(rows: Iterable[Any]) -> Accepted:
    minutes: dict[Spot, int] = defaultdict(int)
    reports: dict[Spot, set[int]] = defaultdict(set)
    for commission_id, starts_at, length, report_id in rows:
        spot = (commission_id, local(starts_at).date())
        minutes[spot] += length
        reports[spot].add(report_id)
    return Accepted(dict(minutes), dict(reports))


def billed_elsewhere(work: Work, spots: Collection[Spot], but: int | None = None) -> set[Spot]:
    """Which of these commissions and days stand on another live invoice."""
    if not spots:
        return set()
    asked = (
        select(InvoiceLine.commission_id, InvoiceLine.session_on)
        .join(Invoice, Invoice.id == InvoiceLine.invoice_id)
        .where(
            among(InvoiceLine.commission_id, {key for key, _ in spots}),
            InvoiceLine.session_on >= min(on for _, on in spots),
            InvoiceLine.session_on <= max(on for _, on in spots),
            Invoice.state.in_(LIVE),
            Invoice.credits_id.is_(None),
        )
    )
    if but is not None:
        asked = asked.where(Invoice.id != but)
    rows = {(row.commission_id, row.session_on) for row in work.db.execute(asked, execution_options=_BILLED)}
    return rows & set(spots)


def tally_of(work: Work, invoice: Invoice) -> list[TallyRow]:
    """The days of an invoice beside those of accepted reports, and days that were accepted and are billed nowhere."""
    billed = {(line.commission_id, line.session_on): line.minutes for line in lines_of(work, invoice)}
    accepted = accepted_of_mentor(
        work, invoice.authority_id, invoice.mentor_id, invoice.starts_on, invoice.ends_on
    ).minutes
    other = billed_elsewhere(work, accepted.keys() - billed.keys(), invoice.id)
    return tally(billed, {spot: minutes for spot, minutes in accepted.items() if spot not in other})


def tally_between(work: Work, authority_id: int, starts_on: date, ends_on: date) -> list[TallyRow]:
    """Every commission and day of an authority in some days: what live invoices bill beside what reports hold.

    Two statements, however much there is; a commission and day that is billed in parts is summed.
    """
    work.require("invoice.see", authority_id)
    asked = (
        select(InvoiceLine.commission_id, InvoiceLine.session_on, InvoiceLine.minutes)
        .join(Invoice, Invoice.id == InvoiceLine.invoice_id)
        .where(
            InvoiceLine.authority_id == authority_id,
            InvoiceLine.session_on.between(starts_on, ends_on),
            Invoice.state.in_(LIVE),
            Invoice.credits_id.is_(None),
        )
    )
    billed: dict[Spot, int] = defaultdict(int)
    for commission_id, session_on, minutes in work.db.execute(asked, execution_options=_BILLED):
        billed[commission_id, session_on] += minutes
    accepted = _accepted(work, starts_on, ends_on, MentoringSession.authority_id == authority_id)
    return tally(billed, _by_spot(accepted).minutes)


def untallied(work: Work) -> ColumnElement[bool]:
    """The invoices sent whose minutes are not those of accepted reports (R-INV-1, R-INV-2), as a condition.

    Two statements, however many were sent; one where none was.
    """
    asked = (
        select(InvoiceLine.invoice_id, InvoiceLine.commission_id, InvoiceLine.session_on, InvoiceLine.minutes)
        .join(Invoice, Invoice.id == InvoiceLine.invoice_id)
        .where(Invoice.state == "submitted", Invoice.credits_id.is_(None))
    )
    lines = list(work.db.execute(asked))
    if not lines:
        return false()
    days = [line.session_on for line in lines]
    held = accepted_minutes(work, {line.commission_id for line in lines}, min(days), max(days)).minutes
    return among(
        Invoice.id,
        {line.invoice_id for line in lines if held.get((line.commission_id, line.session_on), 0) != line.minutes},
    )


def rates_of(work: Work, commission_ids: Collection[int]) -> dict[int, int]:
    """The rate of each commission in pence an hour."""
    asked = select(Commission.id, Commission.rate_pence).where(among(Commission.id, commission_ids))
    return {row.id: row.rate_pence for row in work.db.execute(asked, execution_options=_MINUTES)}


def logins_of_mentor(work: Work, authority_id: int, mentor_id: int) -> set[str]:
    """The sign-in names of a mentor in an authority."""
    asked = select(Membership.login).where(Membership.authority_id == authority_id, Membership.mentor_id == mentor_id)
    return set(work.db.scalars(asked, execution_options=_LOGINS))


def whom_of(work: Work, commission_ids: Collection[int]) -> dict[int, str]:
    """Whom each commission is for, as an invoice says it: initials and reference, or the school. Never a name.

    Finance settles hours by them and reads no child's record, so nothing else of one is read.
    """
    work.require("invoice.see")
    asked = (
        select(
            Commission.id,
            YoungPerson.ref,
            YoungPerson.given_name,
            YoungPerson.preferred_name,
            YoungPerson.family_name,
            Setting.name,
        )
        .join(Enrolment, Enrolment.id == Commission.enrolment_id)
        .outerjoin(YoungPerson, YoungPerson.id == Commission.young_person_id)
        .outerjoin(Setting, Setting.id == Enrolment.setting_id)
        .where(among(Commission.id, commission_ids), Commission.authority_id.in_(_reached(work)))
    )
    return {
        key: str(YoungPerson(ref=ref, given_name=given, preferred_name=preferred or "", family_name=family))
        if ref
        else school or ""
        for key, ref, given, preferred, family, school in work.db.execute(asked, execution_options=_WHOM)
    }


def _reached(work: Work) -> list[int]:
    return sorted(key for key in (work.scope.authorities if work.scope else ()) if work.may("invoice.see", key))
