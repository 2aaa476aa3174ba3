"""What stands against taking an import back: its records changed, went out of reach, were replaced or built on since.

All rows are looked at, whoever may see them: what somebody does not see is no less built on.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import inspect, literal, select
from sqlalchemy.orm import Mapper

from cmcore.base.findings import Finding
from cmcore.base.records import Record
from cmcore.base.words import in_words
from cmcore.exchange.records import ImportRun
from cmcore.messages.records import OutgoingMessage
from cmcore.plugins.tables import in_use
from cmcore.safekeeping.access import beyond
from cmcore.safekeeping.records import AuditEntry, StateChange
from cmcore.safekeeping.work import Work
from cmcore.young_people.records import YoungPerson

_NAMED = 5
_CHUNK = 500
_REASON = beyond(
    "an import is taken back only if nobody built on it, whoever sees what they built; references are told"
)
#: They tell what was, and stay whatever becomes of it.
_TELLS = (AuditEntry, StateChange, OutgoingMessage, ImportRun)


class Standing:
    """What an import made and changed, and how it stands today. Keys of both are by kind of record."""

    def __init__(
        self,
        work: Work,
        run: ImportRun,
        made: Mapping[str, Sequence[int]],
        changed: Mapping[str, set[int]],
        versions: Mapping[tuple[str, int], int | None],
        parts: set[type[Any]],
    ) -> None:
        """Keep what is asked about. ``parts`` are classes whose rows go with what was made."""
        self.work = work
        self.run = run
        self.made = made
        self.changed = changed
        self.versions = versions
        self.parts = parts
        self.classes: dict[str, type[Any]] = {
            mapper.class_.kind(): mapper.class_ for mapper in Record.registry.mappers if hasattr(mapper.class_, "id")
        }

    def against(self) -> Iterator[Finding]:
        """Why it cannot be taken back, one finding for each reason."""
        yield from self._touched_since()
        yield from self._out_of_reach()
        yield from self._built_on()

    def _touched_since(self) -> Iterator[Finding]:
        """Records whose version is not the one the import left; or another of the same key, made after it."""
        touched: list[str] = []
        for kind in {*self.made, *self.changed}:
            record = self.classes[kind]
            made = set(self.made.get(kind, ()))
            # What links two records, and is never changed, has neither.
            version = record.version if hasattr(record, "version") else literal(None)
            created_at = record.created_at if hasattr(record, "created_at") else literal(None)
            columns = [record.id, version.label("version"), created_at.label("created_at")]
            later = [
                row.id
                for row in self._rows(columns, record.id, [*made, *self.changed.get(kind, set())])
                if (row.version is not None and row.version != self.versions.get((kind, row.id), 1))
                or (row.id in made and self._later(row.created_at))
            ]
            touched += self._names(kind, later)
        if touched:
            yield _finding("changed since", touched)

    def _later(self, created_at: datetime | None) -> bool:
        ended_at = self.run.finished_at
        return created_at is not None and ended_at is not None and created_at > ended_at

    def _out_of_reach(self) -> Iterator[Finding]:
        """Records that are there, and not within reach of whoever takes the import back."""
        for kind in {*self.made, *self.changed}:
            record = self.classes[kind]
            keys = [*self.made.get(kind, ()), *self.changed.get(kind, set())]
            there = {row.id for row in self._rows([record.id], record.id, keys)}
            seen = {
                key
                for chunk in chunks(sorted(there))
                for key in self.work.db.scalars(_where(record.id, record.id, chunk))
            }
            if there - seen:
                yield Finding(
                    f"Not taken back: {in_words([record.words[1]])} of it are no longer within your reach.",
                    way_out="Ask a coordinator to take it back.",
                )

    def _built_on(self) -> Iterator[Finding]:
        """Records that point at what would be removed, and are not themselves of this import."""
        for kind, keys in self.made.items():
            for other, key_of, owner_of, also in _pointing_at(self.classes[kind]):
                if other in self.parts:
                    continue
                own = {*self.made.get(other.kind(), ()), *self.changed.get(other.kind(), set())}
                pointing = [
                    row.owner
                    for row in self._rows([key_of.label("key"), owner_of.label("owner")], owner_of, keys, *also)
                    if row.key not in own
                ]
                if pointing:
                    yield _finding(f"used by {other.words[1]} since", self._names(kind, sorted(set(pointing))))

    def _rows(self, columns: Sequence[Any], by: Any, keys: Sequence[int], *also: Any) -> Iterator[Any]:
        for chunk in chunks(keys):
            asked = select(*columns).where(by.in_(chunk), *also)
            yield from self.work.db.execute(asked, execution_options=_REASON)

    def _names(self, kind: str, keys: Sequence[int]) -> list[str]:
        """How people know these records: the young person's reference, or the record's own words."""
        record = self.classes[kind]
        named: list[str] = []
        for chunk in chunks(keys):
            if kind == "young_person":
                named += self.work.db.scalars(select(record.ref).where(record.id.in_(chunk)))
            elif hasattr(record, "young_person_id"):
                owners = select(record.young_person_id).where(record.id.in_(chunk))
                refs = self.work.db.scalars(select(YoungPerson.ref).where(YoungPerson.id.in_(owners)))
                named += [f"{ref} ({record.words[0]})" for ref in refs]
            else:
                named += [str(one) for one in self.work.db.scalars(select(record).where(record.id.in_(chunk)))]
        return named or [f"a {record.words[0]}" for _ in keys[:1]]


def _where(column: Any, by: Any, keys: Sequence[int]) -> Any:
    return select(column).where(by.in_(keys))


def _pointing_at(record: type[Any]) -> Iterator[tuple[type[Any], Any, Any, tuple[Any, ...]]]:
    """What may point at a class: the class that does, its key, the column that points, and what else must hold.

    By a key of the database, by a column that is named after the kind, or by a pair of a kind and a key.
    """
    for mapper in Record.registry.mappers:
        kept: Any = mapper.class_
        if not hasattr(kept, "id") or issubclass(kept, _TELLS) or not in_use(kept):
            continue
        for name in _columns_pointing_at(mapper, record):
            yield kept, kept.id, getattr(kept, name), ()
        for name in [one.key for one in mapper.column_attrs]:
            stem = name.removesuffix("_kind")
            if stem != name and f"{stem}_id" in mapper.column_attrs:
                yield kept, kept.id, getattr(kept, f"{stem}_id"), (getattr(kept, name) == record.kind(),)


def _columns_pointing_at(mapper: Mapper[Any], record: type[Any]) -> Iterator[str]:
    table = inspect(record).local_table
    for attribute in mapper.column_attrs:
        keys = (key for column in attribute.columns for key in column.foreign_keys)
        by_key = any(key.column.table is table and key.column.name == "id" for key in keys)
        if by_key or attribute.key == f"{record.kind()}_id":
            yield attribute.key


def chunks(keys: Sequence[int]) -> Iterator[list[int]]:
    """Keys in lists that a statement holds."""
    listed = list(keys)
    for start in range(0, len(listed), _CHUNK):
        yield listed[start : start + _CHUNK]


def _finding(what: str, names: list[str]) -> Finding:
    known = sorted(set(names))
    more = f" and {len(known) - _NAMED:,} more" if len(known) > _NAMED else ""
    shown = f"{', '.join(known[:_NAMED])}{more}" if more else in_words(known)
    return Finding(
        f"Not taken back: {shown} {'was' if len(known) == 1 else 'were'} {what}.",
        way_out="Undo those changes first, or change the imported records one by one.",
    )
