"""The statistics agree with published examples, with brute force, and with an independent implementation."""

from __future__ import annotations

import itertools
import time
from collections import Counter
from fractions import Fraction
from statistics import median as plain_median

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from cmcore.evidence import statistics as ours

changes = st.lists(st.integers(-4, 4), max_size=12)


@pytest.mark.parametrize(
    ("successes", "trials", "low", "high"),
    [
        # R. G. Newcombe (1998), Two-sided confidence intervals for the single proportion, Statistics in Medicine 17,
        # 857-872, table I, method 3 (Wilson's score, no continuity correction).
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_wilsons_interval_is_that_of_the_published_examples(
    successes: int, trials: int, low: float, high: float
) -> None:
    found = ours.wilson(successes, trials)
    assert found is not None
    assert (round(found.low, 4), round(found.high, 4)) == (low, high)
    assert found.share == successes / trials


@given(st.integers(1, 500), st.data())
def test_wilsons_interval_holds_just_the_shares_the_score_test_does_not_reject(
    trials: int, data: st.DataObject
) -> None:
    successes = data.draw(st.integers(0, trials))
    found = ours.wilson(successes, trials)
    assert found is not None
    assert 0 <= found.low <= found.share <= found.high <= 1
    for end in (found.low, found.high):
        if 0 < end < 1:
            z = abs(found.share - end) / (end * (1 - end) / trials) ** 0.5
            assert z == pytest.approx(ours.Z_95, rel=1e-6)


@given(st.integers(1, 500), st.data())
def test_wilsons_interval_mirrors_when_improved_and_not_improved_change_places(
    trials: int, data: st.DataObject
) -> None:
    successes = data.draw(st.integers(0, trials))
    there, back = ours.wilson(successes, trials), ours.wilson(trials - successes, trials)
    assert there and back
    assert (there.low, there.high) == pytest.approx((1 - back.high, 1 - back.low))


def test_no_trials_have_no_interval_and_a_share_over_one_is_refused() -> None:
    assert ours.wilson(0, 0) is None
    for successes, trials in ((3, 2), (-1, 2)):
        with pytest.raises(ValueError, match="is not a share"):
            ours.wilson(successes, trials)


def brute_force(steps: list[int]) -> Fraction:
    """The two-sided p by writing out every choice of signs."""
    moved = [step for step in steps if step]
    sizes = sorted(abs(step) for step in moved)
    rank = {size: Fraction(2 * sizes.index(size) + sizes.count(size) + 1, 2) for size in sizes}
    ranks = [rank[abs(step)] for step in moved]
    middle = sum(ranks, Fraction(0)) / 2
    seen = abs(sum((rank[step] for step in moved if step > 0), Fraction(0)) - middle)
    as_far = 0
    for signs in itertools.product((0, 1), repeat=len(moved)):
        total = sum((one for one, sign in zip(ranks, signs, strict=True) if sign), Fraction(0))
        as_far += abs(total - middle) >= seen
    return Fraction(as_far, 2 ** len(moved))


@settings(deadline=None, max_examples=60)
@given(changes)
def test_the_exact_p_equals_brute_force_up_to_twelve_pairs(steps: list[int]) -> None:
    found = ours.wilcoxon(Counter(steps))
    if sum(step != 0 for step in steps) < 6:
        assert found is None
    else:
        assert found is not None and found.method == "exact"
        assert Fraction(found.p) == brute_force(steps)


@settings(deadline=None, max_examples=30)
@given(st.lists(st.integers(-40, 40).filter(bool), min_size=6, max_size=12, unique_by=abs))
def test_the_exact_p_without_ties_equals_brute_force_too(steps: list[int]) -> None:
    found = ours.wilcoxon(Counter(steps))
    assert found is not None and Fraction(found.p) == brute_force(steps)


def test_the_exact_p_is_that_of_a_published_example() -> None:
    # Darwin's fifteen pairs of maize, in eighths of an inch (R. A. Fisher, The Design of Experiments, 1935, chapter
    # III). R's wilcox.test(exact = TRUE) gives V = 96 and p = 0.04126.
    darwin = [49, -67, 8, 16, 6, 23, 28, 41, 14, 29, 56, 24, 75, 60, -48]
    found = ours.wilcoxon(Counter(darwin))
    assert found is not None and found.method == "exact"
    assert ours.signed_ranks(Counter(darwin)).plus == 2 * 96
    assert round(found.p, 5) == 0.04126


@settings(deadline=None, max_examples=40)
@given(st.sets(st.integers(1, 400), min_size=6, max_size=45), st.data())
def test_the_exact_p_without_ties_equals_scipys(sizes: set[int], data: st.DataObject) -> None:
    scipy = pytest.importorskip("scipy.stats", reason="scipy is not installed: the extra is called evidence.")
    steps = [size * data.draw(st.sampled_from((1, -1))) for size in sizes]
    found = ours.wilcoxon(Counter(steps))
    assert found is not None
    assert found.p == pytest.approx(float(scipy.wilcoxon(steps, method="exact").pvalue), rel=1e-9)


def test_fewer_than_six_changed_pairs_have_no_p_however_many_stayed() -> None:
    assert ours.wilcoxon({0: 100, 1: 5}) is None
    found = ours.wilcoxon({0: 100, 1: 6})
    assert found is not None and found.p == 2 / 64


@given(changes)
def test_reversing_all_scores_flips_the_sign_of_r_and_leaves_p(steps: list[int]) -> None:
    there, back = Counter(steps), Counter(-step for step in steps)
    r = ours.rank_biserial(there)
    if r is None:
        assert not any(steps) and ours.rank_biserial(back) is None
    else:
        assert ours.rank_biserial(back) == -r
        assert -1 <= r <= 1
    assert ours.wilcoxon(there) == ours.wilcoxon(back)


@given(changes)
def test_pairs_without_change_alter_neither_r_nor_p(steps: list[int]) -> None:
    more = [*steps, 0, 0, 0]
    assert ours.rank_biserial(Counter(more)) == ours.rank_biserial(Counter(steps))
    assert ours.wilcoxon(Counter(more)) == ours.wilcoxon(Counter(steps))


def test_r_is_one_when_all_improved_and_minus_one_when_all_declined() -> None:
    assert ours.rank_biserial({1: 4, 2: 3}) == 1.0
    assert ours.rank_biserial({-1: 4, -2: 3}) == -1.0
    assert ours.rank_biserial({1: 3, -1: 1}) == 0.5


@given(st.lists(st.integers(-40, 40), min_size=1, max_size=60))
def test_the_median_of_counted_values_is_the_plain_median(values: list[int]) -> None:
    assert ours.median(Counter(values)) == plain_median(values)


def test_nothing_has_no_median() -> None:
    assert ours.median({}) is None


def test_hundreds_of_tied_pairs_are_still_tested_exactly_and_soon() -> None:
    began = time.perf_counter()
    found = ours.wilcoxon({1: 300, 2: 120, 3: 40, 4: 8, -1: 220, -2: 60, -3: 20, -4: 2, 0: 200})
    assert found is not None and found.method == "exact"
    assert time.perf_counter() - began < 20


def test_a_country_of_pairs_falls_back_to_the_normal_approximation_and_says_so() -> None:
    found = ours.wilcoxon({1: 20_100, 2: 9_000, 3: 2_000, 4: 300, -1: 20_000, -2: 8_990, -3: 2_010, -4: 310})
    assert found is not None and found.method == "normal"
    assert 0.3 < found.p < 1


def test_the_p_of_a_country_that_changed_beyond_doubt_is_very_small_and_never_nothing() -> None:
    found = ours.wilcoxon({1: 5_000, 2: 4_000, -1: 8_000, -3: 100})
    assert found is not None and found.method == "normal"
    assert 1e-224 < found.p < 1e-222  # scipy: 2.19e-223


@settings(deadline=None, max_examples=25)
@given(st.lists(st.integers(-4, 4).filter(bool), min_size=150, max_size=250))
def test_the_approximation_is_close_to_the_exact_p_where_both_can_be_had(steps: list[int]) -> None:
    found = ours.wilcoxon(Counter(steps))
    assert found is not None
    assume(found.method == "exact")
    assert ours._normal_p(ours.signed_ranks(Counter(steps))) == pytest.approx(found.p, abs=0.01)
