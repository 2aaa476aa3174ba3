"""Somebody who prints with a mentor, two advisers of whom one is trained, and the plugin."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

import pytest

import cmcore_arts_award
from cmcore.api import upgrade
from cmcore.api.acts import move_enrolment
from cmcore.testing import Stage, plugged
from cmcore.testing.story import Story
from cmcore_arts_award.advising import add_adviser, add_training
from cmcore_arts_award.forms import AdviserAnswers, TrainingAnswers
from plugins.arts_award.tests.awarded import TODAY, TRAINED, Awards


def settled(stage: Stage) -> Awards:
    """The story, on 24 November 2026, in which two sessions were held."""
    with plugged(cmcore_arts_award):
        upgrade(stage.engine)
        made = Awards(Story.begin(stage))
        with stage.work() as work:
            enrolment = made.story.accepted(work)
            made.story.commissioned(work)
            move_enrolment(work, enrolment, "start")
        stage.on(TODAY)
        with stage.work() as work:
            made.story.logged(work, date(2026, 11, 10), date(2026, 11, 17), hour=9, art_form="printmaking")
            adviser = add_adviser(
                work, AdviserAnswers(name="Odile Farthingdale", mentor_id=None, works_at="", left_on=None)
            )
            other = add_adviser(
                work, AdviserAnswers(name="Bram Nettlefold", mentor_id=made.story.mentor_id, works_at="", left_on=None)
            )
            work.db.flush()
            levels = [f"arts_award.{level}" for level in ("discover", "explore", "bronze")]
            add_training(work, adviser, TrainingAnswers(levels=levels, trained_on=TRAINED, valid_to=None))
            made.adviser_id, made.untrained_id = adviser.id, other.id
        return made


@pytest.fixture
def beginning() -> Callable[[Stage], Awards]:
    """What these tests begin with, done once in a process."""
    return settled


@pytest.fixture
def awards(begun: Awards) -> Iterator[Awards]:
    """The story, on 24 November 2026, in which two sessions were held."""
    with plugged(cmcore_arts_award):
        yield begun
