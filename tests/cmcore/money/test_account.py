"""The account of a funding line: what is promised, foreseen and spent, and what stays true whatever the figures."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from cmcore.money.account import Aside, Promised, account_of

TODAY = date(2026, 11, 10)
ENDS = date(2027, 3, 31)


def promised(**changes: object) -> Promised:
    given: dict[str, object] = {
        "minutes": 1200,
        "used": 0,
        "rate_pence": 3000,
        "live": True,
        "starts_on": date(2026, 10, 1),
        "ends_on": date(2026, 12, 20),
    }
    return Promised(**given | changes)  # type: ignore[arg-type]


def test_a_living_commission_is_promised_in_full_and_an_ended_one_for_what_was_used() -> None:
    assert promised(used=300).committed_pence == 60_000
    assert promised(used=300, live=False).committed_pence == 15_000


def test_the_forecast_follows_the_pace_so_far() -> None:
    # 40 days gone with 400 minutes; 40 days to its end.
    assert promised(used=400).forecast_pence(TODAY, ENDS) == 40_000
    # At that pace it would be more than its hours.
    assert promised(used=1000).forecast_pence(TODAY, ENDS) == 60_000
    assert promised(used=400, live=False).forecast_pence(TODAY, ENDS) == 20_000
    assert promised(used=400, ends_on=date(2026, 11, 10)).forecast_pence(TODAY, ENDS) == 20_000


def test_what_has_not_begun_is_foreseen_in_full_or_by_its_days_within_the_year() -> None:
    assert promised(starts_on=date(2027, 1, 4), ends_on=date(2027, 3, 1)).forecast_pence(TODAY, ENDS) == 60_000
    half = promised(starts_on=date(2027, 3, 22), ends_on=date(2027, 4, 10))
    assert half.forecast_pence(TODAY, ENDS) == 30_000


def test_money_set_aside_otherwise_is_promised_until_it_is_paid() -> None:
    account = account_of(
        100_000,
        [promised(used=300, billed_pence=10_000)],
        [Aside(60_000, True), Aside(20_000, False), Aside(9_000, False, spent_pence=8_000, settled=True)],
        TODAY,
        2026,
    )
    assert account.allocated_pence == 89_000 and account.unallocated_pence == 11_000
    assert account.committed_pence == 60_000 + 20_000 + 8_000 and account.uncommitted_pence == 12_000
    assert account.spent_pence == 18_000


DAYS = st.dates(date(2026, 4, 1), date(2027, 6, 30))
PROMISES = st.builds(
    lambda minutes, used, rate, live, start, end: Promised(
        minutes, used, rate, live, min(start, end or start), end and max(start, end)
    ),
    st.integers(1, 6000),
    st.integers(0, 6000),
    st.integers(0, 50_000),
    st.booleans(),
    DAYS,
    st.none() | DAYS,
)


@given(st.lists(PROMISES, max_size=6), DAYS)
def test_what_is_foreseen_lies_between_what_was_used_and_what_is_promised(
    promises: list[Promised], today: date
) -> None:
    for one in promises:
        used = Promised(one.minutes, one.used, one.rate_pence, False, one.starts_on, one.ends_on).committed_pence
        assert used <= one.forecast_pence(today, ENDS) <= one.committed_pence
    account = account_of(1_000_000, promises, [], today, 2026)
    assert account == account_of(1_000_000, promises[::-1], [], today, 2026)
    assert account.forecast_pence <= account.committed_pence
