"""A rule holds at the other doors too: taking back, a day that a script names, a place without a referral."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from cmcore.commissions.actions import (
    activate_commission,
    add_commission,
    approve_commission,
    end_commission_early,
)
from cmcore.commissions.records import Commission
from cmcore.enrolments.actions import add_enrolment, move_enrolment
from cmcore.enrolments.forms import EnrolmentAnswers
from cmcore.enrolments.records import Enrolment
from cmcore.exchange.records import ImportChange, ImportRun
from cmcore.funding.actions import add_funding_line, change_funding_line
from cmcore.funding.forms import FundingLineAnswers
from cmcore.funding.records import FundingLine
from cmcore.funding.words import FundingKind
from cmcore.mentors.actions import add_mentor, move_mentor
from cmcore.mentors.forms import MentorAnswers
from cmcore.mentors.records import Mentor, MentorAuthority
from cmcore.network.records import SupportingAdult
from cmcore.referrals.actions import withdraw_referral
from cmcore.referrals.records import Referral
from cmcore.returns.undo import undo_import, undo_together, undo_workbook
from cmcore.safekeeping.memberships import give_role
from cmcore.safekeeping.work import Work
from cmcore.sessions.records import MentoringSession
from cmcore.testing import Stage, refused
from cmcore.testing.story import Story
from cmcore.together.acts import TogetherAct
from cmcore.together.doing import do_together
from cmcore.young_people.records import YoungPerson

PAUSE = TogetherAct(
    "pause", "Pause", Mentor, "mentor.move", lambda work, one: move_mentor(work, one, "pause", "Away for a while.")
)
REST = TogetherAct(
    "rest", "Pause", Enrolment, "enrolment.move", lambda work, one: move_enrolment(work, one, "pause", reason="Ill.")
)


def made_by(work: Work, stage: Stage, kind: str, *keys: int, login: str = "") -> ImportRun:
    """What a workbook of a list wrote down of having made these records a moment ago."""
    now = work.clock.now()
    return work.add(
        ImportRun(
            authority_id=stage.authority_id,
            importer="workbook",
            of_kind=kind,
            login=login or work.actor.login,
            started_at=now,
            finished_at=now,
            started_by=work.actor.name,
            receipt={"made": {kind: [[min(keys), max(keys)]] if keys else []}},
        )
    )


@pytest.mark.parametrize("on", [date(2026, 11, 29), date(2026, 11, 30)])
def test_a_mentor_taken_back_to_active_passes_the_checks_of_that_day(stage: Stage, on: date) -> None:
    story = Story.begin(stage, dbs_issued_on=date(2023, 11, 30))
    with stage.work() as work:
        _, run = do_together(work, PAUSE, (story.mentor_id,), authority_id=stage.authority_id)
        key = run.id if run is not None else 0
    stage.on(on)
    with stage.work() as work:
        if on < date(2026, 11, 30):
            undo_together(work, work.get(ImportRun, key))
        else:
            with refused("R-DBS-2"):
                undo_together(work, work.get(ImportRun, key))
        assert work.get(Mentor, story.mentor_id).state == ("active" if on < date(2026, 11, 30) else "paused")


@pytest.mark.parametrize("ended", [False, True])
def test_an_enrolment_taken_back_to_active_has_an_active_commission(stage: Stage, ended: bool) -> None:
    story = Story.begin(stage)
    with stage.work() as work:
        story.started(work)
    with stage.work() as work:
        _, run = do_together(work, REST, (story.enrolment_id,), authority_id=stage.authority_id)
        assert run is not None
        if ended:
            end_commission_early(work, work.get(Commission, story.commission_id), "The mentor moved away.")
            work.db.flush()
            with refused("R-COM-1"):
                undo_together(work, run)
        else:
            undo_together(work, run)
        assert work.get(Enrolment, story.enrolment_id).state == ("paused" if ended else "active")


@pytest.mark.parametrize("days", [28, 29])
def test_a_mentor_takes_nothing_back_that_is_out_of_their_reach(stage: Stage, days: int) -> None:
    story = Story.begin(stage)
    with stage.work() as work:
        story.started(work)
        made = story.logged(work, stage.clock.today(), hour=9, minutes=60)
        work.db.flush()
        run = made_by(work, stage, "session", made.id, login="juno")
        end_commission_early(work, work.get(Commission, story.commission_id), "The work is done elsewhere.")
        work.db.flush()
        session_id, key = made.id, run.id
    stage.on(stage.clock.today() + timedelta(days=days))
    with stage.work("mentor", mentor_id=story.mentor_id, login="juno") as work:
        if days == 28:
            undo_workbook(work, work.get(ImportRun, key))
        else:
            with refused(None, "no longer within your reach"):
                undo_workbook(work, work.get(ImportRun, key))
    with stage.work() as work:
        assert (work.db.get(MentoringSession, session_id) is None) == (days == 28)


@pytest.mark.parametrize("held", [False, True])
def test_a_mentor_somebody_signs_in_as_does_not_go_with_the_workbook_they_came_in(stage: Stage, held: bool) -> None:
    with stage.work("operator") as work:
        mentor = add_mentor(work, MentorAnswers(name="Fern Oakapple", art_forms="film"))
        work.db.flush()
        run, link = made_by(work, stage, "mentor", mentor.id), work.db.scalars(select(MentorAuthority)).one()
        run.receipt = {"made": {"mentor": [[mentor.id, mentor.id]], "mentor_authority": [[link.id, link.id]]}}
        if held:
            give_role(work, stage.authority_id, "fern@example.invalid", "mentor", mentor_id=mentor.id)
        work.db.flush()
        if held:
            # Its key may be given out again: the account would see another mentor's young people.
            with refused(None, "used by"):
                undo_import(work, run)
        else:
            undo_import(work, run)


def test_a_record_that_took_the_key_of_one_that_went_is_not_taken_back_with_the_import(stage: Stage) -> None:
    own = {"authority_id": stage.authority_id, "born_on": date(2012, 3, 1)}
    with stage.work("operator") as work:
        came = work.add(YoungPerson(ref="WR-0001", **own))
        work.db.flush()
        run, key = made_by(work, stage, "young_person", came.id), came.id
        work.db.delete(came)
        work.db.flush()
        run_id = run.id
    stage.on(stage.clock.today() + timedelta(days=1))
    with stage.work("operator") as work:
        work.add(YoungPerson(id=key, ref="WR-0002", **own))
    with stage.work("operator") as work:
        with refused(None, "WR-0002 was changed since"):
            undo_import(work, work.get(ImportRun, run_id))
        assert work.get(YoungPerson, key).ref == "WR-0002"


def test_nobody_is_commissioned_on_a_referral_that_was_withdrawn(stage: Stage) -> None:
    story = Story.begin(stage)
    with stage.work() as work:
        story.accepted(work)
        withdraw_referral(work, work.get(Referral, story.referral_id), "The family asked for it.")
        with refused("R-REF-2", "“Withdrawn”"):
            add_commission(work, story.commission_form())


@pytest.mark.parametrize("missing", ["", "social_worker", "designated_teacher"])
def test_without_a_referral_too_those_are_known_who_brief_the_mentor(stage: Stage, missing: str) -> None:
    story = Story.begin(stage)
    with stage.work() as work:
        told = EnrolmentAnswers(
            young_person_id=story.person_id,
            programme_id=story.programme_id,
            planned_start_on=None,
            learning_targets=None,
            review_days=None,
            concern_at_start=None,
        )
        story.enrolment_id = add_enrolment(work, told).id
        for adult in work.db.scalars(select(SupportingAdult).where(SupportingAdult.role == missing)):
            work.change(adult, ends_on=work.today - timedelta(days=1))
        work.db.flush()
        if missing:
            with refused("R-REF-2", f"Name the {missing.replace('_', ' ')}"):
                add_commission(work, story.commission_form())
        else:
            assert add_commission(work, story.commission_form()).state == "draft"


@pytest.mark.parametrize("days", [0, -1])
def test_no_script_looks_at_the_checks_of_a_day_that_is_past(stage: Stage, days: int) -> None:
    story = Story.begin(stage)
    with stage.work() as work:
        story.accepted(work)
        form = story.commission_form(starts_on=work.today - timedelta(days=30))
        commission = approve_commission(work, add_commission(work, form))
        if days:
            with refused("R-COM-1", "is past"):
                activate_commission(work, commission, on=work.today + timedelta(days=days))
        else:
            assert activate_commission(work, commission, on=work.today).state == "active"


@pytest.mark.parametrize("drawn", [False, True])
def test_a_workbook_is_taken_back_by_the_acts_of_its_list(stage: Stage, drawn: bool) -> None:
    story = Story.begin(stage)
    told = FundingLineAnswers(
        name="Pupil premium plus", kind_of_money=FundingKind.ppplus, financial_year=2026, amount_pence=450_000
    )
    with stage.work() as work:
        line = add_funding_line(work, told)
        work.db.flush()
        change_funding_line(work, line, replace(told, kind_of_money=FundingKind.grant))
        work.db.flush()
        run, line_id = made_by(work, stage, "funding_line"), line.id
        work.db.flush()
        changed = {"kind_of_record": "funding_line", "record_id": line_id, "change": "changed", "run_id": run.id}
        before, after = {"kind_of_money": "ppplus"}, {"version": line.version, "kind_of_money": "grant"}
        work.add(ImportChange(authority_id=stage.authority_id, before=before, after=after, **changed))
        key = run.id
    with stage.work() as work:
        if drawn:
            story.accepted(work)
            add_commission(work, story.commission_form(funding_line_id=line_id))
            work.db.flush()
            # A commission was let through for a grant: it does not become one of Pupil Premium Plus behind its back.
            with refused("R-PPP-1", "draw on it"):
                undo_workbook(work, work.get(ImportRun, key))
        else:
            undo_workbook(work, work.get(ImportRun, key))
            assert work.get(FundingLine, line_id).kind_of_money == "ppplus"
