"""Activity reports: drawn up from the sessions, sent when whole, sent back with words, accepted, and then fixed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from cmcore.activity_reports.actions import (
    accept_report,
    answers_of_report,
    change_report,
    draw_up_report,
    findings_of,
    lock_reports,
    remove_report,
    return_report,
    submit_report,
)
from cmcore.activity_reports.forms import ActivityReportAnswers
from cmcore.activity_reports.queries import sessions_of
from cmcore.activity_reports.records import ActivityReport
from cmcore.base.findings import NotAllowed, NotFound
from cmcore.concerns.actions import raise_concern
from cmcore.concerns.forms import ConcernAnswers
from cmcore.concerns.words import ConcernKind
from cmcore.safekeeping.work import Work
from cmcore.sessions.actions import answers_of_session, change_session
from cmcore.sessions.forms import ImpactAnswers
from cmcore.sessions.records import MentoringSession
from cmcore.testing import Stage, refused
from cmcore.testing.story import Story
from tests.databases import Beginning

OCTOBER = ActivityReportAnswers(commission_id=1, starts_on=date(2026, 10, 1), ends_on=date(2026, 10, 31))
SEEN = [ImpactAnswers(measure="confidence", note="Showed it to the class.", expected=True)]
DAYS = (date(2026, 10, 8), date(2026, 10, 15))


def settled(stage: Stage) -> Story:
    """A mentor who held two sessions in October and one in November, each written up whole."""
    made = Story.begin(stage)
    stage.on(date(2026, 10, 1))
    with stage.work("operator") as work:
        made.started(work)
    stage.on(date(2026, 11, 10))
    with stage.work("operator") as work:
        made.logged(work, *DAYS, date(2026, 11, 3), done="Printed a second colour, to see it change.", impact=SEEN)
    return made


@pytest.fixture
def beginning() -> Beginning:
    """What these tests begin with."""
    return settled


def mentor(story: Story) -> Work:
    return story.stage.work("mentor", mentor_id=story.mentor_id, login="juno.tansyhurst")


def drawn_up(story: Story, answers: ActivityReportAnswers = OCTOBER) -> int:
    with mentor(story) as work:
        key: int = draw_up_report(work, answers).id
    return key


def sent(story: Story) -> int:
    key = drawn_up(story)
    with mentor(story) as work:
        submit_report(work, work.get(ActivityReport, key))
    return key


def rewrite(story: Story, on: date, **changes: object) -> None:
    """Change what a session says."""
    with story.stage.work("operator") as work:
        session = work.get(MentoringSession, DAYS.index(on) + 1)
        change_session(work, session, replace(answers_of_session(session), **changes))


def test_a_report_takes_in_the_sessions_of_its_days(story: Story) -> None:
    key = drawn_up(story)
    with mentor(story) as work:
        report = work.get(ActivityReport, key)
        assert [each.starts_at.date() for each in sessions_of(work, report)] == list(DAYS)
        assert answers_of_report(report) == OCTOBER


def test_days_without_a_session_make_no_report_and_no_session_stands_in_two(story: Story) -> None:
    drawn_up(story)
    with mentor(story) as work, refused(None, "No session in these days waits for a report"):
        draw_up_report(work, OCTOBER)


def test_a_whole_report_is_sent_and_accepted_and_its_sessions_stand(story: Story) -> None:
    key = sent(story)
    with story.stage.work() as work:
        accept_report(work, work.get(ActivityReport, key))
    with story.stage.work() as work:
        report = work.get(ActivityReport, key)
        assert (report.state, report.accepted_by) == ("accepted", "Hester Quillmarsh (coordinator)")
        session = sessions_of(work, report)[0]
        with refused(None, "stands in an activity report that was sent"):
            change_session(work, session, answers_of_session(session))


def test_sent_back_it_can_be_put_right_and_sent_again(story: Story) -> None:
    key = sent(story)
    with story.stage.work() as work:
        return_report(work, work.get(ActivityReport, key), "Say why you chose the lino.")
    rewrite(story, DAYS[0], done="Cut lino, because it forgives.")
    with mentor(story) as work:
        report = submit_report(work, work.get(ActivityReport, key))
        assert report.state == "submitted"


def test_one_that_was_sent_is_neither_changed_nor_thrown_away(story: Story) -> None:
    key = sent(story)
    with mentor(story) as work:
        report = work.get(ActivityReport, key)
        with refused(None, "stands as it was sent"):
            change_report(work, report, OCTOBER)
        assert report.commission_id == story.commission_id == OCTOBER.commission_id
        with refused(None, "Only a report that was never sent"):
            remove_report(work, report)


def test_changed_days_take_in_others_and_a_draft_thrown_away_sets_its_sessions_free(story: Story) -> None:
    key = drawn_up(story)
    with mentor(story) as work:
        report = work.get(ActivityReport, key)
        change_report(work, report, replace(OCTOBER, ends_on=date(2026, 11, 30)), report.version)
        assert len(sessions_of(work, report)) == 3
    with mentor(story) as work:
        remove_report(work, work.get(ActivityReport, key))
    drawn_up(story)


def test_what_was_done_and_what_came_of_it_are_asked_for_by_day(story: Story) -> None:
    rewrite(story, DAYS[1], done=None, impact=[])
    key = drawn_up(story)
    with (
        mentor(story) as work,
        refused("R-REP-1", "15 October 2026: what you did, and why and what came of it is missing"),
    ):
        submit_report(work, work.get(ActivityReport, key))


def test_a_session_where_the_two_did_not_meet_has_nothing_to_tell(story: Story) -> None:
    rewrite(story, DAYS[1], outcome="absent", done=None, impact=[])
    sent(story)


def test_a_worry_becomes_a_concern_before_the_report_is_sent(story: Story) -> None:
    rewrite(story, DAYS[0], worrying=True)
    key = drawn_up(story)
    with mentor(story) as work:
        with refused("R-REP-3", "no concern has been raised since"):
            submit_report(work, work.get(ActivityReport, key))
    with mentor(story) as work:
        told = ConcernAnswers(
            young_person_id=story.person_id, kind_of_concern=ConcernKind.behaviour, happened="Would not eat."
        )
        raise_concern(work, told)
        submit_report(work, work.get(ActivityReport, key))


def test_blaming_words_surnames_and_other_childrens_names_are_pointed_out_and_let_through(story: Story) -> None:
    story.beside("Tamsin", "Quillfeather")
    rewrite(story, DAYS[0], done="M. Bramblewick was lazy until Tamsin came.")
    key = drawn_up(story)
    with mentor(story) as work:
        report = work.get(ActivityReport, key)
        said = [one.message for one in findings_of(work, report)]
        assert said == [
            "8 October 2026: “lazy” can hurt whoever reads it.",
            "8 October 2026: 2 words may be a surname or another child's name.",
        ]
        submit_report(work, report)
        assert {one.rule for one in work.warnings} == {"R-REP-2"}


def test_an_own_given_name_is_not_pointed_out(story: Story) -> None:
    rewrite(story, DAYS[0], done="Mossy chose the blue, because it was quiet.")
    key = drawn_up(story)
    with mentor(story) as work:
        assert findings_of(work, work.get(ActivityReport, key)) == []


def test_only_a_coordinator_accepts_and_another_mentor_sees_nothing(story: Story) -> None:
    key = sent(story)
    with mentor(story) as work:
        report = work.get(ActivityReport, key)
        for act in (lambda: accept_report(work, report), lambda: return_report(work, report, "No.")):
            with pytest.raises(NotAllowed):
                act()
    other = story.another_mentor()
    with story.stage.work("mentor", mentor_id=other) as work, pytest.raises(NotFound):
        work.get(ActivityReport, key)
    quill = story.stage.authority("991", "Quillshire", "QU")
    with story.stage.work("coordinator", authority_id=quill) as work, pytest.raises(NotFound):
        work.get(ActivityReport, key)


def test_from_locked_nothing_returns(story: Story) -> None:
    key = sent(story)
    with story.stage.work() as work:
        report = work.get(ActivityReport, key)
        accept_report(work, report)
        lock_reports(work, [report])
        lock_reports(work, [report])
        assert report.lifecycle.possible("locked") == []
        with refused(None, "Nothing more can be done with it"):
            return_report(work, report, "It was wrong.")
