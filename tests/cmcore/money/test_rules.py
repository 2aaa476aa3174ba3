"""R-PPP-1 to R-PPP-3, on the days that decide."""

from __future__ import annotations

from datetime import date

import pytest

from cmcore.base.policy import Policy
from cmcore.base.words import pounds
from cmcore.funding.words import FundingKind
from cmcore.money import rules
from cmcore.money.rules import Care

POLICY = Policy.load()
PLUS, POST16, GRANT = FundingKind.ppplus, FundingKind.ppplus_post16, FundingKind.grant


def said(findings: list[object]) -> list[str]:
    return [str(getattr(one, "rule", None)) for one in findings]


@pytest.mark.parametrize("kind", [PLUS, POST16])
def test_pupil_premium_plus_without_a_target_of_the_plan_is_refused(kind: FundingKind) -> None:
    for found in (rules.points_at_a_target(kind, False, POLICY), rules.may_be_funded(kind, False, POLICY)):
        assert said(found) == ["R-PPP-1"] and found[0].blocks


def test_with_a_target_or_other_money_it_goes_through() -> None:
    assert rules.points_at_a_target(PLUS, True, POLICY) == rules.may_be_funded(PLUS, True, POLICY) == []
    assert rules.points_at_a_target(GRANT, False, POLICY) == rules.may_be_funded(GRANT, False, POLICY) == []


@pytest.mark.parametrize(
    "born_on, covered",
    [
        (date(2021, 8, 31), True),
        (date(2021, 9, 1), False),
        (date(2009, 9, 1), True),
        (date(2009, 8, 31), False),
        (date(2012, 2, 29), True),
    ],
)
def test_the_age_is_counted_on_31_august_before_the_year(born_on: date, covered: bool) -> None:
    care = Care(born_on, date(2024, 5, 1), None)
    assert (rules.eligible(care, 2026, PLUS, POLICY) == []) is covered


@pytest.mark.parametrize(
    "looked_after_from, ceased_on, covered",
    [
        (None, None, False),
        (date(2027, 3, 31), None, True),
        (date(2027, 4, 1), None, False),
        (date(2020, 1, 1), date(2025, 4, 1), False),
        (date(2020, 1, 1), date(2025, 4, 2), True),
    ],
)
def test_a_day_of_care_is_enough(looked_after_from: date | None, ceased_on: date | None, covered: bool) -> None:
    found = rules.eligible(Care(date(2012, 5, 5), looked_after_from, ceased_on), 2026, PLUS, POLICY)
    assert said(found) == ([] if covered else ["R-PPP-2"]) and not any(one.blocks for one in found)


def test_other_money_has_its_own_conditions() -> None:
    assert rules.eligible(Care(date(1999, 1, 1), None, None), 2026, GRANT, POLICY) == []
    assert rules.eligible(Care(date(2007, 1, 1), None, None), 2026, POST16, POLICY) == []


@pytest.mark.parametrize(
    "today, raised, red",
    [
        (date(2026, 12, 31), False, False),
        (date(2027, 1, 1), True, False),
        (date(2027, 2, 28), True, False),
        (date(2027, 3, 1), True, True),
        (date(2027, 3, 31), True, True),
        (date(2027, 4, 1), False, False),
        (date(2026, 3, 1), False, False),
    ],
)
def test_what_is_left_is_raised_from_january_and_red_in_march(today: date, raised: bool, red: bool) -> None:
    found = rules.uncommitted(PLUS, 2026, 12_345, today, POLICY)
    assert said(found) == (["R-PPP-3"] if raised else []) and rules.is_red(2026, today, POLICY) is red
    if raised:
        assert pounds(12_345) in found[0].message and "31 March 2027" in found[0].message


def test_nothing_left_and_other_money_say_nothing() -> None:
    day = date(2027, 3, 1)
    assert rules.uncommitted(PLUS, 2026, 0, day, POLICY) == rules.uncommitted(PLUS, 2026, -5, day, POLICY) == []
    assert rules.uncommitted(GRANT, 2026, 500, day, POLICY) == []


def test_no_more_is_set_aside_than_is_left() -> None:
    assert rules.fits(500, 500) == []
    assert [one.place for one in rules.fits(501, 500)] == ["amount_pence"]
