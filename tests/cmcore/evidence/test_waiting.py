"""What a list is narrowed by is what the plain rules say of each record, on both databases."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from cmcore.base.findings import Finding
from cmcore.commissions import rules as commission_rules
from cmcore.commissions.records import Commission
from cmcore.enrolments.actions import move_enrolment
from cmcore.enrolments.records import Enrolment
from cmcore.evidence import waiting
from cmcore.mentors.queries import what_checks_say
from cmcore.mentors.records import Mentor, MentorCheck
from cmcore.reviews.queries import has_exit_review, standing
from cmcore.reviews.words import ReviewKind
from cmcore.safekeeping.work import Work
from cmcore.sessions.queries import minutes_used
from cmcore.sessions.records import MentoringSession
from cmcore.sessions.words import Outcome
from cmcore.testing import Stage
from cmcore.testing.story import Story
from cmcore.virtual_schools.records import Authority
from tests.databases import Beginning

TODAY = date(2026, 11, 10)


def rules_of(findings: list[Finding]) -> set[str | None]:
    return {one.rule for one in findings}


def chosen(work: Work, record: type[Any], condition: Any) -> set[int]:
    return set(work.db.scalars(select(record.id).where(condition)))


def told(work: Work, record: type[Any], says: Callable[[Any], bool]) -> set[int]:
    return {one.id for one in work.db.scalars(select(record)) if says(one)}


def settled(stage: Stage) -> Story:
    return Story.begin(stage.on(date(2026, 6, 1)))


@pytest.fixture
def beginning() -> Beginning:
    """What these tests begin with."""
    return settled


def people(story: Story) -> dict[str, Story]:
    """Enrolments on both sides of every threshold, the day itself included."""
    made: dict[str, Story] = {}
    starts = {f"{gone} days": TODAY - timedelta(days=gone) for gone in (14, 15, 0)}
    scored = {f"{gone} since": TODAY - timedelta(days=gone) for gone in (42, 43, 20)}
    days = starts | scored | {"met": TODAY - timedelta(days=5)}
    for number, (key, on) in enumerate(sorted(days.items(), key=lambda one: one[1])):
        made[key] = story.beside("Marlo", f"Brindle{number}")
        story.stage.on(on)
        with story.stage.work() as work:
            made[key].started(work)
            if key in scored:
                made[key].scored(work, on)
    story.stage.on(TODAY, 18)
    with story.stage.work() as work:
        made["met"].logged(work, TODAY - timedelta(days=2), TODAY - timedelta(days=3), hour=9)
        made["14 days"].logged(work, TODAY - timedelta(days=2), hour=14)
        made["0 days"].logged(work, TODAY, hour=9, outcome=Outcome.absent)
        work.get(Enrolment, made["20 since"].enrolment_id).review_days = 19
        work.get(Enrolment, made["43 since"].enrolment_id).review_days = 60
    return made


@pytest.mark.parametrize("weeks", [0, 1, 3])
def test_a_late_baseline_and_a_review_over_its_day_are_those_the_rules_name(story: Story, weeks: int) -> None:
    people(story)
    story.stage.on(TODAY + timedelta(weeks=weeks))
    with story.stage.work() as work:
        for condition, rule in ((waiting.baseline_late(work), "R-MEA-2"), (waiting.review_over(work), "R-MEA-3")):
            expected = told(work, Enrolment, lambda one, rule=rule: rule in rules_of(standing(work, one)))  # type: ignore[misc]
            assert chosen(work, Enrolment, condition) == expected and expected


def test_each_authority_keeps_its_own_days(story: Story) -> None:
    people(story)
    with story.stage.work("operator") as work:
        authority = work.get(Authority, story.stage.authority_id)
        work.change(authority, policy={"R-MEA-2": {"days": 2, "sessions": 99}, "R-MEA-3": {"days": 41}})
    with story.stage.work() as work:
        for condition, rule in ((waiting.baseline_late(work), "R-MEA-2"), (waiting.review_over(work), "R-MEA-3")):
            expected = told(work, Enrolment, lambda one, rule=rule: rule in rules_of(standing(work, one)))  # type: ignore[misc]
            assert chosen(work, Enrolment, condition) == expected and len(expected) > 1


def test_an_exit_review_is_missing_while_it_closes_without_one(story: Story) -> None:
    closing = {key: story.beside("Marlo", key.title()) for key in ("none", "scored", "reason")}
    for one in closing.values():
        story.stage.on(date(2026, 6, 1))
        with story.stage.work() as work:
            one.started(work)
            one.scored(work, date(2026, 6, 1))
            move_enrolment(work, work.get(Enrolment, one.enrolment_id), "close")
    story.stage.on(TODAY)
    with story.stage.work() as work:
        closing["scored"].scored(work, TODAY, ReviewKind.exit)
        work.get(Enrolment, closing["reason"].enrolment_id).no_exit_review_because = "Moved away."
        work.db.flush()
        missing = chosen(work, Enrolment, waiting.exit_missing(work))
        assert missing == {closing["none"].enrolment_id}
        assert not has_exit_review(work, closing["none"].enrolment_id)


def test_hours_are_nearly_used_from_the_share_on_that_the_rule_tells(story: Story) -> None:
    with story.stage.work() as work:
        story.started(work, hours=5)
    story.stage.on(TODAY)
    with story.stage.work() as work:
        for number in range(5):
            story.logged(work, date(2026, 10, 5 + number), hour=9, minutes=60)
            told_at = work.policy_of(story.stage.authority_id).threshold("R-COM-2", "told_at_percent")

            def said(one: Commission, share: int = told_at) -> bool:
                return bool(commission_rules.near_the_end(one.minutes, minutes_used(work, one.id), share))

            assert chosen(work, Commission, waiting.hours_nearly_used(work)) == told(work, Commission, said)
        assert chosen(work, Commission, waiting.hours_nearly_used(work)) == {story.commission_id}


@pytest.mark.parametrize("today", [date(2026, 11, 10), date(2027, 2, 28), date(2028, 2, 29)])
@pytest.mark.parametrize("days", [-1, 0, 1])
def test_a_certificate_runs_out_on_the_day_the_rule_says(story: Story, today: date, days: int) -> None:
    by = today + timedelta(days=90 + days)
    issued = {date(by.year - 3, by.month, min(by.day, 28)), date(2024, 2, 29), date(2026, 1, 1)}
    mentors = [story.another_mentor(f"Kit Ferndrake {number}") for number, _ in enumerate(sorted(issued))]
    story.stage.on(today)
    with story.stage.work("operator") as work:
        for key, on in zip(mentors, sorted(issued), strict=True):
            check = next(one for one in work.get(Mentor, key).checks if one.kind_of_check == "enhanced_dbs")
            check.issued_on, check.seen_on = on, on
        later = work.get(Mentor, mentors[0])
        work.add(MentorCheck(mentor=later, kind_of_check="enhanced_dbs", issued_on=today, expires_on=by))
        work.add(MentorCheck(mentor=later, kind_of_check="public_liability", issued_on=today))
        work.db.flush()
        raised = told(work, Mentor, lambda one: bool(what_checks_say(work, one, today)))
        assert chosen(work, Mentor, waiting.dbs_running_out(work)) == raised
        assert raised or days == 1


def test_a_plan_whose_time_has_passed_waits_for_its_report(story: Story) -> None:
    with story.stage.work() as work:
        story.started(work)
        plan = story.logged(work, date(2026, 6, 2), outcome=None, done=None)
        assert chosen(work, MentoringSession, waiting.session_unreported(work)) == set()
        key = plan.id
    story.stage.on(date(2026, 6, 2), 20)
    with story.stage.work() as work:
        assert chosen(work, MentoringSession, waiting.session_unreported(work)) == {key}
