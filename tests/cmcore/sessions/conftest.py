"""A mentor at work with a young person since six weeks ago."""

from __future__ import annotations

from datetime import date

import pytest

from cmcore.testing import Stage
from cmcore.testing.stage import TODAY
from cmcore.testing.story import Story
from tests.databases import Beginning


def settled(stage: Stage) -> Story:
    """An enrolment that started six weeks ago."""
    story = Story.begin(stage)
    stage.on(date(2026, 9, 29))
    with stage.work() as work:
        story.started(work)
    stage.on(TODAY)
    return story


@pytest.fixture
def beginning() -> Beginning:
    """What these tests begin with."""
    return settled


@pytest.fixture
def going(begun: Story) -> Story:
    """An enrolment that started six weeks ago."""
    return begun
