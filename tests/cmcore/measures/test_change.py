"""The change of one measure: which two reviews are compared, and what is said when they cannot be."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cmcore.measures.change import FinalReview, Outcome, WhyUnpaired, change_of, changes_of, ends_of, outcome_of
from cmcore.measures.sets import Measure
from cmcore.measures.shipped import EIGHT, SDQ, SIX

CONFIDENCE = EIGHT["confidence"]
MAY, JULY, SEPTEMBER = date(2026, 5, 26), date(2026, 7, 7), date(2026, 9, 22)


def review(
    kind: str,
    held_on: date,
    score: int | None = 3,
    *,
    by: str = "joint",
    of: str = "eight@1",
    number: int = 0,
    reasons: Mapping[str, str] | None = None,
) -> FinalReview:
    return FinalReview(of, kind, held_on, by, {"confidence": score}, reasons or {}, number)


def confidence(*reviews: FinalReview) -> tuple[Outcome, int | None, WhyUnpaired | None]:
    change = change_of(CONFIDENCE, ends_of(reviews, EIGHT))
    return change.outcome, change.steps, change.why


@pytest.mark.parametrize(
    ("before", "after", "outcome", "words"),
    [
        (2, 4, Outcome.improved, "Improved by 2"),
        (3, 2, Outcome.declined, "Declined by 1"),
        (3, 3, Outcome.maintained, "Maintained"),
        (5, 5, Outcome.at_ceiling, "Maintained at the top"),
        (1, 1, Outcome.maintained, "Maintained"),
    ],
)
def test_a_measure_where_higher_is_better(before: int, after: int, outcome: Outcome, words: str) -> None:
    change = change_of(CONFIDENCE, ends_of([review("baseline", MAY, before), review("exit", SEPTEMBER, after)], EIGHT))
    assert (change.outcome, change.in_words) == (outcome, words)


@pytest.mark.parametrize(
    ("before", "after", "outcome", "words"),
    [
        (20, 12, Outcome.improved, "Improved by 8"),
        (12, 20, Outcome.declined, "Declined by 8"),
        (40, 40, Outcome.maintained, "Maintained"),
        (0, 0, Outcome.at_ceiling, "Maintained at the best"),
    ],
)
def test_a_measure_where_lower_is_better(before: int, after: int, outcome: Outcome, words: str) -> None:
    reviews = [
        FinalReview("sdq@1", "baseline", MAY, "carer", {"total": before}),
        FinalReview("sdq@1", "interim", SEPTEMBER, "carer", {"total": after}),
    ]
    (change,) = changes_of(reviews, SDQ)
    assert (change.outcome, change.in_words) == (outcome, words)


def test_the_earliest_baseline_and_the_latest_review_are_compared_in_whatever_order_they_come() -> None:
    ends = ends_of(
        [
            review("exit", SEPTEMBER, 5),
            review("interim", JULY, 1),
            review("baseline", JULY, 4, number=9),
            review("baseline", MAY, 2),
        ],
        EIGHT,
    )
    assert ends.baseline and ends.latest
    assert (ends.baseline.held_on, ends.latest.held_on, ends.weeks) == (MAY, SEPTEMBER, 17)


def test_of_two_reviews_on_one_day_the_later_entry_is_the_latest() -> None:
    assert confidence(
        review("baseline", MAY, 2), review("interim", JULY, 5, number=8), review("exit", JULY, 3, number=7)
    ) == (Outcome.improved, 3, None)


def test_a_baseline_without_a_later_review_is_unpaired() -> None:
    assert confidence(review("baseline", MAY)) == (Outcome.unpaired, None, WhyUnpaired.no_later_review)


def test_a_second_baseline_is_not_a_result() -> None:
    assert confidence(review("baseline", MAY), review("baseline", JULY)) == (
        Outcome.unpaired,
        None,
        WhyUnpaired.no_later_review,
    )


def test_reviews_without_a_baseline_are_unpaired() -> None:
    assert confidence(review("exit", SEPTEMBER)) == (Outcome.unpaired, None, WhyUnpaired.no_baseline)
    assert confidence() == (Outcome.unpaired, None, WhyUnpaired.no_baseline)


def test_scores_of_two_different_roles_are_never_compared() -> None:
    assert confidence(review("baseline", MAY, by="mentor"), review("exit", SEPTEMBER, by="teacher")) == (
        Outcome.unpaired,
        None,
        WhyUnpaired.another_scorer,
    )


def test_a_role_that_scored_both_times_is_taken_before_an_earlier_one_that_did_not() -> None:
    reviews = [
        review("baseline", MAY, 1, by="mentor"),
        review("baseline", JULY, 3, by="joint"),
        review("exit", SEPTEMBER, 4, by="joint"),
    ]
    ends = ends_of(reviews, EIGHT)
    assert ends.baseline and ends.baseline.scored_by == "joint"
    assert ends_of(reviews, EIGHT, scored_by="mentor").why is WhyUnpaired.another_scorer


def test_scores_of_two_versions_are_never_compared() -> None:
    assert confidence(review("baseline", MAY), review("exit", SEPTEMBER, of="six@2017")) == (
        Outcome.unpaired,
        None,
        WhyUnpaired.another_set,
    )
    assert ends_of([review("baseline", MAY), review("exit", SEPTEMBER)], SIX).why is WhyUnpaired.no_baseline


def test_a_measure_without_a_score_keeps_its_reason() -> None:
    reviews = [
        review("baseline", MAY, None, reasons={"confidence": "M.’s choice"}),
        review("exit", SEPTEMBER, None, reasons={"confidence": "M.’s choice"}),
    ]
    change = change_of(CONFIDENCE, ends_of(reviews, EIGHT))
    assert (change.outcome, change.in_words) == (Outcome.unpaired, "Not scored, M.’s choice")


def test_a_score_at_one_end_only_is_shown_and_not_compared() -> None:
    change = change_of(CONFIDENCE, ends_of([review("baseline", MAY, 2), review("exit", SEPTEMBER, None)], EIGHT))
    assert (change.outcome, change.baseline, change.latest, change.why) == (
        Outcome.unpaired,
        2,
        None,
        WhyUnpaired.not_scored_at_latest,
    )
    change = change_of(CONFIDENCE, ends_of([review("baseline", MAY, None), review("exit", SEPTEMBER, 2)], EIGHT))
    assert (change.why, change.in_words) == (WhyUnpaired.not_scored_at_baseline, "Not scored at the baseline")


def test_a_score_outside_the_scale_is_refused() -> None:
    with pytest.raises(ValueError, match="Confidence: 6 is not a score from 1 to 5"):
        outcome_of(CONFIDENCE, 3, 6)


def test_every_measure_of_the_set_has_its_row_in_the_sets_order() -> None:
    assert [change.measure.key for change in changes_of([], EIGHT)] == list(EIGHT.keys)


@given(st.sampled_from([*EIGHT.measures, *SDQ.measures]), st.data())
def test_turning_both_scores_round_turns_the_outcome_round(measure: Measure, data: st.DataObject) -> None:
    whole = st.integers(measure.scale.least, measure.scale.most)
    before, after = data.draw(whole), data.draw(whole)
    other = {Outcome.improved: Outcome.declined, Outcome.declined: Outcome.improved}
    there, back = outcome_of(measure, before, after), outcome_of(measure, after, before)
    assert back is other.get(there, there)
    assert (there is Outcome.at_ceiling) == (before == after == measure.best)
