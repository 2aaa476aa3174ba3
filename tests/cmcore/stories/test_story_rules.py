"""When a story is due, and what refuses approving and giving it: over plain values."""

from __future__ import annotations

from datetime import date

import pytest

from cmcore.base.policy import Policy
from cmcore.stories import rules
from cmcore.stories.passages import Mark

POLICY = Policy.load()


@pytest.mark.parametrize(
    ("asked", "due"),
    [
        (date(2026, 9, 3), date(2026, 10, 5)),  # 3 October is a Saturday
        (date(2026, 10, 14), date(2026, 11, 16)),
        (date(2027, 1, 31), date(2027, 3, 1)),  # 28 February 2027 is a Sunday
        (date(2026, 11, 25), date(2026, 12, 29)),  # Christmas, Boxing Day on a Saturday, its Monday
        (date(2026, 12, 15), date(2027, 1, 15)),
    ],
)
def test_it_is_due_in_a_month_on_a_working_day(asked: date, due: date) -> None:
    assert rules.due_on(asked, POLICY) == due


def test_somebody_is_told_a_week_before_and_when_it_is_over() -> None:
    due = date(2026, 11, 16)
    assert rules.is_in_time(due, None, date(2026, 11, 1), POLICY) == []
    soon = rules.is_in_time(due, None, date(2026, 11, 10), POLICY)[0]
    assert soon.rule == "R-SAR-1" and "in 6 days" in soon.message and not soon.blocks
    assert "1 day ago" in rules.is_in_time(due, None, date(2026, 11, 17), POLICY)[0].message
    assert rules.is_in_time(due, date(2026, 11, 16), date(2027, 1, 1), POLICY) == []
    assert rules.is_in_time(due, date(2026, 11, 18), date(2027, 1, 1), POLICY)


def test_an_open_mark_refuses_asking_and_decided_ones_let_it_through() -> None:
    refused = rules.names_decided([Mark(word="Kezia"), Mark(word="Pip", becomes="keep")], POLICY)
    assert refused[0].blocks and refused[0].rule == "R-SAR-2" and refused[0].message.startswith("1 word may be a name")
    assert rules.names_decided([Mark(word="Kezia", becomes="leave_out")], POLICY) == []


def test_whoever_made_it_does_not_approve_it_and_somebody_else_does() -> None:
    assert rules.second_person("hester", {"hester", ""}, POLICY)[0].rule == "R-SAR-3"
    assert rules.second_person("imogen", {"hester", ""}, POLICY) == []


def test_another_text_than_the_approved_one_is_refused() -> None:
    assert rules.as_approved("ab", "cd", POLICY)[0].rule == "R-SAR-4"
    assert rules.as_approved("", "", POLICY)
    assert rules.as_approved("ab", "ab", POLICY) == []


def test_what_is_not_told_is_said_to_whoever_answers() -> None:
    assert rules.looked_at_by_hand([], POLICY) == []
    told = rules.looked_at_by_hand(["1 concern"], POLICY)[0]
    assert told.rule == "R-SAR-5" and not told.blocks
