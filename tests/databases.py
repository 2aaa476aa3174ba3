"""Fixtures: a fresh database for each test, on SQLite and PostgreSQL, copied from one migrated once a run."""

from __future__ import annotations

import itertools
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import fasteners
import pytest

from tests import postgres_server, run_folder
from tests.postgres_server import PostgresServer

TEMPLATE = "cm_template"
_numbers = itertools.count(1)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run a test that needs a database once on each kind."""
    if "database_kind" in metafunc.fixturenames:
        wanted = metafunc.config.getoption("--on")
        kinds = ["sqlite", "postgresql"] if wanted == "both" else [wanted]
        metafunc.parametrize("database_kind", kinds, scope="session")


@pytest.fixture(scope="session")
def postgres() -> PostgresServer:
    """The PostgreSQL of this run, started by whichever worker needs it first."""
    with _lock("pg"):
        return postgres_server.start(run_folder.path() / run_folder.PGDATA)


@pytest.fixture
def database_url(database_kind: str, request: pytest.FixtureRequest) -> Iterator[str]:
    """The address of a migrated database of this test's own."""
    if database_kind == "sqlite":
        with _folder() as folder:
            yield _sqlite_url(Path(shutil.copy(_sqlite_template(), folder / "cm.sqlite")))
    else:
        server: PostgresServer = request.getfixturevalue("postgres")
        _postgres_template(server)
        yield from _for_one_test(server, TEMPLATE)


@pytest.fixture
def empty_database_url(database_kind: str, request: pytest.FixtureRequest) -> Iterator[str]:
    """The address of a database in which nothing has been made yet."""
    if database_kind == "sqlite":
        with _folder() as folder:
            yield _sqlite_url(folder / "empty.sqlite")
    else:
        yield from _for_one_test(request.getfixturevalue("postgres"), None)


@contextmanager
def _folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(dir=run_folder.path(), prefix="sqlite-", ignore_cleanup_errors=True) as folder:
        yield Path(folder)


def _for_one_test(server: PostgresServer, template: str | None) -> Iterator[str]:
    name = f"cm_{postgres_server.worker()}_{next(_numbers)}"
    yield server.create(name, template)
    server.drop(name)


def _sqlite_template() -> Path:
    file = run_folder.path() / f"{TEMPLATE}.sqlite"
    with _lock("sqlite"):
        if not file.exists():
            making = file.with_suffix(".making")
            _migrate(_sqlite_url(making))
            # Only the main file is copied: what the write-ahead log still holds goes into it first.
            with sqlite3.connect(making) as connection:
                connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            connection.close()
            making.rename(file)
    return file


def _postgres_template(server: PostgresServer) -> None:
    made = run_folder.path() / f"{TEMPLATE}.made"
    with _lock("pg"):
        if not made.exists():
            server.drop(TEMPLATE)
            _migrate(server.create(TEMPLATE))
            made.touch()


def _migrate(url: str) -> None:
    from cmcore.base import migrations
    from cmcore.plugins.register import Register, standing

    # One database serves tests of the core and of the plugins: it has the tables of both.
    known = Register()
    known.load_installed()
    with standing(known):
        migrations.upgrade(url)


def _sqlite_url(file: Path) -> str:
    return f"sqlite:///{file}"


def _lock(name: str) -> fasteners.InterProcessLock:
    return fasteners.InterProcessLock(str(run_folder.path() / f"{name}.lock"))
