"""Engines of one process share their dialect, and so what SQLAlchemy compiled: each test has an engine, of one console.

A third of the time of a test of records went into writing the same statements again, for an engine just made.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.engine import URL, Dialect
from sqlalchemy.util import LRUCache

from cmcore.base import engine as engines

#: The dialect of the first engine that reached its database, for each kind, and what it has compiled.
_dialects: dict[str, Dialect] = {}
_compiled: LRUCache[Any, Any] = LRUCache(4_000)


def pytest_configure() -> None:
    """Have every engine of the software made here, in a process that runs tests."""
    engines.create_engine = _made  # type: ignore[assignment]


def _made(address: URL, **told: Any) -> Engine:
    made = create_engine(address, execution_options={"compiled_cache": _compiled}, **told)
    known = _dialects.get(made.name)
    if known is None:
        # It is listened to last: by then the dialect has asked the server what it needs to know.
        event.listen(made, "connect", lambda *_: _dialects.setdefault(made.name, made.dialect))
    else:
        made.dialect = known
    return made
