"""Taking the database up and down, line by line, each all or not at all."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, text

from cmcore.base.engine import WRITING, engine_for, is_sqlite
from cmcore.base.findings import refuse
from cmcore.base.migrations.lines import OF_PLUGINS, Line, StrayTable, lines

#: Whoever migrates a PostgreSQL database holds this advisory lock, so that two at once wait for each other.
_LOCK = 90_320_261


def upgrade(url: str | Engine, *, owner: str | None = None) -> list[str]:
    """Bring every line (or one owner's) to its newest step. Says which lines moved, as "core 0006"."""
    moved = []
    with _connected(url) as connection:
        for line in _chosen(owner):
            before = _at(connection, line)
            # A line that stands where it ends has nothing to run, nor to be looked at closer.
            if before is not None and before == _newest(line):
                continue
            _refuse_newer(connection, line, before)
            command.upgrade(_config(connection, line), "heads")
            after = _at(connection, line)
            if after != before:
                moved.append(f"{line.owner} {after}")
    return moved


def _newest(line: Line) -> str | None:
    scripts = tuple(sorted((each.name, each.stat().st_mtime_ns) for each in line.folder.glob("*.py")))
    return _newest_of(line.folder, scripts)


@lru_cache(maxsize=64)
def _newest_of(folder: Path, scripts: tuple[tuple[str, int], ...]) -> str | None:
    """Where a line ends, as long as its scripts are these; reading them costs more than asking a database."""
    return ScriptDirectory(str(Path(__file__).parent), version_locations=[str(folder)]).get_current_head()


def ahead(url: str | Engine) -> list[str]:
    """The owners whose line a newer version of the software took further than this one knows."""
    with _connected(url) as connection:
        return [line.owner for line in lines() if _is_newer(connection, line, _at(connection, line))]


def _is_newer(connection: Connection, line: Line, at: str | None) -> bool:
    known = ScriptDirectory.from_config(_config(connection, line)).walk_revisions()
    return at is not None and at not in {each.revision for each in known}


def _refuse_newer(connection: Connection, line: Line, at: str | None) -> None:
    if _is_newer(connection, line, at):
        raise refuse(
            f"A newer version of the software made this database: its line {line.owner} stands at {at}, which is not "
            "known here.",
            way_out="Install the version that made it, or put back a copy from before it was brought up to date.",
        )


def settle(engine: Engine) -> None:
    """Let every owner do what it does once its tables stand."""
    for line in lines():
        if line.settle is not None:
            line.settle(engine)


def downgrade(url: str | Engine, owner: str, to: str = "base") -> None:
    """Take one owner's line down to a step, or all the way."""
    with _connected(url) as connection:
        for line in _chosen(owner):
            _refuse_newer(connection, line, _at(connection, line))
            command.downgrade(_config(connection, line), to)


def current(url: str | Engine) -> dict[str, tuple[str | None, str | None]]:
    """Per owner the step the database is at and the newest there is."""
    with _connected(url) as connection:
        return {
            line.owner: (
                _at(connection, line),
                ScriptDirectory.from_config(_config(connection, line)).get_current_head(),
            )
            for line in lines()
        }


def check(url: str | Engine, *, owner: str | None = None) -> list[str]:
    """Where the database (or one owner's part of it) differs from what the records declare, one sentence each."""
    said = []
    known = lines()
    with _connected(url) as connection:
        for line in _chosen(owner):
            metadata = line.metadata()
            # A plugin's table whose line is not here belongs to one that was left out.
            declared = [name for name in metadata.tables if not name.startswith(OF_PLUGINS)]
            if strays := [name for name in declared if not any(each.owns(name) for each in known)]:
                prefixes = " or ".join(line.prefixes)
                raise StrayTable(f"{line.owner} declares {', '.join(strays)}, which does not begin with {prefixes}.")
            context = MigrationContext.configure(
                connection,
                opts={
                    # What somebody else owns is not even read: with nine owners that took nine times as long.
                    "include_name": lambda name, kind, _, line=line: kind != "table" or line.owns(name or ""),
                    "include_object": _only(line),
                    "compare_type": False,
                    "version_table": line.version_table,
                },
            )
            said += [f"{line.owner}: {_in_words(each)}" for each in compare_metadata(context, metadata)]
    return said


def _in_words(difference: Any) -> str:
    """One difference as it can be read: what is there or is missing, and in which table."""
    if isinstance(difference, list):
        return " ".join(_in_words(each) for each in difference)
    way, _, kind = str(difference[0]).partition("_")
    if way == "modify":
        _, _, table, column, *_ = difference
        return f"the column {column} of {table} has another “{kind}” than the record declares."
    if kind == "column":
        what = f"the column {difference[3].name} of {difference[2]}"
    else:
        of = getattr(difference[1], "table", None)
        name = difference[1].name or "without a name"
        what = f"the {kind} {name}" + (f" of {of.name}" if of is not None else "")
    said = "is missing, which a record declares." if way == "add" else "is there, and no record declares it."
    return f"{what} {said}"


def _only(line: Line) -> Callable[..., bool]:
    """Look at this owner's tables only: records of the core and of plugins are declared side by side."""

    def within(thing: Any, name: str | None, kind: str, reflected: bool, beside: Any) -> bool:
        table = name if kind == "table" else getattr(getattr(thing, "table", None), "name", "")
        return line.owns(table or "")

    return within


def _chosen(owner: str | None) -> list[Line]:
    found = lines()
    if owner is None:
        return found
    chosen = [line for line in found if line.owner == owner]
    if not chosen:
        known = ", ".join(line.owner for line in found)
        raise refuse(f"There is no line {owner}.", way_out=f"There are {known}.")
    return chosen


@contextmanager
def _connected(url: str | Engine) -> Iterator[Connection]:
    engine = url if isinstance(url, Engine) else engine_for(url)
    try:
        with engine.connect().execution_options(**{WRITING: True}) as connection, connection.begin():
            if not is_sqlite(connection):
                connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})
            yield connection
    finally:
        if not isinstance(url, Engine):
            engine.dispose()


def _config(connection: Connection, line: Line) -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent))
    config.set_main_option("version_locations", str(line.folder).replace("%", "%%"))
    config.set_main_option("path_separator", "newline")
    config.attributes.update(connection=connection, line=line)
    return config


def _at(connection: Connection, line: Line) -> str | None:
    return MigrationContext.configure(connection, opts={"version_table": line.version_table}).get_current_revision()
