"""R-MEN-1 and R-MEN-2 over plain values, as at the day of the act."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cmcore.base.periods import Term
from cmcore.base.policy import Policy
from cmcore.mentors.rules import SeenCheck
from cmcore.readiness.rules import INDUCTION, Assessed, may_begin, reflects_each_term, term_on

POLICY = Policy.load()
ON = date(2026, 11, 10)
NAME = "Jo Bellwether"
INDUCTED = SeenCheck(INDUCTION, date(2026, 9, 1), None, date(2026, 9, 1))
STUDIO = Assessed(1, "One to one in a studio", date(2026, 1, 1))
NEWER = Assessed(2, "One to one, anywhere", date(2026, 11, 1))
AUTUMN = Term("Autumn", date(2026, 9, 1), date(2026, 12, 18))


def test_who_was_inducted_and_has_read_the_risk_assessment_may_begin() -> None:
    assert may_begin([INDUCTED], [STUDIO], {1: date(2026, 9, 2)}, ON, POLICY, NAME) == []


@pytest.mark.parametrize(
    ("checks", "assessments", "read", "said"),
    [
        ([], [STUDIO], {1: ON}, "The induction of Jo Bellwether is not written down by 10 November 2026."),
        ([INDUCTED], [STUDIO], {}, "Jo Bellwether has not read the risk assessment by 10 November 2026."),
        (
            [INDUCTED],
            [STUDIO],
            {1: date(2026, 11, 11)},
            "Jo Bellwether has not read the risk assessment by 10 November 2026.",
        ),
        ([INDUCTED], [], {}, "Jo Bellwether has no risk assessment to read by 10 November 2026."),
    ],
)
def test_nobody_begins_without_either(
    checks: list[SeenCheck], assessments: list[Assessed], read: dict[int, date], said: str
) -> None:
    (found,) = may_begin(checks, assessments, read, ON, POLICY, NAME)
    assert (found.rule, found.blocks, found.message) == ("R-MEN-2", True, said) and found.way_out


def test_a_newer_risk_assessment_is_pointed_out_and_stops_nobody_who_read_the_last() -> None:
    (found,) = may_begin([INDUCTED], [STUDIO, NEWER], {1: date(2026, 9, 2)}, ON, POLICY, NAME)
    assert found.rule == "R-MEN-2" and not found.blocks and "“One to one, anywhere” of 1 November 2026" in found.message
    earlier = date(2026, 10, 31)
    assert may_begin([INDUCTED], [STUDIO, NEWER], {1: date(2026, 9, 2)}, earlier, POLICY, NAME) == []


def test_one_that_was_replaced_need_not_be_read_any_more() -> None:
    replaced = Assessed(1, STUDIO.activity, STUDIO.made_on, date(2026, 11, 1))
    assert may_begin([INDUCTED], [replaced, NEWER], {2: date(2026, 11, 2)}, ON, POLICY, NAME) == []


@pytest.mark.parametrize(
    ("came", "on", "told"),
    [
        ([], date(2026, 9, 28), False),
        ([], date(2026, 9, 29), True),
        ([date(2026, 6, 1)], ON, True),
        ([date(2026, 9, 1)], ON, False),
        ([date(2026, 12, 18)], date(2026, 12, 18), False),
        ([date(2026, 11, 11)], ON, True),
        ([], date(2026, 12, 25), True),
    ],
)
def test_a_reflective_session_each_term_is_told_once_the_term_has_gone_on(
    came: list[date], on: date, told: bool
) -> None:
    said = reflects_each_term(came, AUTUMN, on, POLICY, NAME)
    assert [one.rule for one in said] == (["R-MEN-1"] if told else []) and not any(one.blocks for one in said)


def test_the_holidays_belong_to_the_term_before() -> None:
    spring = Term("Spring", date(2027, 1, 5), date(2027, 3, 26))
    assert term_on([AUTUMN, spring], date(2027, 1, 4)) == AUTUMN
    assert term_on([AUTUMN, spring], date(2027, 1, 5)) == spring
    assert term_on([AUTUMN, spring], date(2026, 8, 31)) is None
    assert reflects_each_term([], None, ON, POLICY, NAME) == []


DAYS = st.dates(date(2024, 1, 1), date(2028, 12, 31))
INDUCTIONS = st.lists(st.builds(SeenCheck, st.just(INDUCTION), DAYS, st.none(), st.none() | DAYS), max_size=3)


@given(INDUCTIONS, st.lists(DAYS, max_size=3), st.dictionaries(st.integers(0, 2), DAYS), st.integers(0, 2), DAYS, DAYS)
def test_neither_a_further_induction_nor_a_further_reading_turns_a_yes_into_a_no(
    checks: list[SeenCheck], made: list[date], read: dict[int, date], one: int, read_on: date, on: date
) -> None:
    known = [Assessed(key, "Work", made_on) for key, made_on in enumerate(made)]
    if any(each.blocks for each in may_begin(checks, known, read, on, POLICY)):
        return
    more = [*checks, SeenCheck(INDUCTION, on, None, None)]
    assert not any(each.blocks for each in may_begin(more, known, {one: read_on, **read}, on, POLICY))
