"""Writing many rows fast, the same on both databases: the demonstration's one door past the records.

Rows are gathered as tuples, a sheet for each record class, and written at once: on SQLite by one prepared statement,
on PostgreSQL through a temporary table, because rows cannot be copied straight into a table with row-level security.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, Boolean, Column, Connection, Date, select
from sqlalchemy.orm import Session

from cmcore.base.engine import is_sqlite
from cmcore.base.records import Instant, Record
from cmcore.safekeeping.audit import Line, append
from cmcore.safekeeping.records import AuditHead
from cmcore.safekeeping.refs import next_refs
from cmcore.virtual_schools.records import Authority

#: Keys drawn at a time from a PostgreSQL sequence.
_BLOCK = 500


def _text_of_day() -> Callable[[date], str]:
    known: dict[date, str] = {}

    def text(value: date) -> str:
        found = known.get(value)
        if found is None:
            found = known[value] = value.isoformat()
        return found

    return text


def _text_of_instant(zone: str) -> Callable[[datetime], str]:
    def text(value: datetime) -> str:
        # As SQLAlchemy keeps it on SQLite, to the microsecond; every instant here is in UTC already.
        return value.isoformat(" ", "microseconds")[:26] + zone

    return text


def _text_of_json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=True)


class Sheet:
    """Rows of one record class, as tuples in the order of ``columns``.

    A column left out takes the record's own default, or nothing where it may be empty. A key left out is given by the
    database.
    """

    def __init__(self, record: type[Record], columns: str, **same: Any) -> None:
        """Name the columns in order; ``same`` are columns that hold one value in every row."""
        self.name = record.__tablename__
        self._table = record.metadata.tables[record.__tablename__]
        self.columns = columns.split()
        self.rows: list[tuple[Any, ...]] = []
        self.add = self.rows.append
        known = {column.key: column for column in self._table.c}
        if strange := [name for name in (*self.columns, *same) if name not in known]:
            raise ValueError(f"{record.__tablename__} has no {', '.join(strange)}.")
        self.same = dict(same)
        for name, column in known.items():
            if name in self.columns or name in self.same or name == "id" or column.nullable:
                continue
            self.same[name] = _default(column)

    def _converters(self, sqlite: bool) -> list[tuple[int, Callable[[Any], Any]]]:
        made: list[tuple[int, Callable[[Any], Any]]] = []
        for place, name in enumerate(self.columns):
            kind = self._table.c[name].type
            if isinstance(kind, Instant):
                made.append((place, _text_of_instant("" if sqlite else "+00")))
            elif isinstance(kind, Date):
                made.append((place, _text_of_day()))
            elif isinstance(kind, JSON):
                made.append((place, _text_of_json))
            elif isinstance(kind, Boolean) and sqlite:
                made.append((place, int))
        return made

    def _written(self, sqlite: bool) -> Iterator[list[Any]]:
        converters = self._converters(sqlite)
        for row in self.rows:
            out = list(row)
            for place, convert in converters:
                if out[place] is not None:
                    out[place] = convert(out[place])
            yield out

    def write(self, connection: Connection) -> int:
        """Write the rows and let go of them. Says how many there were."""
        many = len(self.rows)
        if many:
            sqlite = is_sqlite(connection)
            names = ", ".join(f'"{name}"' for name in (*self.columns, *self.same))
            constants = [_literal(value, sqlite) for value in self.same.values()]
            if sqlite:
                self._to_sqlite(connection, names, constants)
            else:
                self._to_postgresql(connection, names, constants)
            self.rows.clear()
        return many

    def _to_sqlite(self, connection: Connection, names: str, constants: list[str]) -> None:
        values = ", ".join(["?"] * len(self.columns) + constants)
        cursor = connection.connection.cursor()
        # The driver takes rows as they come; only what a general driver takes is written in its type.
        rows: Any = self._written(True)
        cursor.executemany(f"INSERT INTO {self.name} ({names}) VALUES ({values})", rows)
        cursor.close()

    def _to_postgresql(self, connection: Connection, names: str, constants: list[str]) -> None:
        own = ", ".join(f'"{name}"' for name in self.columns)
        passing = f"demo_{self.name}"
        connection.exec_driver_sql(
            f"CREATE TEMPORARY TABLE {passing} ON COMMIT DROP AS SELECT {own} FROM {self.name} WITH NO DATA"
        )
        cursor = connection.connection.cursor()
        with cursor.copy(f"COPY {passing} ({own}) FROM STDIN") as copy:
            for row in self._written(False):
                copy.write_row(row)
        cursor.close()
        connection.exec_driver_sql(
            f"INSERT INTO {self.name} ({names}) SELECT {', '.join([own, *constants])} FROM {passing}"
        )
        connection.exec_driver_sql(f"DROP TABLE {passing}")


def _default(column: Column[Any]) -> Any:
    made = column.default
    if made is None:
        raise ValueError(f"{column.table.name}.{column.key} has no default: name it.")
    if getattr(made, "is_callable", False):
        return made.arg(None)  # type: ignore[attr-defined]
    return made.arg  # type: ignore[attr-defined]


def _literal(value: Any, sqlite: bool) -> str:
    if isinstance(value, bool):
        return str(int(value)) if sqlite else str(value).upper()
    if isinstance(value, int):
        return str(value)
    if isinstance(value, datetime):
        value = _text_of_instant("" if sqlite else "+00")(value)
    text = json.dumps(value) if isinstance(value, (list, dict)) else str(value)
    return "'" + text.replace("'", "''").replace("%", "%%" if not sqlite else "%") + "'"


class Keys:
    """Keys for new rows, known before the rows are written because other rows point at them."""

    def __init__(self, connection: Connection) -> None:
        """Take keys from this connection's database; on SQLite the caller holds the write lock."""
        self._connection = connection
        self._drawn: dict[str, Iterator[int]] = {}

    def next(self, record: type[Record]) -> int:
        """The next key of a record class."""
        name = record.__tablename__
        given = self._drawn.get(name)
        if given is None:
            given = self._drawn[name] = self._counted(name)
        return next(given)

    def _counted(self, name: str) -> Iterator[int]:
        if is_sqlite(self._connection):
            last = self._connection.exec_driver_sql(f"SELECT coalesce(max(id), 0) FROM {name}").scalar_one()
            while True:
                last += 1
                yield last
        while True:
            asked = f"SELECT nextval(pg_get_serial_sequence('{name}', 'id')) FROM generate_series(1, {_BLOCK})"
            yield from [row[0] for row in self._connection.exec_driver_sql(asked)]


