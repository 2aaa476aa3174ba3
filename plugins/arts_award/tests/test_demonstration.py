"""What the demonstration shows keeps every rule: nobody is too young, no mark without evidence, no entry unassessed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from sqlalchemy import select

import cmcore_arts_award
from cmcore.api import Authority, YoungPerson, upgrade
from cmcore.testing import Stage, plugged
from cmcore.testing.story import Story
from cmcore_arts_award.demonstration import fill
from cmcore_arts_award.enrolling import in_the_way
from cmcore_arts_award.queries import level_or_refuse
from cmcore_arts_award.records import AdviserTraining, AwardEnrolment, AwardPart
from cmcore_arts_award.rules import of_age
from cmcore_arts_award.words import Mark

TODAY = date(2026, 11, 24)


@pytest.fixture
def story(stage: Stage) -> Iterator[Story]:
    """Sixty young people of every age."""
    with plugged(cmcore_arts_award):
        upgrade(stage.engine)
        made = Story.begin(stage)
        stage.on(TODAY)
        with stage.work("operator") as work:
            own = {"authority_id": stage.authority_id, "given_name": "Rue"}
            for number in range(60):
                born_on = date(2003, 2, 1) + timedelta(days=110 * number)
                work.add(YoungPerson(ref=f"WR-9{number:03}", family_name=f"Wickenby {number}", born_on=born_on, **own))
        yield made


def test_what_it_shows_keeps_the_rules(story: Story) -> None:
    with story.stage.work("operator") as work:
        fill(work, work.get(Authority, story.stage.authority_id))
    with story.stage.work() as work:
        made = work.db.scalars(select(AwardEnrolment)).all()
        states = {one.state for one in made}
        assert len(made) > 30 and states >= {
            "enrolled",
            "in_progress",
            "assessed",
            "entered",
            "certificated",
            "sampled",
        }
        for one in made:
            person = work.get(YoungPerson, one.young_person_id)
            policy = work.policy_of(one)
            assert of_age(level_or_refuse(one), person.age(one.enrolled_on), policy) == []
            if one.state in ("assessed", "entered", "sampled", "certificated"):
                assert in_the_way(work, one) == [] and one.assessed_on is not None and one.assessed_by
        parts = work.db.scalars(select(AwardPart)).all()
        trained: dict[int, list[AdviserTraining]] = {}
        for training in work.db.scalars(select(AdviserTraining)):
            trained.setdefault(training.arts_award_adviser_id, []).append(training)
        for part in parts:
            if part.mark == Mark.passed:
                code = f"{part.enrolment.scheme}.{part.enrolment.level}"
                assert part.pieces and part.marked_on and part.marked_by_id
                assert any(
                    code in one.levels and one.trained_on <= part.marked_on for one in trained[part.marked_by_id]
                )
        for one in made:
            own = [part for part in parts if part.arts_award_enrolment_id == one.id]
            assert (len(own), sum(part.mark == Mark.passed for part in own)) == (one.parts, one.passed)
