"""Known risks: written down, changed, ended; mentors briefed of them, and told where one was not (R-RIS-1)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from cmcore.base.findings import NotAllowed, NotFound
from cmcore.base.policy import Policy
from cmcore.commissions.actions import to_be_briefed
from cmcore.commissions.records import Commission
from cmcore.evidence import waiting
from cmcore.risks.actions import (
    add_known_risk,
    brief_mentor,
    change_known_risk,
    end_known_risk,
    remove_briefing,
    remove_known_risk,
)
from cmcore.risks.forms import KnownRiskAnswers, RiskBriefingAnswers, RiskEndedAnswers
from cmcore.risks.queries import review_over, risks_of
from cmcore.risks.records import KnownRisk, RiskBriefing
from cmcore.risks.rules import not_briefed
from cmcore.safekeeping.work import Work
from cmcore.testing import Stage, refused
from cmcore.testing.stage import TODAY
from cmcore.testing.story import Story
from cmcore.young_people.records import YoungPerson
from tests.cmcore.roster import KINDS, a_mentor, a_young_person

LOUD: KnownRiskAnswers = KINDS["known_risk"].answers
_DAY = timedelta(days=1)


def told(mentor_id: int, on: date = TODAY) -> RiskBriefingAnswers:
    return RiskBriefingAnswers(mentor_id=mentor_id, briefed_on=on, briefed_by="Callum Wetherspindle")


def test_a_mentor_counts_as_briefed_of_the_risks_they_were_told_of_and_of_no_other() -> None:
    policy = Policy.load()
    assert not_briefed([{1, 2}, {1}], 1, "Fern Oakapple", policy) == []
    assert not_briefed([], 1, "Fern Oakapple", policy) == []
    (found,) = not_briefed([{1, 2}, {1}, set()], 2, "Fern Oakapple", policy)
    assert (found.rule, found.blocks) == ("R-RIS-1", False)
    assert found.message == "Fern Oakapple has not been briefed of 2 known risks."


def test_a_risk_is_written_down_with_its_days_in_order_and_none_to_come(stage: Stage) -> None:
    with stage.work() as work:
        person = a_young_person(work)
        with refused(None, "is before the first"):
            add_known_risk(work, person, replace(LOUD, review_on=LOUD.known_on - _DAY))
        with refused(None, "That day is still to come."):
            add_known_risk(work, person, replace(LOUD, known_on=TODAY + _DAY))
        risk = add_known_risk(work, person, LOUD)
        # What it is stands in no list and no heading.
        assert str(risk) == "Amber risk known since 7 September 2026"
        assert work.db.scalars(select(KnownRisk).where(review_over(work))).all() == []
        change_known_risk(work, risk, replace(LOUD, review_on=TODAY - _DAY))
        assert work.db.scalars(select(KnownRisk).where(review_over(work))).all() == [risk]


def test_a_risk_that_has_ended_is_not_changed_and_nobody_is_briefed_of_it(stage: Stage) -> None:
    with stage.work() as work:
        mentor, risk = a_mentor(work), add_known_risk(work, a_young_person(work), LOUD)
        with refused(None, "That day is still to come."):
            end_known_risk(work, risk, RiskEndedAnswers(ended_on=TODAY + _DAY, ended_why="Moved."))
        with refused(None, "The risk is known since 7 September 2026"):
            end_known_risk(work, risk, RiskEndedAnswers(ended_on=date(2026, 9, 1), ended_why="Moved."))
        end_known_risk(work, risk, RiskEndedAnswers(ended_on=TODAY, ended_why="Moved."))
        for doing in (lambda: change_known_risk(work, risk, LOUD), lambda: brief_mentor(work, risk, told(mentor.id))):
            with refused(None, "It is no longer a risk from 10 November 2026 on."):
                doing()


def test_a_briefing_has_its_day_and_who_wrote_it_down_and_keeps_the_risk_from_being_removed(stage: Stage) -> None:
    with stage.work() as work:
        mentor, risk = a_mentor(work), add_known_risk(work, a_young_person(work), LOUD)
        with refused(None, "That day is still to come."):
            brief_mentor(work, risk, told(mentor.id, TODAY + _DAY))
        with refused(None, "The risk is known since"):
            brief_mentor(work, risk, told(mentor.id, date(2026, 9, 1)))
        briefing = brief_mentor(work, risk, told(mentor.id))
        assert briefing.recorded_by == work.actor.name and str(briefing).endswith("briefed on 10 November 2026")
        with refused(None, "was briefed on 10 November 2026 already"):
            brief_mentor(work, risk, told(mentor.id))
        with refused(None, "briefings of known risks hang on it"):
            remove_known_risk(work, risk)
        remove_briefing(work, briefing)
        work.db.flush()
        remove_known_risk(work, risk)
        assert work.db.scalars(select(KnownRisk)).all() == []


def test_a_commission_begins_with_a_warning_until_its_mentor_is_briefed(stage: Stage) -> None:
    story = Story.begin(stage)
    with stage.work() as work:
        risk = add_known_risk(work, work.get(YoungPerson, story.person_id), replace(LOUD, known_on=work.today))
        story.started(work)
        assert "R-RIS-1" in {one.rule for one in work.warnings}
    with stage.work() as work:
        (active,) = work.db.scalars(select(Commission).where(waiting.to_be_briefed(work)))
        assert [one.rule for one in to_be_briefed(work, active)] == ["R-RIS-1"]
        brief_mentor(work, work.get(KnownRisk, risk.id), told(story.mentor_id, work.today))
    with stage.work() as work:
        active = work.get(Commission, active.id)
        assert work.db.scalars(select(Commission).where(waiting.to_be_briefed(work))).all() == []
        assert to_be_briefed(work, active) == []


def test_a_mentor_sees_the_risks_of_those_they_work_with_and_writes_none(stage: Stage) -> None:
    story = Story.begin(stage)
    with stage.work() as work:
        risk = add_known_risk(work, work.get(YoungPerson, story.person_id), replace(LOUD, known_on=work.today))
        other = add_known_risk(work, a_young_person(work), replace(LOUD, known_on=work.today))
        story.started(work)
        brief_mentor(work, risk, told(story.mentor_id, work.today))

    def seen(work: Work) -> tuple[int, int]:
        return len(work.db.scalars(select(KnownRisk)).all()), len(work.db.scalars(select(RiskBriefing)).all())

    with stage.work("mentor", mentor_id=story.mentor_id) as work:
        assert seen(work) == (1, 1) and risks_of(work, story.person_id)[0].briefings[0].mentor is not None
        with pytest.raises(NotFound):
            work.get(KnownRisk, other.id)
        with pytest.raises(NotAllowed):
            end_known_risk(work, work.get(KnownRisk, risk.id), RiskEndedAnswers(ended_on=work.today, ended_why="-"))
    for role in ("finance", "evaluator", "administrator"):
        with stage.work(role) as work:
            assert seen(work) == (0, 0)
            assert not work.may("known_risk.see", stage.authority_id)


def test_a_referrer_writes_down_the_risks_of_their_own_pupils_and_neither_removes_them_nor_briefs(stage: Stage) -> None:
    story = Story.begin(stage)
    with stage.work() as work:
        stranger = a_young_person(work).id
    with stage.work("referrer", setting_id=story.setting_id) as work:
        risk = add_known_risk(work, work.get(YoungPerson, story.person_id), replace(LOUD, known_on=work.today))
        change_known_risk(work, risk, replace(LOUD, known_on=work.today, managed="Ring first."))
        for doing in (lambda: remove_known_risk(work, risk), lambda: brief_mentor(work, risk, told(story.mentor_id))):
            with pytest.raises(NotAllowed):
                doing()
        with pytest.raises(NotFound):
            work.get(YoungPerson, stranger)
