"""Patterns of text are matched like Python's own where both know them, and in no time where Python's take for ever."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cmcore.forms.expressions.patterns import Pattern
from cmcore.forms.expressions.tree import Unusable

_ATOMS = st.sampled_from(["a", "b", "1", ".", "[ab]", "[^a]", "[a-c1]", r"\d", r"\w", r"\S", "(?:ab)", "(a|b1)", r"\."])
_OFTEN = st.sampled_from(["", "", "*", "+", "?", "{2}", "{1,3}", "{2,}", "+?"])
_PIECES = st.lists(st.tuples(_ATOMS, _OFTEN).map("".join), min_size=1, max_size=5).map("".join)
PATTERNS = st.one_of(
    _PIECES,
    st.tuples(_PIECES, _PIECES).map("|".join),
    st.tuples(_PIECES, _OFTEN).map(lambda parts: f"({parts[0]}){parts[1]}"),
    _PIECES.map(lambda inner: f"^{inner}$"),
)


@given(PATTERNS, st.text(alphabet="ab1c. ", max_size=9))
def test_a_pattern_fits_what_pythons_own_fits_from_end_to_end(pattern: str, text: str) -> None:
    assert Pattern(pattern).fits(text) == bool(re.fullmatch(pattern, text, re.ASCII))


@pytest.mark.parametrize(
    "pattern", ["(a+)+b", "(a|a)*b", "(a*)*b", "(a|aa)+b", "a*a*a*a*a*a*a*a*b", "(.*)*x", "((a?){20}){20}b"]
)
def test_a_pattern_that_goes_back_for_ever_elsewhere_is_done_at_once(pattern: str) -> None:
    began = time.perf_counter()
    assert not Pattern(pattern).fits("a" * 1_500)
    assert time.perf_counter() - began < 5


@pytest.mark.parametrize(
    "pattern",
    [
        *(
            "(",
            ")",
            "[",
            "[z-a]",
            "a{",
            "a{3,1}",
            "a{99999}",
            "*a",
            "a**",
            "(?=a)",
            "(?<!a)b",
            r"(a)\1",
            r"\p{L}",
            "\\",
        ),
        *("a" * 501, "(" * 40 + "a" + ")" * 40, "((a{30}){30}){30}", "^*"),
    ],
)
def test_a_pattern_that_cannot_be_read_or_asks_for_too_much_is_refused(pattern: str) -> None:
    with pytest.raises(Unusable, match="[pP]attern"):
        Pattern(pattern)


def test_a_text_that_is_too_long_never_fits() -> None:
    assert Pattern(".*").fits("a" * 2_000) and not Pattern(".*").fits("a" * 2_001)
