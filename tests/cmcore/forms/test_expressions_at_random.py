"""Random expressions against a small reference that shares no code with them, and random text against the reader."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from cmcore.forms.expressions import Answer, Scope, Unusable, as_data, evaluate, from_data, parse
from cmcore.forms.expressions.functions import FUNCTIONS
from cmcore.forms.expressions.values import as_number, as_truth

ANSWERS = {"a": 2, "b": 7, "c": 0}
#: A number as text and as what it is worth; None where it is not a number.
Reckoned = tuple[str, Fraction | None]
So = tuple[str, bool]

_NUMBERS: st.SearchStrategy[Reckoned] = st.one_of(
    st.integers(0, 20).map(lambda number: (str(number), Fraction(number))),
    st.sampled_from(["0.5", "2.25", ".125"]).map(lambda text: (text, Fraction(text))),
    st.sampled_from(sorted(ANSWERS)).map(lambda key: (f"${{{key}}}", Fraction(ANSWERS[key]))),
)


def _two(parts: tuple[Reckoned, str, Reckoned]) -> Reckoned:
    (left, one), operator, (right, other) = parts
    text = f"({left} {operator} {right})"
    if one is None or other is None or (operator in ("div", "mod") and other == 0):
        return text, None
    match operator:
        case "+":
            return text, one + other
        case "-":
            return text, one - other
        case "*":
            return text, one * other
        case "div":
            return text, one / other
    # XPath's remainder has the sign of what is divided.
    whole = int(one / other)
    return text, one - other * whole


def _reckoned(inner: st.SearchStrategy[Reckoned]) -> st.SearchStrategy[Reckoned]:
    return st.one_of(
        st.tuples(inner, st.sampled_from(["+", "-", "*", "div", "mod"]), inner).map(_two),
        inner.map(lambda one: (f"-{one[0]}", None if one[1] is None else -one[1])),
    )


NUMBERS = st.recursive(_NUMBERS, _reckoned, max_leaves=6)


def _compared(parts: tuple[Reckoned, str, Reckoned]) -> So:
    (left, one), operator, (right, other) = parts
    text = f"{left} {operator} {right}"
    if one is None or other is None:
        return text, operator == "!="
    told: dict[str, bool] = {"=": one == other, "!=": one != other, "<": one < other}
    told |= {"<=": one <= other, ">": one > other, ">=": one >= other}
    return text, told[operator]


_SO: st.SearchStrategy[So] = st.one_of(
    st.tuples(_NUMBERS, st.sampled_from(["=", "!=", "<", "<=", ">", ">="]), _NUMBERS).map(_compared),
    st.sampled_from([("true()", True), ("false()", False)]),
)
TRUTHS = st.recursive(
    _SO,
    lambda inner: st.one_of(
        st.tuples(inner, inner).map(lambda two: (f"({two[0][0]}) and ({two[1][0]})", two[0][1] and two[1][1])),
        st.tuples(inner, inner).map(lambda two: (f"({two[0][0]} or {two[1][0]})", two[0][1] or two[1][1])),
        inner.map(lambda one: (f"not({one[0]})", not one[1])),
    ),
    max_leaves=8,
)


def _read(text: str) -> Any:
    return parse(text, Answer)


@given(NUMBERS)
def test_a_sum_is_worth_what_fractions_say(drawn: Reckoned) -> None:
    text, expected = drawn
    found = as_number(evaluate(_read(text), Scope(ANSWERS)))
    if expected is None:
        assert found.is_nan()
    elif found.is_finite():
        # Division keeps 28 figures; a remainder after it is only as good as that.
        near = abs(Fraction(found) - expected)
        assert near <= max(abs(expected), Fraction(1)) / 10**20 or "mod" in text


@given(TRUTHS)
def test_whether_something_is_so_is_what_python_says(drawn: So) -> None:
    text, expected = drawn
    made = _read(text)
    assert as_truth(evaluate(made, Scope(ANSWERS))) is expected
    assert from_data(as_data(made)) == made


_BITS = st.sampled_from(
    [*(f"{name}(" for name in FUNCTIONS), "${a}", "${none}", "(", ")", ",", "'x y'", "'2026-02-30'", "5", "-", "+", "*"]
    + [" div ", " mod ", " and ", " or ", "=", "!=", "<", ".", " ", "today()", "'[a-'", "1e5", "99999999999999999999"]
)


@given(st.one_of(st.lists(_BITS, max_size=14).map("".join), st.text(max_size=30)))
def test_any_text_is_read_or_refused_and_what_is_read_is_worth_something(text: str) -> None:
    try:
        made = _read(text)
    except Unusable:
        return
    evaluate(made, Scope({"a": ["x", "y"]}))


@given(
    st.sampled_from(sorted(FUNCTIONS)),
    st.lists(
        st.one_of(st.none(), st.booleans(), st.integers(), st.text(max_size=12), st.lists(st.sampled_from("abc"))),
        min_size=6,
        max_size=6,
    ),
)
def test_no_function_fails_whatever_it_is_given(name: str, given_: list[Any]) -> None:
    answers = {f"q{number}": value for number, value in enumerate(given_)}
    function = FUNCTIONS[name]
    many = function.least if function.most == function.least else min(function.most or 6, 6)
    text = f"{name}({', '.join(f'${{q{number}}}' for number in range(many))})"
    evaluate(_read(text), Scope(answers))
