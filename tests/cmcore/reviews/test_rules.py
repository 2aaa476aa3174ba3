"""R-MEA-1 to R-MEA-7: each refuses or warns where it should, lets through where it should, and says the way out."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cmcore.base.findings import Finding, Severity
from cmcore.base.policy import Policy
from cmcore.measures.shipped import EIGHT, SDQ
from cmcore.reviews import rules
from cmcore.reviews.rules import Held
from cmcore.reviews.words import ReviewKind

POLICY = Policy.load()
CONFIDENCE = EIGHT["confidence"]
START = date(2026, 5, 19)


def says(found: Iterable[Finding], rule: str, severity: Severity, *parts: str) -> None:
    (finding,) = found
    assert (finding.rule, finding.severity) == (rule, severity)
    for part in parts:
        assert part in str(finding), str(finding)
    assert finding.way_out and finding.place


# R-MEA-1


@pytest.mark.parametrize("score", [1, 2, 3, 4, 5])
def test_a_whole_number_inside_the_scale_is_let_through(score: int) -> None:
    assert rules.score_is_in_scale(CONFIDENCE, score, POLICY) == []


@pytest.mark.parametrize("score", [0, 6, -1, 2.5, 3.0, "3", True, None])
def test_anything_else_is_refused_with_the_scale(score: object) -> None:
    says(
        rules.score_is_in_scale(CONFIDENCE, score, POLICY),
        "R-MEA-1",
        Severity.block,
        "is not a whole number from 1 to 5",
        "1 is needing significant help, 5 is doing very well",
    )


def test_the_scale_is_that_of_the_measure() -> None:
    assert rules.score_is_in_scale(SDQ["total"], 40, POLICY) == []
    says(rules.score_is_in_scale(SDQ["total"], 41, POLICY), "R-MEA-1", Severity.block, "from 0 to 40")


def test_a_whole_review_has_a_score_or_a_reason_for_each_measure() -> None:
    scores: dict[str, object] = dict.fromkeys(EIGHT.keys, 3) | {"leadership": None}
    assert rules.scores_are_whole(EIGHT, scores, {"leadership": "M.’s choice"}, POLICY) == []
    for reasons, said in (
        ({}, "neither a score nor a reason"),
        ({"leadership": "  "}, "neither a score nor a reason"),
        ({"leadership": "M.’s choice", "ambition": "M.’s choice"}, "Ambition has a score and a reason"),
    ):
        (finding,) = rules.scores_are_whole(EIGHT, scores, reasons, POLICY)
        assert finding.blocks and said in finding.message and finding.way_out


def test_a_whole_review_is_held_to_the_scale() -> None:
    found = rules.scores_are_whole(EIGHT, dict.fromkeys(EIGHT.keys, 3) | {"ambition": 6}, {}, POLICY)
    says(found, "R-MEA-1", Severity.block, "Ambition: 6 is not a whole number from 1 to 5")


def test_a_score_of_a_measure_the_set_does_not_hold_is_refused() -> None:
    (finding,) = rules.scores_are_whole(EIGHT, {**dict.fromkeys(EIGHT.keys, 3), "hope": 4}, {}, POLICY)
    assert finding.blocks and "“hope” is not a measure of this set" in finding.message


# R-MEA-2


@pytest.mark.parametrize(("days", "sessions"), [(0, 0), (14, 0), (14, 1), (3, 1)])
def test_a_baseline_within_fourteen_days_and_before_the_third_session_is_in_time(days: int, sessions: int) -> None:
    on = START + timedelta(days=days)
    assert rules.baseline_in_time(START, sessions, on, date(2026, 12, 1), POLICY) == []
    assert rules.baseline_in_time(START, sessions, None, on, POLICY) == []


@pytest.mark.parametrize(("days", "sessions"), [(15, 0), (3, 2), (40, 9)])
def test_a_baseline_after_fourteen_days_or_two_sessions_is_late(days: int, sessions: int) -> None:
    on = START + timedelta(days=days)
    scored = rules.baseline_in_time(START, sessions, on, date(2026, 12, 1), POLICY)
    says(scored, "R-MEA-2", Severity.warn, "was late", f"{days} days", "19 May 2026")
    says(rules.baseline_in_time(START, sessions, None, on, POLICY), "R-MEA-2", Severity.warn, "no baseline yet")


def test_an_authority_may_allow_more_time_for_the_baseline() -> None:
    patient = Policy.load(("wrenshire.toml", {"R-MEA-2": {"days": 28, "sessions": 4}}))
    assert rules.baseline_in_time(START, 3, START + timedelta(days=28), START, patient) == []
    assert rules.baseline_in_time(START, 4, START + timedelta(days=2), START, patient)


def test_a_baseline_not_guided_by_the_child_is_warned_about() -> None:
    assert rules.baseline_guided(True, POLICY) == []
    assert rules.baseline_guided(None, POLICY) == []
    says(rules.baseline_guided(False, POLICY), "R-MEA-2", Severity.warn, "not guided by the child")


# R-MEA-3


def test_a_review_is_in_time_for_six_weeks_and_overdue_from_the_day_after() -> None:
    last = date(2026, 9, 22)
    assert rules.review_due_on(last, POLICY) == date(2026, 11, 3)
    assert rules.review_in_time(last, date(2026, 11, 3), POLICY) == []
    found = rules.review_in_time(last, date(2026, 11, 10), POLICY)
    says(
        [Finding(**{**found[0].__dict__, "place": "held_on"})], "R-MEA-3", Severity.warn, "22 September 2026", "6 weeks"
    )
    assert "7 days over" in found[0].message


def test_an_enrolment_may_keep_its_own_interval() -> None:
    last = date(2026, 9, 22)
    assert rules.review_in_time(last, date(2026, 12, 1), POLICY, 84) == []
    assert "12 weeks" in rules.review_in_time(last, date(2026, 12, 16), POLICY, 84)[0].message
    assert "10 days apart" in rules.review_in_time(last, date(2026, 10, 16), POLICY, 10)[0].message


# R-MEA-4


def test_completing_needs_an_exit_review_or_a_reason_why_there_is_none() -> None:
    assert rules.may_complete(True, "", POLICY) == []
    assert rules.may_complete(False, "Moved away on the day.", POLICY) == []
    for nothing in ("", "   "):
        says(rules.may_complete(False, nothing, POLICY), "R-MEA-4", Severity.block, "needs an exit review, or a reason")


# R-MEA-5


def test_a_final_review_may_be_corrected_for_seven_days_and_not_after() -> None:
    final = date(2026, 9, 22)
    assert rules.may_correct(final, date(2026, 9, 29), POLICY) == []
    says(
        [Finding(**{**rules.may_correct(final, date(2026, 9, 30), POLICY)[0].__dict__, "place": "held_on"})],
        "R-MEA-5",
        Severity.block,
        "7 days",
        "Supersede it",
    )


def test_superseding_needs_a_reason() -> None:
    assert rules.may_supersede("The teacher’s sheet was read wrongly.", POLICY) == []
    says(rules.may_supersede(" ", POLICY), "R-MEA-5", Severity.block, "only with a reason")


# R-MEA-6

BASELINE = Held("baseline", date(2026, 5, 26), "joint")
INTERIM = Held("interim", date(2026, 7, 7), "joint")
EXIT = Held("exit", date(2026, 9, 22), "joint")


def order(kind: str, on: date, *others: Held, by: str = "joint", reopened_on: date | None = None) -> list[Finding]:
    return rules.in_order(Held(kind, on, by), others, POLICY, reopened_on)


def test_a_baseline_then_interims_then_an_exit_then_a_follow_up_are_let_through() -> None:
    assert order("baseline", date(2026, 5, 26)) == []
    assert order("interim", date(2026, 7, 7), BASELINE) == []
    assert order("interim", date(2026, 6, 7), BASELINE, INTERIM) == []
    assert order("exit", date(2026, 9, 22), BASELINE, INTERIM) == []
    assert order("follow_up", date(2026, 12, 1), BASELINE, INTERIM, EXIT) == []


@pytest.mark.parametrize("kind", ["interim", "exit", "follow_up"])
def test_nothing_comes_before_a_baseline(kind: str) -> None:
    says(order(kind, date(2026, 5, 25)), "R-MEA-6", Severity.block, "needs a baseline", "Score the baseline first")
    says(order(kind, date(2026, 5, 25), BASELINE), "R-MEA-6", Severity.block, "before the baseline of 26 May 2026")


def test_an_exit_before_an_interim_is_refused_and_one_after_it_is_not() -> None:
    found = order("exit", date(2026, 7, 6), BASELINE, INTERIM)
    says(found, "R-MEA-6", Severity.block, "would stand before the interim review of 7 July 2026")
    assert order("exit", date(2026, 7, 7), BASELINE, INTERIM) == []


def test_an_interim_after_the_exit_is_refused_unless_the_enrolment_was_reopened() -> None:
    found = order("interim", date(2026, 10, 1), BASELINE, EXIT)
    says(found, "R-MEA-6", Severity.block, "would stand after the exit review")
    assert order("interim", date(2026, 10, 1), BASELINE, EXIT, reopened_on=date(2026, 9, 25)) == []
    assert order("exit", date(2026, 12, 1), BASELINE, EXIT, reopened_on=date(2026, 9, 25)) == []


def test_a_baseline_after_a_later_review_of_the_same_scorer_is_refused() -> None:
    found = order("baseline", date(2026, 8, 1), BASELINE, INTERIM)
    says(found, "R-MEA-6", Severity.block, "would stand after the interim review of 7 July 2026")
    assert order("baseline", date(2026, 8, 1), BASELINE, INTERIM, by="teacher") == []


def test_a_follow_up_needs_an_exit_review() -> None:
    says(order("follow_up", date(2026, 12, 1), BASELINE, INTERIM), "R-MEA-6", Severity.block, "after the exit review")


@given(st.lists(st.tuples(st.sampled_from([kind.value for kind in ReviewKind]), st.integers(0, 300)), max_size=8))
def test_whatever_is_entered_what_was_let_through_stands_in_order(entered: list[tuple[str, int]]) -> None:
    kept: list[Held] = []
    for kind, days in entered:
        held = Held(kind, START + timedelta(days=days), "joint")
        if not rules.in_order(held, kept, POLICY):
            kept.append(held)
    ranks = [kind.value for kind in ReviewKind]
    for one in kept:
        for other in kept:
            if one.held_on < other.held_on:
                assert ranks.index(one.kind) <= ranks.index(other.kind)
    if kept:
        assert min(kept, key=lambda held: (held.held_on, ranks.index(held.kind))).kind == "baseline"


def test_a_review_by_somebody_who_scored_no_baseline_is_kept_and_warned_about() -> None:
    assert rules.will_be_compared(EXIT, [BASELINE]) == []
    assert rules.will_be_compared(Held("baseline", START, "teacher"), [BASELINE]) == []
    (finding,) = rules.will_be_compared(Held("exit", date(2026, 9, 22), "teacher"), [BASELINE])
    assert finding.severity is Severity.warn and "(teacher)" in finding.message


def test_a_review_is_not_held_ahead_of_today() -> None:
    assert rules.not_ahead(date(2026, 11, 10), date(2026, 11, 10)) == []
    (finding,) = rules.not_ahead(date(2026, 11, 11), date(2026, 11, 10))
    assert finding.blocks and "is after today, 10 November 2026" in finding.message


# R-MEA-7


@pytest.mark.parametrize(("left", "said"), [(14, "ends on"), (0, "ends on"), (-1, "was to end on")])
def test_an_exit_review_is_asked_for_two_weeks_before_the_work_ends(left: int, said: str) -> None:
    today = date(2026, 11, 10)
    (found,) = rules.exit_coming(today + timedelta(days=left), False, today, POLICY)
    assert (found.rule, found.severity) == ("R-MEA-7", Severity.warn) and said in found.message and found.way_out


def test_nothing_is_asked_for_sooner_nor_once_it_is_scored_nor_without_an_end() -> None:
    today = date(2026, 11, 10)
    assert rules.exit_coming(date(2026, 11, 25), False, today, POLICY) == []
    assert rules.exit_coming(today, True, today, POLICY) == []
    assert rules.exit_coming(None, False, today, POLICY) == []


def test_an_ending_without_an_exit_review_says_what_nobody_can_say() -> None:
    assert rules.ends_unscored(True, "", POLICY) == []
    assert rules.ends_unscored(False, "Moved away on the day.", POLICY) == []
    (found,) = rules.ends_unscored(False, " ", POLICY)
    assert found.rule == "R-MEA-7" and "nobody can say what changed" in found.message and not found.blocks
