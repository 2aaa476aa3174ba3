"""What a command starts from: the settings' engine, an authority by its code, a work as the operator."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from cmcore.base.clock import WallClock
from cmcore.base.engine import engine_for
from cmcore.base.findings import refuse
from cmcore.base.settings import Settings
from cmcore.plugins.configured import configure
from cmcore.plugins.register import register
from cmcore.safekeeping.records import AuditHead
from cmcore.safekeeping.scope import Actor, operator_scope
from cmcore.safekeeping.work import Work
from cmcore.virtual_schools.records import Authority


@contextmanager
def the_engine(settings: Settings | None = None) -> Iterator[Engine]:
    """The engine of the settings' database, closed afterwards."""
    settings = settings or Settings.load()
    configure(settings, register())
    engine = engine_for(settings["database", "url"], pool_size=settings["database", "pool_size"])
    try:
        yield engine
    finally:
        engine.dispose()


def everywhere(engine: Engine) -> Work:
    """A piece of work as the operator of every authority kept here."""
    # Row-level security shows an authority only to whoever names its key; the audit has a chain for each key.
    with Session(engine) as db:
        top = db.scalar(select(func.max(AuditHead.chain))) or 0
    scope = operator_scope(set(range(1, top + 1)), WallClock().today())
    return Work(engine, Actor("command", "cm", "command"), scope)


def authority_key(engine: Engine, code: str) -> int:
    """The key of the authority with this three-digit code; refuses in a sentence that lists the codes there are."""
    with everywhere(engine) as work:
        found = {row.code: row.id for row in work.db.execute(select(Authority.code, Authority.id))}
        work.undo()
    if code not in found:
        known = ", ".join(sorted(found)) or "none yet: run “cm authority add”"
        raise refuse(f"There is no authority with the code {code}.", way_out=f"The codes kept here: {known}.")
    return int(found[code])


def work_for(engine: Engine, authority_id: int, verb: str, settings: Settings, *, writing: bool = False) -> Work:
    """A piece of work as the operator of one authority, written down as the command's."""
    clock = WallClock()
    actor = Actor("command", f"cm {verb}", "command")
    scope = operator_scope({authority_id}, clock.today())
    return Work(engine, actor, scope, clock=clock, overrides=settings.overrides, writing=writing)
