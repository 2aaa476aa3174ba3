"""The programme in sixty lines, typed as its page has it: somebody is referred to it, and it ends in evidence."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from cmcore.commissions.records import Commission
from cmcore.enrolments.actions import move_enrolment
from cmcore.enrolments.records import Enrolment
from cmcore.programmes.records import Programme
from cmcore.reviews.words import ReviewKind
from cmcore.testing import plugged, refused
from console.app import create_app
from tests.console.autumn import Autumn
from tests.console.visitor import Visitor
from tests.docs.tutorials import Tutorial

PAGE = Path("docs/tutorial/reading_buddies.md")
BEGIN = {"likes": 2, "aloud": 1, "talks": 3}
END = {"likes": 4, "aloud": 3, "talks": 3}


@pytest.fixture
def tutorial(tmp_path: Path) -> Tutorial:
    """The page, typed into an empty folder."""
    made = Tutorial(PAGE, tmp_path)
    made.read_up_to("the programme")
    return made


def test_it_takes_fewer_than_sixty_lines(tutorial: Tutorial) -> None:
    text = (tutorial.folder / "buddies/cmcore_buddies/__init__.py").read_text(encoding="utf-8")
    assert len([line for line in text.splitlines() if line.strip()]) < 60


def test_from_referral_to_evidence_in_its_own_words_and_on_its_own_measures(tutorial: Tutorial, autumn: Autumn) -> None:
    with tutorial.imported("buddies") as module, plugged(module):
        app = create_app(autumn.stage.engine, clock=autumn.stage.clock)
        hester = autumn.visitor(app)
        programme = _set_up(hester, autumn)
        assert "Reading buddies, autumn" in hester.opens("/referrals/add").page
        story = replace(autumn.main.beside("Wick", "Larkmoor"), programme_id=programme)
        today = autumn.stage.clock.today()
        with autumn.stage.work() as work:
            story.accepted(work, outcomes=("likes", "talks"))
        page = hester.opens(f"/enrolments/{story.enrolment_id}").page
        assert "Waiting for a buddy" in page and "They have met" in page
        with autumn.stage.work() as work:
            enrolment = work.get(Enrolment, story.enrolment_id)
            assert move_enrolment(work, enrolment, "start").state == "active"
            assert not work.db.scalars(select(Commission).where(Commission.enrolment_id == enrolment.id)).all()
        asked = hester.opens(f"/reviews/add?enrolment_id={story.enrolment_id}").page
        assert "Likes reading" in asked and "Reads aloud" in asked and "Confidence" not in asked
        with autumn.stage.work() as work:
            story.scored(work, today, ReviewKind.baseline, BEGIN)
            with refused("R-MEA-4"):
                move_enrolment(work, work.get(Enrolment, story.enrolment_id), "complete")
        later = today + timedelta(weeks=6)
        autumn.stage.on(later)
        with autumn.stage.work() as work:
            story.scored(work, later, ReviewKind.exit, END)
            assert move_enrolment(work, work.get(Enrolment, story.enrolment_id), "complete").state == "completed"
        # Six weeks later she has to sign in again.
        hester = autumn.visitor(app)
        assert "Reading buddies, autumn" in hester.opens("/enrolments/").page
        assert "Likes reading" in hester.opens(f"/young-people/{story.person_id}").page
        evidence = hester.opens(f"/evidence/?programme={programme}").page
        assert "Likes reading" in evidence and "Talks about books" in evidence
    assert tutorial.says("Waiting for a buddy", "They have met", "the reviews ask for its three measures")


def _set_up(hester: Visitor, autumn: Autumn) -> int:
    told = {"title": "Reading buddies, autumn", "key": "buddies", "type_key": "buddies-reading"}
    hester.opens("/programmes/add").sends(
        "/programmes/add", **told, measure_set="buddies_reading@1", open_to_referrals="yes"
    )
    assert hester.status == 303, hester.page
    with autumn.stage.work() as work:
        return work.db.scalars(select(Programme.id).where(Programme.key == "buddies")).one()
