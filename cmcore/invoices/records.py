"""What is kept of an invoice: DOMAIN §6. Money is whole pence, time whole minutes."""

from __future__ import annotations

from datetime import date, datetime
from typing import ClassVar

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, Integer, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from cmcore.base.lifecycle import Lifecycle, State, Stateful, Transition
from cmcore.base.records import Instant, Kept, OfAuthority, Record, parent, within
from cmcore.commissions.records import Commission
from cmcore.mentors.records import Mentor

INVOICE_LIFE = Lifecycle(
    "invoice",
    (
        State("draft", "Being written"),
        State("submitted", "Sent"),
        State("queried", "Asked about"),
        State("approved", "Approved"),
        State("paid", "Paid", ended=True),
        State("rejected", "Rejected", ended=True),
        State("credited", "Undone by a credit note", ended=True),
    ),
    (
        Transition("submit", ("draft", "queried"), "submitted", "Send", guards=("billed_once",)),
        Transition("query", ("submitted",), "queried", "Ask about it", needs_reason=True),
        Transition("approve", ("submitted",), "approved", "Approve", guards=("tallies",)),
        Transition("reject", ("submitted", "queried"), "rejected", "Reject", needs_reason=True),
        Transition("pay", ("approved",), "paid", "Say that it is paid"),
        Transition("credit", ("approved", "paid"), "credited", "Undo with a credit note", needs_reason=True),
    ),
)
#: States in which what an invoice bills counts as billed (R-INV-3).
LIVE = ("submitted", "queried", "approved", "paid")


class Invoice(Kept, OfAuthority, Stateful, Record):
    """What a mentor asks an authority to pay for some days. A credit note is an invoice that undoes another."""

    __tablename__ = "cm_invoice"
    __table_args__ = (
        parent(),
        within("cm_invoice", "credits_id"),
        UniqueConstraint("authority_id", "mentor_id", "number"),
        CheckConstraint("starts_on <= ends_on", name="in_order"),
        Index("ix_cm_invoice_waiting", "authority_id", "state", "submitted_at"),
    )
    life = INVOICE_LIFE
    about: ClassVar[str] = "money"
    retention: ClassVar[str] = "six years"
    words: ClassVar[tuple[str, str]] = ("invoice", "invoices")

    ref: Mapped[str] = mapped_column(String(20), nullable=False, unique=True)
    mentor_id: Mapped[int] = mapped_column(ForeignKey("cm_mentor.id"), nullable=False, index=True)
    #: The mentor's own number for it.
    number: Mapped[str] = mapped_column(String(40), nullable=False)
    starts_on: Mapped[date] = mapped_column(Date, nullable=False)
    ends_on: Mapped[date] = mapped_column(Date, nullable=False)
    #: The sum of the lines in pence, repeated so that lists need not add up; below nothing on a credit note.
    total_pence: Mapped[int] = mapped_column(Integer, nullable=False, default=0)
    submitted_at: Mapped[datetime | None] = mapped_column(Instant)
    submitted_by: Mapped[str] = mapped_column(String(120), nullable=False, default="")
    submitted_by_login: Mapped[str] = mapped_column(String(120), nullable=False, default="")
    approved_at: Mapped[datetime | None] = mapped_column(Instant)
    approved_by: Mapped[str] = mapped_column(String(120), nullable=False, default="")
    paid_on: Mapped[date | None] = mapped_column(Date)
    #: On a credit note: the invoice it undoes.
    credits_id: Mapped[int | None] = mapped_column(Integer, index=True)

    mentor: Mapped[Mentor] = relationship()

    def __str__(self) -> str:
        """Its reference and the mentor's own number."""
        return f"{self.ref}, {self.number}"


class InvoiceLine(OfAuthority, Record):
    """One day of one commission on an invoice: how long, at which rate, how much."""

    __tablename__ = "cm_invoice_line"
    __table_args__ = (
        within("cm_invoice", "invoice_id"),
        within("cm_commission", "commission_id"),
        UniqueConstraint("invoice_id", "commission_id", "session_on"),
        CheckConstraint("minutes > 0", name="some_time"),
        Index("ix_cm_invoice_line_billed", "commission_id", "session_on"),
    )
    about: ClassVar[str] = "money"
    retention: ClassVar[str] = "six years"
    words: ClassVar[tuple[str, str]] = ("invoice line", "invoice lines")

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    invoice_id: Mapped[int] = mapped_column(Integer, nullable=False)
    #: The invoice's mentor, repeated for reach.
    mentor_id: Mapped[int] = mapped_column(ForeignKey("cm_mentor.id"), nullable=False, index=True)
    commission_id: Mapped[int] = mapped_column(Integer, nullable=False)
    session_on: Mapped[date] = mapped_column(Date, nullable=False)
    minutes: Mapped[int] = mapped_column(Integer, nullable=False)
    #: The rate in pence an hour.
    rate_pence: Mapped[int] = mapped_column(Integer, nullable=False)
    amount_pence: Mapped[int] = mapped_column(Integer, nullable=False)

    commission: Mapped[Commission] = relationship(primaryjoin="foreign(InvoiceLine.commission_id) == Commission.id")
    invoice: Mapped[Invoice] = relationship(primaryjoin="foreign(InvoiceLine.invoice_id) == Invoice.id")
