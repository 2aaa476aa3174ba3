"""R-YP-1, pupil numbers, and days that fit together, over plain values."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cmcore.base.periods import Period, age_on, years_after
from cmcore.base.policy import Policy
from cmcore.exchange.ssda903.upn import LETTERS, check_letter
from cmcore.young_people import rules
from cmcore.young_people.words import CareStatus

POLICY = Policy.load()
TODAY = date(2026, 11, 10)


@pytest.mark.parametrize(
    ("born_on", "said"),
    [
        (TODAY, "warns"),
        (date(2022, 11, 11), "warns"),
        (date(2022, 11, 10), "nothing"),
        (date(2010, 2, 28), "nothing"),
        (date(2004, 11, 11), "nothing"),
        (date(2004, 11, 10), "warns"),
        (date(2000, 11, 11), "warns"),
        (date(2000, 11, 10), "blocks"),
        (TODAY + timedelta(days=1), "blocks"),
    ],
)
def test_birth_to_25_is_accepted_and_outside_4_to_21_is_warned_of(born_on: date, said: str) -> None:
    found = rules.age_is_accepted(born_on, TODAY, POLICY)
    assert [one.rule for one in found] == ([] if said == "nothing" else ["R-YP-1"])
    assert any(one.blocks for one in found) is (said == "blocks")
    assert all(one.place == "born_on" and one.way_out for one in found)


def test_an_authority_may_warn_of_other_ages_and_accepts_no_others() -> None:
    wider = Policy.load(("config", {"R-YP-1": {"least": 0, "most": 25}}))
    assert rules.age_is_accepted(TODAY, TODAY, wider) == []
    assert rules.age_is_accepted(date(2000, 11, 10), TODAY, wider)[0].blocks


@given(st.dates(date(1990, 1, 1), date(2030, 1, 1)))
def test_every_age_is_accepted_warned_of_or_refused_by_its_years_alone(born_on: date) -> None:
    found = rules.age_is_accepted(born_on, TODAY, POLICY)
    blocked = any(one.blocks for one in found)
    age = age_on(born_on, TODAY)
    assert blocked is not (0 <= age <= 25)
    assert bool(found) is not (4 <= age <= 21)


@pytest.mark.parametrize(
    ("upn", "blocks"), [("A123", True), ("1123456789012", True), ("I123456789012", True), ("B123456789012", False)]
)
def test_a_number_of_another_shape_is_refused_and_a_wrong_check_letter_warned_of(upn: str, blocks: bool) -> None:
    (found,) = rules.upn_is_sound(upn)
    assert (found.blocks, found.place) == (blocks, "upn") and upn[1:] not in str(found)


@given(st.text("0123456789", min_size=12, max_size=12), st.sampled_from(LETTERS))
def test_only_the_letter_that_the_digits_call_for_is_right(digits: str, letter: str) -> None:
    assert (rules.upn_is_sound(letter + digits) == []) is (letter == check_letter("A" + digits))


@pytest.mark.parametrize("typed", ["", "  ", None, "a 1234 5678 9012", "A123456789012"])
def test_a_number_is_kept_in_capitals_without_spaces(typed: str | None) -> None:
    assert rules.clean_upn(typed) in (None, "A123456789012") and rules.upn_is_sound(typed) == []


def test_being_looked_after_does_not_end_before_it_begins() -> None:
    (found,) = rules.care_days_fit(CareStatus.care_leaver, date(2024, 5, 2), date(2024, 5, 1))
    assert found.blocks and found.place == "ceased_on"
    assert rules.care_days_fit(CareStatus.care_leaver, date(2024, 5, 1), date(2024, 5, 1)) == []


def test_somebody_looked_after_now_with_an_end_of_it_is_warned_of() -> None:
    (found,) = rules.care_days_fit(CareStatus.looked_after, date(2024, 5, 1), date(2025, 5, 1))
    assert not found.blocks and found.message == "This says “looked after”, and that it ended on 1 May 2025."


def test_nothing_happens_before_birth_or_after_today() -> None:
    days = [("died_on", TODAY), ("looked_after_from", None)]
    assert rules.not_before_birth(TODAY, days) == [] == rules.not_after_today(TODAY, days)
    assert [one.place for one in rules.not_before_birth(TODAY + timedelta(days=1), days)] == ["died_on"]
    assert [one.place for one in rules.not_after_today(TODAY - timedelta(days=1), days)] == ["died_on"]


SPELL = Period(date(2026, 1, 10), date(2026, 2, 10))


@pytest.mark.parametrize(
    ("other", "shares"),
    [
        (Period(date(2025, 9, 1), date(2026, 1, 9)), False),
        (Period(date(2025, 9, 1), date(2026, 1, 10)), False),
        (Period(date(2025, 9, 1), date(2026, 1, 11)), True),
        (Period(date(2025, 9, 1)), True),
        (Period(date(2026, 1, 20), date(2026, 1, 25)), True),
        (Period(date(2026, 2, 10)), False),
        (Period(date(2026, 2, 9)), True),
    ],
)
def test_spells_that_share_days_are_warned_of_and_handing_over_is_not(other: Period, shares: bool) -> None:
    found = rules.overlaps(SPELL, [("care episode from 1 September 2025", other)])
    assert bool(found) is shares is bool(rules.overlaps(other, [("this", SPELL)]))
    assert not any(one.blocks for one in found)


def test_two_spells_that_go_on_are_warned_of() -> None:
    assert rules.overlaps(Period(date(2026, 1, 1)), [("another", Period(date(2024, 1, 1)))])


@given(st.dates(date(1990, 1, 1), date(2030, 12, 31)), st.integers(0, 30))
def test_a_birthday_is_never_early_and_29_february_becomes_1_march(born_on: date, years: int) -> None:
    then = years_after(born_on, years)
    assert age_on(born_on, then) == years and age_on(born_on, then - timedelta(days=1)) == years - 1
    leap = (born_on.month, born_on.day) == (2, 29) and then.year % 4 != 0
    assert (then.month, then.day) == ((3, 1) if leap else (born_on.month, born_on.day))
