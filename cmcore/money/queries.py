"""What is read of money: the accounts of a year's funding lines, what is left of one, and the rate of a year."""

from __future__ import annotations

import tomllib
from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from importlib.resources import files

from sqlalchemy import ColumnElement, func, or_, select

from cmcore.base.findings import Finding
from cmcore.base.periods import financial_year, years_after
from cmcore.commissions.records import Commission
from cmcore.funding.records import FundingLine
from cmcore.funding.words import FundingKind
from cmcore.invoices.records import Invoice, InvoiceLine
from cmcore.money import rules
from cmcore.money.account import Aside, LineAccount, Promised, account_of
from cmcore.money.records import Allocation, YearRate
from cmcore.money.words import AllocationUse
from cmcore.safekeeping.access import beyond
from cmcore.safekeeping.work import Work
from cmcore.sessions.queries import used_of_commission
from cmcore.young_people.records import YoungPerson

_SUMS = beyond("what is promised and spent of a line is summed over everybody it is for; nobody is named")

#: States in which a commission may still be drawn on, and those it counts in once it has ended.
LIVE = ("approved", "active")
COUNTED = (*LIVE, "completed", "ended_early")
#: States in which an invoice is money spent.
SPENT = ("approved", "paid")


@dataclass(frozen=True)
class LineStanding:
    """A funding line with its account and what is to be said of it today."""

    line: FundingLine
    account: LineAccount
    findings: tuple[Finding, ...] = ()
    red: bool = False


def lines_of_year(work: Work, authority_id: int, year: int) -> list[FundingLine]:
    """The funding lines of a financial year within reach, kind by kind, by name."""
    asked = select(FundingLine).where(FundingLine.authority_id == authority_id, FundingLine.financial_year == year)
    kinds = [str(kind) for kind in FundingKind]
    found = work.db.scalars(asked.order_by(FundingLine.name, FundingLine.id))
    return sorted(found, key=lambda line: kinds.index(line.kind_of_money))


def standing_of_year(work: Work, authority_id: int, year: int) -> list[LineStanding]:
    """Every funding line of a year with its account as it stands today, in four statements however many they are."""
    lines = lines_of_year(work, authority_id, year)
    keys = [line.id for line in lines]
    promised, aside = _promised(work, keys), _aside(work, keys)
    policy = work.policy_of(authority_id)
    told = []
    for line in lines:
        account = account_of(line.amount_pence, promised[line.id], aside[line.id], work.today, year)
        said = rules.uncommitted(line.kind_of_money, year, account.uncommitted_pence, work.today, policy)
        told.append(LineStanding(line, account, tuple(said), bool(said) and rules.is_red(year, work.today, policy)))
    return told


def uncommitted_lines(work: Work) -> ColumnElement[bool]:
    """The lines of which Pupil Premium Plus is promised to nobody near 31 March (R-PPP-3), as a condition.

    Outside those months it costs no statement.
    """
    year = financial_year(work.today)
    keys = sorted(work.scope.authorities) if work.scope else []
    found = [
        one.line.id
        for key in keys
        if rules.is_raised(year, work.today, work.policy_of(key))
        for one in standing_of_year(work, key, year)
        if one.findings
    ]
    return FundingLine.id.in_(found)


def left_to_set_aside(work: Work, line: FundingLine, but: int | None = None) -> int:
    """What of a line is set aside for nobody, in pence; ``but`` leaves one allocation out of the sum."""
    asked = select(func.coalesce(func.sum(Allocation.amount_pence), 0)).where(Allocation.funding_line_id == line.id)
    if but is not None:
        asked = asked.where(Allocation.id != but)
    return line.amount_pence - int(work.db.scalar(asked, execution_options=_SUMS) or 0)


def live_commissions_on(work: Work, allocation: Allocation) -> bool:
    """Whether a commission that may be drawn on relies on this money, and no other of the same line stands for it."""
    same = (Allocation.funding_line_id == allocation.funding_line_id) & (
        Allocation.young_person_id == allocation.young_person_id
    )
    other = select(Allocation.id).where(
        same,
        Allocation.id != allocation.id,
        Allocation.use == AllocationUse.mentoring,
        Allocation.pep_target_id.is_not(None),
    )
    if work.db.scalar(other.limit(1), execution_options=_SUMS) is not None:
        return False
    asked = select(Commission.id).where(
        Commission.funding_line_id == allocation.funding_line_id,
        Commission.young_person_id == allocation.young_person_id,
        Commission.state.in_(LIVE),
    )
    return work.db.scalar(asked.limit(1), execution_options=_SUMS) is not None


