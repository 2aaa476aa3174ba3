"""A virtual school that is on its way to an Artsmark: registered, judged, with promises, on 10 November 2026."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

import pytest

import cmcore_artsmark
from cmcore.api import Work, upgrade
from cmcore.testing import Stage, plugged
from cmcore.testing.story import Story
from cmcore_artsmark import commitments, journeys
from cmcore_artsmark.forms import CommitmentAnswers, CommittedAnswers, JourneyAnswers, JudgementAnswers
from cmcore_artsmark.records import ArtsmarkCommitment, ArtsmarkJourney
from cmcore_artsmark.words import At, Criterion, Judgement, Level, Principle

JUDGED, SENT, DUE = date(2026, 10, 1), date(2026, 11, 2), date(2028, 10, 30)


def promise(goal: str = "An event in each half term", due_on: date = date(2027, 6, 30)) -> CommitmentAnswers:
    """The answers of a commitment."""
    return CommitmentAnswers(
        goal=goal,
        criterion=Criterion.offer,
        principles=[Principle.exciting, Principle.belonging],
        owner="Hester Quillmarsh",
        due_on=due_on,
    )


@dataclass
class Way:
    """A journey and its two commitments, by key."""

    story: Story
    journey_id: int
    first_id: int
    second_id: int

    @property
    def stage(self) -> Stage:
        """The stage it stands on."""
        return self.story.stage

    def journey(self, work: Work) -> ArtsmarkJourney:
        """The journey."""
        return work.get(ArtsmarkJourney, self.journey_id)

    def first(self, work: Work) -> ArtsmarkCommitment:
        """The first commitment."""
        return work.get(ArtsmarkCommitment, self.first_id)

    def second(self, work: Work) -> ArtsmarkCommitment:
        """The second commitment."""
        return work.get(ArtsmarkCommitment, self.second_id)

    def sent(self) -> None:
        """Send the Statement of Commitment."""
        with self.stage.work() as work:
            journey = journeys.assess(work, self.journey(work))
            journeys.send_commitment(work, journey, CommittedAnswers(committed_on=SENT, impact_due_on=DUE))


def judged(work: Work, journey: ArtsmarkJourney, *criteria: Criterion, at: At = At.start) -> None:
    """Judge criteria."""
    for criterion in criteria or tuple(Criterion):
        answers = JudgementAnswers(
            criterion=criterion, at=at, judged_on=JUDGED, judgement=Judgement.silver, said="It shows."
        )
        journeys.judge(work, journey, answers)


def registered(work: Work, authority_id: int, setting_id: int | None = None) -> ArtsmarkJourney:
    """Register for an Artsmark."""
    answers = JourneyAnswers(
        setting_id=setting_id, registered_on=date(2026, 9, 14), led_by="Hester Quillmarsh", aims_at=Level.gold
    )
    return journeys.register_journey(work, answers, authority_id)


def settled(stage: Stage) -> Way:
    """The journey, with the plugin in use."""
    with plugged(cmcore_artsmark):
        upgrade(stage.engine)
        story = Story.begin(stage)
        with stage.work() as work:
            journey = registered(work, stage.authority_id)
            judged(work, journey)
            made = [
                commitments.add_commitment(work, journey, promise(goal))
                for goal in ("An event in each half term", "A council of young people")
            ]
            work.db.flush()
            keys = (journey.id, made[0].id, made[1].id)
        return Way(story, *keys)


@pytest.fixture
def beginning() -> Callable[[Stage], Way]:
    """What these tests begin with, done once in a process."""
    return settled


@pytest.fixture
def way(begun: Way) -> Iterator[Way]:
    """The journey, with the plugin in use."""
    with plugged(cmcore_artsmark):
        yield begun
