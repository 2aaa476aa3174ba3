"""Somebody in care who likes printing, with two sessions, a PEP this term, and the plugin."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

import pytest

import cmcore_epep_culture
from cmcore.api import YoungPerson, upgrade
from cmcore.api.acts import move_enrolment, open_term
from cmcore.api.asks import TermAnswers
from cmcore.testing import Stage, plugged
from cmcore.testing.story import Story

TODAY, LATER = date(2026, 11, 10), date(2026, 11, 24)


def settled(stage: Stage) -> Story:
    """The story, on 24 November 2026."""
    with plugged(cmcore_epep_culture):
        upgrade(stage.engine)
        made = Story.begin(stage)
        with stage.work() as work:
            enrolment = made.accepted(work, interests="Printing, and birds.")
            made.commissioned(work)
            move_enrolment(work, enrolment, "start")
            work.change(work.get(YoungPerson, made.person_id), looked_after_from=date(2024, 3, 4))
        stage.on(LATER)
        with stage.work() as work:
            made.logged(work, TODAY, date(2026, 11, 17), hour=9, art_form="printmaking")
            open_term(work, TermAnswers(on=TODAY))
        return made


@pytest.fixture
def beginning() -> Callable[[Stage], Story]:
    """What these tests begin with, done once in a process."""
    return settled


@pytest.fixture
def story(begun: Story) -> Iterator[Story]:
    """The story, on 24 November 2026."""
    with plugged(cmcore_epep_culture):
        yield begun
