"""A cohort with two places in 2026-27 and four schools of Wrenshire that may apply, on 10 November 2026."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, time
from typing import Any

import pytest
from sqlalchemy import select

import cmcore_attachment_aware
from cmcore.api import Setting, Work, upgrade
from cmcore.testing import Stage, plugged
from cmcore_attachment_aware import cohorts, portfolios, projects, schools, training
from cmcore_attachment_aware.forms import (
    ApplicationAnswers,
    CohortAnswers,
    DayAnswers,
    LearntAnswers,
    OfferAnswers,
    PieceAnswers,
    ProjectAnswers,
    ReadingAnswers,
    StaffAnswers,
)
from cmcore_attachment_aware.records import AwareCohort, AwareDay, AwarePlace
from cmcore_attachment_aware.words import At, Indicator, PieceKind, StaffRole

NAMES = ("Quillen Tarn School", "Pipistrelle Academy", "Tarnside Primary School", "Ashfold Unit")
COHORT = CohortAnswers(
    year=2026, places=2, apply_by_on=None, starts_on=date(2026, 9, 1), ends_on=date(2027, 7, 20), led_by=""
)
OFFER = OfferAnswers(answer_by_on=None, out_of_turn="")
PROJECT = ProjectAnswers(
    title="A calm start",
    question="What happens when every child is greeted by name?",
    tried="",
    for_whom="Year 9",
    before_from=date(2025, 9, 8),
    before_to=date(2025, 10, 24),
    after_from=date(2026, 9, 7),
    after_to=date(2026, 10, 23),
)
COUNTED = {
    (Indicator.suspensions, At.before): (12, 240),
    (Indicator.suspensions, At.after): (7, 236),
    (Indicator.exclusions, At.before): (2, 240),
    (Indicator.exclusions, At.after): (0, 236),
    (Indicator.attendance, At.before): (17_000, 19_000),
    (Indicator.attendance, At.after): (17_200, 19_000),
}


def application(setting_id: int, **changes: Any) -> ApplicationAnswers:
    """The answers of an application."""
    usual = ApplicationAnswers(
        setting_id=setting_id,
        why="Too many are sent out of lessons.",
        staff_expected=3,
        lead_name="Juno Tansyhurst",
        lead_role=StaffRole.designated_teacher,
        lead_email="",
        head_name="Maud Pebblewick",
        head_agrees=True,
        head_agreed_on=date(2026, 11, 2),
    )
    return replace(usual, **changes)


@dataclass
class Year:
    """The cohort and the schools, by key."""

    stage: Stage
    cohort_id: int
    settings: tuple[int, ...]

    def cohort(self, work: Work) -> AwareCohort:
        """The cohort."""
        return work.get(AwareCohort, self.cohort_id)

    def place(self, work: Work, number: int = 0) -> AwarePlace:
        """The place of one of the schools."""
        asked = select(AwarePlace).where(AwarePlace.setting_id == self.settings[number])
        return work.db.scalars(asked).one()

    def school(self, number: int = 0) -> Work:
        """A piece of work by the staff of one of the schools."""
        return self.stage.work("referrer", setting_id=self.settings[number], login=f"school.{number}")

    def apply(self, *numbers: int) -> None:
        """Have schools apply, each by its own staff."""
        for number in numbers:
            with self.school(number) as work:
                schools.apply_for(work, self.cohort(work), application(self.settings[number]))

    def wait(self, *numbers: int) -> None:
        """Put applications on the waiting list, one after the other."""
        for number in numbers:
            with self.stage.work() as work:
                schools.put_on_waiting_list(work, self.place(work, number))

    def join(self, *numbers: int) -> None:
        """Have schools apply, be offered a place and accept it."""
        for number in numbers:
            self.apply(number)
            with self.stage.work() as work:
                schools.offer_place(work, self.place(work, number), OFFER)
            with self.school(number) as work:
                schools.accept_place(work, self.place(work, number))

    def train(self, number: int = 0, *, days: int = 2, people: int = 2) -> None:
        """Name staff of a school and have them come to training days that have been."""
        with self.stage.work() as work:
            place = self.place(work, number)
            staff = [training.add_staff(work, place, somebody(name)) for name in ("Rue Wickenby", "Ivo Larkenshaw")]
            made = list(work.db.scalars(select(AwareDay).order_by(AwareDay.id))) or [
                cohorts.add_day(work, self.cohort(work), a_day(date(2026, 9, 20 + each))) for each in range(days)
            ]
            work.db.flush()
            for each in made:
                for one in staff[:people]:
                    training.mark(work, each, one, came=True)

    def count(self, number: int = 0, *, but: tuple[Indicator, At] | None = None, **more: Any) -> None:
        """Begin the project of a school, count what it counts, and write what was learnt."""
        with self.school(number) as work:
            project = projects.begin_project(work, self.place(work, number), replace(PROJECT, **more))
            work.db.flush()
            for (indicator, at), (many, of) in COUNTED.items():
                if (indicator, at) != but:
                    projects.count_indicator(work, project, reading(indicator, at, many, of))
            told = LearntAnswers(learnt_on=date(2026, 11, 9), tried="Two adults at the door.", learnt="It is calmer.")
            projects.write_learnt(work, project, told)

    def write(self, number: int = 0, pieces: int = 3) -> None:
        """Write pieces of a portfolio."""
        with self.school(number) as work:
            for each in range(pieces):
                portfolios.add_piece(work, self.place(work, number), piece(f"Piece {each}"))

    def complete(self, number: int = 0) -> None:
        """Take a school from its application to graduation."""
        self.join(number)
        self.train(number)
        self.count(number)
        self.write(number)
        with self.stage.work() as work:
            schools.graduate(work, self.place(work, number))


def somebody(name: str, joined_on: date = date(2026, 9, 1)) -> StaffAnswers:
    """One of the staff."""
    return StaffAnswers(name=name, role=StaffRole.teacher, joined_on=joined_on, left_on=None)


def a_day(on: date, title: str = "What behaviour tells") -> DayAnswers:
    """A training day."""
    return DayAnswers(
        title=title, about_what="", held_on=on, starts=time(9, 30), ends=time(15, 30), venue="Town hall", led_by=""
    )


def reading(indicator: Indicator, at: At, number: int | None, out_of: int | None, missing: str = "") -> ReadingAnswers:
    """A count."""
    return ReadingAnswers(indicator=indicator, at=at, number=number, out_of=out_of, missing=missing, source="Census")


def piece(title: str) -> PieceAnswers:
    """A piece of a portfolio."""
    return PieceAnswers(
        title=title,
        kind_of_piece=PieceKind.practice,
        told="Two adults at the door.",
        how="",
        link="",
        written_on=date(2026, 11, 9),
    )


def settled(stage: Stage) -> Year:
    """The cohort and the schools, with the plugin in use."""
    with plugged(cmcore_attachment_aware):
        upgrade(stage.engine)
        with stage.work() as work:
            made = [
                work.add(
                    Setting(
                        name=name,
                        kind_of_setting="school",
                        la_code="990",
                        easting=400_000 + 4_000 * number,
                        northing=300_000 + 3_000 * (number % 2),
                    )
                )
                for number, name in enumerate(NAMES)
            ]
            cohort = cohorts.open_cohort(work, COHORT)
            work.db.flush()
            return Year(stage, cohort.id, tuple(one.id for one in made))


@pytest.fixture
def beginning() -> Callable[[Stage], Year]:
    """What these tests begin with, done once in a process."""
    return settled


@pytest.fixture
def year(begun: Year) -> Iterator[Year]:
    """The cohort and the schools, with the plugin in use."""
    with plugged(cmcore_attachment_aware):
        yield begun
