"""Taking a plugin's tables out: what was in them goes into a file first, then they are dropped.

No script of the plugin is needed for it, so it works as well when the plugin is broken, or its package is gone: what is
a plugin's own is known by its name. See docs/decisions/plugins-taken-out-by-name.md.
"""

from __future__ import annotations

import csv
import io
import json
import os
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from graphlib import TopologicalSorter
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, ForeignKey, MetaData, Table, select, text

from cmcore.base.engine import WRITING, is_sqlite
from cmcore.base.findings import refuse
from cmcore.base.harmless import harmless


def reflected(connection: Connection, names: Iterable[str]) -> list[Table]:
    """These tables as they stand in the database, each after those it points at."""
    wanted = sorted(names)
    made = MetaData()
    made.reflect(connection, only=wanted, resolve_fks=False)
    # What they point at outside of themselves, such as an authority, was not read and does not matter here.
    points = {name: {_target(key) for key in made.tables[name].foreign_keys} & {*wanted} - {name} for name in wanted}
    return [made.tables[name] for name in TopologicalSorter(points).static_order()]


def _target(key: ForeignKey) -> str:
    return key.target_fullname.rpartition(".")[0]


def pointing_in(connection: Connection, names: Iterable[str]) -> list[str]:
    """Other tables with a foreign key into these."""
    own = set(names)
    made = MetaData()
    made.reflect(connection, resolve_fks=False)
    return sorted(
        table.name
        for table in made.tables.values()
        if table.name not in own and any(_target(key) in own for key in table.foreign_keys)
    )


def see_authorities(connection: Connection, authorities: Iterable[int]) -> None:
    """Let PostgreSQL's row-level security show the rows of these authorities in this transaction."""
    if not is_sqlite(connection):
        ids = ",".join(str(each) for each in authorities)
        connection.execute(text("SELECT set_config('cm.authorities', :ids, true)"), {"ids": ids})


def write_out(engine: Engine, names: list[str], authorities: list[int], file: Path, told: Mapping[str, Any]) -> int:
    """Write the rows of tables into a zip file, as JSON and as CSV, beside what is ``told``. Says how many rows.

    Refuses a file that is there already. Only whoever runs it may read the file.
    """
    try:
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise refuse(f"There is a file {file.name} already.", way_out="Name another, or move that one away.") from None
    except OSError as wrong:
        raise refuse(f"{file.name} cannot be written: {wrong.strerror}.", way_out="Name another file.") from None
    rows = 0
    with os.fdopen(handle, "wb") as out, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("plugin.json", _json(told))
        with engine.connect() as connection:
            see_authorities(connection, authorities)
            for table in reflected(connection, names):
                kept = [dict(row) for row in connection.execute(select(table)).mappings()]
                rows += len(kept)
                columns = {column.name: str(column.type) for column in table.columns}
                archive.writestr(f"tables/{table.name}.json", _json({"columns": columns, "rows": kept}))
                archive.writestr(f"tables/{table.name}.csv", _csv(list(columns), kept))
    return rows


def drop(engine: Engine, owner: str, names: list[str]) -> None:
    """Drop tables, the last of those that point at others first, with the owner's version table and its functions."""
    quote = engine.dialect.identifier_preparer.quote
    with engine.connect().execution_options(**{WRITING: True}) as connection, connection.begin():
        for table in reversed(reflected(connection, names)):
            connection.execute(text(f"DROP TABLE {quote(table.name)}"))
        connection.execute(text(f"DROP TABLE IF EXISTS {quote(f'cm_version_{owner}')}"))
        if not is_sqlite(connection):
            for function in _functions(connection, names):
                connection.execute(text(f"DROP FUNCTION IF EXISTS {quote(function)}"))


def _functions(connection: Connection, names: list[str]) -> Iterator[str]:
    """The functions that guarded these tables: each is called after its table."""
    asked = text("SELECT proname FROM pg_proc WHERE pronamespace = current_schema()::regnamespace")
    for (name,) in connection.execute(asked).all():
        if any(name.startswith(f"{table}_") for table in names):
            yield name


def _json(told: Any) -> str:
    return json.dumps(told, indent=1, ensure_ascii=False, default=_plain)


def _plain(value: Any) -> str:
    return value.isoformat() if isinstance(value, date | datetime) else str(value)


def _csv(columns: list[str], rows: list[dict[str, Any]]) -> str:
    out = io.StringIO()
    written = csv.writer(out)
    written.writerow(columns)
    for row in rows:
        written.writerow([_cell(row[name]) for name in columns])
    return out.getvalue()


def _cell(value: Any) -> Any:
    said = json.dumps(value, ensure_ascii=False) if isinstance(value, dict | list) else value
    return harmless(said) if isinstance(said, str) else said
