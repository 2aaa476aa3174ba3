"""Conditions say when a question is asked: on plain answers, in words, and as data that can be kept."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cmcore.forms.conditions import Condition, as_data, from_data, holds, in_words, keys_of, plain, when
from tests.cmcore.forms.at_random import Outcome

ANSWERS = {
    "outcome": "held",
    "minutes": 90,
    "rate": "19.50",
    "on": "2026-11-10",
    "joint": True,
    "why": ["a", "b"],
    "gone": None,
}


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        (when("outcome").is_("held"), True),
        (when("outcome").is_(Outcome.held), True),
        (when("outcome").is_("absent"), False),
        (when("outcome").is_not("absent"), True),
        (when("gone").is_not("absent"), True),
        (when("outcome").is_in("absent", "held"), True),
        (when("joint").is_(True), True),
        (when("joint").is_(1), False),
        (when("minutes").is_("90"), False),
        (when("minutes").at_least(90), True),
        (when("minutes").at_least(91), False),
        (when("minutes").at_most(100), True),
        (when("rate").at_least(Decimal("9.99")), True),
        (when("on").at_least(date(2026, 9, 1)), True),
        (when("on").at_most(date(2026, 9, 1)), False),
        (when("gone").at_most(5), False),
        (when("joint").at_least(1), False),
        (when("why").has("b"), True),
        (when("why").has("c"), False),
        (when("outcome").has("h"), False),
        (when("outcome").answered(), True),
        (when("gone").answered(), False),
        (~when("gone").answered(), True),
        (when("nowhere").answered(), False),
        (when("outcome").is_("held") & when("minutes").at_least(100), False),
        (when("outcome").is_("held") | when("minutes").at_least(100), True),
    ],
)
def test_a_condition_looks_at_the_plain_answers(condition: Condition, expected: bool) -> None:
    assert holds(condition, ANSWERS) is expected


keys = st.sampled_from(["outcome", "minutes", "rate", "on", "joint", "why", "gone"])
values = st.one_of(st.sampled_from(["held", "absent", "a", "2026-11-10"]), st.integers(-5, 200), st.booleans())
simple = st.one_of(
    st.builds(lambda key, value: when(key).is_(value), keys, values),
    st.builds(lambda key, some: when(key).is_in(*some), keys, st.lists(values, min_size=1, max_size=3)),
    st.builds(lambda key, value: when(key).has(value), keys, values),
    st.builds(lambda key, value: when(key).at_least(value), keys, values),
    st.builds(lambda key, value: when(key).at_most(value), keys, values),
    st.builds(lambda key: when(key).answered(), keys),
)
conditions = st.recursive(
    simple,
    lambda inner: st.one_of(
        st.builds(lambda a, b: a & b, inner, inner),
        st.builds(lambda a, b: a | b, inner, inner),
        st.builds(lambda a: ~a, inner),
    ),
    max_leaves=6,
)


@given(conditions)
def test_a_condition_kept_as_data_says_the_same(condition: Condition) -> None:
    again = from_data(as_data(condition))
    assert again == condition
    assert holds(again, ANSWERS) is holds(condition, ANSWERS)
    assert keys_of(again) == keys_of(condition)


@given(conditions)
def test_turning_a_condition_round_turns_its_answer_round(condition: Condition) -> None:
    assert holds(~condition, ANSWERS) is not holds(condition, ANSWERS)


@given(conditions)
def test_every_condition_can_be_said(condition: Condition) -> None:
    assert in_words(condition, str.capitalize, lambda key, value: str(value))


def said(condition: Condition) -> str:
    """The condition in words."""
    return in_words(condition, str.capitalize, lambda key, value: f"“{value}”")


def test_a_condition_is_said_as_part_of_a_sentence() -> None:
    assert said(when("outcome").is_("held")) == "the answer to “Outcome” is “held”"
    assert said(when("outcome").is_not("held")) == "the answer to “Outcome” is not “held”"
    assert said(when("outcome").is_in("a", "b", "c")) == "the answer to “Outcome” is “a”, “b” or “c”"
    assert said(~when("why").answered()) == "“Why” is not answered"
    assert said(when("a").answered() & (when("b").answered() | when("c").answered())) == (
        "“A” is answered and either “B” is answered or “C” is answered"
    )
    assert said((when("a").answered() & when("b").answered()) | when("c").answered()) == (
        "both “A” is answered and “B” is answered or “C” is answered"
    )


@pytest.mark.parametrize("value", [1.5, object(), ["a"], {}])
def test_a_condition_compares_only_with_what_can_be_kept(value: Any) -> None:
    with pytest.raises(TypeError, match="A condition compares with a text, a number, a day or a choice"):
        plain(value)


@pytest.mark.parametrize("data", [[], ["is_in", 1, []], ["perhaps", "a"], ["not", "a"]])
def test_what_is_no_condition_is_refused(data: list[Any]) -> None:
    with pytest.raises(ValueError, match="is not a condition"):
        from_data(data)
