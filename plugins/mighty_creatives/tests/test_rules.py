"""Each rule of The Mighty Creatives refuses or warns of what it is about, and lets the rest through."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest

import cmcore_mighty_creatives
from cmcore.api import Policy, Term
from cmcore.testing import plugged
from cmcore_mighty_creatives import rules
from cmcore_mighty_creatives.rules import Insurance
from cmcore_mighty_creatives.words import Paper

ON = date(2026, 11, 10)
LIABILITY = Insurance("public_liability", date(2026, 1, 1), date(2026, 12, 31), 500_000_000, date(2026, 1, 2))
CAR = Insurance("business_car", date(2026, 1, 1), date(2026, 11, 10), None, date(2026, 1, 2))
AUTUMN = Term("Autumn", date(2026, 9, 1), date(2026, 12, 18))


@pytest.fixture
def policy() -> Iterator[Policy]:
    """The rules with The Mighty Creatives' among them."""
    with plugged(cmcore_mighty_creatives):
        yield Policy.load()


def test_public_liability_below_five_million_pounds_is_advised_against(policy: Policy) -> None:
    (said,) = rules.covered([replace(LIABILITY, cover_pence=200_000_000)], ON, policy, "Juno Tansyhurst")
    assert said.message == (
        "The public liability insurance of Juno Tansyhurst covers £2,000,000.00; £5,000,000.00 is advised."
    )
    assert not said.blocks
    assert rules.covered([LIABILITY], ON, policy, "Juno Tansyhurst") == []


@pytest.mark.parametrize("seen_on", [None, date(2026, 11, 11)])
def test_an_insurance_nobody_has_seen_by_that_day_does_not_count(policy: Policy, seen_on: date | None) -> None:
    (said,) = rules.covered([replace(LIABILITY, seen_on=seen_on)], ON, policy, "Juno Tansyhurst")
    assert "in force on 10 November 2026" in said.message


def test_no_young_person_is_driven_without_business_car_insurance_in_force_that_day(policy: Policy) -> None:
    assert rules.may_drive([CAR], ON, policy, "Juno Tansyhurst") == []
    (said,) = rules.may_drive([CAR, LIABILITY], date(2026, 11, 11), policy, "Juno Tansyhurst")
    assert said.blocks and said.rule == "R-TMC-2" and said.place == "mentor_drove"


@pytest.mark.parametrize("more", [[], [LIABILITY], [replace(CAR, seen_on=None)]])
def test_adding_a_check_never_turns_a_yes_into_a_no(policy: Policy, more: list[Insurance]) -> None:
    assert rules.may_drive([*more, CAR], ON, policy, "Juno Tansyhurst") == []


@pytest.mark.parametrize(
    ("held", "on", "told"),
    [
        ([], date(2026, 9, 20), False),
        ([], ON, True),
        ([date(2026, 6, 1)], ON, True),
        ([date(2026, 9, 15)], ON, False),
    ],
)
def test_a_reflective_session_each_term_is_told_once_the_term_has_gone_on(
    policy: Policy, held: list[date], on: date, told: bool
) -> None:
    said = rules.reflects_each_term(held, AUTUMN, on, policy, "Juno Tansyhurst")
    assert [one.rule for one in said] == (["R-TMC-3"] if told else [])


def test_the_papers_are_read_before_the_first_session(policy: Policy) -> None:
    (said,) = rules.has_read({Paper.induction_pack}, policy, "Juno Tansyhurst")
    assert said.blocks and said.message == "Juno Tansyhurst has not read the risk assessment yet."
    assert rules.has_read({each.value for each in Paper}, policy, "Juno Tansyhurst") == []


def test_a_dbs_certificate_is_under_three_years_old_as_the_core_says(policy: Policy) -> None:
    assert policy.threshold("R-DBS-2", "years") == 3
