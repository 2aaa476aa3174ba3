"""Mentors: taking them on under R-DBS-1 and R-DBS-2, their checks, and working for several authorities."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import select

from cmcore.base.findings import NotAllowed, NotFound
from cmcore.mentors import queries
from cmcore.mentors.actions import (
    add_mentor_check,
    answers_of_mentor_check,
    change_mentor,
    change_mentor_check,
    move_mentor,
    remove_mentor,
    remove_mentor_check,
    see_check,
    share_mentor,
    stop_sharing_mentor,
)
from cmcore.mentors.forms import MentorCheckAnswers
from cmcore.mentors.records import Mentor, MentorCheck
from cmcore.mentors.words import CheckKind
from cmcore.safekeeping.records import Membership, StateChange
from cmcore.safekeeping.scope import Actor, Grant, Scope
from cmcore.safekeeping.work import Work
from cmcore.testing import Stage, refused
from tests.cmcore.roster import CERTIFICATE, FERN, a_mentor

UNSEEN = replace(CERTIFICATE, seen_on=None)


def test_an_applicant_gets_a_reference_and_keeps_lists_of_what_they_do(stage: Stage) -> None:
    with stage.work() as work:
        mentor = a_mentor(work, art_forms=" film,, stop motion ", languages="", postcode_district="de4 ")
        assert (mentor.ref, mentor.state) == ("WR-M-0001", "applicant")
        assert (mentor.art_forms, mentor.languages, mentor.postcode_district) == (["film", "stop motion"], [], "DE4")


def test_a_mentor_becomes_active_once_the_certificate_was_seen(stage: Stage) -> None:
    with stage.work() as work:
        mentor = a_mentor(work, seen=False)
        check = add_mentor_check(work, mentor, UNSEEN)
        move_mentor(work, mentor, "take_on")
        with refused("R-DBS-1", "Nobody has seen the enhanced DBS certificate of Fern Oakapple"):
            move_mentor(work, mentor, "activate")
        see_check(work, check)
        move_mentor(work, mentor, "activate")
        assert mentor.state == "active"
        assert (check.seen_by, check.seen_on) == ("Hester Quillmarsh (coordinator)", date(2026, 11, 10))


def test_a_paused_mentor_does_not_come_back_on_a_certificate_of_three_years(stage: Stage) -> None:
    with stage.work() as work:
        mentor = a_mentor(work)
        for step, reason in (("take_on", ""), ("activate", ""), ("pause", "On tour until spring.")):
            move_mentor(work, mentor, step, reason)
    stage.on(date(2028, 3, 1))
    with stage.work() as work:
        (kept,) = queries.find(work, "fern")
        with refused("R-DBS-2", "was three years old on 1 March 2028"):
            move_mentor(work, kept, "resume")
        assert kept.state == "paused"


def test_a_pause_needs_a_reason_and_is_kept_with_it(stage: Stage) -> None:
    with stage.work() as work:
        mentor = a_mentor(work)
        move_mentor(work, mentor, "take_on")
        move_mentor(work, mentor, "activate")
        with refused(None, "“Pause” needs a reason"):
            move_mentor(work, mentor, "pause")
        move_mentor(work, mentor, "pause", "On tour until spring.")
        moves = work.db.scalars(select(StateChange).order_by(StateChange.id)).all()
        assert [(one.transition, one.reason) for one in moves][-1] == ("pause", "On tour until spring.")


@pytest.mark.parametrize("step", ["activate", "pause", "resume", "return"])
def test_an_applicant_takes_no_step_that_does_not_lead_from_there(stage: Stage, step: str) -> None:
    with stage.work() as work, refused(None, "is not possible while this is “Applicant”"):
        move_mentor(work, a_mentor(work), step, "Because.")


def test_a_mentor_may_not_move_themselves(stage: Stage) -> None:
    with stage.work() as work:
        mentor = a_mentor(work)
    with stage.work("mentor", mentor_id=mentor.id) as work:
        with pytest.raises(NotAllowed):
            move_mentor(work, work.get(Mentor, mentor.id), "take_on")
        with pytest.raises(NotAllowed):
            see_check(work, work.db.scalars(select(MentorCheck)).one())


def test_what_checks_say_is_asked_as_at_the_day_of_the_act(stage: Stage) -> None:
    with stage.work() as work:
        mentor = a_mentor(work)
        assert queries.what_checks_say(work, mentor, date(2026, 2, 1)) == []
        assert [one.rule for one in queries.what_checks_say(work, mentor, date(2026, 1, 31))] == ["R-DBS-1"]
        assert [one.rule for one in queries.what_checks_say(work, mentor, date(2028, 3, 1))] == ["R-DBS-2"]
        assert queries.may_work_until(work, mentor) == date(2028, 2, 29)


def test_a_check_is_not_seen_in_the_future_nor_before_it_was_issued(stage: Stage) -> None:
    with stage.work() as work:
        mentor = a_mentor(work, seen=False)
        with refused(None, "is after today, 10 November 2026"):
            add_mentor_check(work, mentor, replace(CERTIFICATE, seen_on=date(2026, 11, 11)))
        with refused(None, "is before the first"):
            add_mentor_check(work, mentor, replace(CERTIFICATE, seen_on=date(2025, 2, 28)))
        check = add_mentor_check(work, mentor, UNSEEN)
        with refused(None, "before the day it was issued"):
            see_check(work, check, date(2025, 2, 28))
        see_check(work, check, date(2026, 11, 9))
        with refused(None, "saw this check on 9 November 2026 already"):
            see_check(work, check)


def test_whoever_changes_what_was_seen_is_the_one_who_saw_it(stage: Stage) -> None:
    with stage.work() as work:
        key = add_mentor_check(work, a_mentor(work, seen=False), CERTIFICATE).id
    with stage.work("head") as work:
        check = work.get(MentorCheck, key)
        change_mentor_check(work, check, replace(answers_of_mentor_check(check), masked_reference="4417"))
        assert check.seen_by == "Hester Quillmarsh (coordinator)"
        change_mentor_check(work, check, replace(answers_of_mentor_check(check), issued_on=date(2025, 3, 2)))
        assert check.seen_by == "Hester Quillmarsh (head)"
        change_mentor_check(work, check, replace(answers_of_mentor_check(check), seen_on=None))
        assert (check.seen_by, check.seen_on) == ("", None)


def test_a_check_that_was_seen_is_not_removed(stage: Stage) -> None:
    with stage.work() as work:
        check = add_mentor_check(work, a_mentor(work, seen=False), CERTIFICATE)
        with refused(None, "This check was seen on 1 February 2026"):
            remove_mentor_check(work, check)


def test_an_insurance_needs_the_day_it_runs_out(stage: Stage) -> None:
    insurance = MentorCheckAnswers(
        kind_of_check=CheckKind.public_liability, issued_on=date(2026, 1, 1), cover_pence=500
    )
    with stage.work() as work:
        mentor = a_mentor(work)
        with refused(None, "An insurance needs the day it runs out"):
            add_mentor_check(work, mentor, insurance)
        add_mentor_check(work, mentor, replace(insurance, expires_on=date(2026, 12, 31)))


def test_joining_the_update_service_too_late_is_warned_of(stage: Stage) -> None:
    joined = MentorCheckAnswers(kind_of_check=CheckKind.dbs_update_service, issued_on=date(2025, 3, 31))
    with stage.work() as work:
        mentor = a_mentor(work)
        add_mentor_check(work, mentor, replace(joined, issued_on=date(2025, 4, 1)))
        assert [one.rule for one in work.warnings] == ["R-DBS-3"]
        add_mentor_check(work, mentor, joined)
        assert len(work.warnings) == 1


def test_a_whole_certificate_number_does_not_fit(stage: Stage) -> None:
    with stage.work() as work, refused(None, "there is room for 4"):
        add_mentor_check(work, a_mentor(work), replace(UNSEEN, masked_reference="001234567890"))


def test_a_mentor_with_checks_or_taken_on_is_not_removed(stage: Stage) -> None:
    with stage.work() as work:
        mentor = a_mentor(work)
        with refused(None, "This mentor cannot be removed: checks hang on it."):
            remove_mentor(work, mentor)
        move_mentor(work, mentor, "take_on")
        with refused(None, "Fern Oakapple was taken on, so the record stays."):
            remove_mentor(work, mentor)


def test_a_mentor_who_can_sign_in_is_not_removed(stage: Stage) -> None:
    with stage.work() as work:
        mentor = a_mentor(work, seen=False)
    with stage.work("operator") as work:
        work.add(Membership(authority_id=stage.authority_id, login="fern.oakapple", role="mentor", mentor_id=mentor.id))
    with stage.work() as work, refused(None, "memberships hang on it"):
        remove_mentor(work, work.get(Mentor, mentor.id))


def of_both(stage: Stage, other: int) -> Work:
    """Work of a coordinator whose provider serves both authorities."""
    scope = Scope(
        "hester.quillmarsh",
        (Grant(stage.authority_id, "coordinator"), Grant(other, "coordinator")),
        stage.clock.today(),
    )
    return Work(stage.engine, Actor(scope.login, "Hester Quillmarsh"), scope, clock=stage.clock)


def test_a_shared_mentor_is_seen_by_both_authorities_and_changed_by_the_one_that_keeps_the_record(stage: Stage) -> None:
    other = stage.authority("991", "Quillshire", "QU")
    with stage.work() as work:
        key = a_mentor(work).id
    with stage.work(authority_id=other) as work, pytest.raises(NotFound):
        work.get(Mentor, key)
    with of_both(stage, other) as work:
        mentor = work.get(Mentor, key)
        share_mentor(work, mentor, other)
        assert share_mentor(work, mentor, other).authority_id == other
        assert queries.authorities_of(work, mentor) == [stage.authority_id, other]
    with stage.work(authority_id=other) as work:
        (mentor,) = queries.find(work, "Fern")
        assert queries.what_checks_say(work, mentor, date(2026, 11, 10), authority_id=other) == []
        with pytest.raises(NotAllowed):
            change_mentor(work, mentor, FERN)
        with pytest.raises(NotAllowed):
            move_mentor(work, mentor, "take_on")


def test_a_mentor_is_shared_only_by_somebody_with_a_role_in_both(stage: Stage) -> None:
    other = stage.authority("991", "Quillshire", "QU")
    with stage.work() as work, pytest.raises(NotFound):
        share_mentor(work, a_mentor(work), other)


def test_sharing_ends_and_the_home_authority_stays(stage: Stage) -> None:
    other = stage.authority("991", "Quillshire", "QU")
    with stage.work() as work:
        key = a_mentor(work, seen=False).id
    with of_both(stage, other) as work:
        mentor = work.get(Mentor, key)
        share_mentor(work, mentor, other)
    with of_both(stage, other) as work:
        mentor = work.get(Mentor, key)
        with refused(None, "Another authority works with this mentor too"):
            remove_mentor(work, mentor)
        with refused(None, "This authority keeps the mentor's record"):
            stop_sharing_mentor(work, mentor, stage.authority_id)
        stop_sharing_mentor(work, mentor, other)
    with stage.work(authority_id=other) as work, pytest.raises(NotFound):
        work.get(Mentor, key)


def test_mentors_are_found_by_name_and_reference_those_who_left_last(stage: Stage) -> None:
    with stage.work() as work:
        gone = a_mentor(work, name="Alder Fernsby")
        a_mentor(work)
        move_mentor(work, gone, "leave", "Moved away.")
        assert [one.name for one in queries.find(work, "fern")] == ["Fern Oakapple", "Alder Fernsby"]
        assert [one.name for one in queries.find(work, "m-0001")] == ["Alder Fernsby"]
        assert queries.find(work, "50%") == [] and len(queries.find(work, "", limit=1)) == 1
