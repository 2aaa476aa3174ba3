"""A mentor logs sessions: where, when and for how long they may be, and what is told."""

from __future__ import annotations

from datetime import date, time

import pytest

from cmcore.sessions.actions import add_session, change_session, remove_session
from cmcore.sessions.words import Outcome
from cmcore.testing import Stage, refused
from cmcore.testing.readied import have_read
from cmcore.testing.stage import TODAY
from cmcore.testing.story import Story


def test_a_mentor_logs_a_session_for_the_young_person_they_are_commissioned_for(going: Story) -> None:
    with going.stage.work("mentor", mentor_id=going.mentor_id) as work:
        session = add_session(work, going.session_form(date(2026, 10, 6)))
        assert session.minutes == 90 and session.mentor_id == going.mentor_id


@pytest.mark.parametrize(
    ("day", "hour", "minutes", "words"),
    [
        (date(2026, 10, 6), 14, -30, "ends before it starts"),
        (date(2026, 10, 6), 8, 13 * 60, "longer than 12 hours"),
        (date(2026, 9, 1), 14, 90, "commission begins on 29 September 2026"),
        (TODAY, 16, 90, "has not ended yet"),
    ],
)
def test_times_that_cannot_be_are_refused(going: Story, day: date, hour: int, minutes: int, words: str) -> None:
    with going.stage.work() as work, refused("R-SES-1", words):
        add_session(work, going.session_form(day, hour, minutes))


def test_a_session_may_be_planned_ahead_and_reported_afterwards(going: Story) -> None:
    with going.stage.work() as work:
        planned = add_session(work, going.session_form(date(2026, 11, 12), outcome=None, done=None))
        assert planned.outcome is None
        key = planned.id
    going.stage.on(date(2026, 11, 13))
    with going.stage.work() as work:
        from cmcore.sessions.records import MentoringSession

        done = change_session(work, work.get(MentoringSession, key), going.session_form(date(2026, 11, 12)))
        assert done.outcome == "held"
        with refused(words="Only a plan can be taken away"):
            remove_session(work, done)


def test_a_mentor_is_never_in_two_places_even_for_two_authorities(going: Story) -> None:
    other = going.stage.authority("991", "Quillshire", "QU")
    first = going.stage.authority_id
    with going.stage.work() as work:
        add_session(work, going.session_form(date(2026, 10, 6), 14))
    going.stage.authority_id = other
    theirs = Story.begin(going.stage, given="Fern", family="Marshquill")
    with going.stage.work("operator", authority_id=first) as work:
        from cmcore.mentors.records import Mentor, MentorAuthority

        mentor = work.get(Mentor, going.mentor_id)
        name = mentor.name
    with going.stage.work("operator") as work:
        from cmcore.mentors.records import MentorAuthority

        work.add(MentorAuthority(authority_id=other, mentor_id=going.mentor_id))
        work.db.flush()
        have_read(work, other, work.get(Mentor, going.mentor_id))
    theirs.mentor_id = going.mentor_id
    going.stage.on(date(2026, 9, 29))
    with going.stage.work() as work:
        theirs.started(work)
    going.stage.on(TODAY)
    with going.stage.work() as work, refused("R-SES-1", "The mentor has another session at that time"):
        add_session(work, theirs.session_form(date(2026, 10, 6), 15))
    with going.stage.work() as work:
        assert add_session(work, theirs.session_form(date(2026, 10, 6), 16)).minutes == 90
    assert name == "Juno Tansyhurst"


def test_two_mentors_log_the_same_time_only_when_both_say_it_was_joint(going: Story) -> None:
    second = going.another_mentor()
    own = going.commission_id
    with going.stage.work() as work:
        going.commissioned(work, mentor_id=second, starts_on=TODAY)
        theirs = going.commission_id
    going.stage.on(date(2026, 11, 20))
    with going.stage.work() as work:
        going.commission_id = own
        add_session(work, going.session_form(date(2026, 11, 12), joint=True))
        going.commission_id = theirs
        with refused("R-COM-3", "joint"):
            add_session(work, going.session_form(date(2026, 11, 12)))
        assert add_session(work, going.session_form(date(2026, 11, 12), joint=True)).joint


def test_hours_are_told_at_four_fifths_and_refused_beyond_the_commission(going: Story) -> None:
    with going.stage.work() as work:
        for number in range(3):
            add_session(work, going.session_form(date(2026, 10, 1 + number), 9, 6 * 60))
        assert not [one for one in work.warnings if one.rule == "R-COM-2"]
        add_session(work, going.session_form(date(2026, 10, 5), 9, 90))
        assert [one.message for one in work.warnings if one.rule == "R-COM-2"] == [
            "81 % of the commissioned hours are used: 4 h 30 of 24 h are left."
        ]
        with refused("R-COM-2", "does not fit"):
            add_session(work, going.session_form(date(2026, 10, 7), 9, 5 * 60))
        assert add_session(work, going.session_form(date(2026, 10, 7), 9, 5 * 60, chargeable=False)).minutes == 300


def test_no_session_took_place_with_a_certificate_three_years_old_that_day(stage: Stage) -> None:
    stage.on(date(2026, 9, 1))
    story = Story.begin(stage, dbs_issued_on=date(2023, 10, 6))
    with stage.work() as work:
        story.started(work)
    stage.on(TODAY)
    with stage.work() as work:
        assert add_session(work, story.session_form(date(2026, 10, 5))).outcome == "held"
        with refused("R-DBS-2", "three years old on 6 October 2026"):
            add_session(work, story.session_form(date(2026, 10, 6)))
        assert add_session(work, story.session_form(date(2026, 10, 7), outcome=Outcome.absent)).outcome == "absent"


def test_three_absences_in_a_row_are_raised(going: Story) -> None:
    with going.stage.work() as work:
        for number in (1, 5, 6):
            assert "R-SES-2" not in {one.rule for one in work.warnings}
            add_session(work, going.session_form(date(2026, 10, number), outcome=Outcome.absent))
        assert [one.message for one in work.warnings if one.rule == "R-SES-2"] == ["3 sessions in a row were missed."]


def test_minutes_are_right_across_the_clock_change(going: Story) -> None:
    with going.stage.work() as work:
        night = {"starts": time(0, 30), "ends": time(3, 30)}
        assert add_session(work, going.session_form(date(2026, 10, 25), **night)).minutes == 240
