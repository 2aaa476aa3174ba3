"""Engines of one process share their dialect, and so what SQLAlchemy compiled: each test has an engine, of one console.

A third of the time of a test of records went into writing the same statements again, for an engine just made.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.engine import URL, Dialect
from sqlalchemy.util import LRUCache

from cmcore.base import engine as engines
from tests import postgres_kept

#: The dialect of the first engine that reached its database, for each kind, and what it has compiled.
_dialects: dict[str, Dialect] = {}
_compiled: LRUCache[Any, Any] = LRUCache(4_000)


def pytest_configure() -> None:
    """Have every engine of the software made here, in a process that runs tests."""
    engines.create_engine = _made  # type: ignore[assignment]


def _made(address: URL, **told: Any) -> Engine:
    made = create_engine(address, execution_options={"compiled_cache": _compiled}, **told)
    if made.name == "postgresql":
        _keep_connections(made)
    known = _dialects.get(made.name)
    if known is None:
        # It is listened to last: by then the dialect has asked the server what it needs to know.
        event.listen(made, "connect", lambda *_: _dialects.setdefault(made.name, made.dialect))
    else:
        made.dialect = known
    return made


def _keep_connections(engine: Engine) -> None:
    """Take connections from those that tests before have left, and leave them to the next."""
    dialect = engine.pool._dialect
    close = dialect.do_close

    @event.listens_for(engine, "do_connect")
    def connect(dialect: Dialect, _: Any, arguments: list[Any], told: dict[str, Any]) -> Any:
        database = str(told.get("dbname"))
        found = postgres_kept.connected(database)
        if found is None:
            found = dialect.connect(*arguments, **told)
            postgres_kept.made(database, found)
        return found

    def let_go(connection: Any) -> None:
        if not postgres_kept.given_back(connection):
            close(connection)

    dialect.do_close = let_go  # type: ignore[method-assign]
