"""A programme's type is declared, its measure set is among the type's, and its type stays once work hangs on it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from cmcore.base.findings import Refused
from cmcore.forms import load
from cmcore.plugins.configured import Configured
from cmcore.programmes import queries, rules
from cmcore.programmes.actions import add_programme, change_programme
from cmcore.programmes.creative_mentoring import CREATIVE_MENTORING
from cmcore.programmes.forms import ProgrammeAnswers
from cmcore.programmes.types import Subject
from cmcore.testing import Stage, a_plugin, plugged, refused
from tests.cmcore.roster import KINDS

CREATIVE: ProgrammeAnswers = KINDS["programme"].answers
DECLARED = {"creative-mentoring": ("eight@1", "six@2017"), "music": ("eight@1",)}


@pytest.mark.parametrize(
    ("key", "type_key", "measure_set", "places"),
    [
        ("creative-mentoring", "creative-mentoring", "six@2017", []),
        ("Creative", "creative-mentoring", "eight@1", ["key"]),
        ("a--b", "creative-mentoring", "eight@1", ["key"]),
        ("music", "reading", "eight@1", ["type_key"]),
        ("music", "music", "six@2017", ["measure_set"]),
    ],
)
def test_a_programme_fits_what_is_declared(key: str, type_key: str, measure_set: str, places: list[str]) -> None:
    found = rules.programme_fits(key, type_key, measure_set, DECLARED)
    assert [one.place for one in found] == places and all(one.way_out for one in found)


def test_the_type_stays_once_something_hangs_on_the_programme() -> None:
    assert rules.type_stays("music", "creative-mentoring", []) == []
    assert rules.type_stays("music", "music", ["enrolments"]) == []
    (found,) = rules.type_stays("music", "creative-mentoring", ["enrolments", "referrals"])
    assert "enrolments and referrals" in found.message


def test_a_type_or_a_measure_set_that_is_not_declared_is_refused(stage: Stage) -> None:
    with stage.work() as work:
        with refused(None, "There is no programme type “reading-buddies”."):
            add_programme(work, replace(CREATIVE, type_key="reading-buddies"))
        with refused(None, "is not measured with “sdq@1”"):
            add_programme(work, replace(CREATIVE, measure_set="sdq@1"))
        kept = add_programme(work, CREATIVE)
        change_programme(work, kept, replace(CREATIVE, measure_set="six@2017"))
        with refused(None, "is not measured with “eight@9”"):
            change_programme(work, kept, replace(CREATIVE, measure_set="eight@9"))


def test_a_second_programme_of_the_same_key_is_refused_in_plain_words(stage: Stage) -> None:
    with stage.work() as work:
        add_programme(work, CREATIVE)
        with refused(None, "There is one with the same key already."):
            add_programme(work, replace(CREATIVE, title="Another"))


def test_a_programme_does_not_end_before_it_begins(stage: Stage) -> None:
    with stage.work() as work, refused(None, "is before the first"):
        add_programme(work, replace(CREATIVE, starts_on=date(2026, 9, 1), ends_on=date(2026, 8, 31)))


def test_the_form_offers_the_types_and_sets_there_are() -> None:
    form = queries.programme_form()
    assert [one.key for one in form.question("type_key").kind.options] == ["creative-mentoring"]
    assert [one.key for one in form.question("measure_set").kind.options] == ["eight@1", "six@2017"]
    assert load(form, {**CREATIVE.columns(), "starts_on": None}) == CREATIVE
    with pytest.raises(Refused, match="is not one of the answers"):
        load(form, {**CREATIVE.columns(), "type_key": "reading-buddies"})


def test_a_type_that_works_with_schools_may_be_scored_with_nothing_and_no_programme_of_it_is_set_up(
    stage: Stage,
) -> None:
    schools = replace(
        CREATIVE_MENTORING, key="forest_schools", title="Forest", subject=Subject.setting, measure_sets=()
    )
    with pytest.raises(ValueError, match="names no measure set"):
        replace(schools, subject=Subject.young_person)
    with plugged(a_plugin("forest", keys=("forest_schools",), cm_programme_types=lambda: [schools])):
        assert [one.key for one in queries.programme_form().question("type_key").kind.options] == ["creative-mentoring"]
        with stage.work() as work, refused(None, "is kept on pages of its own"):
            add_programme(work, replace(CREATIVE, type_key="forest_schools"))


def test_programmes_are_found_by_title_and_key_those_that_take_referrals_first(stage: Stage) -> None:
    with stage.work() as work:
        add_programme(work, replace(CREATIVE, title="A closed one", key="closed", open_to_referrals=False))
        add_programme(work, CREATIVE)
        assert [one.key for one in queries.find(work, "")] == ["creative-mentoring", "closed"]
        assert [one.key for one in queries.find(work, "one clos")] == ["closed"]


def test_a_type_of_a_plugin_that_is_off_is_neither_offered_nor_taken(stage: Stage) -> None:
    kind = replace(CREATIVE_MENTORING, key="wrenshire-studio", title="Studio time", owner="wrenshire")
    answers = replace(CREATIVE, type_key=kind.key)
    with plugged(a_plugin(cm_programme_types=lambda: [kind]), on=()) as known, stage.work() as work:
        assert "wrenshire-studio" not in [
            one.key for one in queries.programme_form(work).question("type_key").kind.options
        ]
        with refused(words="“Studio time” comes with a plugin that is switched off here."):
            add_programme(work, answers)
        known.configured = Configured(on=frozenset({"wrenshire"}))
        assert add_programme(work, answers).type_key == "wrenshire-studio"
