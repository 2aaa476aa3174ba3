"""PostgreSQL databases that a process uses again: after each test what it wrote is taken back, to the last sequence.

Copying a database, dropping it, and having a new connection learn its tables cost a test 80 ms of processor; taking
back costs 4. Whatever is not certain (somebody is still connected, a test changed the tables) is dropped instead.
"""

from __future__ import annotations

import itertools
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import psycopg
from psycopg import pq, sql
from sqlalchemy.dialects.postgresql.psycopg import _log_notices

from tests import postgres_server
from tests.postgres_server import PostgresServer

#: So often a database serves: each test leaves dead rows behind, which every look at the table walks over.
USES = 80
#: So many kinds (an empty one, the town, the autumn …) are kept at a time.
KINDS = 6
#: Who is still connected is given so long, in seconds, to be gone.
PATIENCE = 0.1

_numbers = itertools.count(1)
_free: dict[str, Kept] = {}
#: The databases whose connections are kept too, by their name.
_in_use: dict[str, Kept] = {}

_ALL_SEQUENCES = """
    SELECT quote_ident(n.nspname) || '.' || quote_ident(c.relname)
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.relkind = 'S' AND n.nspname <> 'watched'
"""
_SEQUENCES = """
    SELECT quote_ident(n.nspname) || '.' || quote_ident(c.relname), pg_sequence_last_value(c.oid)
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.relkind = 'S' AND n.nspname <> 'watched'
"""
_OTHERS = """
    SELECT count(*) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid() AND NOT pid = ANY(%s)
"""
#: What a connection may have been told is taken back; what it has prepared, and what it knows of tables, is kept.
_FORGET = (
    "CLOSE ALL; SET SESSION AUTHORIZATION DEFAULT; RESET ALL; UNLISTEN *; SELECT pg_advisory_unlock_all();"
    " DISCARD TEMP; DISCARD SEQUENCES"
)
#: Counts every change of a table, a policy, a trigger: a database whose tables a test changed serves no other.
_WATCH = """
    CREATE SEQUENCE watched.changes;
    CREATE FUNCTION watched.change() RETURNS event_trigger LANGUAGE plpgsql SECURITY DEFINER AS
        $$ BEGIN PERFORM nextval('watched.changes'); END $$;
    CREATE EVENT TRIGGER watched_changes ON ddl_command_end EXECUTE FUNCTION watched.change();
    CREATE EVENT TRIGGER watched_drops ON sql_drop EXECUTE FUNCTION watched.change();
"""
_TABLES = """
    SELECT quote_ident(n.nspname) || '.' || quote_ident(c.relname), c.oid
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE c.relkind = 'r' AND n.nspname NOT IN ('pg_catalog', 'information_schema', 'watched')
"""
#: Looks at the tables that hold anything: how many rows they have, how many of them are older than a transaction. Each
#: is written out by its name: the server plans a look at it once, not after each test.
_LOOK = """
    CREATE SCHEMA watched;
    CREATE FUNCTION watched.look(since bigint) RETURNS TABLE (name text, held bigint, older bigint) LANGUAGE plpgsql AS
        $$ BEGIN {} END $$;
"""
_LOOK_AT_ONE = """
    IF pg_relation_size({oid}) > 0 THEN
        SELECT count(*), count(*) FILTER (WHERE xmin::text::bigint < $1) INTO held, older FROM {table};
        name := '{table}';
        RETURN NEXT;
    END IF;
"""


