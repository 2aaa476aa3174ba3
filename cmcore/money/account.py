"""What a funding line holds: set aside, committed, forecast, spent. Pure, over plain values; money is whole pence."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from cmcore.invoices.rules import amount


@dataclass(frozen=True)
class Promised:
    """One commission as an account reads it: minutes commissioned and used, the rate in pence an hour, its days.

    ``live`` says that more may be used: it is approved or active. ``billed_pence`` is what approved and paid invoices
    ask for it.
    """

    minutes: int
    used: int
    rate_pence: int
    live: bool
    starts_on: date
    ends_on: date | None
    billed_pence: int = 0

    @property
    def committed_pence(self) -> int:
        """What may have to be paid for it: all of its hours while it lives, what was used once it has ended."""
        return amount(max(self.minutes, self.used) if self.live else self.used, self.rate_pence)

    def forecast_pence(self, today: date, year_ends_on: date) -> int:
        """What will have been used by the end of the year if it goes on at the pace it had, never over its hours.

        The pace is minutes used a day since it began. What has not begun is reckoned in full where it ends within the
        year, and by its days within the year where it ends after.
        """
        if not self.live or self.used >= self.minutes:
            return amount(self.used, self.rate_pence)
        last = min(self.ends_on or year_ends_on, year_ends_on)
        ahead = (last - max(today, self.starts_on - timedelta(days=1))).days
        if ahead <= 0:
            return amount(self.used, self.rate_pence)
        if self.used:
            gone = max((today - self.starts_on).days, 1)
            more = self.used * ahead // gone
        else:
            whole = ((self.ends_on or year_ends_on) - self.starts_on).days + 1
            more = self.minutes * min(ahead, whole) // whole
        return amount(min(self.minutes, self.used + more), self.rate_pence)


@dataclass(frozen=True)
class Aside:
    """Money set aside: how much, whether it is spent through commissions, and what was paid of it otherwise."""

    amount_pence: int
    through_commissions: bool
    spent_pence: int = 0
    settled: bool = False

    @property
    def committed_pence(self) -> int:
        """What is promised beside commissions: all of it until it is paid, then what was paid."""
        if self.through_commissions:
            return 0
        return self.spent_pence if self.settled else self.amount_pence


@dataclass(frozen=True)
class LineAccount:
    """A funding line's account on a day. Everything in pence."""

    amount_pence: int
    allocated_pence: int
    committed_pence: int
    forecast_pence: int
    spent_pence: int

    @property
    def uncommitted_pence(self) -> int:
        """What nothing is promised of; below nothing where too much is promised."""
        return self.amount_pence - self.committed_pence

    @property
    def unallocated_pence(self) -> int:
        """What is set aside for nobody."""
        return self.amount_pence - self.allocated_pence


def account_of(
    amount_pence: int, promised: Iterable[Promised], aside: Iterable[Aside], today: date, year: int
) -> LineAccount:
    """The account of a line in the financial year that begins in April of ``year``."""
    ends_on = date(year + 1, 3, 31)
    commissions, kept = list(promised), list(aside)
    other = sum(each.committed_pence for each in kept)
    return LineAccount(
        amount_pence=amount_pence,
        allocated_pence=sum(each.amount_pence for each in kept),
        committed_pence=sum(each.committed_pence for each in commissions) + other,
        forecast_pence=sum(each.forecast_pence(today, ends_on) for each in commissions) + other,
        spent_pence=sum(each.billed_pence for each in commissions) + sum(each.spent_pence for each in kept),
    )
