"""Enrolments for tests of reviews and evidence: made-up young people, already at work with a mentor."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import count
from typing import Any

import pytest

from cmcore.base.clock import LONDON
from cmcore.base.lifecycle import moving
from cmcore.commissions.records import Commission
from cmcore.enrolments.records import Enrolment
from cmcore.forms import Score
from cmcore.measures.shipped import EIGHT
from cmcore.mentors.records import Mentor, MentorAuthority
from cmcore.programmes.records import Programme
from cmcore.reviews.actions import score_review
from cmcore.reviews.forms import ReviewAnswers
from cmcore.reviews.records import Review
from cmcore.safekeeping.work import Work
from cmcore.sessions.records import MentoringSession
from cmcore.testing import Stage
from cmcore.young_people.records import YoungPerson

#: Beyond the references that other made-up people have.
_numbers = count(2001)

#: The day enrolments usually start; days of the reviews that follow.
STARTED = date(2026, 5, 19)
JULY, SEPTEMBER = date(2026, 7, 7), date(2026, 9, 22)


@dataclass
class Ground:
    """A programme and a mentor of the stage's authority; ``enrolment`` puts somebody into it."""

    stage: Stage
    programme_id: int
    mentor_id: int
    authority_id: int

    def enrolment(
        self,
        work: Work,
        *,
        started_on: date | None = STARTED,
        state: str = "active",
        born_on: date = date(2012, 3, 1),
        minutes: int = 0,
        **more: Any,
    ) -> Enrolment:
        """An enrolment in that state, with so many minutes of sessions held since it started."""
        number = next(_numbers)
        person = work.add(
            YoungPerson(
                authority_id=self.authority_id,
                ref=f"WR-{number:04d}",
                given_name="Merrin",
                family_name=f"Brackenhollow{number}",
                born_on=born_on,
                **{key: more.pop(key) for key in ("care_status",) if key in more},
            )
        )
        work.db.flush()
        made = Enrolment(
            authority_id=self.authority_id,
            ref=f"WR-E-{number:04d}",
            young_person_id=person.id,
            programme_id=self.programme_id,
            started_on=started_on,
            **more,
        )
        with moving(made):
            made.state = state
        work.add(made)
        work.db.flush()
        if minutes and started_on:
            self.session(work, made, started_on + timedelta(days=10), minutes)
        return made

    def commission(self, work: Work, enrolment: Enrolment) -> Commission:
        """The mentor's commission of an enrolment, active."""
        made = Commission(
            authority_id=self.authority_id,
            enrolment_id=enrolment.id,
            young_person_id=enrolment.young_person_id,
            mentor_id=self.mentor_id,
            minutes=1440,
            rate_pence=3500,
            starts_on=enrolment.started_on or STARTED,
        )
        with moving(made):
            made.state = "active"
        work.add(made)
        work.db.flush()
        return made

    def session(self, work: Work, enrolment: Enrolment, on: date, minutes: int = 90, outcome: str = "held") -> None:
        """One session of the enrolment on a day."""
        commission = work.db.query(Commission).filter_by(enrolment_id=enrolment.id).first()
        begins = datetime.combine(on, time(10), LONDON)
        work.add(
            MentoringSession(
                authority_id=self.authority_id,
                commission_id=(commission or self.commission(work, enrolment)).id,
                enrolment_id=enrolment.id,
                young_person_id=enrolment.young_person_id,
                mentor_id=self.mentor_id,
                starts_at=begins,
                ends_at=begins + timedelta(minutes=minutes),
                minutes=minutes,
                place="school",
                outcome=outcome,
            )
        )
        work.db.flush()


def ground(stage: Stage, key: str = "creative-mentoring", authority_id: int | None = None) -> Ground:
    """The ground of a stage: one programme of creative mentoring, one mentor."""
    authority_id = authority_id or stage.authority_id
    with stage.work("operator", authority_id=authority_id) as work:
        programme = work.add(
            Programme(
                authority_id=authority_id,
                key=key,
                title="Creative mentoring",
                type_key="creative-mentoring",
                measure_set="eight@1",
            )
        )
        mentor = Mentor(ref=f"M-{next(_numbers):04d}", name="Juno Tansyhurst", home_authority_id=authority_id)
        mentor.works_for.append(MentorAuthority(authority_id=authority_id))
        with moving(mentor):
            mentor.state = "active"
        work.add(mentor)
        work.db.flush()
        return Ground(stage, programme.id, mentor.id, authority_id)


def answers(
    enrolment: Enrolment,
    kind: str = "baseline",
    held_on: date = date(2026, 5, 26),
    scores: Mapping[str, int | str] | int = 3,
    *,
    by: str = "joint",
    guided: bool | None = True,
    form: type[ReviewAnswers] = ReviewAnswers,
    **more: Any,
) -> Any:
    """The answers of a review of the eight: a number for all, or by measure; a text is why it was not scored."""
    given = {key: scores if isinstance(scores, int) else scores.get(key, 3) for key in EIGHT.keys}
    strangers = {} if isinstance(scores, int) else {key: each for key, each in scores.items() if key not in given}
    return form(
        enrolment_id=enrolment.id,
        kind_of_review=kind,
        held_on=held_on,
        scored_by=by,
        guided_by_child=guided,
        scores={
            key: Score(each) if isinstance(each, int) else Score(None, each)
            for key, each in (given | strangers).items()
        },
        **more,
    )


def final(work: Work, enrolment: Enrolment) -> Review:
    """A final baseline of an enrolment, scored by the action."""
    return score_review(work, answers(enrolment))


@pytest.fixture
def at_work(stage: Stage) -> Ground:
    """The ground of the stage's authority."""
    return ground(stage)


@pytest.fixture
def work(stage: Stage, at_work: Ground) -> Iterator[Work]:
    """A coordinator's piece of work on that ground, undone afterwards."""
    opened = stage.work()
    yield opened
    opened.undo()
    opened.close()
