"""How a mentor is scored for a referral: words, distances and days in plain functions, each part with its reason."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cmcore.base.findings import Finding
from cmcore.base.policy import Policy
from cmcore.matching import districts
from cmcore.matching.districts import apart, beside, district_of, pair
from cmcore.matching.fields import days_meant, likeness
from cmcore.matching.rules import PARTS, Offered, Scored, Wanted, in_order, score

POLICY = Policy.load()
WANTED = Wanted("Likes films, and drawing manga", 14, date(2026, 11, 16), "DE4", frozenset({0, 1}))
JUNO = Offered("Juno Tansyhurst", ["Film"], "DE4", 15, "Mondays", 4, 11, 18, live=1, ages=[13])


@pytest.mark.parametrize(
    ("typed", "district"),
    [
        ("de4 3aa", "DE4"),
        ("DE43AA", "DE4"),
        ("DE4", "DE4"),
        ("sw1a 1aa", "SW1A"),
        ("M1", "M1"),
        ("a school", ""),
        ("", ""),
    ],
)
def test_the_first_half_of_a_postcode_is_found_however_it_is_typed(typed: str, district: str) -> None:
    assert district_of(typed) == district


@pytest.mark.parametrize(
    ("other", "miles", "words"),
    [
        ("DE4", 3, "within DE4"),
        ("DE55", 10, "about 10 miles: DE4 and DE55 are both in DE"),
        ("S40", 25, "about 25 miles: DE and S lie beside each other"),
        ("TR1", None, "far: DE4 and TR1 are not in neighbouring areas"),
        ("", None, "not known: a postcode is missing"),
    ],
)
def test_distance_is_told_from_the_letters_and_says_how(other: str, miles: int | None, words: str) -> None:
    found = apart("DE4", other)
    assert (found.miles, found.words, found.entered) == (miles, words, False)


def test_what_an_authority_entered_comes_first_whichever_way_round() -> None:
    entered = {pair("S40", "DE4"): 14}
    assert apart("DE4", "S40", entered).miles == apart("S40", "DE4", entered).miles == 14
    assert "as you have entered" in apart("DE4", "S40", entered).words


def test_every_area_lies_beside_those_that_lie_beside_it() -> None:
    areas = districts._neighbours()
    assert len(areas) == 99
    for area, others in areas.items():
        assert area not in others and 1 <= len(others) <= 10
        assert all(area in beside(other) for other in others)


@pytest.mark.parametrize(
    ("interests", "art_forms", "share"),
    [
        ("Makes films with a phone", ["Film"], 1.0),
        ("filming", ["Film"], 1.0),
        ("photogrophy", ["Photography"], 1.0),
        ("lino printing", ["Printmaking"], 0.7),
        ("draws manga all day", ["Painting"], 0.5),
        ("football", ["Film", "Drama"], 0.0),
        ("", ["Film"], 0.0),
        ("films", [], 0.0),
        ("sings all day", ["Music", "Film"], 0.5),
    ],
)
def test_interests_meet_art_forms_by_word_by_likeness_and_by_kind(
    interests: str, art_forms: list[str], share: float
) -> None:
    got, why = likeness(interests, art_forms)
    assert got == share and bool(why) is (share > 0)


@pytest.mark.parametrize(
    ("said", "days"),
    [
        ("Weekdays", {0, 1, 2, 3, 4}),
        ("Mon-Wed, not Fri", {0, 1, 2}),
        ("Tuesdays and Thursday evenings", {1, 3}),
        ("Sat to Mon", {0, 5, 6}),
        ("any time", {0, 1, 2, 3, 4, 5, 6}),
        ("after Easter", None),
    ],
)
def test_days_are_read_out_of_a_sentence(said: str, days: set[int] | None) -> None:
    assert days_meant(said) == days


def whys(**changes: object) -> dict[str, tuple[int, str]]:
    return {one.key: (one.points, one.why) for one in score(WANTED, replace(JUNO, **changes), POLICY).parts}  # type: ignore[arg-type]


def test_every_part_of_a_score_says_its_points_of_how_many_and_why() -> None:
    made = score(WANTED, JUNO, POLICY)
    assert [(one.key, one.label) for one in made.parts] == list(PARTS)
    assert sum(one.most for one in made.parts) == 100
    assert abs(made.score - sum(one.points for one in made.parts)) <= 3
    assert {key: why for key, (_, why) in whys().items()} == {
        "interest": "Film is what they like.",
        "distance": "Within DE4; they travel 15.",
        "availability": "“Mondays”: Monday fits.",
        "capacity": "1 young person now, of 4 at a time.",
        "age": "The age is within what they offer; has worked with 1 young person of about that age.",
        "earlier": "They have not worked together.",
    }


@pytest.mark.parametrize(
    ("part", "changes", "why"),
    [
        ("distance", {"district": "S40"}, "they travel 15"),
        ("capacity", {"live": 4}, "no room"),
        ("age", {"least_age": 15}, "They work with ages 15 to 18; the young person will be 14."),
        ("availability", {"availability": "Fridays"}, "none of the days asked for"),
        ("availability", {"availability": ""}, "has not said when"),
        ("interest", {"art_forms": ["Dance"]}, "Nothing they like is named beside dance."),
    ],
)
def test_what_does_not_fit_counts_nothing_and_says_so(part: str, changes: dict[str, object], why: str) -> None:
    points, said = whys(**changes)[part]
    assert points == 0 and why in said


def test_who_has_worked_with_them_before_is_told_with_the_year() -> None:
    assert whys(together=[2025, 2024, 2025])["earlier"] == (
        10,
        "They have worked together, in 2024 and 2025. Ask the young person.",
    )


def test_an_authority_weighs_the_parts_as_it_likes() -> None:
    only = {
        key: {"interest": 0, "distance": 0, "availability": 0, "age": 0, "earlier": 0, "capacity": 5}[key]
        for key, _ in PARTS
    }
    weighed = Policy.load(("config", {"R-MAT-1": only}))
    assert score(WANTED, replace(JUNO, live=0), weighed).score == 100
    assert score(WANTED, replace(JUNO, live=4), weighed).score == 0
    nothing = Policy.load(("config", {"R-MAT-1": dict.fromkeys(only, 0)}))
    assert score(WANTED, JUNO, nothing).score == 0


def test_whom_a_rule_keeps_out_stands_last_however_good_the_score() -> None:
    blocked = Scored(99, (), (Finding("No certificate.", rule="R-DBS-1"),))
    order = in_order([(blocked, "Ada"), (Scored(10, ()), "Bea"), (Scored(40, ()), "Cy"), (Scored(10, ()), "Ada")])
    assert [name for _, name in order] == ["Cy", "Ada", "Bea", "Ada"]


@given(
    st.text(max_size=60),
    st.lists(st.text(max_size=20), max_size=3),
    st.none() | st.integers(0, 60),
    st.text(max_size=40),
    st.none() | st.integers(0, 9),
    st.integers(0, 12),
    st.integers(0, 25),
)
def test_a_score_is_between_0_and_100_whatever_was_typed(
    interests: str, forms: list[str], miles: int | None, said: str, room: int | None, live: int, age: int
) -> None:
    wanted = replace(WANTED, interests=interests, age=age)
    offered = replace(JUNO, art_forms=forms, travel_miles=miles, availability=said, capacity=room, live=live)
    made = score(wanted, offered, POLICY)
    assert 0 <= made.score <= 100
    assert all(0 <= one.points <= one.most and one.why.endswith(".") for one in made.parts)
