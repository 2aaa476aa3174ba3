"""When a plan is due and which one, over birthdays, bank holidays and terms; and what keeps one from being complete."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cmcore.base.periods import birthday, is_working_day, working_days_between
from cmcore.base.policy import Policy
from cmcore.peps import rules
from cmcore.peps.rules import InCare
from cmcore.peps.words import PlanKind

POLICY = Policy.load()
AUTUMN = (date(2026, 9, 1), date(2026, 12, 18))
SUMMER_BEFORE = date(2026, 7, 21)


def due(person: InCare, held: int = 0, policy: Policy = POLICY) -> rules.Due | None:
    return rules.due_in_term(person, *AUTUMN, SUMMER_BEFORE, held, policy)


@pytest.mark.parametrize(
    ("since", "due_on"),
    [
        (date(2026, 11, 10), date(2026, 11, 24)),
        # Christmas Day, Boxing Day (in lieu on 28 December) and New Year's Day are counted out.
        (date(2026, 12, 18), date(2027, 1, 6)),
        # Good Friday and Easter Monday.
        (date(2026, 3, 30), date(2026, 4, 15)),
    ],
)
def test_the_first_plan_is_due_ten_working_days_after_becoming_looked_after(since: date, due_on: date) -> None:
    assert rules.first_due(since, POLICY) == due_on
    assert working_days_between(since, due_on) == 10 and is_working_day(due_on)


def test_an_authority_may_allow_more_days() -> None:
    local = Policy.load(("local", {"R-PEP-1": {"working_days": 20}}))
    assert rules.first_due(date(2026, 11, 10), local) == date(2026, 12, 8)


@given(st.dates(date(2020, 9, 1), date(2030, 9, 10)), st.integers(20, 110))
def test_a_terms_plan_is_due_in_the_term_on_a_working_day(starts_on: date, days: int) -> None:
    ends_on = starts_on + timedelta(days=days)
    on = rules.term_due(starts_on, ends_on, POLICY)
    assert starts_on <= on <= ends_on and is_working_day(on)


@pytest.mark.parametrize(
    ("born_on", "plan"),
    [
        (date(2010, 8, 31), PlanKind.petp),  # 16 on the 31 August before: Year 12
        (date(2010, 9, 1), PlanKind.pep),  # 16 a day later: still Year 11
        (date(2008, 12, 1), PlanKind.petp),
        (date(2008, 9, 1), None),  # 18 on the first day
        (date(2023, 9, 1), PlanKind.pep),  # the third birthday
        (date(2023, 9, 2), None),
        (date(2008, 2, 29), None),
    ],
)
def test_which_plan_follows_from_age(born_on: date, plan: PlanKind | None) -> None:
    assert rules.plan_on(born_on, date(2026, 9, 1), POLICY) is plan


def test_after_16_one_a_year_is_enough_unless_the_authority_wants_more() -> None:
    person = InCare(date(2009, 12, 30), date(2020, 1, 1))
    made = due(person)
    assert made is not None and made.plan is PlanKind.petp and not made.first
    assert due(person, held=1) is None
    assert due(person, held=1, policy=Policy.load(("local", {"R-PEP-2": {"after_16_a_year": 3}}))) is not None
    assert due(InCare(date(2012, 3, 1), date(2020, 1, 1)), held=1) is not None


def test_who_came_since_the_last_term_has_a_first_plan_and_who_left_has_none() -> None:
    came = due(InCare(date(2012, 3, 1), date(2026, 7, 22)))
    assert came is not None and came.first and came.due_on == date(2026, 8, 5)
    known = due(InCare(date(2012, 3, 1), SUMMER_BEFORE))
    assert known is not None and not known.first
    assert due(InCare(date(2012, 3, 1), date(2026, 12, 19))) is None
    assert due(InCare(date(2012, 3, 1), date(2020, 1, 1), ceased_on=AUTUMN[0])) is None
    assert due(InCare(date(2012, 3, 1), None)) is None


@given(st.dates(date(2005, 1, 1), date(2026, 1, 1)), st.dates(date(2015, 1, 1), date(2026, 12, 18)))
def test_nobody_is_due_a_plan_from_the_18th_birthday(born_on: date, since: date) -> None:
    made = due(InCare(born_on, since))
    if made is not None:
        assert made.due_on < birthday(born_on, 18)


def test_a_plan_held_late_or_not_at_all_is_pointed_out_by_the_rule_of_its_clock() -> None:
    due_on, after = date(2026, 11, 6), date(2026, 11, 10)
    assert rules.in_time(due_on, None, due_on, POLICY, first=True) == []
    assert rules.in_time(due_on, due_on, after, POLICY, first=False) == []
    said = [
        rules.in_time(due_on, held, after, POLICY, first=first)[0] for held in (None, after) for first in (True, False)
    ]
    assert [one.rule for one in said] == ["R-PEP-1", "R-PEP-2"] * 2 and not any(one.blocks for one in said)


def test_a_plan_is_complete_with_every_earlier_target_reviewed_and_no_red_mark() -> None:
    assert rules.may_complete(0, "green", POLICY) == [] and rules.may_complete(0, None, POLICY) == []
    assert "2 targets of earlier PEPs were not reviewed" in rules.may_complete(2, "amber", POLICY)[0].message
    said = rules.may_complete(1, "red", POLICY)
    assert [one.rule for one in said] == ["R-PEP-3", "R-PEP-3"] and all(one.blocks for one in said)
