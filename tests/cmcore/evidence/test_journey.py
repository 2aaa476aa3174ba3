"""A young person's journey holds what happened, and of it only what whoever asks may see."""

from __future__ import annotations

from datetime import date

import pytest

from cmcore.base.findings import NotFound
from cmcore.evidence.journey import journey_of, looks_at
from cmcore.testing import Stage
from cmcore.testing.story import Story
from cmcore.young_people.actions import remove_young_person
from cmcore.young_people.records import YoungPerson
from tests.cmcore.roster import a_young_person
from tests.databases import Beginning


def settled(stage: Stage) -> Story:
    """One young person since May, with two mentors one after the other, a baseline and five sessions."""
    story = Story.begin(stage.on(date(2026, 5, 19)))
    with stage.work() as work:
        story.started(work)
        story.scored(work, date(2026, 5, 19))
    stage.on(date(2026, 7, 1))
    with stage.work() as work:
        story.logged(work, *(date(2026, 6, day) for day in (1, 8, 15, 22)))
    first, story.mentor_id = story.commission_id, story.another_mentor()
    stage.on(date(2026, 9, 1))
    with stage.work() as work:
        story.commissioned(work, hours=6)
    stage.on(date(2026, 11, 10))
    with stage.work() as work:
        story.logged(work, date(2026, 10, 1), minutes=60)
    story.numbers = {"first": first, "second": story.commission_id}
    return story


@pytest.fixture
def beginning() -> Beginning:
    """What these tests begin with."""
    return settled


def test_a_coordinator_reads_the_whole_way(story: Story) -> None:
    with story.stage.work() as work:
        journey = journey_of(work, story.person_id, sessions=3)
        assert journey.enrolment is not None and journey.enrolment.id == story.enrolment_id
        assert [each.id for each in journey.commissions_of(journey.enrolment)] == list(story.numbers.values())
        assert [str(each.mentor) for each in journey.commissions] == ["Juno Tansyhurst", "Kit Ferndrake"]
        assert journey.used == {story.numbers["first"]: 360, story.numbers["second"]: 60}
        assert (len(journey.enrolments), len(journey.sessions), journey.session_count) == (1, 3, 5)
        assert [each.kind_of_review for each in journey.reviews_of(journey.enrolment)] == ["baseline"]
        assert str(journey.education.setting) == "Quillen Tarn School" if journey.education else False
        assert [each.to_state for each in journey.changes_of(journey.enrolment)] == ["active"]


def test_a_referrer_reads_it_without_the_commissions_and_the_enrolment_stays(story: Story) -> None:
    with story.stage.work("referrer", setting_id=story.setting_id) as work:
        journey = journey_of(work, story.person_id)
        assert journey.enrolment is not None and journey.enrolment.id == story.enrolment_id
        assert (journey.commissions, journey.used) == ([], {})


def test_a_mentor_reads_their_own_commission_only(story: Story) -> None:
    with story.stage.work("mentor", mentor_id=story.mentor_id) as work:
        journey = journey_of(work, story.person_id)
        assert [each.id for each in journey.commissions] == [story.numbers["second"]]
        assert journey.session_count == 5


def test_somebody_elsewhere_reads_nothing(story: Story) -> None:
    other = story.stage.authority("991", "Quillshire", "QU")
    with story.stage.work(authority_id=other) as work, pytest.raises(NotFound):
        journey_of(work, story.person_id)


def test_who_looked_at_a_record_that_was_removed_is_not_told_of_one_with_its_key_again(stage: Stage) -> None:
    for look, again in (("one made by mistake", False), ("the right one", True)):
        with stage.work() as work:
            person = a_young_person(work)
            work.db.flush()
            key = person.id
        with stage.work() as work:
            work.opened(work.get(YoungPerson, key), why=look)
        with stage.work("head") as work:
            looks, many = looks_at(work, key, 5)
            assert ([one.why for one in looks], many) == ([look], 1)
        if not again:
            with stage.work() as work:
                remove_young_person(work, work.get(YoungPerson, key))
