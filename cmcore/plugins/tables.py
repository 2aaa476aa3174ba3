"""The tables of plugins: are they there, how many rows they hold, and whose a table is."""

from __future__ import annotations

from sqlalchemy import Engine, inspect, text

from cmcore.base.engine import is_sqlite
from cmcore.base.migrations import current
from cmcore.base.migrations.lines import OF_PLUGINS
from cmcore.base.records import Record
from cmcore.plugins.register import Register, register

PREFIX = OF_PLUGINS


def in_use(record: type[Record], known: Register | None = None) -> bool:
    """Whether a record's table is the core's, or a plugin's that is in use: only then is it sure to be there."""
    table = str(record.__tablename__)
    if not table.startswith(PREFIX):
        return True
    plugins = (known or register()).plugins.values()
    return any(table.startswith(each.manifest.table_prefix) for each in plugins)


def leave_out_behind(engine: Engine) -> None:
    """Take out of use every plugin whose tables are not as it needs them; it is named, with the way out."""
    known = register()
    lines = {each.owner for each in known.declared("cm_tables")}
    if not lines:
        return
    for owner, (at, newest) in current(engine).items():
        if owner in lines and at != newest and owner in known.plugins:
            title = known.plugins[owner].manifest.title
            stand = f"stand at {at} and not at {newest}" if at else "are not there yet"
            known.leave_out(owner, f"The tables of {title} {stand}. Run “cm db upgrade”, then start again.")


def standing(engine: Engine) -> list[str]:
    """The names of all tables that stand in the database."""
    return list(inspect(engine).get_table_names())


def tables_of(found: list[str], name: str, names: list[str]) -> list[str]:
    """The tables of a plugin among those ``found`` standing, whether or not it is installed.

    ``names`` are those of all plugins that are known: where one begins with another, each keeps its own.
    """
    own = f"{PREFIX}{name}_"
    longer = tuple(f"{PREFIX}{each}_" for each in names if each != name and each.startswith(f"{name}_"))
    return sorted(each for each in found if each.startswith(own) and not (longer and each.startswith(longer)))


def owners_in(found: list[str]) -> list[str]:
    """The owners of the lines that stand in the database, plugins that are no longer installed included."""
    return sorted(each.removeprefix("cm_version_") for each in found if each.startswith("cm_version_"))


def rows_in(engine: Engine, tables: list[str], authorities: list[int]) -> dict[str, int]:
    """How many rows plugins' tables hold, over these authorities where they say whose a row is: in one statement."""
    if not tables:
        return {}
    counts = ", ".join(f"(SELECT count(*) FROM {engine.dialect.identifier_preparer.quote(each)})" for each in tables)
    with engine.connect() as connection:
        if not is_sqlite(connection):
            ids = ",".join(str(each) for each in authorities)
            connection.execute(text("SELECT set_config('cm.authorities', :ids, true)"), {"ids": ids})
        return dict(zip(tables, connection.execute(text(f"SELECT {counts}")).one(), strict=True))
