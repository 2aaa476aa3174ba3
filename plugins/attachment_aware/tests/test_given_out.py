"""Accounts given out one after the other: no two or more of them tell of one school, or of a few (R-SUP-1)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from cmcore.api import Authority, NotFound, Setting, Work
from cmcore.api.evidencing import Disclosure
from cmcore.testing import refused
from cmcore_attachment_aware import cohorts
from cmcore_attachment_aware.account import Compared, Sum, hides
from cmcore_attachment_aware.given_out import apart, beside, for_readers
from cmcore_attachment_aware.leaving import account_csv, account_pdf
from cmcore_attachment_aware.records import AwareCohort, AwarePlace, AwareRelease
from cmcore_attachment_aware.schoolwork import AwareProject, AwareReading
from cmcore_attachment_aware.words import At, Indicator
from plugins.attachment_aware.tests.conftest import Year

DFE, OPEN = Disclosure("dfe", 5, 1, 10), Disclosure("dfe", 0, 1, 10)


def line(both: int, *sums: int, as_at: date | None = None) -> Compared:
    """Suspensions of so many schools, before and after."""
    return Compared(Indicator.suspensions, 9, both, Sum(*sums[:2]), Sum(*sums[2:]), as_at=as_at)


FIRST = line(4, 40, 900, 30, 900, as_at=date(2026, 6, 3))


@pytest.mark.parametrize(
    ("found", "shown"),
    [
        (line(7, 70, 1500, 50, 1500), True),
        (line(7, 40, 1500, 50, 1500), True),
        (line(5, 70, 1100, 50, 1100), False),
        (line(4, 70, 900, 50, 900), False),
        (line(7, 42, 1500, 50, 1500), False),
        (line(7, 70, 932, 50, 1500), False),
        (line(7, 70, 1500, 27, 1500), False),
        (line(7, 70, 1500, 3, 1500), False),
        (line(0, 0, 0, 0, 0), False),
    ],
)
def test_what_was_shown_stays_until_no_difference_tells_of_a_few(found: Compared, shown: bool) -> None:
    assert beside(found, [FIRST], DFE) is (found if shown else FIRST)
    assert beside(found, [], DFE) is found and beside(found, [FIRST], OPEN) is found


def test_a_line_is_held_against_every_earlier_one_and_the_last_one_stays() -> None:
    second = line(7, 70, 1500, 50, 1500)
    assert beside(line(10, 42, 2000, 80, 2000), [FIRST, second], DFE) is second
    assert beside(line(10, 90, 2000, 80, 2000), [FIRST, second], DFE).both == 10
    assert beside(line(4, 40, 900, 30, 900), [FIRST], OPEN) is FIRST


def of(schools: range, *changed: int, many: int = 20) -> Compared:
    """An account of these schools; those that ``changed`` counted three more later on. The last ones count ``many``."""
    counts = {one: many if one > 11 else 20 for one in schools}
    before = sum(counts.values()) + 3 * len(changed)
    which = frozenset((one, "changed" if one in changed else "first") for one in schools)
    return replace(line(len(schools), before, 200 * len(schools), 2 * before, 200 * len(schools)), which=which)


@pytest.mark.parametrize(
    ("found", "shown"),
    [
        (of(range(1, 13)), False),
        (of(range(1, 14)), False),
        (of(range(1, 15)), True),
        # Three schools, of whom no account tells apart that they counted three together.
        (of(range(1, 15), many=1), False),
        # School 1 was counted anew: what it sent in since stands beside the three.
        (of(range(1, 15), 1), True),
        (of(range(1, 12), 1, 2), False),
    ],
)
def test_three_accounts_of_which_no_two_tell_of_a_few_tell_of_none_together(found: Compared, shown: bool) -> None:
    """Four schools, seven others, and all of them with a few more: the last without the first two is the few."""
    earlier = [of(range(1, 5)), of(range(5, 12))]
    assert beside(earlier[1], earlier[:1], DFE) is earlier[1]
    assert all(beside(found, [one], DFE) is found for one in earlier)
    assert beside(found, earlier, DFE) is (found if shown else earlier[-1])
    # Where one was kept without its schools nobody can say, so nothing new is shown beside two.
    unknown = [replace(earlier[0], which=None), earlier[1]]
    assert beside(found, unknown, DFE) is unknown[-1] and beside(found, unknown[:1], DFE) is found


@given(st.lists(st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)), max_size=3), min_size=1, max_size=6))
def test_however_often_schools_join_no_two_accounts_tell_of_a_few(joining: list[list[tuple[int, int]]]) -> None:
    shown: list[Compared] = []
    both, before, after = 0, Sum(), Sum()
    for schools in joining:
        for first, then in schools:
            both, before, after = both + 1, before + Sum(first, 200), after + Sum(then, 200)
        said = beside(line(both, before.number, before.out_of, after.number, after.out_of), shown, DFE)
        if said not in shown and said.both and not hides(said, DFE):
            shown.append(said)
    for one, other in combinations(shown, 2):
        assert abs(one.both - other.both) >= 3 and apart(one, other, DFE)
        assert not DFE.is_small(abs(one.before.number - other.before.number))


# ---- in the record
def over(year: Year, *numbers: int) -> None:
    """A cohort whose year is over, where each of these schools counted its suspensions, beside what there is."""
    with year.stage.work() as work:
        asked = select(AwareCohort).where(AwareCohort.year == 2024)
        cohort = work.db.scalars(asked).first() or work.add(
            AwareCohort(
                authority_id=year.stage.authority_id,
                year=2024,
                places=16,
                taken=0,
                waiting=0,
                starts_on=date(2024, 9, 1),
                ends_on=date(2025, 7, 20),
            )
        )
        work.db.flush()
        for number in numbers:
            _counted(work, cohort, number)


def _counted(work: Work, cohort: AwareCohort, number: int) -> None:
    setting = work.add(Setting(name=f"Bramblewick {number}", kind_of_setting="school", la_code="990"))
    work.db.flush()
    own = {"authority_id": cohort.authority_id, "setting_id": setting.id}
    on = date(2024, 7, 1)
    place = work.add(
        AwarePlace(
            **own,
            attachment_aware_cohort_id=cohort.id,
            applied_on=on,
            why="It is loud.",
            lead_name="Juno Tansyhurst",
            lead_role="teacher",
            head_name="Maud Pebblewick",
            head_agreed_on=on,
            staff_expected=2,
            joined_on=on,
        )
    )
    work.db.flush()
    project = work.add(
        AwareProject(
            **own,
            attachment_aware_place_id=place.id,
            title="A calm start",
            question="What happens?",
            before_from=date(2024, 1, 5),
            before_to=date(2024, 5, 22),
            after_from=date(2025, 1, 5),
            after_to=date(2025, 5, 22),
        )
    )
    work.db.flush()
    for at, many in ((At.before, 10 + number), (At.after, 8)):
        work.add(
            AwareReading(
                **own,
                attachment_aware_project_id=project.id,
                indicator="suspensions",
                at=at.value,
                number=many,
                out_of=200,
                counted_on=on,
                counted_by="Ottoline",
            )
        )


def rows_of(year: Year) -> list[str]:
    """The line of suspensions of the account for others, as it is taken out."""
    with year.stage.work("head") as work:
        return [one for one in account_csv(work, year.stage.authority_id).splitlines() if one.startswith("Susp")]


def test_one_school_more_changes_nothing_outside_and_three_more_do(year: Year) -> None:
    over(year, 1, 2, 3)
    (first,) = rows_of(year)
    assert "3 of 3,36 of 600" in first
    assert first.endswith("10 November 2026")
    over(year, 4)
    assert rows_of(year) == [first]
    with year.stage.work() as work:
        found = for_readers(work, work.get(Authority, year.stage.authority_id))
        assert found.accounts[0].took_part == 4 and found.accounts[0].compared[0].both == 3 and not found.fresh
        assert account_pdf(work, year.stage.authority_id).startswith(b"%PDF")
    over(year, 5, 6)
    (now,) = rows_of(year)
    assert '6 of 6,"81 of 1,200' in now
    with year.stage.work() as work:
        kept = work.db.scalars(select(AwareRelease).order_by(AwareRelease.id)).all()
        assert [(one.schools, one.counted, one.before_number, one.after_out_of) for one in kept] == [
            (3, 3, 36, 600),
            (6, 6, 81, 1200),
        ]
        first, then = ({tuple(each) for each in one.which or ()} for one in kept)
        assert len(first) == 3 and len(then) == 6 and first < then
        assert str(kept[0]) == "Suspensions, given out on 10/11/2026"


def test_what_another_authority_gave_out_is_neither_read_nor_kept_to(year: Year) -> None:
    over(year, 1, 2, 3)
    rows_of(year)
    other = year.stage.authority("991", "Quillshire", "QU")
    with year.stage.work(authority_id=other) as work:
        assert not work.db.scalars(select(AwareRelease)).all()
        assert "Suspensions" not in account_csv(work, other)
        with pytest.raises(NotFound):
            account_csv(work, year.stage.authority_id)
    with year.school() as work:
        assert not work.may("attachment_aware_release.see", year.stage.authority_id)


def test_a_cohort_that_was_given_out_stays(year: Year) -> None:
    with year.stage.work() as work:
        cohort = year.cohort(work)
        work.add(
            AwareRelease(
                authority_id=cohort.authority_id,
                attachment_aware_cohort_id=cohort.id,
                indicator="suspensions",
                schools=4,
                counted=4,
                before_number=40,
                before_out_of=900,
                after_number=30,
                after_out_of=900,
                given_out_on=work.today,
            )
        )
        work.db.flush()
        with refused(None, "lines given out"):
            cohorts.remove_cohort(work, cohort)
