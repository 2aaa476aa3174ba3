"""No hidden count can be worked out from what is shown: an attacker who knows only what is printed tries (R-SUP-1)."""

from __future__ import annotations

import json
import random
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from cmcore.evidence.account import CohortCounts
from cmcore.evidence.cohorts import Cohort
from cmcore.evidence.disclosure.grids import Column, Grid
from cmcore.evidence.disclosure.hiding import small_cells, with_what_rests_on
from cmcore.evidence.disclosure.nesting import of_group
from cmcore.evidence.disclosure.policies import Disclosure, Symbol
from cmcore.evidence.disclosure.protecting import told
from cmcore.evidence.published import MOST, bearing_on
from cmcore.evidence.subgroups import Subgroups
from tests.cmcore.evidence.made_tables import DFE, ONS, added, at_random, counts, table

pytest.importorskip("scipy", reason="scipy is not installed: the extra is called evidence.")

from tests.cmcore.evidence.attacker import Attacker


def printed(*tables: Subgroups) -> list[dict[str, Any]]:
    """The tables as their readers have them, and nothing that is not printed."""
    return [json.loads(json.dumps(one.as_data())) for one in tables]


def attack(*tables: Subgroups, bound: str = "") -> Sequence[Any]:
    return Attacker(*printed(*tables), bound=bound).narrowest(tables[0].policy.width)


def test_no_hidden_count_of_two_hundred_tables_is_told_closer_than_the_policy_says() -> None:
    for seed in range(200):
        made = table(at_random(seed, groups=2 + seed % 3, measures=("calm",)))
        assert made.hidden and not attack(made), f"table {seed}"


@pytest.mark.parametrize("seed", range(4))
def test_nor_with_two_measures_that_share_their_pairs_or_a_stricter_policy(seed: int) -> None:
    parts = at_random(1000 + seed, groups=3 + seed % 4)
    assert not attack(table(parts))
    assert not attack(table(parts, ONS))
    assert not attack(table(parts, replace(DFE, round_to=5)))


@pytest.mark.parametrize("seed", range(8))
def test_two_releases_together_tell_no_more_than_each_alone(seed: int) -> None:
    first = at_random(2000 + seed, groups=3 + seed % 3, measures=("calm",))
    few = at_random(3000 + seed, groups=3, most=3, measures=("calm",))
    before = table(first)
    after = table(added(first, few), earlier=[before.release])
    assert not attack(before, after, bound="grown")


@pytest.mark.parametrize("seed", range(8))
def test_terms_and_their_year_together_tell_no_more_than_each_alone(seed: int) -> None:
    autumn = Cohort(started_from=date(2025, 9, 1), started_to=date(2025, 12, 31))
    rest = Cohort(started_from=date(2026, 1, 1), started_to=date(2026, 8, 31))
    year = Cohort(started_from=date(2025, 9, 1), started_to=date(2026, 8, 31))
    one, other = (at_random(base + seed, groups=3 + seed % 2, measures=("calm",)) for base in (4000, 5000))
    first = table(one, cohort=autumn)
    second = table(other, cohort=rest, earlier=[first.release])
    whole = table(added(one, other), cohort=year, earlier=[first.release, second.release])
    assert not attack(first, second, whole, bound="tiles")


def test_the_same_table_asked_for_again_is_the_same_table() -> None:
    parts = at_random(7, groups=5)
    before = table(parts)
    assert table(parts, earlier=[before.release]).release == before.release
    # One more table of the whole between them changes nothing.
    between = table(parts, split=False, earlier=[before.release])
    assert table(parts, earlier=[before.release, between.release]).release == before.release


def test_a_table_that_hid_otherwise_would_tell_and_is_made_to_hide_alike() -> None:
    """The first table hides the small group and beside it B; shown later, B would give the small group away."""
    parts = {
        "a": counts({"calm": (20, 9, 0, 8)}),
        "b": counts({"calm": (18, 9, 0, 7)}),
        "d": counts({"calm": (3, 0, 0, 0)}),
    }
    before = table(parts)
    careless = table(parts, hidden=with_what_rests_on(before.release.grid, {(2, 1), (0, 1)}))
    assert attack(before, careless, bound="same")
    assert told([before.release, careless.release])
    careful = table(parts, earlier=[before.release])
    assert not attack(before, careful, bound="same")


# ---- other doors to the same people


