"""A plan's way from the opening of a term to complete, who may take it, and what a mentor brings to it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import select

from cmcore.api import Finding, NotFound, Severity
from cmcore.base.findings import NotAllowed
from cmcore.peps import actions as acts
from cmcore.peps.forms import (
    ContributionAnswers,
    MeetingAnswers,
    PepAnswers,
    PepChangeAnswers,
    QualityAnswers,
    TargetAnswers,
    TargetReviewAnswers,
    TermAnswers,
)
from cmcore.peps.opening import term_at
from cmcore.peps.queries import board, due_soon, late, terms_with_plans
from cmcore.peps.records import PepContribution, PepCycle, PepTarget
from cmcore.peps.words import Attender, TargetKind, TargetOutcome
from cmcore.referrals.words import Rag
from cmcore.safekeeping.work import Work
from cmcore.testing import Stage, plugged, refused
from cmcore.testing.plugged import a_plugin
from cmcore.testing.story import Story
from cmcore.virtual_schools.records import Authority, Setting
from cmcore.young_people.records import EducationSpell, YoungPerson
from tests.databases import Beginning

TODAY = date(2026, 11, 10)
MEETING = MeetingAnswers(held_on=TODAY, attended_by=[Attender.young_person, Attender.mentor], agreed="Art club.")
TARGET = TargetAnswers(
    kind_of_target=TargetKind.cultural,
    target="Show two prints at the spring fair.",
    measure="confidence",
    owner="Ros Amblewick",
    due_on=date(2027, 3, 1),
)
BROUGHT = ContributionAnswers(
    seen="Comes early.", suggests="A press of their own.", words_said="I can do it.", comes=True
)


def settled(stage: Stage) -> Story:
    """Somebody in care with a mentor at work, and somebody who came into care last week."""
    made = Story.begin(stage)
    with stage.work() as work:
        made.started(work)
        work.change(work.get(YoungPerson, made.person_id), looked_after_from=date(2024, 3, 4))
    made.numbers["new"] = made.beside("Rue", "Wickenby").person_id
    made.numbers["never"] = made.beside("Sorrel", "Harecastle").person_id
    with stage.work() as work:
        work.change(work.get(YoungPerson, made.numbers["new"]), looked_after_from=date(2026, 11, 3))
    return made


@pytest.fixture
def beginning() -> Beginning:
    """What these tests begin with."""
    return settled


def opened(work: Work, on: date = TODAY) -> dict[int, PepCycle]:
    return {one.young_person_id: one for one in acts.open_term(work, TermAnswers(on=on))}


def pep_of(work: Work, story: Story) -> PepCycle:
    found = work.db.scalars(select(PepCycle).where(PepCycle.young_person_id == story.person_id)).first()
    assert found is not None
    return found


def test_a_term_is_opened_for_everybody_in_care_once(story: Story) -> None:
    with story.stage.work() as work:
        made = opened(work)
        assert set(made) == {story.person_id, story.numbers["new"]}
        assert (made[story.numbers["new"]].first, made[story.numbers["new"]].due_on) == (True, date(2026, 11, 17))
        assert made[story.person_id].setting_id == story.setting_id
    with story.stage.work() as work:
        assert opened(work) == {}
        kin = work.get(YoungPerson, story.numbers["never"])
        work.change(kin, care_status="kinship_care", looked_after_from=date(2026, 11, 9))
        assert opened(work) == {}
        work.change(kin, care_status="looked_after", looked_after_from=None)
        work.change(work.get(YoungPerson, story.numbers["never"]), looked_after_from=date(2026, 11, 9))
    with story.stage.work() as work:
        assert set(opened(work)) == {story.numbers["never"]}
        assert set(opened(work, date(2027, 2, 1))) == {story.person_id, *story.numbers.values()}
        assert [term for _, term, _ in terms_with_plans(work, work.get(Authority, story.stage.authority_id))] == [
            "spring",
            "autumn",
        ]


def test_one_plan_is_opened_by_itself_and_not_twice(story: Story) -> None:
    with story.stage.work() as work:
        person = work.get(YoungPerson, story.person_id)
        acts.open_pep(work, person, PepAnswers(on=TODAY))
        with refused("R-PEP-2", "No PEP is to be opened for the autumn term"):
            acts.open_pep(work, person, PepAnswers(on=TODAY))
        with refused("R-PEP-2"):
            acts.open_pep(work, work.get(YoungPerson, story.numbers["never"]), PepAnswers(on=TODAY))


def test_a_plan_goes_from_the_meeting_to_complete(story: Story) -> None:
    with story.stage.work() as work:
        pep = opened(work)[story.person_id]
        with refused(None, "Nobody has met yet"):
            acts.submit_pep(work, acts.start_pep(work, pep))
    with story.stage.work() as work:
        pep = pep_of(work, story)
        with refused(None, "is still to come"):
            acts.hold_pep(work, pep, replace(MEETING, held_on=date(2026, 11, 11)))
        acts.hold_pep(work, pep, MEETING)
        assert pep.state == "in_progress" and pep.attended_by == ["young_person", "mentor"]
        acts.submit_pep(work, pep)
        acts.judge_pep(work, pep, QualityAnswers(quality=Rag.green))
        acts.complete_pep(work, pep)
        assert pep.state == "complete"
        with refused(None, "This PEP is complete"):
            acts.add_target(work, pep, TARGET)
        with refused(None, "This PEP is complete"):
            acts.hold_pep(work, pep, MEETING)


def test_a_red_mark_keeps_a_plan_from_being_complete_until_it_is_reviewed_again(story: Story) -> None:
    with story.stage.work() as work:
        pep = opened(work)[story.person_id]
        with refused(None, "judged once it is submitted"):
            acts.judge_pep(work, pep, QualityAnswers(quality=Rag.green))
        acts.submit_pep(work, acts.hold_pep(work, pep, MEETING))
        acts.judge_pep(work, pep, QualityAnswers(quality=Rag.red, quality_note="No targets."))
        with refused("R-PEP-3", "Its quality mark is red"):
            acts.complete_pep(work, pep)
        acts.review_pep_again(work, pep, "Add targets.")
        assert (pep.state, pep.quality) == ("review_again", None)
        acts.submit_pep(work, pep)
        acts.judge_pep(work, pep, QualityAnswers(quality=Rag.amber))
        acts.complete_pep(work, pep)


def test_an_earlier_target_that_nobody_reviewed_keeps_the_next_plan_open(story: Story) -> None:
    with story.stage.work() as work:
        target = acts.add_target(work, opened(work)[story.person_id], TARGET)
    story.stage.on(date(2027, 2, 1))
    with story.stage.work() as work:
        pep = opened(work, date(2027, 2, 1))[story.person_id]
        acts.submit_pep(work, acts.hold_pep(work, pep, replace(MEETING, held_on=date(2027, 2, 1))))
        with refused("R-PEP-3", "1 target of an earlier PEP was not reviewed"):
            acts.complete_pep(work, pep)
        target = work.get(PepTarget, target.id)
        seen = TargetReviewAnswers(outcome=TargetOutcome.partly, reviewed_on=date(2027, 2, 1))
        with refused(None, "is still to come"):
            acts.review_target(work, target, replace(seen, reviewed_on=date(2027, 2, 2)))
        acts.review_target(work, target, seen)
        with refused(None, "was reviewed"):
            acts.change_target(work, target, TARGET)
        acts.complete_pep(work, pep)


def test_a_late_plan_goes_through_and_says_so(story: Story) -> None:
    story.stage.on(date(2026, 12, 10))
    with story.stage.work() as work:
        pep = opened(work)[story.numbers["new"]]
        assert list(work.db.scalars(select(PepCycle.id).where(late(work.today)))) != []
        acts.hold_pep(work, pep, replace(MEETING, held_on=date(2026, 12, 10)))
        assert [one.rule for one in work.warnings] == ["R-PEP-1"]
        acts.change_pep(work, pep, PepChangeAnswers(due_on=date(2026, 12, 11), setting_id=story.setting_id))
        with refused(None, "was held, and stays"):
            acts.remove_pep(work, pep)


def test_a_plugin_may_refuse_a_plan_before_it_moves(story: Story) -> None:
    def look(pep: PepCycle, step: str) -> list[Finding]:
        return [Finding(f"Not this one: {step}.", severity=Severity.block)]

    with plugged(a_plugin(cm_check_pep=look)), story.stage.work() as work:
        pep = acts.hold_pep(work, opened(work)[story.person_id], MEETING)
        with refused(None, "Not this one: submit."):
            acts.submit_pep(work, pep)


def test_a_mentor_brings_something_to_the_plans_of_those_they_work_with_and_judges_none(story: Story) -> None:
    with story.stage.work() as work:
        others = opened(work)[story.numbers["new"]].id
    with story.stage.work("mentor", mentor_id=story.mentor_id) as work:
        pep = pep_of(work, story)
        given = acts.contribute(work, pep, BROUGHT)
        assert given.mentor_id == story.mentor_id and given.comes
        assert [one.young_person_id for one in work.db.scalars(select(PepCycle))] == [story.person_id]
        with pytest.raises(NotFound):
            work.get(PepCycle, others)
        with pytest.raises(NotAllowed):
            acts.hold_pep(work, pep, MEETING)
        with pytest.raises(NotAllowed):
            acts.add_target(work, pep, TARGET)
    with story.stage.work("mentor", mentor_id=story.another_mentor()) as work:
        assert list(work.db.scalars(select(PepContribution))) == []
    with story.stage.work() as work:
        acts.remove_contribution(work, work.get(PepContribution, given.id))


def test_a_designated_teacher_holds_the_plans_of_their_own_pupils_and_completes_none(story: Story) -> None:
    with story.stage.work() as work:
        opened(work)
    with story.stage.work("referrer", setting_id=story.setting_id) as work:
        pep = acts.submit_pep(work, acts.hold_pep(work, pep_of(work, story), MEETING))
        acts.add_target(work, pep, TARGET)
        for act in (acts.complete_pep, acts.remove_pep):
            with pytest.raises(NotAllowed):
                act(work, pep)


def test_the_board_counts_by_setting_and_by_area_and_says_who_is_missing(story: Story) -> None:
    with story.stage.work("operator") as work:
        far = work.add(Setting(name="Far Tarn College", kind_of_setting="college", la_code="991"))
        work.db.flush()
        own = {"authority_id": story.stage.authority_id, "young_person_id": story.numbers["new"]}
        work.add(EducationSpell(setting_id=far.id, status="enrolled", starts_on=date(2026, 11, 1), **own))
    with story.stage.work() as work:
        made = opened(work)
        acts.hold_pep(work, made[story.person_id], MEETING)
        work.change(work.get(YoungPerson, story.numbers["never"]), looked_after_from=date(2025, 1, 1))
    story.stage.on(date(2026, 11, 12))
    with story.stage.work() as work:
        authority = work.get(Authority, story.stage.authority_id)
        at = term_at(work, authority, work.today)
        seen = board(work, authority, at)
        assert (seen.whole.plans, seen.whole.due, seen.whole.late, seen.missing) == (2, 1, 0, 1)
        assert [(one.name, one.plans) for one in seen.areas] == [("In area", 1), ("Out of area", 1)]
        assert [(one.name, one.of("not_started"), one.in_area) for one in seen.settings] == [
            ("Far Tarn College", 1, False),
            ("Quillen Tarn School", 0, True),
        ]
        assert len(list(work.db.scalars(select(PepCycle.id).where(due_soon(work.today))))) == 1


def test_another_authority_sees_nothing_of_it(story: Story) -> None:
    with story.stage.work() as work:
        acts.add_target(work, opened(work)[story.person_id], TARGET)
    other = story.stage.authority("991", "Quillshire", "QU")
    with story.stage.work(authority_id=other) as work:
        assert list(work.db.scalars(select(PepCycle))) == [] and list(work.db.scalars(select(PepTarget))) == []
