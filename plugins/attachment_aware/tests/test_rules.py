"""Each rule of the programme, once where it refuses or points out, and once where it lets through."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

import cmcore_attachment_aware
from cmcore.api import Finding, Period, Policy
from cmcore.testing import plugged
from cmcore_attachment_aware import rules
from cmcore_attachment_aware.programme import PROGRAMME_TYPE
from cmcore_attachment_aware.rules import Came
from cmcore_attachment_aware.words import At, Indicator

TODAY = date(2026, 11, 10)
SPRING = Period(date(2026, 1, 5), date(2026, 5, 22))
NEXT_SPRING = Period(date(2027, 1, 5), date(2027, 5, 22))
ALL = {(one.value, at.value): True for one in Indicator for at in At}


def loaded(*changes: tuple[str, dict[str, Any]]) -> Policy:
    with plugged(cmcore_attachment_aware):
        return Policy.load(*changes)


@pytest.fixture
def policy() -> Policy:
    """The rules as they are shipped."""
    return loaded()


def ids(found: list[Finding]) -> list[str | None]:
    return [one.rule for one in found]


def test_places_are_given_up_to_the_last_and_not_beyond(policy: Policy) -> None:
    assert rules.place_free(2, 2, policy) == []
    found = rules.place_free(2, 3, policy)
    assert ids(found) == ["R-AAS-1"] and found[0].blocks and "2 places, and 3" in found[0].message


@pytest.mark.parametrize(
    ("agrees", "on", "place"),
    [
        (True, TODAY, None),
        (False, TODAY, "head_agrees"),
        (True, None, "head_agreed_on"),
        (True, date(2026, 11, 11), "head_agreed_on"),
    ],
)
def test_the_head_teacher_agrees(policy: Policy, agrees: bool, on: date | None, place: str | None) -> None:
    assert [one.place for one in rules.head_agrees(agrees, on, TODAY, policy)] == ([place] if place else [])


def test_who_waited_longest_comes_first_or_somebody_says_why_not(policy: Policy) -> None:
    assert rules.in_order([], "", policy) == [] == rules.in_order(["Quillen Tarn School"], "It closes.", policy)
    found = rules.in_order(["Quillen Tarn School"], " ", policy)
    assert ids(found) == ["R-AAS-3"] and found[0].blocks


def test_a_school_stands_in_one_cohort_at_a_time(policy: Policy) -> None:
    assert rules.once("", policy) == []
    assert ids(rules.once("applied, cohort 2026-27", policy)) == ["R-AAS-4"]


@pytest.mark.parametrize(("on", "late"), [(None, False), (date(2026, 10, 27), False), (date(2026, 10, 26), True)])
def test_an_offer_is_answered_within_two_weeks(policy: Policy, on: date | None, late: bool) -> None:
    found = rules.answered(on, TODAY, policy)
    assert ids(found) == (["R-AAS-5"] if late else []) and not any(one.blocks for one in found)


@pytest.mark.parametrize(
    ("before", "after", "place"),
    [
        (SPRING, NEXT_SPRING, None),
        (SPRING, Period(date(2027, 1, 5), date(2027, 6, 4)), None),
        (SPRING, Period(date(2027, 1, 5), date(2027, 6, 8)), "after_to"),
        (SPRING, Period(date(2026, 5, 22), date(2026, 10, 5)), "after_from"),
        (Period(date(2026, 5, 22), date(2026, 1, 5)), NEXT_SPRING, "before_to"),
        (SPRING, Period(date(2027, 5, 22), date(2027, 1, 5)), "after_to"),
    ],
)
def test_periods_are_comparable_and_follow_each_other(
    policy: Policy, before: Period, after: Period, place: str | None
) -> None:
    assert [one.place for one in rules.comparable(before, after, policy)] == ([place] if place else [])


@pytest.mark.parametrize(
    ("number", "out_of", "missing", "part", "place"),
    [
        (0, 240, "", False, None),
        (None, None, "The register was lost.", False, None),
        (300, 240, "", False, None),
        (300, 240, "", True, "number"),
        (None, None, "", False, "number"),
        (3, None, "", False, "out_of"),
        (None, 240, "", False, "number"),
        (3, 240, "Lost.", False, "missing"),
    ],
)
def test_a_count_has_its_whole_or_says_why_it_is_not_known(
    number: int | None, out_of: int | None, missing: str, part: bool, place: str | None
) -> None:
    assert [one.place for one in rules.counted(number, out_of, missing, part=part)] == ([place] if place else [])


def test_what_the_indicators_lack_is_chased_towards_the_end_of_the_year(policy: Policy) -> None:
    ends, half = date(2027, 1, 4), {("suspensions", "before"): True}
    assert rules.chased(half, date(2027, 1, 6), TODAY, policy) == [] == rules.chased(ALL, ends, TODAY, policy)
    found = rules.chased(half, ends, TODAY, policy)
    assert ids(found) == ["R-AAS-11"] and "suspensions after" in found[0].message and "before," in found[0].message


@pytest.mark.parametrize(
    ("staff", "refused"),
    [
        ([Came(4, 5), Came(5, 5), Came(0, 5)], False),
        ([Came(4, 5), Came(3, 5)], True),
        ([Came(0, 0), Came(0, 0)], True),
        ([], True),
    ],
)
def test_enough_of_the_staff_came_to_enough_of_the_days(policy: Policy, staff: list[Came], refused: bool) -> None:
    assert ids(rules.attended(staff, policy)) == (["R-AAS-7"] if refused else [])


@pytest.mark.parametrize(
    ("told", "said"),
    [
        (("Greeting.", "It is calmer.", ALL), ""),
        (("Greeting.", "It is calmer.", None), "no project"),
        ((" ", "It is calmer.", ALL), "what was tried"),
        (("Greeting.", "", ALL), "what was learnt"),
        (("Greeting.", "It is calmer.", {**ALL, ("exclusions", "after"): False}), "suspensions and attendance"),
        (("Greeting.", "It is calmer.", {}), "nothing"),
    ],
)
def test_a_project_is_done_when_it_was_tried_learnt_from_and_counted_twice(
    policy: Policy, told: Any, said: str
) -> None:
    found = rules.project_done(*told, policy)
    assert ids(found) == (["R-AAS-8"] if said else []) and all(said in one.message for one in found)


def test_a_portfolio_is_full_with_three_pieces_and_an_authority_may_ask_for_more(policy: Policy) -> None:
    assert rules.portfolio_full(3, policy) == []
    assert ids(rules.portfolio_full(2, policy)) == ["R-AAS-9"]
    more = loaded(("authority 1", {"R-AAS-9": {"pieces": 5}}))
    assert ids(rules.portfolio_full(3, more)) == ["R-AAS-9"]


@pytest.mark.parametrize(
    ("graduated", "starts", "itself", "said"),
    [
        (date(2026, 7, 14), date(2026, 7, 14), False, ""),
        (None, TODAY, False, "Only a school that graduated"),
        (date(2026, 7, 14), date(2026, 7, 13), False, "from that day on"),
        (date(2026, 7, 14), TODAY, True, "does not mentor itself"),
    ],
)
def test_only_a_school_that_graduated_mentors_another(
    policy: Policy, graduated: date | None, starts: date, itself: bool, said: str
) -> None:
    found = rules.may_mentor(graduated, starts, itself=itself, policy=policy)
    assert ids(found) == (["R-AAS-10"] if said else []) and all(said in one.message for one in found)


def test_a_training_day_is_in_its_cohorts_year(policy: Policy) -> None:
    starts, ends = date(2026, 9, 1), date(2027, 7, 20)
    assert rules.in_its_year(starts, starts, ends, policy) == [] == rules.in_its_year(ends, starts, ends, policy)
    assert ids(rules.in_its_year(date(2027, 7, 21), starts, ends, policy)) == ["R-AAS-12"]


def test_a_picture_shows_nobody(policy: Policy) -> None:
    assert rules.nobody_shown(True, policy) == []
    found = rules.nobody_shown(False, policy)
    assert ids(found) == ["R-AAS-13"] and found[0].blocks


def test_every_guard_the_programme_names_is_a_rule_that_its_acts_heed() -> None:
    named = {guard for way in PROGRAMME_TYPE.lifecycle.transitions for guard in way.guards}
    assert named == {"place_free", "in_order", "attended", "project_done", "portfolio_full"}
    assert all(callable(getattr(rules, name, None)) for name in named)