def three_groups() -> dict[str, CohortCounts]:
    """A small group, and two in one of which it must be hidden."""
    return {
        "1": counts({"calm": (20, 9, 0, 8)}),
        "2": counts({"calm": (18, 9, 0, 7)}),
        "3": counts({"calm": (3, 0, 0, 0)}),
    }


def test_a_cohort_filtered_to_a_group_hides_what_the_split_hid_of_it() -> None:
    """The split hides the small group behind another one: shown by a filter, that one would give it away."""
    parts = three_groups()
    split = table(parts)
    at = split.release.grid.place["started"]
    beside = next(str(row + 1) for row in (0, 1) if (row, at) in split.release.hidden)
    filtered = Cohort(setting_id=int(beside))
    assert table({beside: parts[beside]}, split=False, cohort=filtered).total.started is not Symbol.hidden
    after = table({beside: parts[beside]}, split=False, cohort=filtered, earlier=[split.release])
    assert after.total.started is Symbol.hidden
    assert not told([split.release, after.release])


def test_the_other_way_round_the_split_hides_otherwise_or_more() -> None:
    parts = three_groups()
    shown = [table({key: parts[key]}, split=False, cohort=Cohort(setting_id=int(key))).release for key in ("1", "2")]
    split = table(parts, earlier=shown)
    assert split.total.started is Symbol.hidden
    assert not told([*shown, split.release])


@pytest.mark.parametrize(
    "part",
    [Cohort(least_age=5), Cohort(started_to=date(2026, 8, 31)), Cohort(send="none"), Cohort(setting_id=1)],
    ids=["by age", "by period", "by need", "by school"],
)
def test_a_cohort_of_all_but_three_is_not_shown_beside_all(part: Cohort) -> None:
    parts = three_groups()
    everybody = table(parts, split=False)
    most = table({key: parts[key] for key in ("1", "2")}, split=False, cohort=part, earlier=[everybody.release])
    assert (everybody.total.started, most.total.started) == (74, Symbol.hidden)
    assert table(parts, split=False, earlier=[most.release]).total.started == 74


def test_nor_two_cohorts_that_leave_out_three_together() -> None:
    parts = three_groups()
    everybody = table(parts, split=False).release
    young = table({"1": parts["1"]}, split=False, cohort=Cohort(most_age=9), earlier=[everybody])
    assert young.total.started == 37
    old = table({"2": parts["2"]}, split=False, cohort=Cohort(least_age=16), earlier=[everybody, young.release])
    assert old.total.started is Symbol.hidden


def test_a_count_that_two_tables_tell_is_shown_and_hides_nothing_else() -> None:
    """Of all and the younger ones the older ones are told: to hide them would help nobody, and cost the rest."""
    parts = three_groups()
    big = {key: parts[key] for key in ("1", "2")}
    everybody = table(big, split=False).release
    young = table({"1": big["1"]}, split=False, cohort=Cohort(most_age=9), earlier=[everybody]).release
    old = table({"2": big["2"]}, split=False, cohort=Cohort(least_age=10), earlier=[everybody, young])
    assert (old.total.started, old.hidden) == (34, 0)


@pytest.mark.parametrize(
    ("by", "key", "filtered"),
    [
        ("age_band", "10-15", Cohort(least_age=10, most_age=15, send="ehcp")),
        ("age_band", "0-4", Cohort(most_age=4, send="ehcp")),
        ("year", "2025", Cohort(started_from=date(2025, 9, 1), started_to=date(2026, 8, 31), send="ehcp")),
        ("funding", "7", Cohort(funding_line_id=7, send="ehcp")),
        ("care_status", "looked_after", Cohort(care_status="looked_after", send="ehcp")),
        ("key_stage", "-", None),
        ("authority", "7", None),
        ("setting", "", Cohort(send="ehcp")),
    ],
)
def test_each_group_is_the_cohort_that_a_filter_asks_for(by: str, key: str, filtered: Cohort | None) -> None:
    assert of_group(Cohort(send="ehcp"), by, key) == filtered


def test_many_tables_asked_for_do_not_make_one_forgotten_that_bears_on_the_next() -> None:
    whole = table(three_groups(), split=False).release
    flood = [replace(whole, cohort=Cohort(setting_id=number)) for number in range(MOST + 10)]
    again = [replace(whole, policy=replace(DFE, least_pairs=number)) for number in range(1, MOST + 10)]
    kept = bearing_on(Cohort(send="none"), [whole, *flood, *again])
    assert len(kept) == MOST and any(one.cohort == Cohort() for one in kept)


