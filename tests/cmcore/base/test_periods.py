"""Days that are easy to get wrong: birthdays in February, the ends of school and financial years, bank holidays."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cmcore.base.periods import (
    Period,
    academic_year,
    academic_year_name,
    age_on,
    birthday,
    default_terms,
    financial_year,
    is_working_day,
    key_stage,
    working_days_after,
    working_days_between,
    year_group,
    year_group_words,
)

DAYS = st.dates(date(1990, 1, 1), date(2060, 12, 31))


@pytest.mark.parametrize(
    ("born_on", "on", "age"),
    [
        (date(2008, 11, 10), date(2026, 11, 9), 17),
        (date(2008, 11, 10), date(2026, 11, 10), 18),
        (date(2008, 2, 29), date(2026, 2, 28), 17),
        (date(2008, 2, 29), date(2026, 3, 1), 18),
        (date(2008, 2, 29), date(2028, 2, 29), 20),
        (date(2026, 11, 10), date(2026, 11, 9), -1),
    ],
)
def test_an_age_is_reached_on_the_birthday(born_on: date, on: date, age: int) -> None:
    assert age_on(born_on, on) == age


@given(DAYS, st.integers(0, 100))
def test_nobody_is_younger_than_an_age_on_the_day_they_reach_it(born_on: date, age: int) -> None:
    reached = birthday(born_on, age)
    assert age_on(born_on, reached) == age and age_on(born_on, reached - timedelta(days=1)) == age - 1


@pytest.mark.parametrize(
    ("born_on", "on", "group", "stage"),
    [
        (date(2012, 8, 31), date(2026, 9, 1), 10, "KS4"),
        (date(2012, 9, 1), date(2026, 9, 1), 9, "KS3"),
        (date(2012, 9, 1), date(2026, 8, 31), 8, "KS3"),
        (date(2022, 8, 31), date(2026, 9, 1), 0, "EYFS"),
        (date(2023, 9, 1), date(2026, 9, 1), None, "EYFS"),
        (date(2008, 9, 1), date(2026, 9, 1), 13, "KS5"),
        (date(2005, 9, 1), date(2026, 9, 1), None, "post-18"),
    ],
)
def test_the_school_year_turns_on_31_august(born_on: date, on: date, group: int | None, stage: str) -> None:
    assert year_group(born_on, on) == group and key_stage(born_on, on) == stage


def test_years_are_called_as_people_call_them() -> None:
    assert academic_year(date(2026, 8, 31)) == 2025 and academic_year(date(2026, 9, 1)) == 2026
    assert financial_year(date(2026, 3, 31)) == 2025 and financial_year(date(2026, 4, 1)) == 2026
    assert academic_year_name(1999) == "1999-00" and academic_year_name(2026) == "2026-27"
    assert [year_group_words(each) for each in (0, 10, None)] == ["Reception", "Year 10", ""]


@given(st.integers(2015, 2040))
def test_terms_without_an_authoritys_own_cover_the_year_once(begins: int) -> None:
    terms = default_terms(begins)
    assert [each.name for each in terms] == ["autumn", "spring", "summer"]
    assert terms[0].starts_on == date(begins, 9, 1) and terms[-1].ends_on == date(begins + 1, 8, 31)
    assert all(
        later.starts_on - earlier.ends_on == timedelta(days=1) for earlier, later in zip(terms, terms[1:], strict=False)
    )


@pytest.mark.parametrize(
    ("on", "works"),
    [
        (date(2026, 11, 10), True),
        (date(2026, 11, 14), False),
        (date(2026, 12, 25), False),
        (date(2026, 12, 28), False),
        (date(2027, 3, 29), False),
        (date(2026, 8, 31), False),
    ],
)
def test_offices_rest_on_weekends_and_englands_bank_holidays(on: date, works: bool) -> None:
    assert is_working_day(on) is works


def test_ten_working_days_step_over_christmas() -> None:
    assert working_days_after(date(2026, 12, 21), 10) == date(2027, 1, 7)


@given(DAYS, st.integers(0, 40))
def test_working_days_counted_forward_are_counted_back(start: date, days: int) -> None:
    assert working_days_between(start, working_days_after(start, days)) == days


@given(DAYS, st.integers(0, 400), DAYS, st.integers(0, 400))
def test_two_periods_meet_when_a_day_lies_in_both(start: date, days: int, other: date, more: int) -> None:
    one, two = Period(start, start + timedelta(days=days)), Period(other, other + timedelta(days=more))
    shared = any(two.covers(start + timedelta(days=each)) for each in range(days + 1))
    assert one.meets(two) is shared is two.meets(one)
    assert Period(start).meets(two) is (two.ends_on is not None and two.ends_on >= start)
