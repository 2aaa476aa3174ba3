"""Each rule of Derbyshire's refuses or warns of what it is about, and lets the rest through."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest

import cmcore_derbyshire
from cmcore.api import Policy
from cmcore.testing import plugged
from cmcore_derbyshire import rules
from cmcore_derbyshire.words import Briefer

FRIDAY = datetime(2026, 11, 6, 15, 0, tzinfo=UTC)


@pytest.fixture
def policy() -> Iterator[Policy]:
    """The rules with Derbyshire's among them."""
    with plugged(cmcore_derbyshire):
        yield Policy.load()


@pytest.mark.parametrize(("today", "told"), [(date(2026, 11, 8), False), (date(2026, 11, 9), True)])
def test_a_crisis_waits_a_working_day_before_it_is_told(policy: Policy, today: date, told: bool) -> None:
    said = rules.crisis_waits(FRIDAY, today, policy)
    assert [one.rule for one in said] == (["R-DERBYSHIRE-1"] if told else [])


@pytest.mark.parametrize(
    ("urgency", "federation", "counting", "heads"),
    [
        ("crisis", "D990", [], True),
        ("crisis", "D990", ["D990"], True),
        ("crisis", "D990", ["D123"], False),
        ("crisis", None, [], False),
        ("routine", "D990", [], False),
    ],
)
def test_a_crisis_of_a_school_of_the_federation_heads_the_list(
    urgency: str, federation: str | None, counting: list[str], heads: bool
) -> None:
    assert rules.heads_the_list(urgency, federation, counting) is heads


def test_red_concern_is_not_sent_without_what_keeps_everyone_safe(policy: Policy) -> None:
    (said,) = rules.red_says_what_keeps_safe("red", "  ", policy)
    assert said.blocks and said.place == "risks"
    assert rules.red_says_what_keeps_safe("red", "None known.", policy) == []
    assert rules.red_says_what_keeps_safe("amber", "", policy) == []


def test_the_mentor_is_briefed_by_social_care_and_by_the_school_where_there_is_one(policy: Policy) -> None:
    (said,) = rules.briefed_jointly([Briefer.carer], True, policy)
    assert said.message == "The mentor is not briefed by social care or the school." and not said.blocks
    assert rules.briefed_jointly([Briefer.social_care], False, policy) == []
    assert rules.briefed_jointly([Briefer.social_care, Briefer.school], True, policy) == []


def test_crisis_mentoring_does_not_start_without_a_plan(policy: Policy) -> None:
    assert [one.blocks for one in rules.crisis_has_a_plan(False, policy)] == [True]
    assert rules.crisis_has_a_plan(True, policy) == []


def test_a_review_that_does_not_say_the_concern_is_pointed_out(policy: Policy) -> None:
    assert [one.blocks for one in rules.concern_is_said(None, policy)] == [False]
    assert rules.concern_is_said("green", policy) == []
