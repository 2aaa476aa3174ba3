"""Nothing is disposed of early: 75th birthdays, 15 years after a death before 18, six years and the current one."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cmcore.base.periods import age_on, financial_year
from cmcore.safekeeping.retention import RETENTION, Facts

BORN = st.dates(date(1940, 1, 1), date(2035, 12, 31))
DAY = timedelta(days=1)


@given(BORN)
def test_a_childs_record_is_kept_to_the_75th_birthday_and_not_a_day_less(born_on: date) -> None:
    due = RETENTION["child"].disposal_on(Facts(born_on=born_on))
    assert due is not None and age_on(born_on, due) == 75 and age_on(born_on, due - DAY) == 74


def test_somebody_born_on_29_february_turns_75_on_1_march() -> None:
    assert RETENTION["child"].disposal_on(Facts(born_on=date(2012, 2, 29))) == date(2087, 3, 1)


@given(BORN, st.integers(0, 100 * 365))
def test_the_record_of_somebody_who_died_before_18_is_kept_15_years_more(born_on: date, days: int) -> None:
    died_on = born_on + timedelta(days=days)
    due = RETENTION["child"].disposal_on(Facts(born_on=born_on, died_on=died_on))
    assert due is not None
    if age_on(born_on, died_on) < 18:
        assert age_on(died_on, due) == 15 and age_on(died_on, due - DAY) == 14
    else:
        assert age_on(born_on, due) == 75


@pytest.mark.parametrize(
    ("died_on", "due"),
    [
        (date(2029, 11, 9), date(2044, 11, 9)),
        (date(2029, 11, 10), date(2086, 11, 10)),
        (date(2028, 2, 29), date(2043, 3, 1)),
    ],
)
def test_the_18th_birthday_decides(died_on: date, due: date) -> None:
    assert RETENTION["child"].disposal_on(Facts(born_on=date(2011, 11, 10), died_on=died_on)) == due


@pytest.mark.parametrize("key", ["mentor", "six years", "account"])
@given(ended_on=st.dates(date(2000, 1, 1), date(2060, 12, 31)))
def test_six_years_and_the_current_one_are_whole_financial_years(key: str, ended_on: date) -> None:
    due = RETENTION[key].disposal_on(Facts(ended_on=ended_on))
    assert due is not None and (due.month, due.day) == (4, 1)
    assert financial_year(due) - financial_year(ended_on) == 7 and age_on(ended_on, due) >= 6


@pytest.mark.parametrize("ended_on", [date(2020, 3, 31), date(2020, 4, 1)])
def test_31_march_ends_the_current_year(ended_on: date) -> None:
    due = RETENTION["mentor"].disposal_on(Facts(ended_on=ended_on))
    assert due == (date(2026, 4, 1) if ended_on.month == 3 else date(2027, 4, 1))


@pytest.mark.parametrize("key", RETENTION)
@given(facts=st.builds(Facts, st.none() | BORN, st.none() | BORN, st.none() | BORN))
def test_a_legal_hold_stops_all_of_it(key: str, facts: Facts) -> None:
    assert RETENTION[key].disposal_on(facts, legal_hold=True) is None


@pytest.mark.parametrize("key", RETENTION)
def test_what_is_not_known_keeps_the_record(key: str) -> None:
    assert RETENTION[key].disposal_on(Facts()) is None
    assert RETENTION[key].key == key and RETENTION[key].statement.endswith(".") and RETENTION[key].source


@given(BORN, BORN)
def test_a_death_before_birth_never_brings_disposal_forward(born_on: date, died_on: date) -> None:
    due = RETENTION["child"].disposal_on(Facts(born_on=born_on, died_on=died_on))
    assert due is not None
    assert due >= min(date(born_on.year + 75, born_on.month, 1), date(died_on.year + 15, died_on.month, 1))
