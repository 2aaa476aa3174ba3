"""Removing a record that was made by mistake: only while nothing hangs on it. Disposal in due time is not this."""

from __future__ import annotations

from collections.abc import Container, Iterator
from typing import Any

from sqlalchemy import ColumnElement, and_, inspect, literal, select
from sqlalchemy.orm import Mapper

from cmcore.base.findings import refuse
from cmcore.base.records import Record
from cmcore.base.words import in_words
from cmcore.plugins.tables import in_use
from cmcore.safekeeping.access import beyond
from cmcore.safekeeping.records import AuditEntry, StateChange
from cmcore.safekeeping.work import Work

#: They tell what was, and stay whatever becomes of it.
_HISTORY = (AuditEntry, StateChange)
_REASON = beyond("what hangs on a record keeps it from being removed, whoever may see it; only its kind is told")


def remove_if_free(work: Work, record: Any, own: Container[type[Any]] = ()) -> None:
    """Remove a record on which nothing hangs; refuses with what does. ``own`` are kinds that go with it."""
    if hanging := hanging_on(work, record, own):
        raise refuse(
            f"This {record.words[0]} cannot be removed: {in_words(hanging)} hang on it.",
            way_out="Remove those first, if they too were entered by mistake.",
        )
    work.db.delete(record)


def hanging_on(work: Work, record: Any, own: Container[type[Any]] = ()) -> list[str]:
    """What points at a record, as nouns in the plural ("care episodes", "referrals"), in the order of the alphabet."""
    found = set()
    for mapper in Record.registry.mappers:
        kept = mapper.class_
        if issubclass(kept, _HISTORY) or kept in own or not in_use(kept):
            continue
        for pointing in _pointing(mapper, record):
            asked = select(literal(1)).select_from(kept).where(pointing).limit(1)
            if work.db.execute(asked, execution_options=_REASON).first():
                found.add(kept.words[1])
    return sorted(found, key=str.lower)


def _pointing(mapper: Mapper[Any], record: Any) -> Iterator[ColumnElement[bool]]:
    """The conditions under which a row points at a record: by a column, declared as a key or not, or by name."""
    table = inspect(type(record)).local_table
    named = f"{record.kind()}_id"
    kept: Any = mapper.class_
    for attribute in mapper.column_attrs:
        points = any(
            key.column.table is table and key.column.name == "id"
            for column in attribute.columns
            for key in column.foreign_keys
        )
        if points or attribute.key == named:
            yield getattr(kept, attribute.key) == record.id
    if "about_kind" in mapper.column_attrs:
        yield and_(kept.about_kind == record.kind(), kept.about_id == record.id)