class Refs:
    """References in a row, held from the first one until the transaction ends, so that none is given twice."""

    def __init__(self, connection: Connection, authority_id: int, prefix: str) -> None:
        """Begin after the last one that was given."""
        self._db = Session(connection, join_transaction_mode="rollback_only")
        self._authority_id = authority_id
        self._prefix = prefix
        self._given: dict[str, int] = {}
        self._held: dict[str, int] = {}

    def next(self, letter: str = "") -> str:
        """The next reference of a kind ("WR-0417", "WR-R-0012")."""
        prefix = f"{self._prefix}-{letter}" if letter else self._prefix
        if prefix not in self._given:
            first = next_refs(self._db, prefix, self._authority_id)[0]
            self._given[prefix] = self._held[prefix] = int(first.rpartition("-")[2])
            return first
        self._given[prefix] += 1
        return f"{prefix}-{self._given[prefix]:04d}"

    def hold(self) -> None:
        """Write down how far the counting has come."""
        for prefix, last in self._given.items():
            if last > self._held[prefix]:
                next_refs(self._db, prefix, self._authority_id, last - self._held[prefix])
                self._held[prefix] = last


def reach(connection: Connection, authority_ids: list[int]) -> None:
    """Let PostgreSQL's row-level security know whose rows this transaction writes."""
    if not is_sqlite(connection):
        ids = ",".join(str(each) for each in authority_ids)
        connection.exec_driver_sql("SELECT set_config('cm.authorities', %s, true)", (ids,))


def kept_authorities(connection: Connection) -> dict[str, tuple[int, str, str]]:
    """Every authority there is by its code: key, name and the letters of its references."""
    top = connection.execute(select(AuditHead.chain).order_by(AuditHead.chain.desc()).limit(1)).scalar() or 0
    reach(connection, list(range(1, top + 1)))
    asked = select(Authority.code, Authority.id, Authority.name, Authority.prefix)
    return {row.code: (row.id, row.name, row.prefix) for row in connection.execute(asked)}


def holds(connection: Connection, authority_id: int, *records: type[Record]) -> bool:
    """Whether an authority holds any row of these records."""
    return any(
        connection.execute(
            select(record.__table__.c.id).where(record.__table__.c.authority_id == authority_id).limit(1)
        ).first()
        is not None
        for record in records
    )


def write_audit(connection: Connection, lines: list[Line], at: datetime) -> None:
    """Write down in the authority's chain that all this was made."""
    append(connection, lines, login="command", actor_kind="command", at=at)


def count_anew(connection: Connection, table: str = "") -> None:
    """Let the database count its rows, of one table or of all, so that it finds its way through them."""
    connection.exec_driver_sql(f"ANALYZE {table}")
