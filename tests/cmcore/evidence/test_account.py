"""The account of a cohort: the counts add up, no share without its pairs, no cause claimed."""

from __future__ import annotations

import json
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cmcore.evidence.account import Account, CohortCounts, MeasureCounts, account_of, whole_percent
from cmcore.measures.change import WhyUnpaired
from cmcore.measures.shipped import EIGHT, SDQ

one_to_five = st.integers(1, 5)
pair_counts = st.dictionaries(st.tuples(one_to_five, one_to_five), st.integers(1, 30), max_size=25)


def cohort(pairs: dict[tuple[int, int], int], *, started: int = 2000, with_baseline: int | None = None) -> CohortCounts:
    paired = sum(pairs.values())
    return CohortCounts(
        EIGHT,
        referred=started + 22,
        started=started,
        with_baseline=paired if with_baseline is None else with_baseline,
        paired=paired,
        measures={"confidence": MeasureCounts(paired if with_baseline is None else with_baseline, pairs)},
        days_between={91: paired} if paired else {},
        minutes_received={1260: paired} if paired else {},
        scored_by={"joint": paired} if paired else {},
        unpaired={WhyUnpaired.no_later_review: 27},
    )


def confidence(account: Account):  # type: ignore[no-untyped-def]
    return next(row for row in account.measures if row.measure.key == "confidence")


@given(pair_counts)
def test_improved_maintained_and_declined_add_up_to_paired(pairs: dict[tuple[int, int], int]) -> None:
    for row in account_of(cohort(pairs), 10).measures:
        assert row.improved + row.maintained + row.declined == row.paired
        assert 0 <= row.at_ceiling <= row.maintained


@given(pair_counts)
def test_reversing_all_scores_flips_the_sign_of_r(pairs: dict[tuple[int, int], int]) -> None:
    there = confidence(account_of(cohort(pairs), 10))
    back = confidence(account_of(cohort({(after, before): often for (before, after), often in pairs.items()}), 10))
    assert (there.r is None) == (back.r is None)
    if there.r is not None and back.r is not None:
        assert there.r == -back.r
    assert (there.improved, there.declined) == (back.declined, back.improved)


@given(st.dictionaries(st.tuples(st.integers(0, 40), st.integers(0, 40)), st.integers(1, 9), max_size=12))
def test_where_lower_is_better_turning_the_scale_round_changes_nothing(pairs: dict[tuple[int, int], int]) -> None:
    paired = sum(pairs.values())

    def row(counts: dict[tuple[int, int], int]):  # type: ignore[no-untyped-def]
        given = CohortCounts(SDQ, paired, paired, paired, paired, {"total": MeasureCounts(paired, counts)})
        return account_of(given, 10).measures[0]

    as_is, mirrored = row(pairs), row(dict(Counter({(40 - a, 40 - b): n for (a, b), n in pairs.items()})))
    assert (as_is.improved, as_is.declined) == (mirrored.declined, mirrored.improved)


def test_the_numbers_of_one_measure() -> None:
    pairs = {(1, 3): 20, (2, 3): 19, (3, 3): 9, (5, 5): 4, (3, 2): 8}
    row = confidence(account_of(cohort(pairs, started=96, with_baseline=88), 10))
    assert (row.referred, row.started, row.with_baseline, row.paired) == (118, 96, 88, 60)
    assert (row.improved, row.maintained, row.at_ceiling, row.declined) == (39, 13, 4, 8)
    assert (row.percent, row.percent_range) == (65, (52, 76))
    assert (row.median_change, row.changed) == (1, 47)
    assert row.test is not None and row.test.p < 0.001
    assert row.r is not None and 0.6 < row.r < 0.9


def test_no_percentage_is_given_under_ten_pairs_and_one_is_at_ten() -> None:
    nine = confidence(account_of(cohort({(1, 2): 9}), 10))
    assert (nine.interval, nine.percent, nine.percent_range) == (None, None, None)
    assert nine.as_data()["improved_share"] is None
    ten = confidence(account_of(cohort({(1, 2): 10}), 10))
    assert ten.as_data()["improved_share"] == {"percent": 100, "low": 72, "high": 100, "of": 10}


def test_an_authority_may_ask_for_more_pairs_before_it_shows_a_share() -> None:
    assert confidence(account_of(cohort({(1, 2): 19}), 20)).percent is None
    assert confidence(account_of(cohort({(1, 2): 20}), 20)).percent == 100


def test_no_p_under_six_changed_pairs() -> None:
    assert confidence(account_of(cohort({(1, 2): 5, (3, 3): 40}), 10)).test is None
    assert confidence(account_of(cohort({(1, 2): 6, (3, 3): 40}), 10)).test is not None


def test_a_measure_nobody_scored_keeps_its_row_with_noughts() -> None:
    account = account_of(cohort({}), 10)
    assert [row.measure.key for row in account.measures] == list(EIGHT.keys)
    assert all((row.paired, row.median_change, row.r, row.test) == (0, None, None, None) for row in account.measures)


def test_counts_that_cannot_all_be_right_are_refused() -> None:
    with pytest.raises(ValueError, match="cannot all be right"):
        account_of(cohort({(1, 2): 3}, with_baseline=2), 10)


def test_the_account_is_plain_json_with_the_definition_and_the_caveats() -> None:
    told = json.loads(json.dumps(account_of(cohort({(1, 3): 12, (5, 5): 3}, started=40), 10).as_data()))
    assert told["measure_set"] == "eight@1"
    assert told["weeks_between"] == {"median": 13.0, "lower": 13.0, "upper": 13.0}
    assert told["hours_received"]["median"] == 21.0
    assert told["scored_by"] == {"joint": 15}
    assert told["unpaired"] == {"no_later_review": 27}
    assert "(W⁺ − W⁻) / (W⁺ + W⁻)" in told["definition"]
    assert told["read_this_with_the_numbers"][0].startswith("No comparison group.")
    assert any("25 of 40 who started have no pair" in said for said in told["read_this_with_the_numbers"])


@given(pair_counts)
def test_nothing_it_says_claims_a_cause(pairs: dict[tuple[int, int], int]) -> None:
    account = account_of(cohort(pairs), 10)
    said = " ".join([account.headline, *(f"{what} {why}" for what, why in account.caveats)]).lower()
    for word in ("because", "caused", "thanks to", "due to", "effect of", "led to", "impact"):
        assert word not in said


def test_the_headline_counts_only_measures_with_enough_pairs() -> None:
    assert account_of(cohort({(1, 2): 9}), 10).headline == "No measure has 10 pairs yet, so no share is shown"
    assert account_of(cohort({(1, 2): 10}), 10).headline == "More than half improved on one of the eight measures"
    assert account_of(cohort({(2, 1): 10}), 10).headline == "More than half improved on none of the eight measures"


def test_a_half_rounds_up() -> None:
    assert [whole_percent(share) for share in (0.0, 0.004, 0.005, 0.5, 0.995, 1.0)] == [0, 0, 1, 50, 100, 100]
