"""A young person at Quillen Tarn School, on 10 November 2026, with the plugin on and its tables made."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

import cmcore_staffordshire
from cmcore.api import upgrade
from cmcore.testing import Stage, plugged
from cmcore.testing.story import Story


def settled(stage: Stage) -> Story:
    """The story."""
    with plugged(cmcore_staffordshire):
        upgrade(stage.engine)
        return Story.begin(stage)


@pytest.fixture
def beginning() -> Callable[[Stage], Story]:
    """What these tests begin with, done once in a process."""
    return settled


@pytest.fixture
def story(begun: Story) -> Iterator[Story]:
    """The story."""
    with plugged(cmcore_staffordshire):
        yield begun
