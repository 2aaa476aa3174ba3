"""A study with a frozen protocol, a partner, and young people with a permission for research; 10 November 2026."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

import pytest

import cmcore_action_research
from cmcore.api import Enrolment, Work, YoungPerson, upgrade
from cmcore.testing import Stage, plugged
from cmcore.testing.story import Story
from cmcore_action_research import partners, places, protocols
from cmcore_action_research.forms import (
    AnalysisAnswers,
    PartnerAnswers,
    ProtocolAnswers,
    RoundAnswers,
    StudyReferralAnswers,
)
from cmcore_action_research.made_up import drawn_up, permit, with_adults
from cmcore_action_research.people_records import StudyPlace, StudyReferral
from cmcore_action_research.records import ResearchStudy, StudyProtocol
from cmcore_action_research.words import Compares, PartnerKind, Statistic

FROZEN, JOINED, GIVEN = date(2026, 11, 10), date(2026, 11, 10), date(2026, 11, 12)
PARTNER = "wilf.ambergate"
BORN = date(2010, 3, 1)

PROTOCOL = ProtocolAnswers(
    question="Does mentoring help those who wait least?",
    who="Young people in care after 16.",
    themes=["mental_health", "gaming"],
    measures=["all"],
    dose_hours=24,
    dose_months=3,
    least_age=15,
    most_age=18,
    places=40,
    waiting_weeks=12,
    starts_on=date(2026, 11, 10),
    ends_on=date(2027, 7, 31),
)
ANALYSIS = AnalysisAnswers(measure="all", statistic=Statistic.median_change, compares=Compares.mentored_waiting)
PARTNERSHIP = PartnerAnswers(
    organisation="Quillhaven Lodgings",
    kind_of_partner=PartnerKind.housing,
    name="Wilf Ambergate",
    login=PARTNER,
    themes=["mental_health"],
    starts_on=date(2026, 9, 1),
    ends_on=None,
)
_GIVEN = ("Tansy", "Rowan", "Merle", "Wren", "Lark", "Ember", "Sorrel", "Briar", "Hollis", "Fen", "Juniper", "Teasel")
_FAMILY = ("Quillmarsh", "Fennimore", "Oxlade", "Dapplewood", "Amblewick", "Wetherspindle", "Bramblecote", "Tarnsworth")


@dataclass
class Ground:
    """The study and who is in it, by key."""

    stage: Stage
    story: Story
    study_id: int
    protocol_id: int
    people: list[int] = field(default_factory=list)

    def study(self, work: Work) -> ResearchStudy:
        """The study."""
        return work.get(ResearchStudy, self.study_id)

    def protocol(self, work: Work) -> StudyProtocol:
        """The first version of its protocol."""
        return work.get(StudyProtocol, self.protocol_id)

    def partner(self) -> Work:
        """A work of the partner, signed in as a referrer."""
        return self.stage.work("referrer", login=PARTNER)

    def frozen(self) -> Ground:
        """Freeze the protocol, which opens the study."""
        with self.stage.work() as work:
            protocols.freeze(work, self.protocol(work))
        return self

    def person(
        self, work: Work, number: int, born_on: date = BORN, sex: str = "1", *, permitted: bool = True
    ) -> YoungPerson:
        """A made-up young person with a permission for research."""
        made = work.add(
            YoungPerson(
                authority_id=self.stage.authority_id,
                ref=f"WR-9{number:03d}",
                given_name=_GIVEN[number % len(_GIVEN)],
                family_name=_FAMILY[number % len(_FAMILY)],
                born_on=born_on,
                sex=sex,
                ethnicity="WBRI",
            )
        )
        work.db.flush()
        with_adults(work, made)
        if permitted:
            permit(work, made)
        self.people.append(made.id)
        return made

    def referred(self, work: Work, person: YoungPerson, **changes: Any) -> StudyReferral:
        """A person referred by the partner."""
        told = StudyReferralAnswers(
            action_research_study_id=str(self.study_id),
            given_name=person.given_name,
            family_name=person.family_name,
            born_on=person.born_on,
            theme="mental_health",
            why="A way back.",
            willing=True,
        )
        return partners.refer(work, replace(told, **changes))

    def joined(self, work: Work, number: int, **about: Any) -> StudyPlace:
        """Somebody at the end of the line, without a referral: what most tests need."""
        return places.join(work, self.study(work), self.person(work, number, **about), JOINED)

    def lined_up(self, many: int, **about: Any) -> list[int]:
        """So many in line; the keys of their places."""
        with self.stage.work("operator") as work:
            made = [self.joined(work, number, **about) for number in range(many)]
            work.db.flush()
            return [one.id for one in made]

    def round(self, many: int) -> None:
        """Give so many places; the others wait first."""
        self.stage.on(GIVEN)
        with self.stage.work() as work:
            places.give_round(work, self.study(work), RoundAnswers(many=many, given_on=GIVEN))

    def of(self, place: StudyPlace) -> Story:
        """The story of somebody's enrolment, to score and log with."""
        return replace(
            self.story, person_id=place.young_person_id, enrolment_id=place.enrolment_id, commission_id=0, numbers={}
        )

    def begun(self, work: Work, place: StudyPlace) -> Enrolment:
        """Commission a mentor for somebody who has a place, and start."""
        from cmcore.api.acts import move_enrolment

        story = self.of(place)
        story.commissioned(work, starts_on=GIVEN)
        self.story.commission_id = story.commission_id
        return move_enrolment(work, work.get(Enrolment, place.enrolment_id), "start", on=self.stage.clock.today())


def settled(stage: Stage) -> Ground:
    """A study whose protocol is drafted, and its partner."""
    with plugged(cmcore_action_research):
        upgrade(stage.engine)
        story = Story.begin(stage)
        with stage.work("operator") as work:
            protocol = drawn_up(
                work,
                stage.authority_id,
                "Waiting and mentoring 2026",
                PROTOCOL,
                ANALYSIS,
                evaluated_by="The Institute of Quillen Tarn",
            )
            partners.add_partner(work, PARTNERSHIP, stage.authority_id)
            work.db.flush()
            study = work.get(ResearchStudy, protocol.action_research_study_id)
            story.programme_id = study.programme_id
            keys = (study.id, protocol.id)
        return Ground(stage, story, *keys)


@pytest.fixture
def beginning() -> Callable[[Stage], Ground]:
    """What these tests begin with, done once in a process."""
    return settled


@pytest.fixture
def ground(begun: Ground) -> Iterator[Ground]:
    """The study, with the plugin in use."""
    with plugged(cmcore_action_research):
        yield begun
