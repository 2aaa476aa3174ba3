"""The health of plugins: what failed is counted, with its place, in a transaction of its own."""

from __future__ import annotations

from collections.abc import Iterable

import structlog
from sqlalchemy import Engine, select
from sqlalchemy.exc import SQLAlchemyError

from cmcore.base.clock import Clock
from cmcore.plugins.calling import Failure
from cmcore.plugins.records import PluginHealth
from cmcore.safekeeping.access import ScopedSession, open_session
from cmcore.safekeeping.scope import operator_scope

_log = structlog.get_logger("cmcore.plugins")


def write_down(engine: Engine, clock: Clock, failed: Iterable[Failure]) -> None:
    """Count failures. What cannot be counted, because the database is busy for one, is only logged."""
    for one in failed:
        try:
            with open_session(engine, operator_scope({0}, clock.today())) as db:
                db.info.update(clock=clock)
                _count(db, clock, one)
                db.commit()
        except SQLAlchemyError as raised:
            _log.warning("plugin failure not counted", plugin=one.plugin, hook=one.hook, error=type(raised).__name__)


def _count(db: ScopedSession, clock: Clock, one: Failure) -> None:
    kept = db.scalar(select(PluginHealth).where(PluginHealth.plugin == one.plugin, PluginHealth.hook == one.hook))
    if kept is None:
        kept = PluginHealth(plugin=one.plugin, hook=one.hook, failures=0)
        db.add(kept)
    kept.failures += 1
    kept.last_at, kept.what, kept.place = clock.now(), one.what, one.place
