"""Reflective sessions, training and risk assessments: who writes them down, for whom, and what is refused."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import select

from cmcore.answers.subjects import about_columns
from cmcore.base.findings import NotAllowed, NotFound
from cmcore.forms import kinds
from cmcore.mentors.forms import MentorCheckAnswers
from cmcore.mentors.records import Mentor, MentorCheck
from cmcore.readiness.actions import (
    add_supervision,
    add_training,
    answers_of_risk_assessment,
    answers_of_supervision,
    change_risk_assessment,
    change_supervision,
    read_assessment,
    remove_reading,
    remove_risk_assessment,
    replace_risk_assessment,
)
from cmcore.readiness.forms import (
    AssessmentReadAnswers,
    AssessmentReplacedAnswers,
    SupervisionAnswers,
    TrainingAnswers,
)
from cmcore.readiness.queries import without_reflective
from cmcore.readiness.records import AssessmentRead, RiskAssessment, Supervision, Training
from cmcore.readiness.words import Attendance, Support, TrainingSubject
from cmcore.safekeeping.work import Work
from cmcore.testing import Stage, refused
from cmcore.testing.stage import TODAY
from cmcore.testing.story import Story
from tests.databases import Beginning


def settled(stage: Stage) -> Story:
    """Two mentors who have read the risk assessment."""
    made = Story.begin(stage)
    made.numbers["kit"] = made.another_mentor()
    return made


@pytest.fixture
def beginning() -> Beginning:
    """What these tests begin with."""
    return settled


def met(story: Story, **changes: object) -> SupervisionAnswers:
    told = SupervisionAnswers(
        mentor_ids=[story.mentor_id, story.numbers["kit"]],
        attendance=Attendance.came,
        kind_of_support=Support.reflective,
        held_on=date(2026, 11, 3),
        led_by="Oriel Fenwhistle",
    )
    return replace(told, **changes)  # type: ignore[arg-type]


def due(work: Work) -> set[int]:
    return set(work.db.scalars(select(Mentor.id).where(without_reflective(work))))


def test_a_reflective_session_is_written_down_for_everybody_at_once(story: Story) -> None:
    with story.stage.work() as work:
        assert due(work) == {story.mentor_id, story.numbers["kit"]}
        add_supervision(work, met(story))
        kit = work.db.scalars(select(Supervision).where(Supervision.mentor_id == story.numbers["kit"])).one()
        change_supervision(work, kit, replace(answers_of_supervision(kit), attendance=Attendance.sent_word))
        assert due(work) == {story.numbers["kit"]}
        with refused(words="already"):
            add_supervision(work, met(story, mentor_ids=[story.mentor_id]))


def test_nobody_has_come_before_the_day_and_who_is_invited_may_be_written_down(story: Story) -> None:
    later = date(2026, 11, 20)
    with story.stage.work() as work:
        with refused(words="nobody knows yet who came"):
            add_supervision(work, met(story, held_on=later))
        add_supervision(work, met(story, held_on=later, attendance=Attendance.invited))
        assert due(work) == {story.mentor_id, story.numbers["kit"]}


def test_training_is_kept_with_who_came(story: Story) -> None:
    told = TrainingAnswers(
        mentor_ids=[story.mentor_id],
        attendance=Attendance.came,
        subject=TrainingSubject.attachment,
        title="",
        held_on=TODAY,
        minutes=180,
        led_by="",
    )
    with story.stage.work() as work:
        add_training(work, told)
    with story.stage.work("mentor", mentor_id=story.mentor_id) as work:
        assert [one.subject for one in work.db.scalars(select(Training))] == ["attachment"]
        with pytest.raises(NotAllowed):
            add_training(work, replace(told, held_on=date(2026, 11, 9)))
    with story.stage.work("mentor", mentor_id=story.numbers["kit"]) as work:
        assert work.db.scalars(select(Training)).all() == []


def test_a_mentor_writes_down_their_own_reading_and_nobody_elses(story: Story) -> None:
    with story.stage.work() as work:
        for read in work.db.scalars(select(AssessmentRead)):
            remove_reading(work, read)
    with story.stage.work("mentor", mentor_id=story.mentor_id) as work:
        assessment = work.db.scalars(select(RiskAssessment)).one()
        with pytest.raises(NotFound):
            read_assessment(work, assessment, AssessmentReadAnswers(mentor_id=story.numbers["kit"], read_on=TODAY))
        with refused(words="after today"):
            read_assessment(
                work, assessment, AssessmentReadAnswers(mentor_id=story.mentor_id, read_on=date(2026, 11, 11))
            )
        made = read_assessment(work, assessment, AssessmentReadAnswers(mentor_id=story.mentor_id, read_on=TODAY))
        assert made.recorded_by == "Hester Quillmarsh (mentor)"
        with refused(words="already"):
            read_assessment(work, assessment, AssessmentReadAnswers(mentor_id=story.mentor_id, read_on=TODAY))


def test_what_was_read_stays_as_it_was_read_and_a_newer_one_takes_its_place(story: Story) -> None:
    with story.stage.work() as work:
        assessment = work.db.scalars(select(RiskAssessment)).one()
        answers = answers_of_risk_assessment(assessment)
        with refused(words="Mentors have read this as it is"):
            change_risk_assessment(work, assessment, answers)
        with refused(words="readings of risk assessments hang on it"):
            remove_risk_assessment(work, assessment)
        with refused(words="It was drawn up on 1 January 2023"):
            replace_risk_assessment(work, assessment, AssessmentReplacedAnswers(replaced_on=date(2022, 12, 31)))
        replace_risk_assessment(work, assessment, AssessmentReplacedAnswers(replaced_on=TODAY))
        assert assessment.replaced_on == TODAY


def test_a_check_has_no_place_for_a_file_nor_for_what_a_certificate_says() -> None:
    asked = [one.kind for one in MentorCheckAnswers.form.questions]
    assert not any(isinstance(kind, kinds.File | kinds.LongText | kinds.Repeated) for kind in asked)
    texts = {
        one.key: one.kind.most for one in MentorCheckAnswers.form.questions if isinstance(one.kind, kinds.ShortText)
    }
    assert texts == {"masked_reference": 4}
    assert set(MentorCheck.__mapper__.columns.keys()) == {
        "id",
        "version",
        "created_at",
        "changed_at",
        "mentor_id",
        "kind_of_check",
        "issued_on",
        "expires_on",
        "cover_pence",
        "covers_passengers",
        "masked_reference",
        "seen_by",
        "seen_on",
    }


def test_no_form_and_so_no_file_is_kept_beside_a_check(story: Story) -> None:
    with story.stage.work() as work:
        mentor = work.get(Mentor, story.mentor_id)
        with refused(words="Nothing is written or kept beside a check: only that it was seen."):
            about_columns(mentor.checks[0], story.stage.authority_id)
        assert about_columns(mentor, story.stage.authority_id)["about_kind"] == "mentor"
