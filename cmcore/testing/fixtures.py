"""Fixtures for the tests of a plugin: ``from cmcore.testing.fixtures import *`` in its conftest.

Tests of storage run on SQLite, and on PostgreSQL too where ``CM_TEST_POSTGRESQL`` names a server on which databases may
be made: ``postgresql+psycopg://user@host/postgres``.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import Engine, create_engine, make_url, text

import cmcore.records  # noqa: F401  every record is mapped before a test asks for one
from cmcore.base.engine import engine_for
from cmcore.base.migrations import upgrade
from cmcore.base.migrations.lines import lines
from cmcore.testing.stage import Stage

#: Migrated SQLite databases, by the owners of their tables.
_migrated: dict[tuple[str, ...], bytes] = {}

SERVER = os.environ.get("CM_TEST_POSTGRESQL", "")


@pytest.fixture(params=["sqlite", "postgresql"] if SERVER else ["sqlite"])
def empty_database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a database in which nothing has been made yet."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'empty.sqlite'}"
        return
    name = f"cm_{uuid4().hex[:12]}"
    server = create_engine(SERVER, isolation_level="AUTOCOMMIT")
    with server.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    yield make_url(SERVER).set(database=name).render_as_string(hide_password=False)
    with server.connect() as connection:
        connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    server.dispose()


def _migrate(url: str) -> None:
    """Migrate a database; on SQLite once for the same owners, and copied after that."""
    file = make_url(url).database if url.startswith("sqlite") else None
    owners = tuple(line.owner for line in lines())
    if file and owners in _migrated:
        Path(file).write_bytes(_migrated[owners])
        return
    upgrade(url)
    if file:
        # What the write-ahead log still holds goes into the file first.
        with closing(sqlite3.connect(file)) as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        _migrated[owners] = Path(file).read_bytes()


@pytest.fixture
def database_url(empty_database_url: str) -> str:
    """The address of a migrated database of this test's own."""
    _migrate(empty_database_url)
    return empty_database_url


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    """An engine on a migrated database of this test's own."""
    made = engine_for(database_url)
    yield made
    made.dispose()


@pytest.fixture
def stage(engine: Engine) -> Stage:
    """A stage with the invented authority of Wrenshire, on 10 November 2026."""
    made = Stage(engine)
    made.authority()
    return made


__all__ = ["database_url", "empty_database_url", "engine", "stage"]
