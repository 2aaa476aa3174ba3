"""R-INS-1 to R-INS-3 over plain values, as at the day of the act."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cmcore.base.findings import Finding
from cmcore.base.policy import Policy
from cmcore.mentors.rules import CAR, DBS, LIABILITY, SeenCheck, insurance, may_drive, may_work
from tests.cmcore.mentors.test_rules import DAYS

POLICY = Policy.load()
ON = date(2026, 11, 10)
NAME = "Jo Bellwether"
GOOD = SeenCheck(LIABILITY, date(2026, 1, 1), date(2026, 12, 31), date(2026, 1, 2), 500_000_000)
DRIVES = SeenCheck(CAR, date(2026, 1, 1), date(2026, 12, 31), date(2026, 1, 2), passengers=True)


def rules_of(found: Sequence[Finding]) -> list[tuple[str | None, bool]]:
    return [(one.rule, one.blocks) for one in found]


@pytest.mark.parametrize(
    ("held", "said"),
    [
        ([], "No public liability insurance of Jo Bellwether is entered for 10 November 2026."),
        (
            [replace(GOOD, seen_on=None)],
            "Nobody has seen the public liability insurance of Jo Bellwether by 10 November 2026.",
        ),
        (
            [replace(GOOD, expires_on=date(2026, 11, 9))],
            "The public liability insurance of Jo Bellwether ran out on 9 November 2026.",
        ),
    ],
)
def test_without_public_liability_in_force_nobody_works(held: list[SeenCheck], said: str) -> None:
    (found,) = insurance(held, ON, POLICY, NAME)
    assert (found.rule, found.blocks, found.message) == ("R-INS-1", True, said) and found.way_out


@pytest.mark.parametrize("ends", [date(2026, 11, 10), date(2027, 5, 1), None])
def test_the_last_day_of_an_insurance_counts(ends: date | None) -> None:
    assert not any(one.blocks for one in insurance([replace(GOOD, expires_on=ends)], ON, POLICY, NAME))


@pytest.mark.parametrize(("on", "told"), [(date(2026, 12, 1), False), (date(2026, 12, 2), True)])
def test_the_end_of_an_insurance_is_told_thirty_days_before_and_stops_nothing(on: date, told: bool) -> None:
    assert rules_of(insurance([GOOD], on, POLICY, NAME)) == ([("R-INS-1", False)] if told else [])
    later = replace(GOOD, expires_on=date(2027, 12, 31))
    assert insurance([GOOD, later], on, POLICY, NAME) == []


def test_less_than_five_million_pounds_is_advised_against() -> None:
    (found,) = insurance([replace(GOOD, cover_pence=200_000_000)], ON, POLICY, NAME)
    assert rules_of([found]) == [("R-INS-2", False)]
    assert found.message == (
        "The public liability insurance of Jo Bellwether covers £2,000,000.00; £5,000,000.00 is advised."
    )
    assert insurance([GOOD, replace(GOOD, cover_pence=None)], ON, POLICY, NAME) == []
    (unsaid,) = insurance([replace(GOOD, cover_pence=None)], ON, POLICY, NAME)
    assert "does not say what it covers" in unsaid.message


@pytest.mark.parametrize(
    ("held", "said"),
    [
        ([GOOD], "Jo Bellwether has no business car insurance that was seen and is in force on 10 November 2026."),
        (
            [replace(DRIVES, passengers=False)],
            "The business car insurance of Jo Bellwether is not known to cover carrying young people.",
        ),
        ([replace(DRIVES, expires_on=date(2026, 11, 9))], "Jo Bellwether has no business car insurance that was seen"),
        ([replace(DRIVES, seen_on=date(2026, 11, 11))], "Jo Bellwether has no business car insurance that was seen"),
    ],
)
def test_nobody_is_driven_without_insurance_that_covers_them(held: list[SeenCheck], said: str) -> None:
    (found,) = may_drive(held, ON, POLICY, NAME)
    assert (found.rule, found.blocks, found.place) == ("R-INS-3", True, "mentor_drove")
    assert found.message.startswith(said)


def test_a_young_person_is_driven_by_who_is_insured_for_it() -> None:
    assert may_drive([DRIVES, replace(DRIVES, passengers=False)], ON, POLICY, NAME) == []


def test_an_authority_may_ask_for_more_cover_and_from_a_day_on() -> None:
    more = Policy.load(("config", {"R-INS-2": {"cover_pence": 1_000_000_000}}))
    assert rules_of(insurance([GOOD], ON, more)) == [("R-INS-2", False)]
    later = Policy.load(("config", {"R-INS-1": {"from": date(2027, 1, 1)}, "R-INS-3": {"from": date(2027, 1, 1)}}))
    assert insurance([], ON, later) == [] and may_drive([], ON, later) == []


CHECKS = st.builds(
    SeenCheck,
    st.sampled_from([DBS, LIABILITY, CAR]),
    DAYS,
    st.none() | DAYS,
    st.none() | DAYS,
    st.none() | st.integers(0, 10**9),
    st.booleans(),
)
#: Days on which counting goes wrong where it goes wrong at all: 29 February, 31 August, the nights clocks change.
EDGES = st.sampled_from(
    [
        date(2024, 2, 29),
        date(2027, 2, 28),
        date(2027, 3, 1),
        date(2026, 8, 31),
        date(2026, 9, 1),
        date(2026, 3, 29),
        date(2026, 10, 25),
        date(2026, 3, 31),
    ]
)


@given(st.lists(CHECKS, max_size=5), CHECKS, DAYS | EDGES, st.randoms())
def test_adding_a_check_never_turns_a_yes_into_a_no(
    checks: list[SeenCheck], added: SeenCheck, on: date, chance: object
) -> None:
    more = [*checks, added]
    chance.shuffle(more)  # type: ignore[attr-defined]

    def refused(held: list[SeenCheck]) -> set[str | None]:
        said = may_work(held, on, POLICY, (DBS, LIABILITY)) + may_drive(held, on, POLICY)
        return {one.rule for one in said if one.blocks}

    # A no may become another no: a certificate that was seen but is too old says more than none.
    kinds = ({"R-DBS-1", "R-DBS-2"}, {"R-INS-1"}, {"R-INS-3"})
    for rules in kinds:
        if not refused(checks) & rules:
            assert not refused(more) & rules


@given(EDGES, st.integers(-2, 2))
def test_a_check_counts_to_its_last_day_whatever_day_that_is(end: date, days: int) -> None:
    on = end + timedelta(days=days)
    held = [replace(GOOD, issued_on=date(2023, 1, 1), seen_on=date(2023, 1, 1), expires_on=end)]
    assert any(one.blocks for one in insurance(held, on, POLICY)) is (days > 0)
