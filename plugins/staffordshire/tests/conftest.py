"""A young person at Quillen Tarn School, on 10 November 2026, with the plugin on and its tables made."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

import cmcore_staffordshire
from cmcore.api import upgrade
from cmcore.testing import Stage, plugged
from cmcore.testing.story import Story


@pytest.fixture
def story(stage: Stage) -> Iterator[Story]:
    """The story."""
    with plugged(cmcore_staffordshire):
        upgrade(stage.engine)
        yield Story.begin(stage)
