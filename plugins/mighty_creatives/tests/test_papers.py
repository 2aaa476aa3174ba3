"""The papers that fill themselves: the Referral and Reporting Form from review to review, the Activity Report."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest
from sqlalchemy import select

import cmcore_mighty_creatives
from cmcore.api import Enrolment, FormAnswers, Referral, Work, kept_beside, upgrade
from cmcore.api.acts import move_enrolment, save_draft
from cmcore.api.asks import ReviewKind
from cmcore.testing import Stage, plugged
from cmcore.testing.story import Story
from cmcore_mighty_creatives import induction, papers
from cmcore_mighty_creatives.forms import ActivityReport, ReferralAndReporting
from cmcore_mighty_creatives.induction import ReadAnswers
from cmcore_mighty_creatives.records import Reading

TODAY = date(2026, 11, 10)


def settled(stage: Stage) -> Story:
    """A story in an authority The Mighty Creatives work for, with an active enrolment and papers that were read."""
    with plugged(cmcore_mighty_creatives):
        upgrade(stage.engine)
        made = Story.begin(stage)
        with stage.work() as work:
            made.started(work)
        with stage.work() as work:
            for one in work.db.scalars(select(Reading)):
                induction.mark_read(work, one, ReadAnswers(read_on=TODAY))
        return made


@pytest.fixture
def beginning() -> Callable[[Stage], Story]:
    """What these tests begin with, done once in a process."""
    return settled


@pytest.fixture
def story(begun: Story) -> Iterator[Story]:
    """A story in an authority The Mighty Creatives work for, with an active enrolment and papers that were read."""
    with plugged(cmcore_mighty_creatives):
        yield begun


def form_of(work: Work, story: Story) -> FormAnswers:
    found = kept_beside(work, work.get(Referral, story.referral_id), ReferralAndReporting)
    assert found is not None
    return found


def test_the_form_is_begun_with_what_the_referral_says_when_it_is_accepted(story: Story) -> None:
    with story.stage.work() as work:
        kept = form_of(work, story)
        assert kept.state == "draft" and kept.young_person_id == story.person_id
        assert kept.values["outcomes"] == ["engagement", "confidence"] and kept.values["initials"]
        assert "Bramblewick" not in str(kept.values)


def test_the_eight_measures_are_completed_at_the_baseline_and_again(story: Story) -> None:
    with story.stage.work() as work:
        story.scored(work, TODAY)
    story.stage.on(date(2026, 12, 8))
    with story.stage.work() as work:
        story.scored(work, date(2026, 12, 8), ReviewKind.interim, 3)
    with story.stage.work() as work:
        rounds = form_of(work, story).values["rounds"]
    assert [(one["which"], one["confidence"]) for one in rounds] == [("baseline", 2), ("interim", 3)]


def test_what_a_person_wrote_on_the_form_stays(story: Story) -> None:
    with story.stage.work() as work:
        kept = form_of(work, story)
        save_draft(work, kept, {**kept.values, "seen": "Comes to every session."})
    with story.stage.work() as work:
        story.scored(work, TODAY)
    with story.stage.work() as work:
        assert form_of(work, story).values["seen"] == "Comes to every session."


def test_a_mentor_who_may_not_go_on_with_the_form_leaves_it_and_a_coordinator_brings_it_up_to_date(
    story: Story,
) -> None:
    with story.stage.work("mentor", mentor_id=story.mentor_id) as work:
        story.scored(work, TODAY)
    with story.stage.work() as work:
        kept, enrolment = form_of(work, story), work.get(Enrolment, story.enrolment_id)
        assert "rounds" not in kept.values
        assert len(papers.completions_missing(work, enrolment, kept)) == 1
        papers.bring_up_to_date(work, enrolment)
        assert len(kept.values["rounds"]) == 1
        assert papers.completions_missing(work, enrolment, kept) == []


def test_the_form_is_finished_when_the_work_ends(story: Story) -> None:
    with story.stage.work() as work:
        story.scored(work, TODAY)
    story.stage.on(date(2027, 1, 12))
    with story.stage.work() as work:
        story.scored(work, date(2027, 1, 12), ReviewKind.exit, 4)
    with story.stage.work() as work:
        enrolment = work.get(Enrolment, story.enrolment_id)
        move_enrolment(work, enrolment, "close")
        move_enrolment(work, enrolment, "complete")
    with story.stage.work() as work:
        kept = form_of(work, story)
        assert kept.state == "finished"
        assert [one["which"] for one in kept.values["rounds"]] == ["baseline", "exit"]


def report(work: Work) -> FormAnswers:
    found = work.db.scalars(select(FormAnswers).where(FormAnswers.form_key == ActivityReport.form.key)).first()
    assert found is not None
    return found


def test_each_session_a_mentor_records_stands_on_the_months_activity_report(story: Story) -> None:
    impact: list[Any] = []
    with story.stage.work("mentor", mentor_id=story.mentor_id) as work:
        story.logged(work, TODAY, hour=9, impact=impact)
    story.stage.on(date(2026, 11, 18))
    with story.stage.work("mentor", mentor_id=story.mentor_id) as work:
        story.logged(work, date(2026, 11, 17), hour=9, minutes=60)
    with story.stage.work("mentor", mentor_id=story.mentor_id) as work:
        kept = report(work)
        assert (kept.values["from_on"], kept.values["to_on"]) == ("2026-11-01", "2026-11-30")
        assert [one["held_on"] for one in kept.values["sessions"]] == ["2026-11-10", "2026-11-17"]
        assert kept.values["sessions"][0]["starts"] == "09:00"


def test_a_session_that_did_not_take_place_is_not_on_the_report(story: Story) -> None:
    with story.stage.work("mentor", mentor_id=story.mentor_id) as work:
        story.logged(work, TODAY, hour=9, outcome="cancelled_by_mentor")
    with story.stage.work() as work:
        asked = select(FormAnswers).where(FormAnswers.form_key == ActivityReport.form.key)
        assert work.db.scalars(asked).first() is None


def test_the_minutes_of_a_report_are_added_up_and_its_sessions_lie_in_it() -> None:
    from cmcore.forms import read

    session = {"held_on": "2026-11-10", "starts": "09:00", "ends": "10:30", "where": "school", "what": "Lino print."}
    told = {"initials": "MB", "mentor": "Juno Tansyhurst", "from_on": "2026-11-01", "to_on": "2026-11-30"}
    reading = read(ActivityReport, {**told, "sessions": [session, {**session, "held_on": "2026-11-17"}]})
    assert reading.answers.minutes == 180
    wrong = read(ActivityReport, {**told, "sessions": [{**session, "held_on": "2026-12-01", "ends": "08:00"}]})
    assert [one.place for one in wrong.findings if one.blocks] == ["sessions", "sessions"]
