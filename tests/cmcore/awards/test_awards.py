"""Award schemes are data that plugins bring, and how far somebody is with one is told by whoever keeps it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from cmcore.awards.registry import award_schemes
from cmcore.awards.schemes import AwardScheme, Level, Need, Part, Unit
from cmcore.awards.standings import AwardStanding, award_standings
from cmcore.plugins.manifest import PluginFault
from cmcore.plugins.records import PluginHealth
from cmcore.testing import Stage, a_plugin, plugged
from cmcore.testing.story import Story

PART = Part(key="A", title="Sing", asks="Sings with others.")
LEVEL = Level(
    key="first",
    title="First",
    standing="Local",
    units=(Unit(key="1", title="", parts=(PART,)),),
    age_from=4,
    age_to=21,
    meant_from=4,
    meant_to=21,
)
SONG = AwardScheme(key="wrenshire_song", title="Song of Wrenshire", awarding_body="Wrenshire", levels=(LEVEL,))


def test_a_plugin_brings_an_award_and_it_is_gone_with_the_plugin() -> None:
    with plugged(a_plugin(cm_award_schemes=lambda: [SONG])):
        assert dict(award_schemes()) == {"wrenshire_song": SONG}
    with plugged():
        assert not award_schemes()


def test_an_award_in_somebody_elses_name_is_refused() -> None:
    with (
        pytest.raises(PluginFault, match="does not begin with “wrenshire”"),
        plugged(a_plugin(cm_award_schemes=lambda: [replace(SONG, key="arts_award")])),
    ):
        pass


def test_a_scheme_is_asked_for_its_levels_and_a_level_for_its_parts() -> None:
    assert SONG.level("first") is LEVEL and SONG.level("second") is None
    assert LEVEL.part("A") is PART and LEVEL.part("B") is None
    assert PART.words == "A Sing"
    assert (LEVEL.meant_for, replace(LEVEL, meant_to=9).meant_for) == ("4 to 21", "4 to 9, open to 21")


@pytest.mark.parametrize(
    ("made", "wrong"),
    [
        (lambda: replace(LEVEL, age_from=8), "not in order"),
        (lambda: replace(LEVEL, hours=10, guided_hours=11), "more guided hours"),
        (lambda: replace(LEVEL, guided_hours=11), "more guided hours"),
        (lambda: replace(LEVEL, units=()), "has no parts"),
        (lambda: replace(LEVEL, units=(*LEVEL.units, Unit(key="2", title="", parts=(PART,)))), "A stands twice"),
        (lambda: replace(SONG, levels=()), "has no levels"),
        (lambda: replace(SONG, levels=(LEVEL, LEVEL)), "first stands twice"),
        (lambda: replace(PART, needs=(Need(key="a b", words="x"),)), "letters, digits and _"),
    ],
)
def test_what_cannot_be_an_award_is_refused_when_it_is_declared(made: Any, wrong: str) -> None:
    with pytest.raises(ValueError, match=wrong):
        made()


def standing(key: int) -> AwardStanding:
    return AwardStanding(
        young_person_id=key,
        scheme="wrenshire_song",
        level="first",
        level_title="First",
        state="enrolled",
        current=True,
        enrolled_on=date(2026, 9, 7),
    )


def test_standings_are_those_of_the_people_asked_about_within_reach(stage: Stage) -> None:
    story = Story.begin(stage)
    asked: list[set[int]] = []

    def told(people: Collection[int]) -> list[AwardStanding]:
        asked.append(set(people))
        return [standing(key) for key in people] + [standing(999_999)]

    with plugged(a_plugin(cm_award_enrolments=told)):
        with stage.work() as work:
            found = award_standings(work, [story.person_id, 999_999])
            assert found == {story.person_id: [standing(story.person_id)], 999_999: []}
            assert award_standings(work, []) == {}
        assert asked == [{story.person_id}]
        other = stage.authority("991", "Quillshire", "QU")
        with stage.work(authority_id=other) as work:
            assert award_standings(work, [story.person_id]) == {story.person_id: []}


def test_a_plugin_that_fails_tells_of_no_award_and_its_failure_is_written_down(stage: Stage) -> None:
    story = Story.begin(stage)

    def fails() -> list[AwardStanding]:
        raise RuntimeError("No award today.")

    with plugged(a_plugin(cm_award_enrolments=fails)):
        with stage.work() as work:
            assert award_standings(work, [story.person_id]) == {story.person_id: []}
        with stage.work() as work:
            assert [each.hook for each in work.db.query(PluginHealth)] == ["cm_award_enrolments"]
