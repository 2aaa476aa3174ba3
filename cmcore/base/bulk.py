"""Thousands of new records in one statement a table: columns in, keys out, in the caller's own transaction.

What it writes goes round the ORM, so whoever calls it writes the audit too, and has checked the permission and the
authority of every row. On PostgreSQL row-level security still holds.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import chain, islice
from typing import Any

from sqlalchemy import JSON, Column, Connection, Date, DateTime, Insert, Integer, Table, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import IntegrityError
from sqlalchemy.sql.schema import ScalarElementColumnDefault

from cmcore.base.engine import is_sqlite
from cmcore.base.records import Instant, Record

#: Rows that go into SQLite with one statement.
_AT_ONCE = 100


#: Fewer new rows than this change no plan.
_WORTH_COUNTING = 1_000


class WrittenJson(str):
    """A value of a JSON column that its writer has put into JSON already."""

    __slots__ = ()


def take_keys(connection: Connection, record: type[Record], many: int) -> list[int]:
    """Keys for new records of a class, in rising order. On SQLite the caller holds the write lock: they stay free."""
    table = record.__tablename__
    if is_sqlite(connection):
        last = connection.execute(text(f"SELECT coalesce(max(id), 0) FROM {table}")).scalar_one()
        return list(range(last + 1, last + many + 1))
    asked = text(f"SELECT nextval(pg_get_serial_sequence('{table}', 'id')) FROM generate_series(1, :many)")
    return sorted(connection.execute(asked, {"many": many}).scalars())


def insert_columns(
    connection: Connection, record: type[Record], columns: Mapping[str, Sequence[Any]], fixed: Mapping[str, Any]
) -> int:
    """Insert as many rows as the columns are long, and say how many.

    ``columns`` gives each column's values in row order; ``fixed`` gives values that all rows share. What neither names
    takes the record's own default. Refuses, as the database does, what breaks a constraint: then nothing is kept.
    """
    many = len(next(iter(columns.values())))
    if not many:
        return 0
    table = record.metadata.tables[record.__tablename__]
    shared = {**_defaults(table, {*columns, *fixed}), **fixed}
    if is_sqlite(connection):
        _into_sqlite(connection, table, columns, shared)
    else:
        _into_postgresql(connection, table, columns, shared)
    return many


def insert_unless_there(connection: Connection, record: type[Record], **values: Any) -> Insert:
    """A statement that adds one row, or leaves the one that has its key already."""
    make = sqlite.insert if is_sqlite(connection) else postgresql.insert
    return make(record).values(**values).on_conflict_do_nothing()


def _defaults(table: Table, given: set[str]) -> dict[str, Any]:
    made = {}
    for column in table.columns:
        default = column.default
        if column.name not in given and isinstance(default, ScalarElementColumnDefault):
            made[column.name] = default.arg
    return made


def _into_sqlite(
    connection: Connection, table: Table, columns: Mapping[str, Sequence[Any]], shared: Mapping[str, Any]
) -> None:
    told = [_for_sqlite(connection, table.columns[name], values) for name, values in columns.items()]
    same = [_for_sqlite(connection, table.columns[name], [value])[0] for name, value in shared.items()]
    cells, many = chain.from_iterable(zip(*told, strict=True)), len(told[0])
    if not connection.in_transaction():
        connection.begin()
    # The driver takes the rows as they are made: none of them is held twice.
    cursor: Any = connection.connection.cursor()
    try:
        for at_once, times in ((_AT_ONCE, many // _AT_ONCE), (many % _AT_ONCE, 1)):
            if at_once and times:
                sql = _many_rows(table.name, list(columns), list(shared), at_once)
                width = at_once * len(told)
                cursor.executemany(sql, ((*same, *islice(cells, width)) for _ in range(times)))
    except sqlite3.IntegrityError as refused:
        raise IntegrityError(f"INSERT INTO {table.name}", None, refused) from refused
    finally:
        cursor.close()


def _many_rows(table: str, columns: list[str], shared: list[str], many: int) -> str:
    """One statement for many rows. SQLite prepares the checks once a statement: one by one takes twice as long."""
    numbered = ", ".join(f"?{place + 1}" for place in range(len(shared)))
    row = f"({', '.join('?' * len(columns))})"
    return (
        f"INSERT INTO {table} ({', '.join([*shared, *columns])}) SELECT {numbered}{', ' if shared else ''}given.* "
        f"FROM (VALUES {', '.join([row] * many)}) AS given"
    )


def _for_sqlite(connection: Connection, column: Column[Any], values: Sequence[Any]) -> Sequence[Any]:
    if isinstance(column.type, Date):
        # Few days stand in many rows: each is written out once.
        written: dict[date | None, str | None] = {day: day.isoformat() if day else None for day in set(values)}
        return [written[day] for day in values]
    if isinstance(column.type, JSON):
        return _as_json(values)
    if isinstance(column.type, Instant | DateTime):
        bind = column.type.dialect_impl(connection.dialect).bind_processor(connection.dialect)
        return [bind(value) for value in values] if bind else values
    return values


def _as_json(values: Sequence[Any]) -> list[str]:
    return [str(value) if isinstance(value, WrittenJson) else json.dumps(value) for value in values]


def _into_postgresql(
    connection: Connection, table: Table, columns: Mapping[str, Sequence[Any]], shared: Mapping[str, Any]
) -> None:
    # One array a column: the server takes them apart, so that ten thousand rows are one statement.
    arrays = ", ".join(f"%s::{_array_type(table.columns[name])}" for name in columns)
    inner = [
        f"v{place}{'::json' if isinstance(table.columns[name].type, JSON) else ''}"
        for place, name in enumerate(columns)
    ]
    outer = [f"%s::{_type(table.columns[name])}" for name in shared]
    sql = (
        f"INSERT INTO {table.name} ({', '.join([*columns, *shared])}) SELECT {', '.join([*inner, *outer])} "
        f"FROM unnest({arrays}) AS rows ({', '.join(f'v{place}' for place in range(len(columns)))})"
    )
    told = [_for_postgresql(table.columns[name], values) for name, values in columns.items()]
    same = [_for_postgresql(table.columns[name], [value])[0] for name, value in shared.items()]
    connection.exec_driver_sql(sql, (*same, *told))


def _for_postgresql(column: Column[Any], values: Sequence[Any]) -> list[Any]:
    return _as_json(values) if isinstance(column.type, JSON) else list(values)


def _type(column: Column[Any]) -> str:
    if isinstance(column.type, Integer):
        return "integer"
    if isinstance(column.type, Date):
        return "date"
    if isinstance(column.type, Instant | DateTime):
        return "timestamptz"
    return "json" if isinstance(column.type, JSON) else "text"


def _array_type(column: Column[Any]) -> str:
    named = _type(column)
    return "text[]" if named == "json" else f"{named}[]"


def count_what_grew(connection: Connection, grown: Mapping[type[Record], int]) -> None:
    """Have PostgreSQL count the tables anew that many rows came into, given how many came into each.

    Until its own housekeeping comes by it would plan as if the tables were as small as before. It looks at a sample, so
    it costs milliseconds; a table that grew by less than a tenth is left alone, and so is one that belongs to another
    role, which the server would only warn of. SQLite does without.
    """
    many = {record.__tablename__: rows for record, rows in grown.items() if rows >= _WORTH_COUNTING}
    if is_sqlite(connection) or not many:
        return
    asked = text(
        "SELECT relname, reltuples FROM pg_class WHERE relname = ANY (:names) AND relnamespace = "
        "current_schema()::regnamespace AND pg_has_role(relowner, 'USAGE')"
    )
    for name, counted in connection.execute(asked, {"names": list(many)}):
        if many[name] * 10 > counted:
            connection.exec_driver_sql(f"ANALYZE {name}")


def ranges(keys: Iterable[int]) -> list[list[int]]:
    """Keys in rising order as [first, last] pairs: ten thousand in a row are one pair."""
    made: list[list[int]] = []
    for key in sorted(keys):
        if made and made[-1][1] == key - 1:
            made[-1][1] = key
        else:
            made.append([key, key])
    return made


def within_ranges(pairs: Iterable[Sequence[int]]) -> list[int]:
    """The keys that ranges stand for."""
    return [key for first, last in pairs for key in range(first, last + 1)]
