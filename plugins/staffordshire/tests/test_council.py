"""The Virtual School Council: who was there by number and, where they agree, by name; what came of each decision."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import select

from cmcore.api import NotAllowed, Work
from cmcore.testing import refused
from cmcore.testing.story import Story
from cmcore_staffordshire.life import council_actions as council
from cmcore_staffordshire.life.council_forms import (
    DecisionAnswers,
    MeetingOfCouncilAnswers,
    OutcomeAnswers,
    PersonAtCouncilAnswers,
    ToldBackAnswers,
)
from cmcore_staffordshire.life.council_records import CouncilDecision, CouncilMeeting, CouncilPerson
from cmcore_staffordshire.life.queries import past_its_day, to_tell_back
from cmcore_staffordshire.life.words import DecisionOutcome

TODAY, HELD, DUE = date(2026, 11, 10), date(2026, 9, 24), date(2026, 11, 5)
MEETING = MeetingOfCouncilAnswers(held_on=HELD, place="", there=1, staff="", talked_about="", next_on=None)
DECIDED = DecisionAnswers(decided="Events at weekends too.", owner="Hester Quillmarsh", due_on=DUE)
NOT_DONE = OutcomeAnswers(
    outcome=DecisionOutcome.not_done, settled_on=TODAY, what_came="There is no bus on Sundays.", told_back_on=None
)


def met(work: Work, story: Story) -> CouncilMeeting:
    made = council.add_meeting(work, MEETING, story.stage.authority_id)
    work.db.flush()
    return made


def test_nobody_is_named_who_has_not_agreed_and_never_more_than_were_there(story: Story) -> None:
    other = story.beside("Rue", "Wickenby").person_id
    with story.stage.work() as work:
        meeting = met(work, story)
        named = PersonAtCouncilAnswers(young_person_id=story.person_id, agrees=True, said="More films.")
        with refused(None, "has not agreed"):
            council.name_somebody(work, meeting, replace(named, agrees=False))
        presence = council.name_somebody(work, meeting, named)
        work.db.flush()
        with refused(None, "Only 1 young person was there"):
            council.name_somebody(work, meeting, replace(named, young_person_id=other))
        with refused(None, "1 young person is named here already"):
            council.change_meeting(work, meeting, replace(MEETING, there=0))
        with refused(None, "names somebody, and stays"):
            council.remove_meeting(work, meeting)
        council.take_name_away(work, presence)
        work.db.flush()
        council.remove_meeting(work, meeting)


def test_a_decision_past_its_day_waits_and_not_done_needs_the_reason_the_young_people_hear(story: Story) -> None:
    with story.stage.work() as work:
        decision = council.add_decision(work, met(work, story), DECIDED)
        work.db.flush()
        assert list(work.db.scalars(select(CouncilDecision.id).where(past_its_day(TODAY)))) == [decision.id]
        assert [one.rule for one in council.what_waits(work, decision)] == ["R-EVT-3"]
        with refused(None, "Say why it was not done"):
            council.settle_decision(work, decision, replace(NOT_DONE, what_came=" "))
        with refused(None, "Nobody has said what came of it"):
            council.tell_back(work, decision, ToldBackAnswers(told_back_on=TODAY))
        council.settle_decision(work, decision, NOT_DONE)
        assert list(work.db.scalars(select(CouncilDecision.id).where(to_tell_back()))) == [decision.id]
        assert "have not been told" in council.what_waits(work, decision)[0].message
        with refused(None, "still to come"):
            council.tell_back(work, decision, ToldBackAnswers(told_back_on=date(2026, 11, 11)))
        council.tell_back(work, decision, ToldBackAnswers(told_back_on=TODAY))
        assert council.what_waits(work, decision) == []
        for change in (
            lambda: council.change_decision(work, decision, DECIDED),
            lambda: council.remove_decision(work, decision),
        ):
            with refused(None, "it stays"):
                change()


def test_a_decision_that_is_not_due_yet_is_let_be(story: Story) -> None:
    with story.stage.work() as work:
        meeting = met(work, story)
        assert council.what_waits(work, council.add_decision(work, meeting, replace(DECIDED, due_on=TODAY))) == []
        with refused(None, "was decided on 24 September 2026"):
            council.add_decision(work, meeting, replace(DECIDED, due_on=date(2026, 9, 1)))
        with refused(None, "still to come"):
            council.add_meeting(work, replace(MEETING, held_on=date(2026, 11, 11)), story.stage.authority_id)


def test_who_was_there_is_seen_by_the_virtual_school_alone(story: Story) -> None:
    with story.stage.work() as work:
        story.started(work)
        meeting = met(work, story)
        named = PersonAtCouncilAnswers(young_person_id=story.person_id, agrees=True, said="")
        council.name_somebody(work, meeting, named)
        key = meeting.id
    with story.stage.work("mentor", mentor_id=story.mentor_id) as work:
        assert not work.may("staffordshire_council_person.see")
        with pytest.raises(NotAllowed):
            council.add_decision(work, work.get(CouncilMeeting, key), DECIDED)
    quillshire = story.stage.authority("991", "Quillshire", "QU")
    with story.stage.work(authority_id=quillshire) as work:
        assert all(work.db.scalars(select(kind)).first() is None for kind in (CouncilMeeting, CouncilPerson))
