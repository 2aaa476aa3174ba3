"""What was done in a term: referrals, starts, ends, sessions, hours, money. A few statements, counts and sums only."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import func, select

from cmcore.base.clock import LONDON
from cmcore.base.periods import Term
from cmcore.commissions.records import Commission
from cmcore.enrolments.records import Enrolment
from cmcore.evidence.counting import Counting
from cmcore.evidence.disclosure.grids import Column
from cmcore.evidence.reports.columns import Counted
from cmcore.invoices.records import Invoice, InvoiceLine
from cmcore.money.queries import SPENT
from cmcore.programmes.records import Programme
from cmcore.programmes.registry import programme_types
from cmcore.referrals.records import Referral
from cmcore.safekeeping.access import beyond
from cmcore.safekeeping.work import Work
from cmcore.sessions.records import MentoringSession
from cmcore.sessions.words import MET

_REASON = beyond("counts and sums of a programme in a term, for whoever may see its evidence; no person comes back")


@dataclass(frozen=True)
class Activity:
    """What was done in a programme in a term, up to ``to``. Counts are of young people, but for the sessions."""

    term: Term
    to: date
    received: int
    began: int
    #: How many ended: the state's key, its words, and the number.
    ended: tuple[tuple[str, str, int], ...]
    at_end: int
    mentored: int
    sessions: int
    recorded: int
    minutes: int
    spent_pence: int
    paid_for: int

    @property
    def mark(self) -> str:
        """What sets the counts of this term apart from those of another."""
        return f"term-{self.term.starts_on.isoformat()}"

    def columns(self) -> Iterator[Counted]:
        """The counts of young people, for disclosure control; ``started`` is everybody at work in the term."""
        yield Column(f"{self.mark}.received"), self.received
        yield Column(f"{self.mark}.began", within="started"), self.began
        yield Column(f"{self.mark}.mentored", within="started"), self.mentored
        yield Column(f"{self.mark}.paid_for"), self.paid_for
        yield Column(f"{self.mark}.at_end", part_of="started"), self.at_end
        yield Column(f"{self.mark}.ended", part_of="started"), sum(often for _, _, often in self.ended)
        for key, _, often in self.ended:
            yield Column(f"{self.mark}.ended.{key}", part_of=f"{self.mark}.ended"), often


def activity_of(work: Work, programme: Programme, term: Term, to: date, counting: Counting) -> Activity:
    """What was done in a term; ``counting`` knows the enrolments at work in it.

    Nobody's permission is asked here; each statement names the authority.
    """
    life = programme_types().of(programme.type_key).lifecycle
    ours = (Enrolment.authority_id == programme.authority_id, Enrolment.programme_id == programme.id)
    at_work = select(counting.started.c.id)
    received = select(func.count(Referral.id)).where(
        Referral.authority_id == programme.authority_id,
        Referral.programme_id == programme.id,
        Referral.state != "draft",
        Referral.received_on >= term.starts_on,
        Referral.received_on <= to,
    )
    began = select(func.count(Enrolment.id)).where(
        *ours, Enrolment.started_on >= term.starts_on, Enrolment.started_on <= to
    )
    ended = (
        select(Enrolment.state, func.count())
        .where(*ours, Enrolment.id.in_(at_work), Enrolment.ended_on <= to)
        .group_by(Enrolment.state)
    )
    states = {state: int(often) for state, often in _rows(work, ended)}
    everybody = select(func.count(Enrolment.id)).where(*ours, Enrolment.id.in_(at_work))
    by_end = tuple((one.key, one.label, states.get(one.key, 0)) for one in life.states if one.ended)
    held = (
        MentoringSession.authority_id == programme.authority_id,
        MentoringSession.enrolment_id.in_(at_work),
        MentoringSession.outcome.is_not(None),
        MentoringSession.starts_at >= datetime.combine(term.starts_on, time(), LONDON),
        MentoringSession.starts_at < datetime.combine(to + timedelta(days=1), time(), LONDON),
    )
    met = select(
        func.count(MentoringSession.enrolment_id.distinct()),
        func.count(MentoringSession.id),
        func.coalesce(func.sum(MentoringSession.minutes), 0),
    ).where(*held, MentoringSession.outcome.in_(MET))
    recorded = select(func.count(MentoringSession.id)).where(*held)
    # Counted together: each is a statement the database need not be asked again for.
    numbers = select(*(one.scalar_subquery() for one in (everybody, received, began, recorded)))
    ((whole, so_many_received, so_many_began, so_many_recorded),) = _rows(work, numbers)
    ((mentored, sessions, minutes),) = _rows(work, met)
    ((pence, paid_for),) = _rows(work, _spent(programme, term, to))
    return Activity(
        term=term,
        to=to,
        received=int(so_many_received),
        began=int(so_many_began),
        ended=by_end,
        at_end=int(whole) - sum(often for _, _, often in by_end),
        mentored=int(mentored),
        sessions=int(sessions),
        recorded=int(so_many_recorded),
        minutes=int(minutes),
        spent_pence=int(pence),
        paid_for=int(paid_for),
    )


def _spent(programme: Programme, term: Term, to: date) -> Any:
    """What approved and paid invoices say of the sessions of the term, and for how many young people."""
    return (
        select(func.coalesce(func.sum(InvoiceLine.amount_pence), 0), func.count(Commission.enrolment_id.distinct()))
        .join(Commission, Commission.id == InvoiceLine.commission_id)
        .join(Enrolment, Enrolment.id == Commission.enrolment_id)
        .join(Invoice, Invoice.id == InvoiceLine.invoice_id)
        .where(
            Enrolment.programme_id == programme.id,
            InvoiceLine.authority_id == programme.authority_id,
            Invoice.state.in_(SPENT),
            Invoice.credits_id.is_(None),
            InvoiceLine.session_on >= term.starts_on,
            InvoiceLine.session_on <= to,
        )
    )


def _rows(work: Work, asked: Any) -> list[Any]:
    return list(work.db.execute(asked, execution_options=_REASON).all())
