"""Fixtures: an engine on a migrated database, and a stage with one authority on it."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import Engine, make_url

import cmcore.records  # noqa: F401  every record is mapped before a test asks for one
from cmcore.base.engine import engine_for
from cmcore.testing import Stage
from tests import databases


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    """An engine on this test's own database."""
    made = engine_for(database_url, pool_size=5)
    yield made
    made.dispose()


@pytest.fixture
def stage(engine: Engine, founded: None) -> Stage:
    """A stage with the invented authority of Wrenshire, on 10 November 2026, or later if it has begun."""
    made = Stage(engine)
    begun = _begun(engine)
    if begun is None:
        made.authority()
        return made
    made.authority_id = databases.FIRST
    if begun.stage is not None:
        made.clock.at = begun.stage.clock.at
    return made


@pytest.fixture
def begun(stage: Stage) -> Any:
    """What the module's ``beginning`` gave, on this test's stage."""
    begun = _begun(stage.engine)
    assert begun is not None and begun.stage is not None, "the module does not say what its tests begin with"
    return copy.deepcopy(begun.given, {id(begun.stage): stage})


@pytest.fixture
def story(begun: Any) -> Any:
    """The story that the module's ``beginning`` tells."""
    return begun


def _begun(engine: Engine) -> databases.Begun | None:
    return next((told for url, told in databases.begun.items() if make_url(url) == engine.url), None)
