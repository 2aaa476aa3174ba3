"""The tutorial of a programme type, typed as it stands: the programme is added, and somebody goes through it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import select

from cmcore.enrolments.actions import move_enrolment
from cmcore.enrolments.records import Enrolment
from cmcore.forms import Score
from cmcore.programmes.records import Programme
from cmcore.reviews.actions import score_review
from cmcore.reviews.forms import ReviewAnswers
from cmcore.reviews.words import ReviewKind, Scorer
from cmcore.safekeeping.work import Work
from cmcore.testing import plugged, refused
from console.app import create_app
from tests.console.autumn import Autumn
from tests.docs.tutorials import Tutorial

PAGE = Path("docs/tutorial/programme_type.md")


@pytest.fixture
def tutorial(tmp_path: Path) -> Tutorial:
    """The page, and an empty folder to type into."""
    return Tutorial(PAGE, tmp_path)


def scored(work: Work, enrolment: Enrolment, kind: ReviewKind, day: date, score: int) -> None:
    """Look at how the week goes."""
    answers = ReviewAnswers(
        enrolment_id=enrolment.id,
        kind_of_review=kind,
        held_on=day,
        scored_by=Scorer.joint,
        guided_by_child=True,
        scores={"came": Score(score, "", ""), "made": Score(score, "", "")},
        words_said=None,
        concern=None,
    )
    score_review(work, answers)


def test_the_programme_is_added_in_the_console_and_a_week_goes_its_way(tutorial: Tutorial, autumn: Autumn) -> None:
    tutorial.read_up_to("the week")
    with tutorial.imported("otherham") as module, plugged(module):
        hester = autumn.visitor(create_app(autumn.stage.engine, clock=autumn.stage.clock))
        asked = hester.opens("/programmes/add").page
        assert "Studio week" in asked and "How the week went" in asked
        told = {"title": "Studio week, autumn", "key": "studio-week", "type_key": "otherham-studio-week"}
        hester.sends("/programmes/add", **told, measure_set="otherham_week@1", open_to_referrals="yes")
        assert hester.status == 303, hester.page
        with autumn.stage.work() as work:
            programme = work.db.scalars(select(Programme).where(Programme.key == "studio-week")).one()
        person = autumn.main.beside("Wick", "Larkmoor").person_id
        hester.opens("/enrolments/add").sends("/enrolments/add", young_person_id=person, programme_id=programme.id)
        assert hester.status == 303, hester.page
        page = hester.opens(hester.answer.location).page
        assert "Begin the week" in page and "Pause" not in page
        _to_the_end(autumn, programme.id, person)
        assert "Studio week, autumn" in hester.opens(f"/evidence/?programme={programme.id}").page
    assert tutorial.says("Studio week is among the types", "Begin the week")


def _to_the_end(autumn: Autumn, programme_id: int, person_id: int) -> None:
    asked = select(Enrolment).where(Enrolment.programme_id == programme_id, Enrolment.young_person_id == person_id)
    today = autumn.stage.clock.today()
    with autumn.stage.work() as work:
        enrolment = work.db.scalars(asked).one()
        assert move_enrolment(work, enrolment, "start").state == "active"
        with refused("R-MEA-4"):
            move_enrolment(work, enrolment, "complete")
        scored(work, enrolment, ReviewKind.baseline, today, 1)
        scored(work, enrolment, ReviewKind.exit, today, 3)
        assert move_enrolment(work, enrolment, "complete").state == "completed"