def rate_of_year(work: Work, authority_id: int, year: int) -> int | None:
    """Pupil Premium Plus for one looked-after child in a financial year, in pence; nothing where nobody entered it."""
    asked = select(YearRate.amount_pence).where(YearRate.authority_id == authority_id, YearRate.financial_year == year)
    entered = work.db.scalar(asked)
    return int(entered) if entered is not None else shipped_rates().get(year)


@lru_cache(maxsize=1)
def shipped_rates() -> dict[int, int]:
    """The rates that come with the software, in pence, by the year in which the financial year begins."""
    table = tomllib.loads(files("cmcore.money").joinpath("rates.toml").read_text(encoding="utf-8"))
    return {int(year): pounds * 100 for year, pounds in table.items()}


def _promised(work: Work, line_ids: list[int]) -> dict[int, list[Promised]]:
    billed = (
        select(func.coalesce(func.sum(InvoiceLine.amount_pence), 0))
        .join(Invoice, Invoice.id == InvoiceLine.invoice_id)
        .where(
            InvoiceLine.commission_id == Commission.id,
            Invoice.state.in_(SPENT),
            Invoice.credits_id.is_(None),
        )
        .correlate(Commission)
        .scalar_subquery()
    )
    asked = select(
        Commission.funding_line_id,
        Commission.minutes,
        used_of_commission().label("used"),
        Commission.rate_pence,
        Commission.state,
        Commission.starts_on,
        func.coalesce(Commission.ended_on, Commission.ends_on).label("ends_on"),
        billed.label("billed"),
    ).where(Commission.funding_line_id.in_(line_ids), Commission.state.in_(COUNTED))
    found: dict[int, list[Promised]] = defaultdict(list)
    for row in work.db.execute(asked, execution_options=_SUMS):
        found[row.funding_line_id].append(
            Promised(
                minutes=row.minutes,
                used=int(row.used),
                rate_pence=row.rate_pence,
                live=row.state in LIVE,
                starts_on=row.starts_on,
                ends_on=row.ends_on,
                billed_pence=int(row.billed),
            )
        )
    return found


def _aside(work: Work, line_ids: list[int]) -> dict[int, list[Aside]]:
    asked = select(
        Allocation.funding_line_id, Allocation.amount_pence, Allocation.use, Allocation.spent_pence, Allocation.spent_on
    ).where(Allocation.funding_line_id.in_(line_ids))
    found: dict[int, list[Aside]] = defaultdict(list)
    for row in work.db.execute(asked, execution_options=_SUMS):
        found[row.funding_line_id].append(
            Aside(
                row.amount_pence, row.use == AllocationUse.mentoring, row.spent_pence, settled=row.spent_on is not None
            )
        )
    return found


def years_of(work: Work, authority_id: int) -> list[int]:
    """The financial years an authority has funding lines of."""
    asked = select(FundingLine.financial_year).where(FundingLine.authority_id == authority_id).distinct()
    return list(work.db.scalars(asked))


def eligible_young_people(work: Work, authority_id: int, year: int) -> int:
    """How many young people the grant of a financial year covers by age and care, as R-PPP-2 counts."""
    policy = work.policy_of(authority_id)
    youngest, oldest = (int(policy.threshold("R-PPP-2", name)) for name in ("youngest", "oldest"))
    counted_on = date(year - 1, 8, 31)
    asked = select(func.count(YoungPerson.id)).where(
        YoungPerson.authority_id == authority_id,
        YoungPerson.born_on <= years_after(counted_on, -youngest),
        YoungPerson.born_on > years_after(counted_on, -(oldest + 1)),
        YoungPerson.looked_after_from <= date(year + 1, 3, 31),
        or_(YoungPerson.ceased_on.is_(None), YoungPerson.ceased_on > date(year - 1, 4, 1)),
    )
    return int(work.db.scalar(asked, execution_options=_SUMS) or 0)
