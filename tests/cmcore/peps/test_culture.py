"""What is known of the culture in somebody's life: each line with its source, from the core and from plugins."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from sqlalchemy import select

from cmcore.base.periods import Period
from cmcore.enrolments.actions import move_enrolment
from cmcore.peps.actions import add_target, contribute, open_term
from cmcore.peps.culture import CulturalLine, cultural_lines, shortened
from cmcore.peps.forms import TermAnswers
from cmcore.peps.words import CulturalPart
from cmcore.plugins.records import PluginHealth
from cmcore.testing import Stage, plugged
from cmcore.testing.plugged import a_plugin
from cmcore.testing.story import Story
from cmcore.virtual_schools.records import Authority
from cmcore.young_people.records import YoungPerson
from tests.cmcore.peps.test_actions import BROUGHT, TARGET, TODAY

AUTUMN = Period(date(2026, 9, 1), date(2026, 12, 18))


def told(story: Story) -> Story:
    """A story with interests, three sessions, a cultural target and something brought to the meeting."""
    stage = story.stage
    with stage.work() as work:
        enrolment = story.accepted(work, interests="Printing, and birds.")
        story.commissioned(work)
        move_enrolment(work, enrolment, "start")
        work.change(work.get(YoungPerson, story.person_id), looked_after_from=date(2024, 3, 4))
    stage.on(date(2026, 11, 24))
    with stage.work() as work:
        for days in (0, 7):
            story.logged(work, TODAY + timedelta(days=days), hour=9, art_form="Printmaking", words_said="I did it.")
        story.logged(work, TODAY + timedelta(days=1), hour=9, art_form="film")
        pep = open_term(work, TermAnswers(on=TODAY))[0]
        add_target(work, pep, TARGET)
        contribute(work, pep, BROUGHT)
    return story


def lines(story: Story, period: Period = AUTUMN, **who: Any) -> list[CulturalLine]:
    with story.stage.work(**who) as work:
        authority = work.get(Authority, story.stage.authority_id)
        return cultural_lines(work, authority, [story.person_id], period).get(story.person_id, [])


def test_every_line_says_where_it_comes_from(stage: Stage) -> None:
    found = {(one.part.value, one.text): one for one in lines(told(Story.begin(stage)))}
    assert list(found) == [
        ("interests", "Printing, and birds."),
        ("now", "Printmaking with a creative mentor: 2 sessions."),
        ("now", "Film with a creative mentor: 1 session."),
        ("steps", "Show two prints at the spring fair."),
        ("words", "I did it."),
        ("words", "I can do it."),
    ]
    assert [one.source for one in found.values()][1:4] == [
        "2 sessions with Juno Tansyhurst, the last on 17 November 2026",
        "1 session with Juno Tansyhurst, the last on 11 November 2026",
        "Cultural target of the PEP autumn 2026-27",
    ]
    step = found["steps", "Show two prints at the spring fair."]
    assert (step.owner, step.due_on) == ("Ros Amblewick", date(2027, 3, 1))


def test_only_what_lies_in_the_period_and_within_reach_is_told(stage: Stage) -> None:
    story = told(Story.begin(stage))
    spring = Period(date(2027, 1, 4), date(2027, 3, 20))
    assert [one.part.value for one in lines(story, spring)] == ["interests", "steps"]
    other = stage.authority("991", "Quillshire", "QU")
    with stage.work(authority_id=other) as work:
        authority = work.get(Authority, other)
        assert cultural_lines(work, authority, [story.person_id], AUTUMN) == {story.person_id: []}
        assert cultural_lines(work, authority, [], AUTUMN) == {}


def test_a_plugin_adds_its_lines_and_one_that_fails_takes_none_away(stage: Stage) -> None:
    story = told(Story.begin(stage))

    def line(person: int, **more: Any) -> CulturalLine:
        said: dict[str, Any] = {"text": "Choir on Mondays.", "source": "Choir list", "kind": "choir", "record_id": 1}
        return CulturalLine(young_person_id=person, part=CulturalPart.clubs, **(said | more))

    def choir(people: Any) -> list[CulturalLine]:
        return [line(story.person_id), line(story.person_id, text="Told twice."), line(999)]

    def fails() -> list[CulturalLine]:
        raise RuntimeError

    before = len(lines(story))
    with plugged(a_plugin("choir", cm_cultural_lines=choir), a_plugin("fails", cm_cultural_lines=fails)):
        found = lines(story)
        with stage.work() as work:
            assert list(work.db.scalars(select(PluginHealth.plugin))) == ["fails"]
    assert [one.text for one in found if one.part is CulturalPart.clubs] == ["Choir on Mondays."]
    assert len(found) == before + 1


def test_a_long_text_is_cut_at_a_word() -> None:
    assert shortened("a  b\nc") == "a b c"
    assert shortened("word " * 200).endswith("word …") and len(shortened("word " * 200)) < 503
