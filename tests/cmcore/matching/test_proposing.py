"""Mentors proposed for a referral, and the decision a person makes of it."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import event, select

from cmcore.base.findings import NotAllowed
from cmcore.commissions.records import Commission
from cmcore.matching.actions import add_travel_distance, decide_match
from cmcore.matching.forms import MatchDecisionAnswers, TravelDistanceAnswers
from cmcore.matching.queries import decided, enrolment_to_fill, propose
from cmcore.matching.records import MatchDecision, TravelDistance
from cmcore.mentors.records import Mentor
from cmcore.referrals.records import Referral
from cmcore.safekeeping.work import Work
from cmcore.testing import Stage, refused
from cmcore.testing.story import Story
from cmcore.virtual_schools.records import Setting
from tests.databases import Beginning

MONDAY = date(2026, 11, 16)


def settled(stage: Stage) -> Story:
    """An accepted referral of somebody who likes films, in DE4; Juno films there, Kit dances in S40."""
    made = Story.begin(stage)
    made.numbers["kit"] = made.another_mentor("Kit Ferndrake")
    with stage.work("operator") as work:
        work.get(Setting, made.setting_id).postcode = "DE4 3AA"
        juno, kit = work.get(Mentor, made.mentor_id), work.get(Mentor, made.numbers["kit"])
        juno.art_forms, juno.postcode_district, juno.capacity, juno.availability = ["Film"], "DE4", 3, "Weekdays"
        kit.art_forms, kit.postcode_district, kit.travel_miles = ["Dance"], "S40", 20
        juno.least_age, juno.most_age = 11, 18
    with stage.work() as work:
        made.accepted(work, interests="Makes films with a phone.")
    return made


@pytest.fixture
def beginning() -> Beginning:
    """What these tests begin with."""
    return settled


def referral(work: Work, story: Story) -> Referral:
    return work.get(Referral, story.referral_id)


def choosing(key: int, planned_on: date = MONDAY) -> MatchDecisionAnswers:
    return MatchDecisionAnswers(mentor_id=key, planned_on=planned_on, reason="They met at the open day and got on.")


def test_mentors_are_ranked_with_every_part_told(story: Story) -> None:
    with story.stage.work() as work:
        made = propose(work, referral(work, story), MONDAY)
    assert [one.name for one in made.candidates] == ["Juno Tansyhurst", "Kit Ferndrake"]
    assert (made.wanted.district, made.district_from, made.wanted.age) == ("DE4", "Quillen Tarn School", 14)
    juno, kit = made.candidates
    assert juno.score > kit.score and not juno.blocks
    assert [one.key for one in juno.parts] == ["interest", "distance", "availability", "capacity", "age", "earlier"]
    assert "about 25 miles" in next(one.why for one in kit.parts if one.key == "distance").lower()


def test_a_hard_block_is_named_as_at_the_planned_day(story: Story) -> None:
    later = date(2028, 3, 1)
    with story.stage.work() as work:
        assert propose(work, referral(work, story), date(2028, 2, 29)).open_to
        made = propose(work, referral(work, story), later)
        assert made.open_to == ()
        assert {one.rule for each in made.candidates for one in each.blocks} == {"R-DBS-2"}
        with refused("R-DBS-2", "was three years old on 1 March 2028"):
            decide_match(work, referral(work, story), choosing(story.mentor_id, later))


def test_a_distance_that_was_entered_counts_instead(story: Story) -> None:
    with story.stage.work() as work:
        add_travel_distance(work, TravelDistanceAnswers(one_district="s40", other_district="DE4", miles=9))
        kept = work.db.scalars(select(TravelDistance)).one()
        assert (kept.one_district, kept.other_district) == ("DE4", "S40")
        kit = propose(work, referral(work, story), MONDAY).of(story.numbers["kit"])[1]
        assert kit is not None and "9 miles" in kit.parts[1].why and kit.parts[1].points > 0


def test_a_person_decides_and_nobody_is_commissioned(story: Story) -> None:
    with story.stage.work() as work:
        made = decide_match(work, referral(work, story), choosing(story.numbers["kit"]))
        assert (made.place, made.ranked, made.decided_by) == (2, 2, "Hester Quillmarsh (coordinator)")
        assert [one["key"] for one in made.parts][0] == "interest" and made.score > 0
    with story.stage.work() as work:
        assert work.db.scalars(select(Commission)).all() == []
        assert referral(work, story).state == "accepted"
        assert [one.id for one in decided(work, story.referral_id)] == [made.id]
        found = enrolment_to_fill(work, story.referral_id)
        assert found is not None and found.id == story.enrolment_id


def test_a_decision_needs_its_reason_and_a_referral_that_was_accepted(story: Story) -> None:
    other = story.beside("Dapple", "Fernsby")
    with story.stage.work() as work:
        waiting = other.refer(work)
        with refused(None, "This referral is “Submitted”"):
            decide_match(work, waiting, choosing(story.mentor_id))
        with refused(None, "Why this mentor"):
            decide_match(
                work,
                referral(work, story),
                MatchDecisionAnswers(mentor_id=story.mentor_id, planned_on=MONDAY, reason=""),
            )


def test_nobody_is_matched_before_those_who_brief_are_named(story: Story) -> None:
    with story.stage.work() as work:
        referral(work, story).social_worker_id = None
        with refused("R-REF-2"):
            decide_match(work, referral(work, story), choosing(story.mentor_id))


@pytest.mark.parametrize("role", ["mentor", "referrer", "finance", "evaluator"])
def test_only_those_who_match_see_a_proposal(story: Story, role: str) -> None:
    with story.stage.work() as work:
        decide_match(work, referral(work, story), choosing(story.mentor_id))
        kept = referral(work, story)
    who = {"mentor": {"mentor_id": story.mentor_id}, "referrer": {"setting_id": story.setting_id}}.get(role, {})
    with story.stage.work(role, **who) as work:
        assert work.db.scalars(select(MatchDecision)).all() == []
        with pytest.raises(NotAllowed):
            propose(work, kept)


def test_few_statements_however_many_mentors(story: Story) -> None:
    for more in range(5):
        story.another_mentor(f"Bea Thistlemere {more}")
    asked: list[str] = []
    with story.stage.work() as work:
        kept = referral(work, story)
        event.listen(story.stage.engine, "before_cursor_execute", lambda *told: asked.append(told[2]))
        assert len(propose(work, kept, MONDAY).candidates) == 7
    assert len(asked) <= 16
