"""The rules over plain values, how coarse a release tells, pseudonyms and shifted days: tried at their edges."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import cmcore_action_research
from cmcore.api import MeasureSet, Policy, measure_set
from cmcore.api.evidencing import Disclosure, FinalReview
from cmcore.testing import plugged
from cmcore_action_research import rules
from cmcore_action_research.comparison import Member, rows_of
from cmcore_action_research.dosage import Met, dose_of, months_on, spread
from cmcore_action_research.release.generalising import (
    LADDERS,
    LEFT_OUT,
    USUAL,
    Earlier,
    Facts,
    Ladder,
    alone,
    few_together,
    smallest,
    ways_out,
)
from cmcore_action_research.release.pseudonyms import FARTHEST, NEAREST, new_secret, pseudonym, shift
from cmcore_action_research.words import Group

SOMEBODY = Facts(16, "1", "looked_after", "WBRI", "none", date(2026, 10, 1), "mentored", "gaming")


@pytest.fixture
def policy() -> Policy:
    """The rules as they come."""
    with plugged(cmcore_action_research):
        return Policy.load()


def test_what_goes_out_of_order_needs_a_reason(policy: Policy) -> None:
    assert rules.in_order(3, [3, 4], "", policy) == []
    assert rules.in_order(3, [1, 3], "They move in a month.", policy) == []
    assert "2 young people joined earlier" in rules.in_order(3, [1, 2, 3], " ", policy)[0].message


def test_who_waits_is_measured_at_both_ends(policy: Policy) -> None:
    first, later = date(2026, 9, 1), date(2026, 11, 1)
    assert rules.measured_while_waiting(first, later, policy) == []
    assert rules.measured_while_waiting(first, first, policy)[0].message == "Not measured again while waiting."
    assert rules.measured_while_waiting(None, None, policy)[0].message == "Not measured when they joined."


def test_a_theme_leaves_with_a_name_and_a_reason_or_not_at_all(policy: Policy) -> None:
    assert rules.theme_decided(False, "", "", policy) == []
    assert rules.theme_decided(True, "Imogen Fennimore", "The question is about them.", policy) == []
    assert rules.theme_decided(True, "Imogen Fennimore", "because", policy)[0].rule == "R-STUDY-9"
    assert rules.theme_decided(True, "", "The question is about them.", policy)[0].blocks


@pytest.mark.parametrize(("now", "refused"), [([1, 2, 3], False), ([1, 2], True), ([1, 2, 3, 4, 5, 6, 7, 8], False)])
def test_two_releases_are_the_same_people_or_far_apart(now: list[int], refused: bool, policy: Policy) -> None:
    assert bool(rules.differ_enough(now, [[1, 2, 3]], policy)) is refused
    assert rules.differ_enough(now, [], policy) == []


def test_no_setting_takes_the_least_below_five() -> None:
    with plugged(cmcore_action_research):
        asked = Policy.load()
    assert rules.least("R-STUDY-8", asked) == 5
    assert rules.enough_share(5, 0, [], asked) == []
    assert rules.enough_share(4, 4, [], asked)[0].way_out == "Wait until more young people have taken part."


# ---- how coarse
def test_a_theme_is_left_out_unless_somebody_says_otherwise() -> None:
    assert USUAL["theme"] == LEFT_OUT and {one.key for one in LADDERS} == set(USUAL)
    assert all(one.rungs[-1].key == LEFT_OUT for one in LADDERS)


@pytest.mark.parametrize(("age", "band"), [(14, "13-14"), (15, "15-16"), (16, "15-16"), (17, "17-18"), (18, "17-18")])
def test_bands_hold_two_years_and_keep_15_and_16_together(age: int, band: str) -> None:
    assert LADDERS[0].rung("band").tell(replace(SOMEBODY, age=age)) == band


def test_the_way_out_is_the_least_coarsening_that_helps() -> None:
    people = [replace(SOMEBODY, age=15 + number % 2, sex="12"[number % 2]) for number in range(10)]
    asked = {**USUAL, "age": "years"}
    assert (smallest(people, asked), alone(people, asked, 5)) == (5, 0)
    people.append(replace(SOMEBODY, age=17))
    assert smallest(people, asked) == 1
    [first, *_] = ways_out(people, asked, 5)
    assert smallest(people, first.coarseness) >= 5 and first.words == "age on joining: leave it out"
    assert ways_out(people[:4], asked, 5) == []


@settings(max_examples=8)
@given(
    st.lists(
        st.builds(
            Facts,
            st.integers(4, 21),
            st.sampled_from("12"),
            st.sampled_from(("looked_after", "care_leaver")),
            st.sampled_from(("WBRI", "ABAN", "")),
            st.sampled_from(("none", "support", "ehcp")),
            st.dates(date(2026, 1, 1), date(2026, 12, 31)),
            st.sampled_from(("mentored", "waiting")),
            st.sampled_from(("gaming", "crime")),
        ),
        min_size=5,
        max_size=30,
    )
)
def test_every_way_out_leaves_nobody_in_too_small_a_group(people: list[Facts]) -> None:
    finest = {one.key: one.rungs[0].key for one in LADDERS}
    ways = ways_out(people, finest, 5)
    assert ways, "leaving everything out always helps five or more"
    for way in ways:
        assert smallest(people, way.coarseness) >= 5 and alone(people, way.coarseness, 5) == 0


def test_two_releases_that_tell_different_things_are_counted_together() -> None:
    people = {
        number: replace(SOMEBODY, age=15 + number % 2, sex="12"[number // 2 % 2], joined_on=date(2026, 10, 1))
        for number in range(20)
    }
    by_age, by_sex = {"age": "years"}, {"sex": "kept"}
    assert smallest(list(people.values()), by_age) == smallest(list(people.values()), by_sex) == 10
    everybody = frozenset(people)
    assert few_together(people, by_sex, [Earlier(1, by_age, everybody)], 5) == 0, "five of each age and sex"
    del people[0]
    assert few_together(people, by_sex, [Earlier(1, by_age, everybody)], 5) == 4
    assert few_together(people, by_age, [], 5) == 0
    newcomers = {key: facts for key, facts in people.items() if key != 1}
    assert few_together(people, by_age, [Earlier(1, by_age, frozenset(newcomers))], 5) == 1, "who is new is told"


@pytest.mark.parametrize("ladder", LADDERS, ids=[one.key for one in LADDERS])
def test_each_rung_is_made_of_whole_parts_of_the_one_before(ladder: Ladder) -> None:
    people = [
        replace(SOMEBODY, age=age, send=send, joined_on=date(2026, month, 3))
        for age in range(4, 22)
        for send in ("none", "support", "ehcp")
        for month in range(1, 13)
    ]
    for finer, coarser in pairwise(ladder.rungs):
        parts: dict[str, set[str]] = {}
        for one in people:
            parts.setdefault(finer.tell(one), set()).add(coarser.tell(one))
        assert all(len(found) == 1 for found in parts.values()), f"{finer.key} and {coarser.key}"


# ---- pseudonyms and days
def test_a_pseudonym_is_the_same_in_a_release_and_another_in_the_next() -> None:
    first, second = new_secret(), new_secret()
    assert pseudonym(first, 7) == pseudonym(first, 7) != pseudonym(second, 7)
    assert len({pseudonym(first, key) for key in range(5_000)}) == 5_000


@given(st.integers(1, 10**6))
def test_days_are_moved_back_or_on_and_never_by_little(person_id: int) -> None:
    assert NEAREST <= abs(shift("ab" * 32, person_id)) <= FARTHEST


def test_about_half_are_moved_back_and_shifts_are_spread() -> None:
    found = [shift("cd" * 32, key) for key in range(2_000)]
    assert 850 < sum(one < 0 for one in found) < 1_150
    assert max(Counter(found).values()) < 20


# ---- the dose
@pytest.mark.parametrize(
    ("on", "after"), [(date(2026, 11, 30), date(2027, 2, 28)), (date(2026, 9, 15), date(2026, 12, 15))]
)
def test_three_months_on(on: date, after: date) -> None:
    assert months_on(on, 3) == after


def test_a_dose_counts_what_was_received_and_what_of_it_in_time() -> None:
    begun = date(2026, 9, 1)
    met = [Met(begun, 90), Met(date(2026, 12, 1), 90), Met(date(2026, 12, 2), 60)]
    found = dose_of(24, 3, begun, met, 1_440)
    assert (found.planned, found.received, found.in_time, found.sessions, found.percent) == (1_440, 240, 180, 3, 17)
    assert dose_of(24, 3, None, met, 0).in_time == 0
    spread_out = spread([found, found])
    assert spread_out is not None and spread_out.middle == 4.0 and spread([]) is None


# ---- the comparison
def review(kind: str, on: date, score: int, chosen: MeasureSet) -> FinalReview:
    """A review with one score for every measure."""
    return FinalReview(chosen.ref, kind, on, "joint", dict.fromkeys(chosen.keys, score))


def test_rows_add_up_and_a_row_that_could_tell_is_hidden_whole() -> None:
    chosen = measure_set("eight@1")
    first, later = date(2026, 9, 1), date(2026, 12, 1)

    def member(group: Group, before: int, after: int | None) -> Member:
        found = [review("baseline", first, before, chosen)]
        found += [review("interim", later, after, chosen)] if after is not None else []
        return Member(group, tuple(found))

    people = [member(Group.mentored, 2, 4) for _ in range(12)]
    people += [member(Group.waiting, 2, 2) for _ in range(8)] + [member(Group.waiting, 3, 2) for _ in range(3)]
    people += [member(Group.waiting, 3, None)]
    rows = rows_of(people, chosen, chosen.measures)
    assert len(rows) == 16 and all(one.improved + one.maintained + one.declined == one.paired for one in rows)
    mentored, waiting = rows[:2]
    assert (mentored.paired, mentored.improved, mentored.median) == (12, 12, 2.0)
    assert (waiting.people, waiting.paired, waiting.maintained, waiting.declined) == (12, 11, 8, 3)
    outside = Disclosure("dfe", 5, 1, 10)
    assert waiting.told(outside) == ("c",) * 5 and mentored.told(outside) == ("12", "12", "0", "0", "+2")
    assert waiting.told() == ("11", "0", "8", "3", "+0")


def test_a_protocol_frozen_later_plans_nothing_of_before(policy: Policy) -> None:
    assert rules.is_planned(False, False) and rules.is_planned(True, True) and not rules.is_planned(True, False)
    assert rules.frozen_before(date(2026, 9, 1), date(2026, 9, 1), "Nobody is measured", policy) == []
    [late] = rules.frozen_before(date(2026, 9, 1), date(2026, 9, 1) - timedelta(days=1), "Nobody is measured", policy)
    assert "as of 31 August 2026: the protocol was frozen on 1 September 2026" in late.message
