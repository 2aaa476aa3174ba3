"""Fixtures: an engine on a migrated database, and a stage with one authority on it."""

from __future__ import annotations

from collections.abc import Iterator

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
def stage(engine: Engine) -> Stage:
    """A stage with the invented authority of Wrenshire, on 10 November 2026."""
    made = Stage(engine)
    if engine.url in map(make_url, databases.founded):
        made.authority_id = databases.FIRST
    else:
        made.authority()
    return made
