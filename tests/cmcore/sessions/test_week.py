"""The week as a sheet: each row by itself, good ones kept, and the same sheet sent twice kept once."""

from __future__ import annotations

from datetime import date, time, timedelta
from typing import Any

from sqlalchemy import select

from cmcore.sessions.actions import add_session
from cmcore.sessions.mentors_week import (
    commissions_of,
    expected_in_week,
    last_session,
    monday_of,
    only_commission,
    own_mentors,
    plans_before,
    sessions_of_week,
    waiting_to_be_told,
)
from cmcore.sessions.records import MentoringSession
from cmcore.sessions.week import counts, log_rows
from cmcore.testing.story import Story

MONDAY = date(2026, 11, 2)


def row(story: Story, on: date = date(2026, 11, 3), hour: int = 14, **changes: Any) -> dict[str, Any]:
    typed = {
        "commission_id": str(story.commission_id),
        "held_on": on.isoformat(),
        "starts": f"{hour}:00",
        "ends": f"{hour + 1}:00",
        "place": "school",
        "outcome": "held",
        "told": "Second colour.",
        "mark": f"mark-of-a-row-{on}-{hour}",
    }
    return {**typed, **changes}


def test_every_row_is_judged_by_itself_and_what_is_wrong_is_told_at_its_place(going: Story) -> None:
    rows = [
        row(going),
        {"mark": "x" * 20},
        row(going, starts="half two"),
        row(going, outcome="", told="Only words."),
        row(going, hour=14, ends="15:30", mark="y" * 20),
        row(going, on=date(2026, 11, 9)),
        row(going, commission_id="999", mark="w" * 20),
        row(going, on=date(2026, 11, 4), outcome="absent", told="The taxi did not come."),
    ]
    with going.stage.work("mentor", mentor_id=going.mentor_id) as work:
        judged = log_rows(work, rows, MONDAY)
        assert sorted(judged.kept) == [0, 7] and sorted(judged.wrong) == [2, 3, 4, 5, 6]
        told = {one.place: one.message for one in judged.findings}
        assert told["rows.2.starts"].endswith("“half two” is not a time.")
        assert told["rows.3.outcome"] == "Row 4: Say how it went."
        assert "another session at that time" in told["rows.4.starts"]
        assert told["rows.5.held_on"] == "Row 6: This day is in another week."
        assert told["rows.6.commission_id"] == "Row 7: This is not to be found."
        assert (judged.kept[0].done, judged.kept[7].in_the_way) == ("Second colour.", "The taxi did not come.")
        assert (judged.kept[0].chargeable, judged.kept[7].chargeable) == (True, False)
    with going.stage.work() as work:
        assert len(list(work.db.scalars(select(MentoringSession)))) == 2


def test_the_same_sheet_sent_twice_is_kept_once(going: Story) -> None:
    with going.stage.work("mentor", mentor_id=going.mentor_id) as work:
        first = log_rows(work, [row(going)], MONDAY)
        again = log_rows(work, [row(going)], MONDAY)
        assert again.kept[0] is first.kept[0] and not again.wrong
        [told] = log_rows(work, [row(going, told="Other words.")], MONDAY).findings
        assert told.message == "Row 1: This row was sent before, and what it said then is kept."


def test_a_planned_row_becomes_its_record_and_left_as_it_was_stays_a_plan(going: Story) -> None:
    with going.stage.work("mentor", mentor_id=going.mentor_id) as work:
        plan = add_session(work, going.session_form(date(2026, 11, 3), outcome=None, done=None, intention="Herons."))
        work.db.flush()
        planned = row(going, plan_id=str(plan.id), plan_version=str(plan.version))
        assert not counts({**planned, "outcome": "", "told": ""})
        judged = log_rows(work, [planned], MONDAY)
        assert judged.kept[0] is plan and (plan.outcome, plan.intention, plan.minutes) == ("held", "Herons.", 60)
        [late] = log_rows(work, [{**planned, "mark": "z" * 20}], MONDAY).findings
        assert "How it went was said" in late.message


def test_what_is_likely_is_the_weekday_and_time_of_the_last_one_and_only_where_nothing_is_there(going: Story) -> None:
    with going.stage.work("mentor", mentor_id=going.mentor_id) as work:
        add_session(work, going.session_form(date(2026, 10, 22), 10))
        add_session(work, going.session_form(date(2026, 10, 29), 14))
        work.db.flush()
        own = own_mentors(work)
        there, commissions = sessions_of_week(work, own, MONDAY), commissions_of(work, own, MONDAY)
        [likely] = expected_in_week(work, commissions, there, MONDAY)
        assert (likely.on, likely.starts, likely.ends) == (date(2026, 11, 5), time(14), time(15, 30))
        assert only_commission(work) == going.commission_id
        last = last_session(work, going.commission_id)
        assert last is not None and last.starts_at.date() == date(2026, 10, 29)
        plan = add_session(work, going.session_form(date(2026, 11, 5), outcome=None, done=None))
        work.db.flush()
        assert expected_in_week(work, commissions, sessions_of_week(work, own, MONDAY), MONDAY) == []
        assert waiting_to_be_told(work) == [plan]
        assert plans_before(work, work.clock.now() + timedelta(days=7)) == [plan]
        assert expected_in_week(work, commissions, [], MONDAY + timedelta(days=70)) == []
    with going.stage.work() as work:
        assert (own_mentors(work), waiting_to_be_told(work), only_commission(work)) == ([], [], None)


def test_a_week_is_monday_to_sunday_by_englands_clock(going: Story) -> None:
    assert [monday_of(MONDAY + timedelta(days=number)) for number in (0, 6, 7)] == [
        MONDAY,
        MONDAY,
        MONDAY + timedelta(days=7),
    ]
    with going.stage.work() as work:
        add_session(work, going.session_form(date(2026, 10, 25), starts=time(22), ends=time(23, 30)))
        work.db.flush()
        assert len(sessions_of_week(work, [going.mentor_id], date(2026, 10, 19))) == 1
        assert sessions_of_week(work, [going.mentor_id], date(2026, 10, 26)) == []
