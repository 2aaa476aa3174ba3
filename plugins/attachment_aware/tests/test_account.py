"""The account: sums of schools counted twice, nothing said of why, and nothing hidden that can be worked out."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from cmcore.api import Authority, NotFound, Setting
from cmcore.api.evidencing import Disclosure
from cmcore_attachment_aware import account, network
from cmcore_attachment_aware.account import CohortAccount, Compared, Sum
from cmcore_attachment_aware.demonstration import fill
from cmcore_attachment_aware.leaving import account_csv, compared_rows
from cmcore_attachment_aware.network import HEIGHT, WIDTH, drawn, scale_bar
from cmcore_attachment_aware.queries import Done, cohorts_of, network_of
from cmcore_attachment_aware.records import AwareCohort
from cmcore_attachment_aware.schoolwork import AwareReading
from cmcore_attachment_aware.words import At, Indicator
from plugins.attachment_aware.tests.conftest import Year

DFE = Disclosure("dfe", 5, 1, 10)


def school(before: tuple[int, int] | None, after: tuple[int, int] | None) -> Done:
    """A school that counted its suspensions, or did not."""
    made = Done()
    for at, found in ((At.before, before), (At.after, after)):
        number, out_of = found or (None, None)
        made.readings.append(AwareReading(indicator="suspensions", at=at.value, number=number, out_of=out_of))
    return made


def compared(*sums: int, both: int = 4) -> Compared:
    """Suspensions before and after, of pupils on roll."""
    return Compared(Indicator.suspensions, 6, both, Sum(*sums[:2]), Sum(*sums[2:]))


def a_year(found: Compared, year: int = 2024) -> CohortAccount:
    """The account of a cohort with one indicator."""
    cohort = AwareCohort(year=year, places=6, taken=6, waiting=0, starts_on=date(year, 9, 1), ends_on=date(year, 12, 1))
    return CohortAccount(cohort, 6, 0, 6, 6, 0, 0, 12, (found, found, found))


def test_only_schools_counted_before_and_after_are_summed_and_the_others_are_said() -> None:
    schools = [school((12, 240), (7, 236)), school((4, 100), (4, 100)), school((0, 50), (1, 50)), school((9, 90), None)]
    found = account.compare(Indicator.suspensions, schools)
    assert (found.schools, found.both, found.before, found.after) == (4, 3, Sum(16, 390), Sum(12, 386))
    assert (found.lower, found.same, found.higher) == (1, 1, 1)
    said = account.told(found)
    assert said.both == "3 of 4" and said.before == "16 of 390 pupils on roll (4.1 per 100 pupils)"
    assert said.went == "lower by 1.0"


@pytest.mark.parametrize(
    ("sums", "said"),
    [
        ((12, 240, 12, 240), "the same"),
        ((12, 240, 24, 480), "the same"),
        ((12, 240, 13, 240), "higher by 0.4"),
        ((1_000, 99_999, 1_000, 100_000), "lower by less than 0.1"),
        ((0, 0, 0, 0), ""),
    ],
)
def test_how_a_share_went_is_told_exactly_and_says_nothing_of_causes(sums: tuple[int, ...], said: str) -> None:
    assert account.changed(compared(*sums)) == said


@pytest.mark.parametrize(
    ("found", "hidden"),
    [
        (compared(12, 240, 9, 236), False),
        (compared(0, 240, 9, 236), False),
        (compared(5, 240, 9, 236), True),
        (compared(12, 240, 1, 236), True),
        (compared(238, 240, 100, 236), True),
        (compared(12, 240, 9, 236, both=2), True),
    ],
)
def test_small_numbers_and_few_schools_are_hidden_from_readers_outside(found: Compared, hidden: bool) -> None:
    said = account.told(found, DFE)
    assert ((said.before, said.after, said.went) == ("c", "c", "c")) is hidden
    assert account.told(found).before != "c"


def test_nothing_counted_twice_does_not_apply_outside_and_is_said_in_words_inside() -> None:
    none = compared(0, 0, 0, 0, both=0)
    assert account.told(none, DFE).before == "z" and account.told(none).before == "Not counted twice"


@given(st.lists(st.tuples(*[st.integers(0, 60)] * 2, st.integers(0, 8)), min_size=2, max_size=6))
def test_no_sum_over_years_tells_a_year_that_is_hidden(years: list[tuple[int, int, int]]) -> None:
    accounts = [
        a_year(compared(before, 100, after, 100, both=both), 2015 + number)
        for number, (before, after, both) in enumerate(years)
    ]
    rows = compared_rows(accounts, 0, DFE)
    hidden = [row for row in rows if "c" in row]
    if hidden:
        assert all(row[0] != "All years" for row in rows)
    else:
        assert rows[-1][0] == "All years"


def test_almost_fifty_schools_by_the_third_year_and_more_that_wait(year: Year) -> None:
    with year.stage.work("operator") as work:
        for number in range(60):
            work.add(Setting(name=f"Bramblewick {number}", kind_of_setting="school", la_code="991"))
    other = year.stage.authority("991", "Quillshire", "QU")
    with year.stage.work("operator", authority_id=other) as work:
        authority = work.get(Authority, other)
        fill(work, authority)
        work.db.flush()
        accounts = account.accounts_of(work, authority)
        assert [one.cohort.year for one in accounts] == [2024, 2025, 2026]
        assert sum(one.took_part for one in accounts) == 47 and accounts[2].waiting == 5
        assert accounts[2].cohort.free == 0 and accounts[2].applied > accounts[2].cohort.places
        assert all(one.cohort.taken == one.took_part - one.withdrawn for one in accounts)
        assert [one.over(work) for one in accounts] == [True, True, False]
        assert len(network_of(work, other)) == 45
        told = account_csv(work, other)
        assert "2026-27" not in told and "Suspensions,2024-25" in told
    with year.stage.work() as work:
        assert [one.year for one in cohorts_of(work, year.stage.authority_id)] == [2026]
        assert list(work.db.scalars(select(AwareCohort.id))) == [year.cohort_id]
        with pytest.raises(NotFound):
            account_csv(work, other)


# ---- the map
def test_north_is_up_east_is_right_and_all_lies_inside_the_frame() -> None:
    made = drawn([(1, 1, 400_000, 300_000), (2, 2, 410_000, 300_000), (3, 3, 400_000, 330_000)], [(1, 2, True)])
    west, east, north = made.spots
    assert west.x < east.x and west.y == east.y and north.y < west.y and north.x == west.x
    assert all(0 < one.x < WIDTH and 0 < one.y < HEIGHT for one in made.spots)
    assert (east.x - west.x) * 3 == pytest.approx(west.y - north.y)
    (tie,) = made.ties
    assert west.x < tie.x1 < tie.x2 < east.x and tie.goes_on


def test_a_map_of_one_or_of_none_and_a_line_to_a_school_that_lies_nowhere() -> None:
    assert drawn([], [(1, 2, True)]).spots == ()
    alone = drawn([(1, 1, 400_000, 300_000)], [(1, 2, True), (1, 1, True)])
    assert (alone.spots[0].x, alone.spots[0].y, alone.ties) == (WIDTH / 2, HEIGHT / 2, ())
    assert WIDTH / scale_bar(alone.metres)[1] * scale_bar(alone.metres)[0] > network.LEAST / 1609


@pytest.mark.parametrize(("metres", "miles"), [(500, 1), (5_000, 5), (40_000, 20), (0, 200)])
def test_the_scale_is_a_round_number_of_miles(metres: float, miles: int) -> None:
    assert scale_bar(metres)[0] == miles


def test_two_years_of_one_indicator_are_added_up() -> None:
    both = compared(12, 240, 9, 236) + compared(8, 100, 9, 100)
    assert (both.both, both.schools, both.before, both.after) == (8, 12, Sum(20, 340), Sum(18, 336))
    assert replace(both, both=8) == both
