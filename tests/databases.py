"""Fixtures: a fresh database for each test, on SQLite and PostgreSQL, copied from one migrated once a run."""

from __future__ import annotations

import itertools
import shutil
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import fasteners
import pytest

from tests import postgres_kept, postgres_server, run_folder
from tests.postgres_server import PostgresServer

TEMPLATE = "cm_template"

#: The key of the first authority in a database.
FIRST = 1

#: Gives the address of a copy of a filled database, by its name and what fills it.
CopyOf = Callable[[str, Callable[[str], None]], str]

#: Does on a stage what the tests of a module begin with, and gives what they need of it: keys, and no records.
Beginning = Callable[[Any], Any]


class Begun(NamedTuple):
    """What a module's tests begin with: the stage it was done on, and what they are given of it."""

    stage: Any
    given: Any


#: The databases in use that have a stage's authority, by their address.
begun: dict[str, Begun] = {}
_settled: dict[tuple[str, Beginning | None], Begun] = {}

_numbers = itertools.count(1)


def pytest_configure(config: pytest.Config) -> None:
    """Name the mark of tests that one kind of database has something to say to."""
    config.addinivalue_line("markers", "databases(kind): on this kind alone, as what is tested is its own")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run a test that needs a database once on each kind, or on the one whose own it is; ``--on`` limits them."""
    if "database_kind" in metafunc.fixturenames:
        wanted = metafunc.config.getoption("--on")
        kinds = ["sqlite", "postgresql"] if wanted == "both" else [wanted]
        said = metafunc.definition.get_closest_marker("databases")
        metafunc.parametrize(
            "database_kind", [kind for kind in kinds if not said or kind in said.args], scope="session"
        )


@pytest.fixture(scope="session")
def postgres() -> PostgresServer:
    """The PostgreSQL of this run, started by whichever worker needs it first."""
    with _lock("pg"):
        return postgres_server.start(run_folder.path() / run_folder.PGDATA)


@pytest.fixture
def database_url(database_kind: str, request: pytest.FixtureRequest) -> Iterator[str]:
    """The address of a migrated database of this test's own.

    For a test with a ``stage`` its authority is in it, and for one with what has ``begun`` what its module begins with.
    """
    asked = set(request.fixturenames)
    if "founded" not in asked or "copy_of" in asked:
        with _copy(database_kind, request) as url:
            yield url
        return
    beginning: Beginning | None = request.getfixturevalue("beginning") if "begun" in asked else None
    with _copy(database_kind, request, "stage", lambda url: _begin(url, None), beginning) as url:
        begun[url] = _settled[database_kind, beginning] if beginning else Begun(None, None)
        yield url
        del begun[url]


@pytest.fixture
def founded() -> None:
    """Asked for by the ``stage`` all tests share: the database of whoever makes a stage of their own is empty."""


@pytest.fixture
def beginning() -> Beginning | None:
    """What the tests of a module begin with, where it says so: done once in a process, and copied for each test."""
    return None


@pytest.fixture
def empty_database_url(database_kind: str, request: pytest.FixtureRequest) -> Iterator[str]:
    """The address of a database in which nothing has been made yet."""
    if database_kind == "sqlite":
        with _folder() as folder:
            yield _sqlite_url(folder / "empty.sqlite")
    else:
        server: PostgresServer = request.getfixturevalue("postgres")
        name = f"cm_{postgres_server.worker()}_{next(_numbers)}"
        yield server.create(name)
        server.drop(name)


@pytest.fixture
def copy_of(database_kind: str, request: pytest.FixtureRequest) -> Iterator[CopyOf]:
    """Gives copies, this test's own, of a database that is filled once a run: ``copy_of("town", fill)``.

    ``fill`` is given the address of a migrated database, and leaves no connection to it open.
    """
    with ExitStack() as copies:
        yield lambda name, fill: copies.enter_context(_copy(database_kind, request, name, fill))


@contextmanager
def _copy(
    kind: str,
    request: pytest.FixtureRequest,
    name: str = "",
    fill: Callable[[str], None] = str,
    beginning: Beginning | None = None,
) -> Iterator[str]:
    def settle(url: str) -> None:
        _settled[kind, beginning] = _begin(url, beginning)

    also = f"{beginning.__module__}.{beginning.__qualname__}" if beginning else ""
    if kind == "sqlite":
        made = filled_sqlite(name, fill) if name else _sqlite_template()
        if also:
            made = filled_sqlite(f"{postgres_server.worker()}_{also}", settle, made)
        with _folder() as folder:
            yield _sqlite_url(Path(shutil.copy(made, folder / "cm.sqlite")))
        return
    server: PostgresServer = request.getfixturevalue("postgres")
    _postgres_template(server)
    template = _postgres_filled(server, name, fill) if name else TEMPLATE
    with postgres_kept.for_one_test(server, template, also, settle if also else None) as url:
        yield url


def migrated_sqlite(file: Path) -> str:
    """Make a file a migrated SQLite database, for a test that needs no PostgreSQL; gives its address."""
    return _sqlite_url(Path(shutil.copy(_sqlite_template(), file)))


@contextmanager
def _folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(dir=run_folder.path(), prefix="sqlite-", ignore_cleanup_errors=True) as folder:
        yield Path(folder)


def _sqlite_template() -> Path:
    return _made_once(run_folder.path() / f"{TEMPLATE}.sqlite", lambda making: _migrate(_sqlite_url(making)))


def filled_sqlite(name: str, fill: Callable[[str], None], base: Path | None = None) -> Path:
    """The file of a SQLite database that is filled once a run, to be copied and not opened."""
    base = base or _sqlite_template()

    def make(making: Path) -> None:
        shutil.copy(base, making)
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


def _begin(url: str, beginning: Beginning | None) -> Begun:
    from cmcore.base.engine import engine_for
    from cmcore.plugins.register import Register, standing
    from cmcore.testing import Stage

    with standing(Register()):
        engine = engine_for(url)
        stage = Stage(engine, authority_id=FIRST if beginning else 0)
        made = beginning(stage) if beginning else stage.authority()
        engine.dispose()
    assert stage.authority_id == FIRST, "a stage's authority is the first of its database"
    return Begun(stage, made)


def _sqlite_url(file: Path) -> str:
    return f"sqlite:///{file}"


def _lock(name: str) -> fasteners.InterProcessLock:
    return fasteners.InterProcessLock(str(run_folder.path() / f"{name}.lock"))
