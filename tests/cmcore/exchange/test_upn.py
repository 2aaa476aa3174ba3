"""The unique pupil number: its pattern and its check letter."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cmcore.exchange.ssda903.upn import LETTERS, check_letter, has_pattern, masked
from tests.cmcore.exchange.made_returns import UPNS

DIGITS = st.text("0123456789", min_size=12, max_size=12)


@pytest.mark.parametrize(
    ("upn", "right"),
    [
        ("A123456789012", True),
        ("A12345678901B", True),
        ("I123456789012", False),
        ("O123456789012", False),
        ("S123456789012", False),
        ("A12345678901", False),
        ("A1234567890123", False),
        ("1123456789012", False),
        ("A12345678901٢", False),
        ("a123456789012", False),
        ("", False),
    ],
)
def test_a_number_is_a_letter_and_twelve_digits(upn: str, right: bool) -> None:
    assert has_pattern(upn) is right


@given(DIGITS)
def test_the_letter_is_the_weighted_sum_of_the_digits(digits: str) -> None:
    total = sum(int(digit) * (place + 2) for place, digit in enumerate(digits))
    assert check_letter(f"A{digits}") == LETTERS[total % 23]


@given(DIGITS, st.integers(0, 11), st.sampled_from("0123456789"))
def test_one_digit_mistyped_is_always_noticed(digits: str, place: int, other: str) -> None:
    typed = digits[:place] + other + digits[place + 1 :]
    assert (check_letter(f"A{typed}") == check_letter(f"A{digits}")) is (typed == digits)


def test_a_temporary_number_counts_its_last_letter() -> None:
    assert check_letter("A00000000000B") == LETTERS[1 * 13]


def test_a_last_letter_without_a_value_has_no_check_letter() -> None:
    assert check_letter("A00000000000S") == ""


def test_the_numbers_made_for_tests_are_right() -> None:
    assert all(has_pattern(upn) and check_letter(upn) == upn[0] for upn in UPNS)


def test_a_number_is_shown_by_its_ends_only() -> None:
    assert masked("K123456789013") == "K•••••••••••3"
    assert masked("K1") == "••"
