"""Chains of six to ten tables, and a proof that takes all its steps: nothing hidden is told by all of them together."""

from __future__ import annotations

import json
import random
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from cmcore.evidence.account import CohortCounts
from cmcore.evidence.cohorts import Cohort
from cmcore.evidence.disclosure.policies import Disclosure
from cmcore.evidence.disclosure.releases import unprinted
from cmcore.evidence.subgroups import BOUNDED, Subgroups
from tests.cmcore.evidence.made_tables import DFE, ONS, added, counts, table

pytest.importorskip("scipy", reason="scipy is not installed: the extra is called evidence.")

from tests.cmcore.evidence.attacker import Attacker

TERMS = (
    (date(2025, 9, 1), date(2025, 12, 31)),
    (date(2026, 1, 1), date(2026, 4, 12)),
    (date(2026, 4, 13), date(2026, 8, 31)),
)

#: Which of a chain's people stand in a table: everybody of these terms, and of one need or of both.
Part = tuple[tuple[int, ...], str]

#: Tables that nest and overlap: terms, two terms together, the year; all of them, and those of one need.
PARTS: tuple[Part, ...] = tuple(
    (terms, send) for terms in ((0,), (1,), (2,), (0, 1), (1, 2), (0, 1, 2)) for send in ("", "ehcp")
)

People = Mapping[tuple[int, str], Mapping[str, CohortCounts]]


def people(draw: random.Random) -> People:
    """Who started in each term with and without a plan, by school: a few to a dozen."""
    return {
        (term, send): {str(school): _some(draw) for school in range(1, 4)} for term in range(3) for send in ("ehcp", "")
    }


def _some(draw: random.Random) -> CohortCounts:
    size = draw.choice((draw.randint(0, 4), draw.randint(4, 14)))
    often = [0, 0, 0, 0]
    for _ in range(size):
        often[draw.choices(range(4), (60, 20, 5, 15))[0]] += 1
    return counts({"calm": often}, lost=draw.choice((0, 0, 2)))


def cohort_of(part: Part) -> Cohort:
    terms, send = part
    return Cohort(started_from=TERMS[terms[0]][0], started_to=TERMS[terms[-1]][1], send=send)


def counted(made: People, part: Part) -> Mapping[str, CohortCounts]:
    terms, send = part
    found: Mapping[str, CohortCounts] = {}
    for (term, whose), schools in made.items():
        if term in terms and (not send or whose == send):
            found = added(found, schools) if found else schools
    return found


def inside(part: Part, whole: Part) -> bool:
    """Whether everybody of one table stands in the other, as anybody can say who knows what was asked."""
    return part != whole and set(part[0]) <= set(whole[0]) and whole[1] in ("", part[1])


def beside(whole: Part, parts: Sequence[Part]) -> list[tuple[int, ...]]:
    """Which tables together are exactly another one: terms of the same need that follow one another."""
    same = [(number, part) for number, part in enumerate(parts) if part[1] == whole[1] and part != whole]
    found = []
    for one, first in same:
        for other, second in same:
            if first[0][-1] + 1 == second[0][0] and (*first[0], *second[0]) == whole[0]:
                found.append((one, other))
            for third, last in same:
                if (*first[0], *second[0], *last[0]) == whole[0] == (0, 1, 2):
                    found.append((one, other, third))
    return found


def chain(seed: int, most_steps: int = 0) -> tuple[list[Part], list[Subgroups]]:
    """Six to ten tables, one after the other, each hidden beside those before it: split or not, dfe or ons."""
    draw = random.Random(seed)
    made = people(draw)
    parts = draw.sample(PARTS, 6 + seed % 5)
    splits = [draw.random() < 0.5 for _ in parts]
    policy: Disclosure = replace(draw.choice((DFE, DFE, ONS)), most_steps=most_steps)
    tables: list[Subgroups] = []
    for part, split in zip(parts, splits, strict=True):
        earlier = [one.release for one in tables]
        tables.append(table(counted(made, part), policy, earlier, cohort_of(part), split=split))
    return parts, tables


def attacker(parts: Sequence[Part], tables: Sequence[Subgroups]) -> Attacker:
    """A reader of all of a chain, who knows how each table is bound to each other one."""
    reader = Attacker(*(json.loads(json.dumps(one.as_data())) for one in tables))
    for whole, what in enumerate(parts):
        for part, other in enumerate(parts):
            if inside(other, what):
                reader.lies_within(part, whole)
        for together in beside(what, parts):
            reader.add_up(together, whole)
    return reader


