"""What a session asks of its mentor, as at its own day, through the actions people use."""

from __future__ import annotations

from datetime import date

import pytest

from cmcore.mentors.records import Mentor, MentorCheck
from cmcore.readiness.records import AssessmentRead, RiskAssessment
from cmcore.safekeeping.work import Work
from cmcore.sessions.actions import add_session
from cmcore.testing import Stage, refused
from cmcore.testing.stage import TODAY
from cmcore.testing.story import Story
from tests.databases import Beginning


def settled(stage: Stage) -> Story:
    """A mentor at work since the first of October."""
    stage.on(date(2026, 10, 1))
    made = Story.begin(stage)
    with stage.work() as work:
        made.started(work)
    stage.on(TODAY)
    return made


@pytest.fixture
def beginning() -> Beginning:
    """What these tests begin with."""
    return settled


def check_of(work: Work, story: Story, kind: str) -> MentorCheck:
    return next(one for one in work.get(Mentor, story.mentor_id).checks if one.kind_of_check == kind)


def test_a_session_after_the_last_day_of_the_insurance_is_refused_and_one_on_it_is_kept(story: Story) -> None:
    with story.stage.work("operator") as work:
        check_of(work, story, "public_liability").expires_on = date(2026, 11, 3)
    with story.stage.work() as work:
        add_session(work, story.session_form(date(2026, 11, 3)))
        with refused("R-INS-1", "The public liability insurance of Juno Tansyhurst ran out on 3 November 2026."):
            add_session(work, story.session_form(date(2026, 11, 4)))


def test_a_plan_is_let_through_with_a_warning_and_less_cover_is_advised_against(story: Story) -> None:
    with story.stage.work("operator") as work:
        liability = check_of(work, story, "public_liability")
        liability.expires_on, liability.cover_pence = date(2026, 11, 20), 200_000_000
    with story.stage.work() as work:
        add_session(work, story.session_form(date(2026, 11, 24), outcome=None, done=None))
        assert "R-INS-1" in {one.rule for one in work.warnings}
        add_session(work, story.session_form(date(2026, 11, 5)))
        assert "R-INS-2" in {one.rule for one in work.warnings}


def test_nobody_is_driven_before_the_insurance_was_seen_and_covers_it(story: Story) -> None:
    with story.stage.work() as work, refused("R-INS-3", "has no business car insurance that was seen"):
        add_session(work, story.session_form(date(2026, 11, 5), mentor_drove=True))
    seen = date(2026, 11, 4)
    with story.stage.work("operator") as work:
        car = MentorCheck(
            mentor=work.get(Mentor, story.mentor_id),
            kind_of_check="business_car",
            issued_on=seen,
            expires_on=date(2027, 11, 3),
            seen_on=seen,
            seen_by="Hester Quillmarsh",
        )
        work.add(car)
    with story.stage.work() as work, refused("R-INS-3", "is not known to cover carrying young people"):
        add_session(work, story.session_form(date(2026, 11, 5), mentor_drove=True))
    with story.stage.work("operator") as work:
        check_of(work, story, "business_car").covers_passengers = True
    with story.stage.work() as work:
        assert add_session(work, story.session_form(date(2026, 11, 5), mentor_drove=True)).mentor_drove
        with refused("R-INS-3"):
            add_session(work, story.session_form(date(2026, 11, 3), mentor_drove=True))


def test_no_session_before_the_induction_and_before_the_risk_assessment_was_read(story: Story) -> None:
    with story.stage.work("operator") as work:
        induction = check_of(work, story, "induction")
        induction.issued_on = induction.seen_on = date(2026, 11, 4)
    with story.stage.work() as work:
        with refused("R-MEN-2", "The induction of Juno Tansyhurst is not written down by 3 November 2026."):
            add_session(work, story.session_form(date(2026, 11, 3)))
        add_session(work, story.session_form(date(2026, 11, 4)))
    with story.stage.work("operator") as work:
        for read in work.db.query(AssessmentRead):
            read.read_on = date(2026, 11, 6)
    with story.stage.work() as work:
        with refused("R-MEN-2", "Juno Tansyhurst has not read the risk assessment by 5 November 2026."):
            add_session(work, story.session_form(date(2026, 11, 5)))
        add_session(work, story.session_form(date(2026, 11, 6)))


def test_what_keeps_a_session_from_being_held_does_not_keep_an_absence_from_being_told(story: Story) -> None:
    with story.stage.work("operator") as work:
        check_of(work, story, "public_liability").expires_on = date(2026, 11, 3)
    with story.stage.work() as work:
        add_session(work, story.session_form(date(2026, 11, 5), outcome="absent", done=None))
        assert "R-INS-1" in {one.rule for one in work.warnings}


@pytest.mark.parametrize("day", [date(2026, 10, 25), date(2027, 3, 28)])
def test_a_check_that_ends_on_the_day_clocks_change_counts_until_its_midnight(story: Story, day: date) -> None:
    story.stage.on(date(2027, 4, 1))
    with story.stage.work("operator") as work:
        check_of(work, story, "public_liability").expires_on = day
    with story.stage.work() as work:
        add_session(work, story.session_form(day, hour=22, minutes=60))


def test_another_authoritys_risk_assessment_is_not_this_ones(story: Story) -> None:
    with story.stage.work("operator") as work:
        for read in work.db.query(AssessmentRead):
            work.db.delete(read)
    story.stage.authority("991", "Quillshire", "QU")
    with story.stage.work() as work, refused("R-MEN-2", "has not read the risk assessment"):
        assert work.db.query(RiskAssessment).count() == 1
        add_session(work, story.session_form(date(2026, 11, 5)))
