"""R-DBS-1 to R-DBS-3 over plain values, as at the day of the act."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cmcore.base.findings import Finding
from cmcore.base.periods import years_after
from cmcore.base.policy import Policy
from cmcore.mentors.rules import (
    DBS,
    SeenCheck,
    counts_until,
    may_work,
    seen_in_time,
    update_service_in_time,
    update_service_open,
)
from cmcore.mentors.words import CheckKind

POLICY = Policy.load()
ISSUED = date(2023, 9, 1)
OTHER = CheckKind.safeguarding_training.value


def dbs(issued_on: date = ISSUED, seen_on: date | None = ISSUED + timedelta(days=20)) -> SeenCheck:
    return SeenCheck(DBS, issued_on, None, seen_on)


def rules_of(found: Sequence[Finding]) -> list[str | None]:
    return [one.rule for one in found]


def allowed(checks: Sequence[SeenCheck], on: date, policy: Policy = POLICY, kinds: Sequence[str] = (DBS,)) -> bool:
    return not any(one.blocks for one in may_work(checks, on, policy, kinds))


def test_nobody_works_without_a_certificate() -> None:
    (found,) = may_work([], date(2026, 8, 31), POLICY, name="Jo Bellwether")
    assert found.rule == "R-DBS-1" and found.blocks
    assert found.message == "No enhanced DBS certificate of Jo Bellwether is entered for 31 August 2026."
    assert found.way_out


def test_nobody_works_on_a_certificate_that_nobody_has_seen() -> None:
    (found,) = may_work([dbs(seen_on=None)], date(2024, 1, 1), POLICY, name="Jo Bellwether")
    assert (found.rule, found.message) == ("R-DBS-1", "Nobody has seen the enhanced DBS certificate of Jo Bellwether.")


def test_a_certificate_that_was_seen_lets_work() -> None:
    assert may_work([dbs()], date(2024, 1, 1), POLICY) == []


@pytest.mark.parametrize(
    ("on", "yes"), [(date(2024, 1, 9), False), (date(2024, 1, 10), True), (date(2024, 1, 11), True)]
)
def test_what_is_seen_later_does_not_count_for_an_earlier_act(on: date, yes: bool) -> None:
    assert allowed([dbs(seen_on=date(2024, 1, 10))], on) is yes
    if not yes:
        assert (
            "first seen on 10 January 2024, after 9 January 2024"
            in may_work([dbs(seen_on=date(2024, 1, 10))], on, POLICY)[0].message
        )


@pytest.mark.parametrize(
    ("on", "yes"), [(date(2026, 8, 31), True), (date(2026, 9, 1), False), (date(2026, 9, 2), False)]
)
def test_the_third_anniversary_itself_is_refused(on: date, yes: bool) -> None:
    found = may_work([dbs()], on, POLICY, name="Jo Bellwether")
    assert allowed([dbs()], on) is yes
    if not yes:
        assert rules_of(found) == ["R-DBS-2"]
        assert found[0].message == "The DBS certificate of Jo Bellwether was three years old on 1 September 2026."


@pytest.mark.parametrize(("on", "yes"), [(date(2027, 2, 28), True), (date(2027, 3, 1), False)])
def test_a_certificate_of_29_february_counts_through_28_february_three_years_on(on: date, yes: bool) -> None:
    assert allowed([dbs(date(2024, 2, 29), date(2024, 3, 4))], on) is yes


def test_the_day_of_the_act_decides_and_not_today() -> None:
    newer = dbs(date(2026, 9, 10), date(2026, 9, 12))
    assert allowed([dbs(), newer], date(2026, 8, 31)) and allowed([dbs(), newer], date(2026, 9, 12))
    assert not allowed([dbs(), newer], date(2026, 9, 11))


def test_a_certificate_that_was_not_issued_yet_does_not_count() -> None:
    assert not allowed([dbs(date(2024, 5, 1), date(2024, 5, 1))], date(2024, 4, 30))


@pytest.mark.parametrize(
    ("on", "warned"), [(date(2026, 6, 2), False), (date(2026, 6, 3), True), (date(2026, 8, 31), True)]
)
def test_renewal_is_raised_ninety_days_before_and_stops_nothing(on: date, warned: bool) -> None:
    found = may_work([dbs()], on, POLICY, name="Jo Bellwether")
    assert rules_of(found) == (["R-DBS-3"] if warned else []) and allowed([dbs()], on)
    if warned:
        assert found[0].message == "The DBS certificate of Jo Bellwether counts until 31 August 2026."


def test_renewal_is_not_raised_once_a_newer_certificate_was_seen() -> None:
    assert may_work([dbs(), dbs(date(2026, 7, 1), date(2026, 7, 2))], date(2026, 8, 1), POLICY) == []


def test_an_authority_may_set_another_age_and_from_which_day() -> None:
    stricter = Policy.load(("config", {"R-DBS-2": {"years": 1}}))
    assert not allowed([dbs()], date(2024, 9, 1), stricter) and allowed([dbs()], date(2024, 8, 31), stricter)
    later = Policy.load(("config", {"R-DBS-1": {"from": date(2025, 1, 1)}}))
    assert allowed([], date(2024, 12, 31), later) and not allowed([], date(2025, 1, 1), later)


@pytest.mark.parametrize(
    ("check", "yes"),
    [
        (SeenCheck(OTHER, date(2026, 1, 1), date(2026, 12, 31), date(2026, 1, 5)), True),
        (SeenCheck(OTHER, date(2026, 1, 1), date(2026, 11, 10), date(2026, 1, 5)), True),
        (SeenCheck(OTHER, date(2025, 11, 10), date(2026, 11, 9), date(2026, 1, 5)), False),
        (SeenCheck(OTHER, date(2026, 1, 1), date(2026, 12, 31), None), False),
        (SeenCheck(OTHER, date(2026, 1, 1), None, date(2026, 1, 5)), True),
    ],
)
def test_any_other_check_a_programme_asks_for_was_seen_and_still_counts(check: SeenCheck, yes: bool) -> None:
    on = date(2026, 11, 10)
    found = may_work([check], on, POLICY, [OTHER], name="Jo Bellwether")
    assert rules_of(found) == ([] if yes else ["R-COM-1"])
    assert all(one.message.startswith("Safeguarding training of Jo Bellwether") for one in found)


def test_each_check_that_is_asked_for_is_looked_at() -> None:
    assert rules_of(may_work([], date(2026, 11, 10), POLICY, [DBS, OTHER])) == ["R-DBS-1", "R-COM-1"]


@pytest.mark.parametrize(
    ("joined_on", "in_time"), [(ISSUED, True), (date(2023, 10, 1), True), (date(2023, 10, 2), False)]
)
def test_the_update_service_is_joined_within_thirty_days_of_issue(joined_on: date, in_time: bool) -> None:
    found = update_service_in_time(joined_on, [dbs()], POLICY)
    assert rules_of(found) == ([] if in_time else ["R-DBS-3"])
    assert not any(one.blocks for one in found)


@pytest.mark.parametrize(
    ("on", "told"), [(ISSUED + timedelta(days=20), True), (date(2023, 10, 1), True), (date(2023, 10, 2), False)]
)
def test_that_the_update_service_can_be_joined_is_told_until_the_thirtieth_day(on: date, told: bool) -> None:
    found = update_service_open([dbs()], on, POLICY, "Jo Bellwether")
    assert [one.message for one in found] == (
        ["Jo Bellwether can join the DBS Update Service until 1 October 2023."] if told else []
    )
    joined = SeenCheck(CheckKind.dbs_update_service.value, ISSUED + timedelta(days=5))
    assert update_service_open([dbs(), joined], on, POLICY) == []


def test_a_check_is_seen_between_its_issue_and_today() -> None:
    today = date(2026, 11, 10)
    assert seen_in_time(today, today, today) == []
    assert "is after today" in seen_in_time(today, date(2026, 11, 11), today)[0].message
    assert "before the day it was issued" in seen_in_time(today, date(2026, 11, 9), today)[0].message


def test_the_last_day_to_work_is_told() -> None:
    assert counts_until([dbs()], date(2026, 1, 1), POLICY) == date(2026, 8, 31)
    assert counts_until([dbs(seen_on=None)], date(2026, 1, 1), POLICY) is None
    assert counts_until([dbs(), dbs(date(2025, 1, 1), date(2025, 1, 2))], date(2026, 1, 1), POLICY) == date(
        2027, 12, 31
    )


DAYS = st.dates(date(2018, 1, 1), date(2032, 12, 31))
KINDS = st.sampled_from([DBS, CheckKind.public_liability.value, OTHER, CheckKind.induction.value])
CHECKS = st.builds(SeenCheck, KINDS, DAYS, st.none() | DAYS, st.none() | DAYS)
POLICIES = st.builds(
    lambda years, days: Policy.load(("config", {"R-DBS-2": {"years": years}, "R-DBS-3": {"days": days}})),
    st.integers(0, 6),
    st.integers(0, 400),
)


@given(st.lists(CHECKS, max_size=5), CHECKS, DAYS, st.sets(KINDS), POLICIES, st.randoms())
def test_adding_a_check_never_turns_a_yes_into_a_no(
    checks: list[SeenCheck], added: SeenCheck, on: date, kinds: set[str], policy: Policy, chance: object
) -> None:
    more = [*checks, added]
    chance.shuffle(more)  # type: ignore[attr-defined]
    if allowed(checks, on, policy, sorted(kinds)):
        assert allowed(more, on, policy, sorted(kinds))


@given(st.lists(CHECKS, max_size=5), DAYS)
def test_a_yes_is_a_certificate_seen_by_then_and_less_than_three_years_old(checks: list[SeenCheck], on: date) -> None:
    good = [
        one
        for one in checks
        if one.kind == DBS
        and one.issued_on <= on < years_after(one.issued_on, 3)
        and one.seen_on is not None
        and one.seen_on <= on
        and (one.expires_on is None or on <= one.expires_on)
    ]
    assert allowed(checks, on) is bool(good)


@given(st.lists(CHECKS, max_size=5), DAYS)
def test_the_last_day_told_is_the_last_day_allowed(checks: list[SeenCheck], on: date) -> None:
    until = counts_until(checks, on, POLICY)
    seen = [one for one in checks if one.seen_by(on)]
    if until is not None and until >= on:
        assert allowed(seen, until) and not allowed(seen, until + timedelta(days=1))