# ---- mutation: each thing that the hiding does is left out, and the attacker sees it


def broken(how: str, made: Subgroups) -> Subgroups:
    """The table with one part of the hiding undone."""
    grid, hidden = made.release.grid, set(made.release.hidden)
    small = small_cells(grid, made.policy)
    if how == "only small cells":
        hidden = small
    elif how == "no second cell in a column":
        hidden = with_what_rests_on(grid, small)
    elif how == "parts of a hidden whole are shown":
        hidden = {cell for cell in hidden if not grid.columns[cell[1]].part_of}
    elif how == "one complement too few":
        draw = random.Random(1)
        hidden.discard(draw.choice(sorted(hidden - small)))
    release = replace(made.release, hidden=frozenset(hidden))
    return replace(made, release=release)


@pytest.mark.parametrize(
    "how",
    ["only small cells", "no second cell in a column", "parts of a hidden whole are shown", "one complement too few"],
)
def test_hiding_less_is_seen_by_the_attacker_and_by_the_proof(how: str) -> None:
    parts = {
        "a": counts({"calm": (21, 9, 0, 8), "pride": (19, 10, 1, 8)}),
        "b": counts({"calm": (12, 3, 0, 7), "pride": (9, 7, 0, 6)}),
        "d": counts({"calm": (3, 1, 0, 1), "pride": (4, 0, 0, 1)}),
    }
    made = table(parts)
    assert not attack(made) and not told([made.release])
    worse = broken(how, made)
    assert attack(worse), how
    assert told([worse.release]), how


def test_a_percentage_beside_hidden_counts_would_tell_and_is_hidden() -> None:
    parts = {
        "a": counts({"calm": (3, 16, 0, 1)}),
        "b": counts({"calm": (2, 17, 0, 2)}),
        "d": counts({"calm": (30, 8, 0, 9)}),
    }
    made = table(parts)
    row = made.rows[0].measures[0]
    assert row.paired == 20 and row.improved is Symbol.hidden
    assert {row.percent, row.low, row.high, row.median_change, row.p, row.r} == {Symbol.hidden}
    (told_,) = printed(made)
    told_["rows"][0]["measures"][0]["percent"] = 15
    assert Attacker(told_).narrowest(made.policy.width)


# ---- what is printed


def test_symbols_stand_for_what_is_hidden_what_does_not_apply_and_what_rounds_to_nothing() -> None:
    parts = {
        "a": counts({"calm": (0, 0, 0, 0)}),
        "b": counts({"calm": (8, 0, 0, 0)}),
        "d": counts({"calm": (0, 400, 0, 0)}),
    }
    made = table(parts)
    nobody, eight, many = (row.measures[0] for row in made.groups)
    assert (nobody.paired, nobody.percent, nobody.r) == (0, "z", "z")
    assert (eight.paired, eight.improved, eight.percent, eight.p) == (8, 8, "z", "z")
    assert (many.improved, many.percent) == (0, 0)
    rounded = table(parts, Disclosure("dfe", 1, 10, 10))
    assert rounded.groups[1].measures[0].improved == 10
    assert (
        table({"a": counts({"calm": (2, 400, 0, 0)})}, Disclosure("dfe", 1, 10, 10)).total.measures[0].improved == "k"
    )
    assert any(note.startswith("z:") for note in made.notes) and not any(note.startswith("k:") for note in made.notes)


def test_a_p_that_rounds_to_nothing_is_not_printed_as_0() -> None:
    (all_,) = table({"a": counts({"calm": (60, 6, 0, 0)})}, split=False).rows[-1].measures
    assert (all_.p, all_.r) == (Symbol.low, 1)


def test_inside_nothing_is_hidden_and_the_table_says_not_to_pass_it_on() -> None:
    made = table(at_random(3, groups=4), Disclosure("internal", 0, 1, 10))
    assert not made.hidden and made.notes[-1] == "For your own use. Small numbers are shown: do not pass this on."


def test_a_table_that_does_not_add_up_is_no_table() -> None:
    columns = (Column("a"), Column("b", within="a"))
    with pytest.raises(ValueError, match="does not add up"):
        Grid(columns, ("x", ""), ((3, 1), (4, 1)))
    with pytest.raises(ValueError, match="b is more than a"):
        Grid(columns, ("",), ((3, 4),))
    with pytest.raises(ValueError, match="ends with its total"):
        Grid(columns, ("x",), ((3, 1),))
