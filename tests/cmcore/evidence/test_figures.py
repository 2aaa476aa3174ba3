"""Figures are stored queries: counted again they say the same, within reach, and small numbers are hidden outside."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from sqlalchemy import select

from cmcore.base.findings import NotAllowed
from cmcore.base.periods import Period
from cmcore.evidence.figures import USUAL, Counted, Figure, counted, figures, figures_in_use, for_others
from cmcore.measures.shipped import EIGHT
from cmcore.plugins.manifest import PluginFault
from cmcore.plugins.records import PluginHealth
from cmcore.plugins.register import Register
from cmcore.reviews.words import ReviewKind
from cmcore.sessions.words import Outcome
from cmcore.testing import Stage, a_plugin, plugged, refused
from cmcore.testing.story import Story
from cmcore.virtual_schools.records import Authority
from cmcore.young_people.records import YoungPerson

AUTUMN = Period(date(2026, 9, 1), date(2026, 12, 31))
SPRING = Period(date(2027, 1, 1), date(2027, 4, 4))
NAMES = {"key": "wrenshire_visits", "title": "Visits", "meaning": "Every visit."}


def seven(**changes: Any) -> Figure:
    return Figure(**(NAMES | {"count": lambda work, authority, period: Counted(7)} | changes))


def every(story: Story, period: Period = AUTUMN, **who: Any) -> dict[str, str]:
    with story.stage.work(**who) as work:
        authority = work.get(Authority, story.stage.authority_id)
        return {one.key: counted(work, one.key, authority, period).words for one in figures_in_use(work, authority)}


def test_each_figure_of_the_core_counts_what_its_meaning_says(stage: Stage) -> None:
    story = Story.begin(stage)
    with stage.work() as work:
        story.started(work)
        work.change(work.get(YoungPerson, story.person_id), looked_after_from=date(2024, 3, 4))
    stage.on(date(2026, 12, 1))
    with stage.work() as work:
        story.logged(work, date(2026, 11, 10))
        story.logged(work, date(2026, 11, 17), minutes=45)
        story.logged(work, date(2026, 11, 24), outcome=Outcome.absent)
        story.scored(work, date(2026, 11, 10))
        later = dict(zip(EIGHT.keys, (3, 3, 3, 2, 2, 2, 1, None), strict=True))
        story.scored(work, date(2026, 12, 1), ReviewKind.interim, later)
    assert every(story) == {
        "looked_after": "1",
        "mentored": "1",
        "looked_after_mentored": "1 of 1",
        "sessions_held": "2 of 3",
        "hours_held": "2",
        "reviews_held": "2",
        "pairs_improved": "3 of 7",
        "peps_held": "0 of 0",
    }
    later = every(story, SPRING)
    assert (later["looked_after"], later["looked_after_mentored"], later["sessions_held"]) == ("1", "0 of 1", "0 of 0")
    assert later["pairs_improved"] == "0 of 0"


def test_nothing_is_counted_of_another_authority_nor_for_whoever_may_not_see_evidence(stage: Stage) -> None:
    story = Story.begin(stage)
    with stage.work() as work:
        work.change(work.get(YoungPerson, story.person_id), looked_after_from=date(2024, 3, 4))
    other = stage.authority("991", "Quillshire", "QU")
    with stage.work(authority_id=other) as work:
        assert counted(work, "looked_after", work.get(Authority, other), AUTUMN) == Counted(0)
        with pytest.raises(NotAllowed):
            counted(work, "looked_after", Authority(id=story.stage.authority_id), AUTUMN)
    with stage.work("mentor", mentor_id=story.mentor_id) as work, pytest.raises(NotAllowed):
        counted(work, "looked_after", work.get(Authority, stage.authority_id), AUTUMN)


def test_a_plugin_brings_a_figure_and_it_counts_only_where_the_plugin_is_on(stage: Stage) -> None:
    plugin = a_plugin(cm_figures=lambda: [seven()])
    with plugged(plugin), stage.work() as work:
        authority = work.get(Authority, stage.authority_id)
        assert figures()["wrenshire_visits"].title == "Visits"
        assert counted(work, "wrenshire_visits", authority, AUTUMN) == Counted(7)
    with plugged(plugin, on=()), stage.work() as work:
        authority = work.get(Authority, stage.authority_id)
        assert "wrenshire_visits" not in [one.key for one in figures_in_use(work, authority)]
        with refused(None, "cannot be counted here"):
            counted(work, "wrenshire_visits", authority, AUTUMN)
        with refused(None, "cannot be counted here"):
            counted(work, "nobody_knows", authority, AUTUMN)


def test_a_figure_that_fails_is_refused_in_a_sentence_and_written_to_the_plugins_health(stage: Stage) -> None:
    def fails(*_: Any) -> Counted:
        raise ZeroDivisionError

    with plugged(a_plugin(cm_figures=lambda: [seven(count=fails)])):
        with stage.work() as work, refused(None, "“Visits” could not be counted: Wrenshire failed."):
            counted(work, "wrenshire_visits", work.get(Authority, stage.authority_id), AUTUMN)
        with stage.work() as work:
            assert list(work.db.scalars(select(PluginHealth.hook))) == ["cm_figures"]


@pytest.mark.parametrize(
    ("keys", "said"),
    [
        (["mentored"], "does not begin with"),
        (["wrenshire_a", "wrenshire_a"], "twice"),
    ],
)
def test_a_key_that_is_doubled_or_not_the_plugins_own_is_refused(keys: list[str], said: str) -> None:
    plugin = a_plugin(cm_figures=lambda: [seven(key=key) for key in keys])
    with pytest.raises(PluginFault, match=said):
        Register().add(plugin.MANIFEST, plugin)


def test_a_key_of_the_core_is_refused_though_a_manifest_claims_it() -> None:
    plugin = a_plugin(cm_figures=lambda: [seven(key="mentored")], keys=("mentored",))
    with pytest.raises(PluginFault, match="the core both declare mentored"):
        Register().add(plugin.MANIFEST, plugin)


@pytest.mark.parametrize(
    ("number", "of", "said"),
    [
        (0, None, "0"),
        (1, None, "c"),
        (5, None, "c"),
        (6, None, "6"),
        (1240, 1300, "1,240 of 1,300"),
        (6, 11, "c of 11"),
        (6, 12, "6 of 12"),
        (3, 40, "c of 40"),
        (4, 4, "c of c"),
        (0, 4, "c of c"),
        (40, 40, "40 of 40"),
    ],
)
def test_a_number_from_1_to_5_is_hidden_outside_and_so_is_one_that_tells_it(number: int, of: int, said: str) -> None:
    assert seven().outside(Counted(number, of)) == said
    assert seven(of_people=False).outside(Counted(number, of)) == Counted(number, of).words


def test_an_authority_may_hide_more_and_round(stage: Stage) -> None:
    with stage.work() as work:
        authority = work.get(Authority, stage.authority_id)
        assert for_others(work, authority) == USUAL
        work.change(authority, policy={"R-SUP-1": {"dfe_up_to": 9, "dfe_round_to": 5}})
    with stage.work() as work:
        told = for_others(work, work.get(Authority, stage.authority_id))
        assert [seven().outside(Counted(one, 1302), told) for one in (8, 42, 1295)] == [
            "c of 1,300",
            "40 of 1,300",
            "c of 1,300",
        ]
