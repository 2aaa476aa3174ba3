"""Plans that become records in place, sessions that did not take place, and pages that were sent twice."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from cmcore.base.findings import Refused
from cmcore.sessions.actions import add_session, answers_of_session
from cmcore.sessions.forms import SessionMissedAnswers, SessionPlanAnswers
from cmcore.sessions.planning import (
    add_missed_session,
    answers_of_plan,
    change_plan,
    miss_session,
    plan_session,
    record_session,
)
from cmcore.sessions.queries import minutes_used
from cmcore.sessions.records import MentoringSession
from cmcore.sessions.words import Missed, Outcome, SessionPlace
from cmcore.testing import refused
from cmcore.testing.stage import TODAY
from cmcore.testing.story import Story

YESTERDAY, MARK = TODAY - timedelta(days=1), "m" * 24


def the_plan(story: Story, on: date = YESTERDAY, **changes: Any) -> SessionPlanAnswers:
    made = SessionPlanAnswers(
        commission_id=story.commission_id,
        held_on=on,
        starts=time(14),
        ends=time(15, 30),
        place=SessionPlace.school,
        intention="The press is theirs for the hour.",
        planned_measures=["confidence"],
    )
    return replace(made, **changes)


@pytest.fixture
def planned(going: Story) -> int:
    """A session that was planned for yesterday."""
    with going.stage.work("mentor", mentor_id=going.mentor_id) as work:
        made = plan_session(work, the_plan(going))
        work.db.flush()
        return made.id


def missed(story: Story, **changes: Any) -> SessionMissedAnswers:
    made = SessionMissedAnswers(
        commission_id=story.commission_id,
        held_on=YESTERDAY,
        starts=time(14),
        ends=time(15, 30),
        place=SessionPlace.school,
        outcome=Missed.absent,
        in_the_way="The taxi did not come.",
        instead_on=None,
    )
    return replace(made, **changes)


def test_a_plan_becomes_the_record_in_place_with_its_measures_and_its_idea(going: Story, planned: int) -> None:
    with going.stage.work("mentor", mentor_id=going.mentor_id) as work:
        plan = work.get(MentoringSession, planned)
        assert (plan.outcome, plan.planned_measures) == (None, ["confidence"])
        told = replace(answers_of_session(plan), outcome=Outcome.held, done="Second colour.", ends=time(15))
        kept = record_session(work, plan, told, plan.version)
        assert (kept.id, kept.minutes, kept.outcome) == (planned, 60, "held")
        assert kept.intention == "The press is theirs for the hour." and kept.planned_measures == ["confidence"]
        with refused(words="How it went was said at 12:00 on 10 November 2026"):
            record_session(work, kept, told)
        with refused(words="How it went was said"):
            change_plan(work, kept, answers_of_plan(kept))


def test_a_plan_is_changed_while_it_is_one_and_how_it_went_must_be_said_to_record_it(
    going: Story, planned: int
) -> None:
    with going.stage.work("mentor", mentor_id=going.mentor_id) as work:
        plan = work.get(MentoringSession, planned)
        change_plan(work, plan, replace(answers_of_plan(plan), place=SessionPlace.online))
        assert plan.place == "online" and plan.outcome is None
        with refused(words="Say how it went"):
            record_session(work, plan, answers_of_session(plan))


def test_a_session_that_did_not_take_place_says_why_and_uses_no_hours_and_another_day_is_a_new_plan(
    going: Story, planned: int
) -> None:
    later = TODAY + timedelta(days=6)
    with going.stage.work("mentor", mentor_id=going.mentor_id) as work:
        plan = work.get(MentoringSession, planned)
        said = missed(going, outcome=Missed.postponed, instead_on=later)
        kept = miss_session(work, plan, said, plan.version)
        work.db.flush()
        assert (kept.outcome, kept.in_the_way, kept.done) == ("postponed", "The taxi did not come.", "")
        assert kept.intention and minutes_used(work, going.commission_id) == 0
        [instead] = work.db.scalars(select(MentoringSession).where(MentoringSession.outcome.is_(None)))
        assert (instead.starts_at.date(), instead.intention) == (later, kept.intention)
        assert instead.planned_measures == ["confidence"] and instead.minutes == 90


def test_what_was_never_planned_is_written_down_as_missed_and_not_put_off_to_the_past(going: Story) -> None:
    with going.stage.work("mentor", mentor_id=going.mentor_id) as work:
        assert add_missed_session(work, missed(going)).outcome == "absent"
    with going.stage.work("mentor", mentor_id=going.mentor_id) as work:
        with refused(words="it cannot be put off to 8 November 2026"):
            add_missed_session(work, missed(going, starts=time(9), ends=time(10), instead_on=date(2026, 11, 8)))
        work.undo()


def test_a_day_that_is_taken_is_told_where_it_was_chosen(going: Story, planned: int) -> None:
    with going.stage.work("mentor", mentor_id=going.mentor_id) as work:
        other = plan_session(work, the_plan(going, TODAY + timedelta(days=2)))
        work.db.flush()
        with pytest.raises(Refused, match="another session at that time") as told:
            add_missed_session(
                work, missed(going, starts=time(14, 30), held_on=date(2026, 11, 5), instead_on=other.starts_at.date())
            )
        assert {one.place for one in told.value.findings} == {"instead_on"}
        work.undo()


def test_what_was_ended_for_safety_says_what_happened(going: Story) -> None:
    with going.stage.work() as work:
        with refused(words="You ended it for safety: say what happened"):
            add_session(work, going.session_form(YESTERDAY, outcome=Outcome.ended_for_safety))
        told = going.session_form(
            YESTERDAY, outcome=Outcome.ended_for_safety, in_the_way="Scissors. I called the office."
        )
        assert add_session(work, told).in_the_way == "Scissors. I called the office."


def test_the_same_page_sent_twice_is_one_session(going: Story, planned: int) -> None:
    with going.stage.work("mentor", mentor_id=going.mentor_id) as work:
        first = add_session(work, going.session_form(date(2026, 11, 5)), MARK)
        work.db.flush()
        again = add_session(work, going.session_form(date(2026, 11, 5)), MARK)
        assert again is first
        plan = work.get(MentoringSession, planned)
        told = replace(answers_of_session(plan), outcome=Outcome.held, done="Second colour.")
        kept = record_session(work, plan, told, plan.version, "n" * 24)
        work.db.flush()
        assert record_session(work, plan, told, 1, "n" * 24) is kept
    with going.stage.work("mentor", mentor_id=going.mentor_id) as work:
        assert len(list(work.db.scalars(select(MentoringSession)))) == 2
