"""The authority, its terms, and its places beside the public register."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from cmcore.base.findings import NotAllowed
from cmcore.base.periods import default_terms
from cmcore.safekeeping.work import Conflict, Work
from cmcore.testing import Stage, refused
from cmcore.virtual_schools import queries
from cmcore.virtual_schools.actions import (
    add_setting,
    add_term_dates,
    answers_of_authority,
    change_authority,
    change_setting,
    change_term_dates,
    remove_setting,
)
from cmcore.virtual_schools.forms import TermDatesAnswers
from cmcore.virtual_schools.records import Authority, Setting
from cmcore.young_people.actions import add_education_spell
from cmcore.young_people.forms import EducationSpellAnswers
from cmcore.young_people.words import EducationStatus
from tests.cmcore.roster import KINDS, a_young_person

AUTUMN: TermDatesAnswers = KINDS["term_dates"].answers
BARN = KINDS["setting"].answers


def from_the_register(work: Work, name: str, urn: int, **more: object) -> Setting:
    """A school as the public register tells of it, brought in by an import."""
    return work.add(Setting(name=name, urn=urn, kind_of_setting="school", la_code="990", **more))


# ---- the authority
@pytest.mark.parametrize("role", ["coordinator", "head", "administrator"])
def test_names_and_the_number_to_ring_are_changed(stage: Stage, role: str) -> None:
    with stage.work(role) as work:
        authority = queries.authority_for(work)
        told = replace(answers_of_authority(authority), duty_phone="01632 960 222")
        change_authority(work, authority, told, authority.version)
        assert (authority.duty_phone, authority.code, authority.prefix) == ("01632 960 222", "990", "WR")


def test_a_mentor_changes_nothing_of_the_authority(stage: Stage) -> None:
    with stage.work("mentor", mentor_id=1) as work:
        authority = queries.authority_for(work)
        with pytest.raises(NotAllowed):
            change_authority(work, authority, answers_of_authority(authority))


def test_two_people_change_the_authority_at_once_and_the_second_is_told(stage: Stage) -> None:
    with stage.work() as work:
        authority = queries.authority_for(work)
        change_authority(
            work, authority, replace(answers_of_authority(authority), duty_phone="01632 960 222"), authority.version
        )
    with stage.work() as work:
        authority = work.get(Authority, stage.authority_id)
        with pytest.raises(Conflict):
            change_authority(work, authority, answers_of_authority(authority), authority.version - 1)


# ---- terms
def test_a_year_without_terms_of_its_own_has_the_usual_ones(stage: Stage) -> None:
    with stage.work() as work:
        authority = queries.authority_for(work)
        assert queries.terms_of(work, authority, 2026) == default_terms(2026)
        add_term_dates(work, replace(AUTUMN, name="spring", starts_on=date(2027, 1, 5), ends_on=date(2027, 3, 25)))
        add_term_dates(work, AUTUMN)
        assert [term.name for term in queries.terms_of(work, authority, 2026)] == ["autumn", "spring"]
        assert queries.terms_of(work, authority, 2027) == default_terms(2027)


def test_terms_that_share_days_or_leave_their_year_are_refused(stage: Stage) -> None:
    with stage.work() as work:
        autumn = add_term_dates(work, AUTUMN)
        spring = replace(AUTUMN, name="spring", starts_on=date(2026, 12, 18), ends_on=date(2027, 3, 25))
        with refused(None, "It shares days with the autumn term"):
            add_term_dates(work, spring)
        kept = add_term_dates(work, replace(spring, starts_on=date(2027, 1, 5)))
        with refused(None, "It shares days with the autumn term"):
            change_term_dates(work, kept, spring)
        with refused(None, "does not lie in the academic year 2026-27"):
            change_term_dates(work, autumn, replace(AUTUMN, starts_on=date(2026, 7, 1)))
        change_term_dates(work, autumn, replace(AUTUMN, ends_on=date(2026, 12, 20)))


def test_a_term_of_the_same_name_is_refused_in_plain_words(stage: Stage) -> None:
    with stage.work() as work:
        add_term_dates(work, AUTUMN)
        late = replace(AUTUMN, starts_on=date(2027, 1, 5), ends_on=date(2027, 3, 25))
        with refused(None, "There is one with the same year and name already"):
            add_term_dates(work, late)


def test_the_administrator_keeps_terms_and_places(stage: Stage) -> None:
    with stage.work("administrator") as work:
        add_term_dates(work, AUTUMN)
        add_setting(work, BARN)


# ---- settings
def test_an_own_place_in_the_area_carries_the_authoritys_code(stage: Stage) -> None:
    with stage.work() as work:
        authority = queries.authority_for(work)
        barn = add_setting(work, BARN)
        assert barn.in_area_of(authority) and barn.added_by_id == authority.id
        change_setting(work, barn, replace(BARN, in_area=False))
        assert not barn.in_area_of(authority) and barn.la_code == ""


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"low_age": 11, "high_age": 4}, "The oldest age is below the youngest."),
        (
            {"opened_on": date(2020, 1, 2), "closed_on": date(2020, 1, 1)},
            "The day it closed, 1 January 2020, is before",
        ),
        ({"name": ""}, "Name: there is no answer."),
    ],
)
def test_a_place_whose_answers_do_not_fit_is_refused(stage: Stage, changes: dict[str, object], words: str) -> None:
    with stage.work() as work, refused(None, words):
        add_setting(work, replace(BARN, **changes))


def test_a_place_of_the_public_register_is_one_for_all_authorities_and_none_writes_into_it(stage: Stage) -> None:
    with stage.work() as work:
        school = from_the_register(work, "Pennywick Academy", 900001)
        work.db.flush()
        with refused(None, "comes from the public register of schools. Bring in a newer register to change it."):
            change_setting(work, school, replace(BARN, name=school.name, notes="Ask for the music room."))
        with refused(None, "comes from the public register of schools"):
            remove_setting(work, school)
        assert (school.name, school.notes) == ("Pennywick Academy", "")


def test_a_place_where_somebody_learns_is_not_removed(stage: Stage) -> None:
    with stage.work() as work:
        barn = add_setting(work, BARN)
        spell = EducationSpellAnswers(status=EducationStatus.enrolled, setting_id=barn.id, starts_on=date(2026, 9, 1))
        add_education_spell(work, a_young_person(work), spell)
        with refused(None, "This setting cannot be removed: education spells hang on it."):
            remove_setting(work, barn)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("penny", ["Pennywick Academy", "Pennywick Old School", "Saint Pennywick"]),
        ("old school", ["Pennywick Old School"]),
        ("wrenf", ["Pennywick Academy"]),
        ("academy wrenfold", ["Pennywick Academy"]),
        ("900002", ["Saint Pennywick"]),
        ("9000", ["Pennywick Academy", "Saint Pennywick", "Pennywick Old School"]),
        ("900", ["Pennywick Academy", "Saint Pennywick", "Pennywick Old School"]),
        ("9000001", []),
        ("12345678901234567890", []),
        ("%", []),
    ],
)
def test_a_place_is_found_by_name_town_and_urn_open_ones_first(stage: Stage, text: str, names: list[str]) -> None:
    with stage.work() as work:
        from_the_register(work, "Saint Pennywick", 900002)
        from_the_register(work, "Pennywick Academy", 900001, town="Wrenfold")
        from_the_register(work, "Pennywick Old School", 900003, closed_on=date(2020, 8, 31))
        found = [one.name for one in queries.find(work, text)]
    assert sorted(found) == sorted(names)
    if "900" not in text and len(found) == 3:
        assert found == ["Pennywick Academy", "Saint Pennywick", "Pennywick Old School"]


def test_places_another_authority_added_are_not_found(stage: Stage) -> None:
    other = stage.authority("991", "Quillshire", "QU")
    with stage.work(authority_id=other) as work:
        add_setting(work, BARN)
        from_the_register(work, "Mossgrave Primary", 900004)
    with stage.work() as work:
        assert [one.name for one in queries.find(work, "moss")] == ["Mossgrave Primary"]
        assert len(queries.find(work, "", limit=5)) == 1
