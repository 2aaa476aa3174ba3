"""The compliance board: who may work, who will not be able to soon, and why; asked of the rules sessions ask."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import event, select

from cmcore.base.findings import NotAllowed
from cmcore.evidence.waiting import insurance_running_out
from cmcore.mentors.queries import checks_of
from cmcore.mentors.records import Mentor, MentorCheck
from cmcore.mentors.rules import insurance
from cmcore.readiness.board import AHEAD, compliance_on
from cmcore.readiness.queries import may_hold
from cmcore.safekeeping.work import Work
from cmcore.testing import Stage
from cmcore.testing.stage import TODAY
from cmcore.testing.story import Story
from tests.databases import Beginning


def settled(stage: Stage) -> Story:
    """A mentor whose certificate runs out in 40 days, and one who is ready for years."""
    made = Story.begin(stage, dbs_issued_on=date(2023, 12, 20))
    made.numbers["kit"] = made.another_mentor("Kit Ferndrake")
    return made


@pytest.fixture
def beginning() -> Beginning:
    """What these tests begin with."""
    return settled


def insured_until(work: Work, key: int, until: date) -> None:
    for check in work.get(Mentor, key).checks:
        if check.kind_of_check == "public_liability":
            check.expires_on = until
    work.db.flush()


def test_who_may_work_and_who_will_not_be_able_to(story: Story) -> None:
    with story.stage.work() as work:
        board = compliance_on(work, story.stage.authority_id)
    assert [one.name for one in board.standings] == ["Juno Tansyhurst", "Kit Ferndrake"]
    juno, kit = board.standings
    assert juno.may_work and kit.may_work and not kit.why[1:]
    assert juno.stops_on == date(2026, 12, 20)
    assert [len(board.stopping(days)) for days in AHEAD] == [0, 1, 1]
    assert [(one.rule, one.blocks) for one in juno.why] == [("R-DBS-3", False), ("R-MEN-1", False), ("R-DBS-2", True)]
    assert all(one.way_out for one in juno.why)


def test_the_board_says_what_a_session_of_that_day_would_say(story: Story) -> None:
    own = story.stage.authority_id
    with story.stage.work("operator") as work:
        insured_until(work, story.numbers["kit"], date(2027, 1, 31))
        for days in range(0, 100, 7):
            on = TODAY + timedelta(days=days)
            for one in compliance_on(work, own, on).standings:
                said = may_hold(work, work.get(Mentor, one.mentor_id), on, ("enhanced_dbs", "public_liability"), own)
                assert one.may_work is not any(each.blocks for each in said)


def test_who_is_kept_out_stands_first_with_every_reason(story: Story) -> None:
    with story.stage.work("operator") as work:
        insured_until(work, story.numbers["kit"], date(2026, 11, 9))
    with story.stage.work() as work:
        board = compliance_on(work, story.stage.authority_id)
    first = board.standings[0]
    assert (first.name, first.may_work, board.kept_out) == ("Kit Ferndrake", False, (first,))
    assert [one.rule for one in first.why if one.blocks] == ["R-INS-1"]


def test_what_was_seen_after_the_day_does_not_count_for_it(story: Story) -> None:
    with story.stage.work("operator") as work:
        juno = work.get(Mentor, story.mentor_id)
        newer = {"kind_of_check": "enhanced_dbs", "issued_on": date(2026, 11, 20), "seen_on": date(2026, 11, 21)}
        work.add(MentorCheck(mentor=juno, seen_by="Hester Quillmarsh", **newer))
        work.db.flush()
        stops = {}
        for on in (date(2026, 11, 20), date(2026, 11, 21)):
            board = compliance_on(work, story.stage.authority_id, on)
            stops[on] = next(one.stops_on for one in board.standings if one.mentor_id == juno.id)
    assert stops == {date(2026, 11, 20): date(2026, 12, 20), date(2026, 11, 21): None}


@pytest.mark.parametrize("days", [-1, 0, 28, 29, 30, 31])
def test_the_list_of_insurances_that_run_out_is_what_the_rule_says(story: Story, days: int) -> None:
    with story.stage.work("operator") as work:
        insured_until(work, story.numbers["kit"], TODAY + timedelta(days=days))
        listed = set(work.db.scalars(select(Mentor.id).where(insurance_running_out(work))))
        policy = work.policy_of(story.stage.authority_id)
        kit = checks_of(work.get(Mentor, story.numbers["kit"]))
        assert (story.numbers["kit"] in listed) is bool(insurance(kit, TODAY, policy))


def test_a_mentor_finds_themselves_only_and_a_referrer_nobody(story: Story) -> None:
    with story.stage.work("mentor", mentor_id=story.mentor_id) as work:
        assert [one.name for one in compliance_on(work, story.stage.authority_id).standings] == ["Juno Tansyhurst"]
    with story.stage.work("referrer") as work, pytest.raises(NotAllowed):
        compliance_on(work, story.stage.authority_id)


def test_few_statements_however_many_mentors(story: Story) -> None:
    counted = []
    for number in range(2):
        asked: list[str] = []
        with story.stage.work() as work:
            event.listen(story.stage.engine, "before_cursor_execute", lambda *told, kept=asked: kept.append(told[2]))
            many = len(compliance_on(work, story.stage.authority_id).standings)
        counted.append((many, len(asked)))
        for more in range(6 if not number else 0):
            story.another_mentor(f"Bea Thistlemere {more}")
    (few, first), (more_of_them, second) = counted[0], counted[1]
    assert more_of_them == few + 6 and second <= first <= 14
