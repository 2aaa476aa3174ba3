"""Fixtures of list workbooks: a stage with an active commission, and its empty workbook of sessions."""

from __future__ import annotations

from datetime import date

import pytest

from cmcore.testing import Stage
from cmcore.testing.stage import TODAY
from cmcore.testing.story import Story
from tests.cmcore.workbooks.filled import Desk
from tests.databases import Beginning


def settled(stage: Stage) -> Desk:
    """Somebody who brings workbooks of sessions in, on a stage with one active commission."""
    story = Story.begin(stage)
    stage.on(date(2026, 5, 19))
    with stage.work("operator") as work:
        story.started(work)
    stage.on(TODAY)
    return Desk(stage, story)


@pytest.fixture
def beginning() -> Beginning:
    """What these tests begin with."""
    return settled


@pytest.fixture
def desk(begun: Desk) -> Desk:
    """Somebody who brings workbooks of sessions in, on a stage with one active commission."""
    return begun
