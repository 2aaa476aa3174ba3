"""Fixtures: a fresh database for each test, on SQLite and PostgreSQL, copied from one migrated once a run."""

from __future__ import annotations

import itertools
import shutil
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import fasteners
import pytest

from tests import postgres_server, run_folder
from tests.postgres_server import PostgresServer

TEMPLATE = "cm_template"

#: Gives the address of a copy of a filled database, by its name and what fills it.
CopyOf = Callable[[str, Callable[[str], None]], str]

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


@pytest.fixture
def copy_of(database_kind: str, request: pytest.FixtureRequest) -> Iterator[CopyOf]:
    """Gives copies, this test's own, of a database that is filled once a run: ``copy_of("town", fill)``.

    ``fill`` is given the address of a migrated database, and leaves no connection to it open.
    """
    with ExitStack() as copies:

        def copy(name: str, fill: Callable[[str], None]) -> str:
            if database_kind == "sqlite":
                folder = copies.enter_context(_folder())
                return _sqlite_url(Path(shutil.copy(filled_sqlite(name, fill), folder / "cm.sqlite")))
            server: PostgresServer = request.getfixturevalue("postgres")
            made = _postgres_filled(server, name, fill)
            return copies.enter_context(contextmanager(_for_one_test)(server, made))

        yield copy


@contextmanager
def _folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(dir=run_folder.path(), prefix="sqlite-", ignore_cleanup_errors=True) as folder:
        yield Path(folder)


def _for_one_test(server: PostgresServer, template: str | None) -> Iterator[str]:
    name = f"cm_{postgres_server.worker()}_{next(_numbers)}"
    yield server.create(name, template)
    server.drop(name)


def _sqlite_template() -> Path:
    return _made_once(run_folder.path() / f"{TEMPLATE}.sqlite", lambda making: _migrate(_sqlite_url(making)))


def filled_sqlite(name: str, fill: Callable[[str], None]) -> Path:
    """The file of a SQLite database that is filled once a run, to be copied and not opened."""
    empty = _sqlite_template()

    def make(making: Path) -> None:
        shutil.copy(empty, making)
        fill(_sqlite_url(making))

    return _made_once(run_folder.path() / f"{TEMPLATE}_{name}.sqlite", make)


def _made_once(file: Path, make: Callable[[Path], None]) -> Path:
    with _lock("sqlite"):
        if not file.exists():
            making = file.with_suffix(".making")
            make(making)
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


def _postgres_filled(server: PostgresServer, name: str, fill: Callable[[str], None]) -> str:
    _postgres_template(server)
    database = f"{TEMPLATE}_{name}"
    made = run_folder.path() / f"{database}.made"
    with _lock("pg"):
        if not made.exists():
            server.drop(database)
            fill(server.create(database, TEMPLATE))
            made.touch()
    return database


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