@dataclass
class Kept:
    """One database: how it stood before its first test, and the connections that are kept from test to test."""

    server: PostgresServer
    name: str
    url: str
    keeper: psycopg.Connection[Any]
    #: Rows and their text, by table; where sequences stood; every row older than this transaction is as it was.
    counts: dict[str, int] = field(default_factory=dict)
    rows: dict[str, bytes] = field(default_factory=dict)
    sequences: dict[str, tuple[int, bool]] = field(default_factory=dict)
    since: int = 0
    uses: int = 0
    opened: list[psycopg.Connection[Any]] = field(default_factory=list)
    idle: list[psycopg.Connection[Any]] = field(default_factory=list)

    @classmethod
    def copied(cls, server: PostgresServer, template: str, fill: Callable[[str], None] | None) -> Kept:
        """A copy of a template, filled with more where there is more, and what is in it."""
        name = f"cm_{postgres_server.worker()}_kept_{next(_numbers)}"
        url = server.create(name, template)
        if fill:
            fill(url)
        keeper = server.connect(name)
        made = cls(server, name, url, keeper)
        each = [_LOOK_AT_ONE.format(table=table, oid=oid) for table, oid in keeper.execute(_TABLES)]
        keeper.execute(_LOOK.format("".join(each)) + _WATCH)
        # What hangs on a test's locks would hang the run; no trigger and no key minds what is taken back.
        keeper.execute("SET lock_timeout = '2s'; SET session_replication_role = replica")
        made._learn()
        return made

    def _learn(self) -> None:
        stood = " UNION ALL ".join(
            f"SELECT '{name}', last_value, is_called FROM {name}" for (name,) in self.keeper.execute(_ALL_SEQUENCES)
        )
        if stood:
            self.sequences = {name: (at, called) for name, at, called in self.keeper.execute(stood).fetchall()}
        self._mark()
        for table, count, _ in self._seen():
            if count:
                self.counts[table] = count
                with self.keeper.cursor().copy(sql.SQL("COPY {} TO STDOUT").format(sql.SQL(table))) as copy:
                    self.rows[table] = b"".join(copy)

    def _mark(self) -> None:
        told = self.keeper.execute("SELECT pg_snapshot_xmax(pg_current_snapshot())::text::bigint").fetchone()
        assert told is not None
        self.since = told[0]

    def _seen(self) -> list[tuple[str, int, int]]:
        return self.keeper.execute("SELECT * FROM watched.look(%s)", [self.since], prepare=True).fetchall()

    def put_back(self) -> bool:
        """Take back what the test wrote; says whether the database may serve another."""
        self.uses += 1
        if self.uses >= USES or not self._left_alone():
            return False
        try:
            changed = self.keeper.execute("SELECT is_called FROM watched.changes").fetchone()
            if changed is None or changed[0]:
                return False
            self._take_back()
        except psycopg.Error:
            return False
        return True

    def _left_alone(self) -> bool:
        until = time.monotonic() + PATIENCE
        known = [each.info.backend_pid for each in self.idle]
        while True:
            # A test may have let go of an engine without a word.
            for each in [one for one in self.opened if one not in self.idle]:
                each.close()
            self.opened[:] = self.idle
            others = self.keeper.execute(_OTHERS, [known], prepare=True).fetchone()
            if others == (0,):
                return True
            if time.monotonic() > until:
                return False
            time.sleep(0.002)

    def _take_back(self) -> None:
        statements, again = [], []
        seen = dict.fromkeys(self.counts, (0, 0)) | {table: (count, old) for table, count, old in self._seen()}
        for table, (count, old) in seen.items():
            if old < self.counts.get(table, 0):
                statements.append(f"DELETE FROM {table}")
                again.append(table)
            elif count > old:
                statements.append(f"DELETE FROM {table} WHERE xmin::text::bigint >= {self.since}")
        for sequence, at in self.keeper.execute(_SEQUENCES, prepare=True).fetchall():
            stood, called = self.sequences[sequence]
            if at != (stood if called else None):
                statements.append(f"SELECT setval('{sequence}', {stood}, {str(called).lower()})")
        if not statements:
            return
        with self.keeper.transaction():
            self.keeper.execute(";".join(statements))
            for table in again:
                if table in self.rows:
                    with self.keeper.cursor().copy(sql.SQL("COPY {} FROM STDIN").format(sql.SQL(table))) as copy:
                        copy.write(self.rows[table])
        self._mark()

    def drop(self) -> None:
        """Away with it, and with its connections."""
        for each in [self.keeper, *self.opened]:
            each.close()
        self.server.drop(self.name)


@contextmanager
def for_one_test(
    server: PostgresServer, template: str, also: str = "", fill: Callable[[str], None] | None = None
) -> Iterator[str]:
    """The address of a database that is as its template, for one test; or as it was ``also`` filled, by that name."""
    kind = f"{template} {also}"
    kept = _free.pop(kind, None) or Kept.copied(server, template, fill)
    _in_use[kept.name] = kept
    try:
        yield kept.url
    finally:
        del _in_use[kept.name]
        if kind not in _free and kept.put_back():
            _free[kind] = kept
            if len(_free) > KINDS:
                _free.pop(next(iter(_free))).drop()
        else:
            kept.drop()


def connected(database: str) -> psycopg.Connection[Any] | None:
    """A connection to a database that another test has left, if there is one."""
    kept = _in_use.get(database)
    while kept and kept.idle:
        found = kept.idle.pop()
        if not found.closed:
            return found
    return None


def made(database: str, connection: psycopg.Connection[Any]) -> None:
    """Take note of a connection that was opened to a database."""
    if kept := _in_use.get(database):
        kept.opened.append(connection)


def given_back(connection: psycopg.Connection[Any]) -> bool:
    """Keep a connection for the next test; says no where it cannot be: whoever asks closes it."""
    if connection.closed:
        return False
    kept = _in_use.get(connection.info.dbname)
    if kept is None or connection not in kept.opened:
        return False
    try:
        connection.remove_notice_handler(_log_notices)
        if connection.info.transaction_status != pq.TransactionStatus.IDLE:
            connection.rollback()
        connection.execute(_FORGET)
    except (psycopg.Error, ValueError):
        return False
    kept.idle.append(connection)
    return True
