"""A story at its beginning, and one that is going, for every journey."""

from __future__ import annotations

from datetime import date

import pytest

from cmcore.testing import Stage
from cmcore.testing.stage import TODAY
from cmcore.testing.story import Story


@pytest.fixture
def story(stage: Stage) -> Story:
    return Story.begin(stage)


# ---- sessions
@pytest.fixture
def going(story: Story) -> Story:
    """An enrolment that started six weeks ago."""
    story.stage.on(date(2026, 9, 29))
    with story.stage.work() as work:
        story.started(work)
    story.stage.on(TODAY)
    return story
