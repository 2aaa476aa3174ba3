"""DOMAIN §14 items 1 and 2 over anything: the tally asks for the same minutes whatever the order, and money adds up."""

from __future__ import annotations

import random
from collections import defaultdict
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

from hypothesis import given
from hypothesis import strategies as st

from cmcore.base.policy import Policy
from cmcore.invoices.rules import Billed, Spot, amount, rates_hold, tallies, tally

POLICY = Policy.load()
FIRST = date(2026, 10, 20)
#: Over the night the clocks go back, and the end of a month.
SPOTS = st.tuples(st.integers(1, 3), st.integers(0, 20).map(lambda days: FIRST + timedelta(days=days)))
#: What reports hold: each a list of a day's minutes.
REPORTS = st.lists(st.lists(st.tuples(SPOTS, st.integers(1, 720)), max_size=5), max_size=5)


def accepted(reports: list[list[tuple[Spot, int]]]) -> dict[Spot, int]:
    """The minutes of all reports by commission and day."""
    minutes: dict[Spot, int] = defaultdict(int)
    for report in reports:
        for spot, length in report:
            minutes[spot] += length
    return dict(minutes)


@given(REPORTS, st.randoms(use_true_random=False))
def test_the_order_of_reports_changes_nothing(reports: list[list[tuple[Spot, int]]], order: random.Random) -> None:
    shuffled = [order.sample(report, len(report)) for report in order.sample(reports, len(reports))]
    billed = accepted(reports)
    assert tally(billed, accepted(shuffled)) == tally(billed, accepted(reports))
    assert tallies(tally(billed, accepted(shuffled)), POLICY) == []


@given(REPORTS, SPOTS, st.integers(-719, 720).filter(bool))
def test_one_minute_more_or_less_on_one_day_is_always_refused(
    reports: list[list[tuple[Spot, int]]], spot: Spot, more: int
) -> None:
    known = accepted(reports)
    billed = dict(known)
    billed[spot] = max(billed.get(spot, 0) + more, 1)
    found = tallies(tally(billed, known), POLICY)
    if billed != known:
        assert found and all(one.rule in ("R-INV-1", "R-INV-2") and one.blocks for one in found)


@given(st.lists(st.tuples(SPOTS, st.integers(1, 720)), min_size=1, max_size=8), st.integers(0, 50_000))
def test_money_is_whole_pence_half_a_penny_up_and_a_total_is_the_sum_of_its_lines(
    days: list[tuple[Spot, int]], rate: int
) -> None:
    lines = []
    for spot, minutes in days:
        exact = (Decimal(minutes) * rate / 60).quantize(Decimal(1), ROUND_HALF_UP)
        assert amount(minutes, rate) == exact
        lines.append(Billed(spot, minutes, rate, amount(minutes, rate)))
    rates = dict.fromkeys((spot[0] for spot, _ in days), rate)
    total = sum(line.amount_pence for line in lines)
    assert rates_hold(lines, rates, total, POLICY) == []
    assert [one.rule for one in rates_hold(lines, rates, total + 1, POLICY)] == ["R-INV-4"]
