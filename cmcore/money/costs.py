"""What the work cost in a financial year: for each young person, for each hour, and in all."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import func, select

from cmcore.base.clock import LONDON
from cmcore.commissions.records import Commission
from cmcore.enrolments.records import Enrolment
from cmcore.invoices.records import Invoice, InvoiceLine
from cmcore.money.queries import SPENT
from cmcore.money.records import Allocation
from cmcore.safekeeping.access import beyond
from cmcore.safekeeping.work import Work
from cmcore.sessions.records import MentoringSession
from cmcore.sessions.words import MET
from cmcore.young_people.records import YoungPerson

_SUMS = beyond("hours and pence are summed for each young person, by a number; names are read apart, within reach")

_REFS = beyond("a reference says whom money was spent on and nothing else of them; only whoever sees the money asks")


@dataclass(frozen=True)
class Cost:
    """What one young person's year cost: minutes held, pence paid to mentors, pence paid otherwise.

    ``minutes`` counts sessions in which they met. ``billed_minutes`` is what invoices paid for: it stands under the
    cost of an hour, so that an invoice still to come makes no hour look cheap.
    """

    young_person_id: int
    minutes: int = 0
    billed_minutes: int = 0
    mentoring_pence: int = 0
    other_pence: int = 0

    @property
    def spent_pence(self) -> int:
        """Everything that was paid."""
        return self.mentoring_pence + self.other_pence


@dataclass(frozen=True)
class YearCosts:
    """The costs of a year: each young person's, and what follows from them."""

    year: int
    costs: tuple[Cost, ...]

    @property
    def spent_pence(self) -> int:
        """Everything that was paid."""
        return sum(each.spent_pence for each in self.costs)

    @property
    def minutes(self) -> int:
        """All minutes held."""
        return sum(each.minutes for each in self.costs)

    @property
    def pence_each(self) -> int | None:
        """What one young person cost, over those something was paid for; nothing where nothing was paid."""
        paid_for = sum(1 for each in self.costs if each.spent_pence)
        return round(self.spent_pence / paid_for) if paid_for else None

    @property
    def pence_an_hour(self) -> int | None:
        """What one hour paid for cost; nothing where none was."""
        billed = sum(each.billed_minutes for each in self.costs)
        return round(sum(each.mentoring_pence for each in self.costs) * 60 / billed) if billed else None


def costs_of_year(work: Work, authority_id: int, year: int, programme_id: int | None = None) -> YearCosts:
    """What was held and paid from 1 April of ``year`` to 31 March, young person by young person, the dearest first.

    Three statements, whatever the number. ``programme_id`` counts one programme's commissions only, and no money set
    aside otherwise, which belongs to no programme.
    """
    first, after = date(year, 4, 1), date(year + 1, 4, 1)
    sums: dict[int, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    of_programme = (
        (Commission.enrolment_id.in_(select(Enrolment.id).where(Enrolment.programme_id == programme_id)),)
        if programme_id is not None
        else ()
    )
    held = (
        select(MentoringSession.young_person_id, func.sum(MentoringSession.minutes).label("minutes"))
        .join(Commission, Commission.id == MentoringSession.commission_id)
        .where(
            MentoringSession.authority_id == authority_id,
            MentoringSession.outcome.in_(MET),
            MentoringSession.starts_at >= datetime.combine(first, time(), LONDON),
            MentoringSession.starts_at < datetime.combine(after, time(), LONDON),
            *of_programme,
        )
        .group_by(MentoringSession.young_person_id)
    )
    billed = (
        select(
            Commission.young_person_id,
            func.sum(InvoiceLine.minutes).label("billed_minutes"),
            func.sum(InvoiceLine.amount_pence).label("mentoring_pence"),
        )
        .join(Commission, Commission.id == InvoiceLine.commission_id)
        .join(Invoice, Invoice.id == InvoiceLine.invoice_id)
        .where(
            InvoiceLine.authority_id == authority_id,
            Invoice.state.in_(SPENT),
            Invoice.credits_id.is_(None),
            InvoiceLine.session_on >= first,
            InvoiceLine.session_on < after,
            *of_programme,
        )
        .group_by(Commission.young_person_id)
    )
    _summed(work, held, sums)
    _summed(work, billed, sums)
    if programme_id is None:
        other = (
            select(Allocation.young_person_id, func.sum(Allocation.spent_pence).label("other_pence"))
            .where(
                Allocation.authority_id == authority_id,
                Allocation.spent_pence > 0,
                Allocation.spent_on >= first,
                Allocation.spent_on < after,
            )
            .group_by(Allocation.young_person_id)
        )
        _summed(work, other, sums)
    costs = [Cost(key, **found) for key, found in sums.items()]
    return YearCosts(
        year, tuple(sorted(costs, key=lambda each: (-each.spent_pence, -each.minutes, each.young_person_id)))
    )


def refs_of(work: Work, costs: Sequence[Cost]) -> dict[int, str]:
    """The references of these young people, also for whoever sees no child's record: money is asked about by them."""
    keys = [one.young_person_id for one in costs]
    asked = select(YoungPerson.id, YoungPerson.ref).where(YoungPerson.id.in_(keys))
    return {row.id: row.ref for row in work.db.execute(asked, execution_options=_REFS)}


def _summed(work: Work, asked: Any, sums: dict[int, dict[str, int]]) -> None:
    for row in work.db.execute(asked, execution_options=_SUMS):
        named = row._mapping
        if named["young_person_id"] is not None:
            for name, value in named.items():
                if name != "young_person_id":
                    sums[named["young_person_id"]][name] += int(value or 0)