def given_away(parts: Sequence[Part], tables: Sequence[Subgroups]) -> list[Any]:
    """What a chain tells of hidden counts, less what was known before the table that hides them was drawn up.

    A count that earlier tables show in other words is told by them: the table tells nothing of it when it hides it too.
    """
    found = attacker(parts, tables).closer_than(widths(tables))
    known: dict[int, set[Any]] = {}
    for number in {name[0] for name, _, _ in found}:
        # What later tables count is there before they are printed: all of them take part, with nothing shown.
        before = [*tables[:number], *(blank(one) for one in tables[number:])]
        known[number] = {name for name, _, _ in attacker(parts, before).closer_than(widths(before))}
    return [one for one in found if one[0] not in known[one[0][0]]]


def blank(one: Subgroups) -> Subgroups:
    """The table with everything hidden."""
    return replace(one, release=replace(one.release, hidden=frozenset(one.release.grid.cells())))


def widths(tables: Sequence[Subgroups]) -> Mapping[int, float]:
    return {number: one.policy.width for number, one in enumerate(tables)}


@pytest.mark.parametrize("seed", [0, 1, 2, 9, 10])
def test_a_chain_of_six_to_ten_tables_together_tells_no_hidden_count(seed: int) -> None:
    parts, tables = chain(seed)
    assert 6 <= len(tables) <= 10 and any(one.release.hidden for one in tables)
    assert not given_away(parts, tables)


def test_what_lies_between_printed_tables_is_known_as_if_it_were_printed() -> None:
    """The year less its first two terms is the third; those two less the second are the first."""
    made = people(random.Random(3))
    year, two, spring = (((0, 1, 2), ""), ((0, 1), ""), ((1,), ""))
    tables = [table(counted(made, part), cohort=cohort_of(part), split=part != spring) for part in (year, two, spring)]
    found = {one.cohort: one for one in unprinted([one.release for one in tables])}
    summer, autumn = (table(counted(made, part), cohort=cohort_of(part)) for part in (((2,), ""), ((0,), "")))
    assert list(found) == [summer.cohort, autumn.cohort]
    assert found[summer.cohort].grid == summer.release.grid and found[summer.cohort].by == "setting"
    # By school the first term is not known: the second was told of all together.
    assert found[autumn.cohort].grid.figures == autumn.release.grid.figures[-1:]
    assert found[autumn.cohort].hidden == {(0, column) for column in range(len(autumn.release.grid.columns))}
    # A table drawn up anew after people came is no part of a sum with those before.
    older = replace(tables[1].release, grid=table(counted(made, year), split=True).release.grid)
    fewer = replace(tables[0].release, grid=autumn.release.grid)
    assert not unprinted([older, fewer])


def test_tables_of_which_nothing_binds_a_new_one_take_no_steps_of_its_proof() -> None:
    """A bound that suffices for one table suffices for it beside those of another year, and not beside its own."""
    policy = replace(DFE, most_steps=4000)
    made = people(random.Random(5))
    early = [table(counted(made, part), DFE, (), cohort_of(part)).release for part in PARTS[:8]]
    cohort = Cohort(started_from=date(2023, 9, 1), started_to=date(2024, 8, 31))
    alone = table(counted(made, ((0, 1, 2), "")), policy, (), cohort).release
    assert alone.hidden and not alone.bounded
    beside_them = table(counted(made, ((0, 1, 2), "")), policy, early, cohort).release
    assert beside_them == alone and not beside_them.bounded
    bound = table(counted(made, ((0, 1, 2), "")), policy, early, cohort_of(((0, 1, 2), ""))).release
    assert bound.bounded


def test_the_attacker_sees_what_one_careless_table_of_a_chain_gives_away() -> None:
    parts, tables = chain(1)
    careless = [replace(one, release=replace(one.release, hidden=frozenset())) for one in tables[-1:]]
    assert given_away(parts, [*tables[:-1], *careless])


@pytest.mark.parametrize(("seed", "most_steps"), [(0, 1), (1, 4000), (2, 1500), (3, 9000)])
def test_a_proof_that_takes_all_its_steps_hides_more_and_tells_nothing(seed: int, most_steps: int) -> None:
    parts, tables = chain(seed, most_steps)
    bounded = [one for one in tables if one.release.bounded]
    assert bounded and not given_away(parts, tables)
    assert all(BOUNDED in one.notes for one in bounded)
    assert all(BOUNDED not in one.notes for one in tables if not one.release.bounded)
    # The steps are counted and not timed: whoever asks again, on whatever machine, has the same tables.
    again: Any = chain(seed, most_steps)[1]
    assert [one.release for one in again] == [one.release for one in tables]
    assert [one.release.bounded for one in again] == [one.release.bounded for one in tables]
