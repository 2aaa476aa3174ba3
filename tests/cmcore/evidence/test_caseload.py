"""What a list says of an enrolment is what its own page would say, and only of what one may see."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import event, select

from cmcore.enrolments.records import Enrolment
from cmcore.evidence.caseload import NextReview, Standing, next_review, standings
from cmcore.measures.change import ends_of
from cmcore.measures.registry import measure_set
from cmcore.referrals.words import Rag
from cmcore.reviews.queries import final_reviews, standing
from cmcore.reviews.words import ReviewKind
from cmcore.safekeeping.work import Work
from cmcore.testing import Stage
from cmcore.testing.story import Story
from tests.databases import Beginning

TODAY = date(2026, 11, 10)


def settled(stage: Stage) -> Story:
    """Three enrolments: one with two mentors and three reviews, one that has just begun, one that is planned."""
    story = Story.begin(stage.on(date(2026, 5, 19)))
    with stage.work() as work:
        story.started(work)
        story.scored(work, date(2026, 5, 19), concern=Rag.red)
    stage.on(date(2026, 9, 22))
    with stage.work() as work:
        story.logged(work, date(2026, 6, 1), date(2026, 6, 8))
        story.scored(work, date(2026, 7, 1), ReviewKind.interim, concern=Rag.amber)
        story.scored(work, date(2026, 9, 22), ReviewKind.interim)
    second = story.another_mentor()
    story.numbers = {"mentor": story.mentor_id}
    stage.on(TODAY)
    begun, planned = story.beside("Sorrel", "Harecastle"), story.beside("Oriel", "Crane")
    with stage.work() as work:
        story.commissioned(work, mentor_id=second, hours=6)
        begun.started(work)
        planned.accepted(work)
    story.numbers |= {"begun": begun.enrolment_id, "planned": planned.enrolment_id}
    return story


@pytest.fixture
def beginning() -> Beginning:
    """What these tests begin with."""
    return settled


def read(work: Work) -> dict[int, Standing]:
    return standings(work, work.db.scalars(select(Enrolment)).all())


def test_it_holds_mentors_hours_and_reviews(story: Story) -> None:
    with story.stage.work() as work:
        found = read(work)
        first = found[story.enrolment_id]
        assert (first.mentors, first.mentor) == (("Juno Tansyhurst", "Kit Ferndrake"), "Juno Tansyhurst")
        assert (first.minutes, first.used, first.met, first.concern) == (30 * 60, 180, 2, "amber")
        enrolment = work.get(Enrolment, story.enrolment_id)
        ends = ends_of(final_reviews(work, enrolment), measure_set("eight@1"))
        assert ends.baseline and ends.latest
        told = first.ends("eight@1")
        assert told.baseline and told.latest
        assert (told.baseline.held_on, told.latest.held_on) == (ends.baseline.held_on, ends.latest.held_on)
        assert found[story.numbers["planned"]] == Standing()
        assert found[story.numbers["begun"]].mentor == "Juno Tansyhurst"


def test_the_next_review_is_late_when_the_rules_say_so(story: Story) -> None:
    for on in (TODAY, date(2026, 11, 24), date(2026, 11, 25), date(2026, 11, 3)):
        story.stage.on(on)
        with story.stage.work() as work:
            found = read(work)
            for enrolment in work.db.scalars(select(Enrolment)):
                due = next_review(enrolment, found[enrolment.id], work.today, work.policy_of(enrolment))
                assert (due is not None and due.days < 0) == bool(standing(work, enrolment)), (on, enrolment.ref)
    story.stage.on(TODAY)
    with story.stage.work() as work:
        policy = work.policy_of(story.stage.authority_id)
        late, begun = (work.get(Enrolment, key) for key in (story.enrolment_id, story.numbers["begun"]))
        found = read(work)
        assert next_review(late, found[late.id], TODAY, policy) == NextReview("review", -7)
        assert next_review(begun, found[begun.id], TODAY, policy) == NextReview("baseline", 14)


def test_it_is_one_statement_and_holds_no_more_than_one_may_see(story: Story) -> None:
    with story.stage.work("mentor", mentor_id=story.numbers["mentor"]) as work:
        rows = work.db.scalars(select(Enrolment)).all()
        sent: list[str] = []
        event.listen(story.stage.engine, "before_cursor_execute", lambda *told: sent.append(told[2]))
        found = standings(work, rows)
        assert len(sent) == 1
        assert found[story.enrolment_id].mentors == ("Juno Tansyhurst",)
    with story.stage.work("referrer", setting_id=story.setting_id) as work:
        assert read(work)[story.enrolment_id].minutes == 0
    with story.stage.work(authority_id=story.stage.authority("991", "Quillshire", "QU")) as work:
        assert read(work) == {}
