"""Before a report is accepted: no day of it stands on an invoice that was approved without these minutes (R-INV-2)."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select

from cmcore.activity_reports.guards import guard
from cmcore.activity_reports.queries import sessions_of
from cmcore.activity_reports.records import ActivityReport
from cmcore.base.clock import local
from cmcore.base.findings import Finding
from cmcore.invoices import rules
from cmcore.invoices.records import Invoice, InvoiceLine
from cmcore.safekeeping.access import beyond
from cmcore.safekeeping.work import Work

_PAID_FOR = beyond("whether a day was approved on an invoice is answered by its day")


@guard("still_to_be_billed")
def still_to_be_billed(work: Work, report: ActivityReport, on: date) -> list[Finding]:
    """R-INV-2: minutes accepted after an invoice over their day was approved would never tally, nor ever be paid."""
    days = {local(each.starts_at).date() for each in sessions_of(work, report) if each.chargeable}
    if not days:
        return []
    asked = (
        select(InvoiceLine.session_on)
        .join(Invoice, Invoice.id == InvoiceLine.invoice_id)
        .where(
            InvoiceLine.commission_id == report.commission_id,
            InvoiceLine.session_on.in_(days),
            Invoice.state.in_(("approved", "paid")),
            Invoice.credits_id.is_(None),
        )
    )
    return rules.not_approved_already(set(work.db.scalars(asked, execution_options=_PAID_FOR)), work.policy_of(report))
