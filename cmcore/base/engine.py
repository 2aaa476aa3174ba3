"""Engines for the two databases: SQLite embedded (WAL, foreign keys on) and PostgreSQL on a server."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from sqlalchemy import ClauseElement, Connection, Dialect, Engine, create_engine, event
from sqlalchemy.engine import URL, make_url

#: Set on a connection before it begins, so that SQLite takes the write lock at once instead of failing half-way.
WRITING = "cm_writing"
#: Set on an engine or a connection to PostgreSQL: what a transaction is opened with instead of BEGIN. Empty opens none,
#: so that one statement alone needs one round trip, or whoever set it opens the transaction together with more.
OPENING = "cm_opening"
#: What only reads begins like this and changes no setting; whatever else is sent counts as writing. No SELECT of ours
#: calls a function that writes.
_READING = ("SELECT ", "SELECT\n", "BEGIN")
_WROTE = "cm_wrote"


class DatabaseAddressError(ValueError):
    """The database address names something this software does not run on."""


def engine_for(url: str | URL, *, pool_size: int = 10) -> Engine:
    """An engine for a SQLite or PostgreSQL address. Refuses other databases in one sentence."""
    try:
        address = make_url(url)
    except (
        Exception
    ) as wrong:  # SQLAlchemy raises its own ArgumentError; the address may hold a password, so it is not repeated.
        raise DatabaseAddressError(
            "The database address cannot be read. Write sqlite:///var/cm.db or postgresql+psycopg://user@host/name."
        ) from wrong
    if address.get_backend_name() == "sqlite":
        return _sqlite(address)
    if address.get_backend_name() == "postgresql":
        return _postgresql(address, pool_size)
    raise DatabaseAddressError(
        f"{address.get_backend_name()} is not supported. Use sqlite:///… or postgresql+psycopg://…."
    )


def _sqlite(address: URL) -> Engine:
    if address.database and address.database != ":memory:":
        _with_folder(Path(address.database))
    engine = create_engine(address, connect_args={"timeout": 30, "check_same_thread": False})

    @event.listens_for(engine, "connect")
    def prepare(connection: sqlite3.Connection, _: Any) -> None:
        connection.isolation_level = None
        for pragma in (
            "journal_mode=WAL",
            "foreign_keys=ON",
            "synchronous=NORMAL",
            # An import writes a thousand pages. Who waits for it need not wait until they are moved as well.
            "wal_autocheckpoint=4000",
            "busy_timeout=30000",
            "cache_size=-32000",
            "recursive_triggers=ON",
        ):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        if not connection.get_execution_options().get(WRITING):
            connection.exec_driver_sql("BEGIN")
            return
        # What a statement of many rows may have to take back is kept in memory: a file would be made to be thrown away.
        connection.exec_driver_sql("PRAGMA temp_store=MEMORY")
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    return engine


def _with_folder(file: Path) -> None:
    """Make the folder of a database file. Refuses one that cannot be made, and a folder in place of the file."""
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
    except OSError as wrong:
        raise DatabaseAddressError(
            f"The folder of the database, {file.parent}, is not there and cannot be made: "
            f"{(wrong.strerror or 'no').lower()}. Make it, or name another with CM_DATABASE_URL."
        ) from None
    if file.is_dir():
        raise DatabaseAddressError(
            f"{file} is a folder, not a database file. Name a file in it with CM_DATABASE_URL, as {file}/cm.db."
        )


def _postgresql(address: URL, pool_size: int) -> Engine:
    if address.drivername == "postgresql":
        address = address.set(drivername="postgresql+psycopg")
    if find_spec("psycopg") is None:
        raise DatabaseAddressError(
            "A PostgreSQL database needs psycopg, which is not installed. Install creative-mentoring[postgres]."
        )
    # Here, so that whoever has no server, or asks for help only, does not wait for its driver.
    from cmcore.base.driver import Cursor

    engine = create_engine(
        address,
        pool_size=pool_size,
        max_overflow=pool_size,
        pool_pre_ping=False,
        pool_recycle=1800,
        pool_use_lifo=True,
        # Transactions are opened below, where they are needed.
        connect_args={"autocommit": True, "cursor_factory": Cursor},
        json_deserializer=_read_json,
    )

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        connection.info[_WROTE] = False
        opening = connection.get_execution_options().get(OPENING, "BEGIN")
        if opening:
            connection.exec_driver_sql(opening)

    @event.listens_for(engine, "before_cursor_execute")
    def watch(connection: Connection, cursor: Any, statement: str, *_: Any) -> None:
        if not statement.startswith(_READING) or (" set_config(" in statement and not statement.startswith("BEGIN")):
            connection.info[_WROTE] = True

    @event.listens_for(engine, "rollback")
    def keep_what_was_prepared(connection: Connection) -> None:
        """End a transaction that only read by committing it: with a rollback the driver forgets what it prepared."""
        if not connection.invalidated and not connection.info.get(_WROTE, True):
            with suppress(connection.dialect.loaded_dbapi.Error):
                connection.connection.commit()

    return engine


_decoded = json.JSONDecoder().decode


def _read_json(written: bytes | str) -> Any:
    """A value of a JSON column. The server writes in UTF-8; the library would look for what else it might be."""
    return _decoded(written if isinstance(written, str) else written.decode())


def open_with(connection: Connection, opening: str) -> None:
    """Open a transaction on PostgreSQL with what is sent instead of BEGIN. Every page does; nothing of it is read."""
    plain: Any = connection.connection.dbapi_connection
    try:
        # As libpq takes it: the driver would make a cursor for an answer that nobody reads.
        if not plain.pgconn.exec_(opening.encode()).error_message:
            return
    except (connection.dialect.loaded_dbapi.Error, MemoryError):
        # A connection that is closed, or one that was lost: libpq has no answer then, which the driver takes for this.
        pass
    # The same again by the usual way: a connection that was lost is taken out of the pool, and named as an error.
    connection.exec_driver_sql(opening)


@contextmanager
def in_order_of_an_index(connection: Connection) -> Iterator[None]:
    """Have PostgreSQL read rows in the order of an index meanwhile, where there is one, rather than sort them.

    Behind row-level security it reckons with a few of a country's rows, and so sorts them all to skip most of them, or
    to count them by a few kinds, which it can do as it reads them.
    """
    if is_sqlite(connection):
        yield
        return
    plain: Any = connection.connection.dbapi_connection
    plain.execute("SET LOCAL enable_sort = off")
    yield
    # What failed has ended the transaction, and the setting with it.
    plain.execute("SET LOCAL enable_sort = on")


def run_as_written(connection: Connection, statement: ClauseElement, told: dict[str, Any]) -> Sequence[Any] | None:
    """Run a statement that is made once for the whole program, written out once for PostgreSQL; gives its first row.

    What comes back is as the driver gives it: for statements that return numbers and text, and ask nothing of a kind
    of column that the database does not have itself.
    """
    if is_sqlite(connection):
        return connection.execute(statement, told).first()  # type: ignore[call-overload, no-any-return]
    row: Sequence[Any] | None = send(connection, _as_written(statement, connection.dialect), told).fetchone()
    return row


def send(connection: Connection, written: str, told: dict[str, Any]) -> Any:
    """Send a statement to PostgreSQL as it is written, and give the driver's cursor with the answer.

    For what every page sends: SQLAlchemy takes four times as long to describe an answer of which it knows nothing.
    Whoever listens to statements hears of it, and what fails is raised as SQLAlchemy's, a lost connection included.
    """
    cursor: Any = connection.connection.cursor()
    try:
        for heard in connection.dispatch.before_cursor_execute:
            heard(connection, cursor, written, told, None, False)
        return cursor.execute(written, told)
    except connection.dialect.loaded_dbapi.Error as failed:
        connection._handle_dbapi_exception(failed, written, told, cursor, None)


@lru_cache(maxsize=64)
def _as_written(statement: ClauseElement, dialect: Dialect) -> str:
    return str(statement.compile(dialect=dialect))


def is_sqlite(connection: Connection | Engine) -> bool:
    """Whether this is the embedded database."""
    return connection.dialect.name == "sqlite"
