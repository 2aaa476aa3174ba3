"""What a mentor is asked to read, and what is refused until they have."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

import pytest
from sqlalchemy import select

import cmcore_mighty_creatives
from cmcore.api import Authority, Mentor, NotAllowed, Work, upgrade
from cmcore.api.acts import add_session
from cmcore.testing import Stage, plugged, refused
from cmcore.testing.story import Story
from cmcore_mighty_creatives import induction
from cmcore_mighty_creatives.induction import ReadAnswers
from cmcore_mighty_creatives.records import Reading

TODAY = date(2026, 11, 10)


def settled(stage: Stage) -> Story:
    """A story in an authority The Mighty Creatives work for, up to an active enrolment."""
    with plugged(cmcore_mighty_creatives):
        upgrade(stage.engine)
        made = Story.begin(stage)
        with stage.work() as work:
            made.started(work)
        return made


@pytest.fixture
def beginning() -> Callable[[Stage], Story]:
    """What these tests begin with, done once in a process."""
    return settled


@pytest.fixture
def story(begun: Story) -> Iterator[Story]:
    """A story in an authority The Mighty Creatives work for, up to an active enrolment."""
    with plugged(cmcore_mighty_creatives):
        yield begun


def all_read(work: Work, on: date = TODAY) -> None:
    for one in work.db.scalars(select(Reading)):
        induction.mark_read(work, one, ReadAnswers(read_on=on))


def test_a_commissioned_mentor_is_asked_to_read_the_pack_once(story: Story) -> None:
    with story.stage.work() as work:
        assert [one.paper for one in work.db.scalars(select(Reading))] == ["induction_pack"]
        mentor, authority = work.get(Mentor, story.mentor_id), work.get(Authority, story.stage.authority_id)
        assert induction.ask_to_read(work, authority, mentor) == []


def test_a_session_that_took_place_is_refused_until_it_is_read(story: Story) -> None:
    with story.stage.work() as work, refused("R-TMC-4", "has not read the induction pack"):
        add_session(work, story.session_form(TODAY, hour=9))
    with story.stage.work() as work:
        all_read(work)
        add_session(work, story.session_form(TODAY, hour=9))


def test_a_plan_is_let_through_with_a_warning(story: Story) -> None:
    with story.stage.work() as work:
        add_session(work, story.session_form(date(2026, 11, 20), outcome=None, done=None))
        assert "R-TMC-4" in [one.rule for one in work.warnings]


def test_a_session_before_the_day_the_papers_were_read_is_refused(story: Story) -> None:
    story.stage.on(date(2026, 11, 12))
    with story.stage.work() as work:
        all_read(work, date(2026, 11, 12))
    with story.stage.work() as work, refused("R-TMC-4"):
        add_session(work, story.session_form(date(2026, 11, 11)))


def test_a_mentor_says_what_they_have_read_and_nobody_else_of_their_kind_may(story: Story) -> None:
    other = story.another_mentor()
    with story.stage.work("mentor", mentor_id=other) as work:
        assert list(work.db.scalars(select(Reading))) == []
    with story.stage.work("mentor", mentor_id=story.mentor_id) as work:
        all_read(work)
        with pytest.raises(NotAllowed):
            induction.ask_to_read(
                work, work.get(Authority, story.stage.authority_id), work.get(Mentor, story.mentor_id)
            )


def test_a_paper_is_not_read_after_today_nor_twice(story: Story) -> None:
    with story.stage.work() as work, refused(words="after today"):
        all_read(work, date(2026, 11, 11))
    with story.stage.work() as work:
        all_read(work)
    with story.stage.work() as work, refused(words="already"):
        all_read(work)


def test_a_new_edition_of_the_pack_is_read_anew(story: Story) -> None:
    with story.stage.work() as work:
        all_read(work)
    with plugged(cmcore_mighty_creatives) as known:
        known.configured = known.configured.__class__(
            on=frozenset({"*"}), values={"mighty_creatives": {"pack_edition": "2027"}}
        )
        with story.stage.work() as work, refused("R-TMC-4"):
            add_session(work, story.session_form(TODAY, hour=9))


def test_two_authorities_never_see_what_the_provider_keeps_for_the_other(story: Story) -> None:
    other = story.stage.authority("991", "Quillshire", "QU")
    with story.stage.work(authority_id=other) as work:
        assert list(work.db.scalars(select(Reading))) == []
    with story.stage.work() as work:
        assert len(list(work.db.scalars(select(Reading)))) == 1
