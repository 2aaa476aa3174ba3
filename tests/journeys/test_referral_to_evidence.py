"""From referral to evidence through the library alone: the way one young person goes, and what may not be skipped."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from cmcore.base.findings import NotFound, Refused
from cmcore.commissions.actions import activate_commission, add_commission, approve_commission
from cmcore.commissions.records import Commission
from cmcore.enrolments.actions import change_enrolment, move_enrolment
from cmcore.enrolments.forms import EnrolmentChangeAnswers
from cmcore.enrolments.records import Enrolment
from cmcore.mentors.records import MentorCheck
from cmcore.programmes.records import Programme
from cmcore.referrals.actions import add_referral, change_referral, decide_referral, submit_referral
from cmcore.referrals.records import Referral
from cmcore.referrals.words import Urgency
from cmcore.safekeeping.work import Conflict
from cmcore.sessions.actions import add_session
from cmcore.testing import Stage, refused
from cmcore.testing.stage import TODAY
from cmcore.testing.story import Story
from cmcore.young_people.records import YoungPerson


# ---- referral
def test_a_referral_without_a_hoped_for_outcome_is_not_sent(story: Story) -> None:
    with story.stage.work() as work:
        referral = add_referral(work, story.referral_form(outcomes=()))
        with refused("R-REF-1", "at least one hoped-for outcome"):
            submit_referral(work, referral)
        assert referral.state == "draft"


def test_a_referral_with_an_outcome_among_the_measures_is_sent(story: Story) -> None:
    with story.stage.work() as work:
        referral = story.refer(work)
        assert referral.state == "submitted" and referral.submitted_at == work.clock.now()
        assert work.warnings == []


def test_an_outcome_that_is_no_measure_of_the_programme_is_refused(story: Story) -> None:
    with story.stage.work() as work:
        work.get(Programme, story.programme_id).measure_set = "six@2017"
        with refused("R-REF-1", "not among the measures"):
            story.refer(work, outcomes=("leadership",))


def test_answers_made_in_a_script_pass_the_form_a_page_would_show(story: Story) -> None:
    with story.stage.work() as work:
        with refused(words="“juggling” is not one of the answers"):
            story.refer(work, outcomes=("juggling",))
        story.accepted(work)
        with refused(words="Hours"):
            story.commissioned(work, hours=10_000)


def test_a_referral_received_tomorrow_is_refused(story: Story) -> None:
    with story.stage.work() as work, refused(words="after today, 10 November 2026"):
        add_referral(work, story.referral_form(received_on=TODAY + timedelta(days=1)))


def test_a_second_open_referral_to_the_same_programme_is_pointed_out_and_goes_through(story: Story) -> None:
    with story.stage.work() as work:
        first = story.refer(work)
        work.warnings.clear()
        story.refer(work)
        assert [one.rule for one in work.warnings] == ["R-REF-3", "R-REF-3"] and first.ref in work.warnings[0].message


def test_crisis_referrals_are_read_first(story: Story) -> None:
    from cmcore.referrals.queries import waiting
    from cmcore.referrals.rules import crisis_clock

    with story.stage.work() as work:
        routine = story.refer(work)
        crisis = story.refer(work, urgency=Urgency.crisis)
        assert [each.ref for each in waiting(work)] == [crisis.ref, routine.ref]
        assert crisis.submitted_at is not None
        told = crisis_clock(crisis.submitted_at, work.clock.now() + timedelta(hours=3), work.policy_of(crisis))
        assert told[0].rule == "R-REF-4" and "3 hours" in told[0].message


@pytest.mark.parametrize("missing", ["social_worker_id", "designated_teacher_id"])
def test_nobody_is_matched_before_those_who_brief_the_mentor_are_named(story: Story, missing: str) -> None:
    with story.stage.work() as work:
        story.accepted(work, **{missing: None})
        with refused("R-REF-2", "Name the"):
            story.commissioned(work)


def test_a_designated_teacher_is_not_asked_for_where_there_is_no_school(stage: Stage) -> None:
    story = Story.begin(stage)
    with stage.work("operator") as work:
        from sqlalchemy import select

        from cmcore.young_people.records import EducationSpell

        work.change(work.db.scalars(select(EducationSpell)).one(), status="not_in_school", setting_id=None)
    with stage.work() as work:
        story.accepted(work, designated_teacher_id=None)
        assert story.commissioned(work).state == "active"


def test_an_adult_of_another_young_person_is_refused(stage: Stage) -> None:
    story, other = Story.begin(stage), Story.begin.__func__  # type: ignore[attr-defined]
    del other
    with stage.work("operator") as work:
        stranger = work.add(YoungPerson(authority_id=stage.authority_id, ref="WR-9999", born_on=date(2011, 1, 1)))
        work.db.flush()
        key = stranger.id
    with stage.work() as work, refused(words="another young person"):
        add_referral(work, story.referral_form(young_person_id=key))


# ---- states
def test_a_state_is_reached_by_its_transitions_only(story: Story) -> None:
    with story.stage.work() as work:
        referral = story.refer(work)
        with refused(words="changes only by its transitions"):
            referral.state = "accepted"
        with refused(words="“Accept” is not possible while this is “Submitted”"):
            decide_referral(work, referral, "accept")
        with pytest.raises(Refused):
            Referral(state="accepted")


def test_a_reason_is_asked_for_where_one_is_needed(story: Story) -> None:
    with story.stage.work() as work:
        referral = story.refer(work)
        decide_referral(work, referral, "triage")
        with refused(words="needs a reason"):
            decide_referral(work, referral, "decline", reason=" ")
        assert decide_referral(work, referral, "decline", reason="Another service fits better.").state == "declined"


def test_a_decided_referral_stands_as_it_was_decided_on(story: Story) -> None:
    with story.stage.work() as work:
        referral = story.refer(work)
        decide_referral(work, referral, "triage")
        decide_referral(work, referral, "decline", reason="No.")
        with refused(words="stands as it was decided on"):
            change_referral(work, referral, story.referral_form(), referral.version)


# ---- commission
def test_a_commission_becomes_active_when_the_certificate_was_seen_and_is_young_enough(story: Story) -> None:
    with story.stage.work() as work:
        story.accepted(work)
        commission = story.commissioned(work)
        assert commission.state == "active" and work.get(Referral, story.referral_id).state == "matched"


def test_a_mentor_whose_certificate_nobody_saw_gets_no_active_commission(stage: Stage) -> None:
    story = Story.begin(stage, dbs_issued_on=None)
    with stage.work() as work:
        story.accepted(work)
        commission = approve_commission(work, add_commission(work, story.commission_form()))
        assert "R-DBS-1" in {one.rule for one in work.warnings}
        with refused("R-DBS-1"):
            activate_commission(work, commission)
        with refused("R-COM-1"):
            activate_commission(work, commission)
        assert commission.state == "approved"


def test_an_enrolment_does_not_start_without_an_active_commission(story: Story) -> None:
    with story.stage.work() as work:
        enrolment = story.accepted(work)
        with refused("R-COM-1", "no active commission"):
            move_enrolment(work, enrolment, "start")


# ---- endings
def test_an_enrolment_is_not_completed_without_an_exit_review_or_a_reason(going: Story) -> None:
    with going.stage.work() as work:
        enrolment = work.get(Enrolment, going.enrolment_id)
        move_enrolment(work, enrolment, "close")
        with refused("R-MEA-4"):
            move_enrolment(work, enrolment, "complete")
        change_enrolment(
            work, enrolment, EnrolmentChangeAnswers(no_exit_review_because="Moved to another county.", **_unchanged())
        )
        move_enrolment(work, enrolment, "complete")
        assert (enrolment.state, enrolment.ended_on) == ("completed", TODAY)
        assert work.get(Commission, going.commission_id).state == "completed"
        with refused(words="needs a reason"):
            move_enrolment(work, enrolment, "reopen")
        move_enrolment(work, enrolment, "reopen", reason="They came back.")
        assert (enrolment.state, enrolment.ended_on) == ("planned", None)
        with refused("R-COM-1"):
            move_enrolment(work, enrolment, "start")


def _unchanged() -> dict[str, None]:
    return {"planned_start_on": None, "learning_targets": None, "review_days": None, "concern_at_start": None}


# ---- who sees it
def test_a_mentor_sees_the_young_person_until_28_days_after_the_end_and_nobody_else(going: Story) -> None:
    with going.stage.work("operator") as work:
        work.add(YoungPerson(authority_id=going.stage.authority_id, ref="WR-9999", born_on=date(2011, 1, 1)))
    with going.stage.work() as work:
        move_enrolment(work, work.get(Enrolment, going.enrolment_id), "end_early", reason="Moved away.")
    for days, seen in ((0, 1), (28, 1), (29, 0)):
        going.stage.on(TODAY + timedelta(days=days))
        with going.stage.work("mentor", mentor_id=going.mentor_id) as work:
            from sqlalchemy import func, select

            assert work.db.scalar(select(func.count(YoungPerson.id))) == seen, days


def test_a_mentor_does_not_see_another_mentors_rate(going: Story) -> None:
    second = going.another_mentor()
    with going.stage.work() as work:
        theirs = going.commissioned(work, mentor_id=second).id
    with going.stage.work("mentor", mentor_id=going.mentor_id) as work, pytest.raises(NotFound):
        work.get(Commission, theirs)


def test_the_second_of_two_editors_is_told(going: Story) -> None:
    with going.stage.work() as work:
        opened_with = work.get(Referral, going.referral_id).version
        assert opened_with > 1
        with pytest.raises(Conflict):
            change_enrolment(
                work,
                work.get(Enrolment, going.enrolment_id),
                EnrolmentChangeAnswers(no_exit_review_because=None, **_unchanged()),
                1 - 1,
            )


def test_adding_a_valid_check_never_turns_a_yes_into_a_no(going: Story) -> None:
    with going.stage.work() as work:
        mentor = work.get(Commission, going.commission_id).mentor
        work.add(
            MentorCheck(
                mentor=mentor,
                kind_of_check="enhanced_dbs",
                issued_on=date(2026, 10, 1),
                seen_by="Hester Quillmarsh",
                seen_on=date(2026, 10, 2),
            )
        )
        work.db.flush()
        assert add_session(work, going.session_form(date(2026, 10, 1))).outcome == "held"


def test_an_authority_keeps_the_rule_of_28_days_as_it_likes(going: Story) -> None:
    from sqlalchemy import func, select

    from cmcore.virtual_schools.records import Authority

    with going.stage.work() as work:
        move_enrolment(work, work.get(Enrolment, going.enrolment_id), "end_early", reason="Moved away.")
    with going.stage.work("operator") as work:
        work.change(work.get(Authority, going.stage.authority_id), policy={"R-ACC-1": {"days": 7}})
    for days, seen in ((7, 1), (8, 0)):
        going.stage.on(TODAY + timedelta(days=days))
        with going.stage.work("mentor", mentor_id=going.mentor_id) as work:
            assert work.db.scalar(select(func.count(YoungPerson.id))) == seen, days
