"""The audit: every write and every reading of a young person's record, in the same transaction, chained by hash.

Entries are gathered while the work goes on (writes by themselves, from the flush) and written when it commits, under a
lock on the head of the authority's chain. Triggers in the database refuse to change or remove a line;
:func:`verify` finds what somebody who went round the triggers changed, removed or put in.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from enum import Enum
from functools import lru_cache
from hashlib import sha256
from itertools import groupby
from typing import Any

from sqlalchemy import Connection, event, inspect, select, update
from sqlalchemy.orm import Mapper, Session

from cmcore.base.bulk import WrittenJson, insert_columns, insert_unless_there
from cmcore.base.engine import is_sqlite, send
from cmcore.base.records import Record, authority_of, young_person_of
from cmcore.plugins.records import PluginHealth
from cmcore.safekeeping.access import ScopedSession
from cmcore.safekeeping.records import AuditEntry, AuditHead, Counter

#: What the first line of a chain points back at.
START = "0" * 64
#: Shown in place of a value that the audit does not repeat.
MASK = "•"
_NOT_AUDITED = (AuditEntry, AuditHead, Counter, PluginHealth)
_BOOKKEEPING = {"version", "created_at", "changed_at"}


@dataclass
class Line:
    """One thing to be written to the audit: what was done to which record."""

    what: str
    kind: str
    record_id: int | None
    chain: int
    young_person_id: int | None = None
    detail: dict[str, Any] = field(default_factory=dict)
    why: str = ""
    act: str = ""


def note(session: Session, line: Line) -> None:
    """Have a line written when the session commits. Bulk writers call this once per young person or record."""
    if not line.act:
        line.act = session.info.get("doing", "")
    session.info.setdefault("audit", []).append(line)


def read(session: Session, record: Any, why: str = "") -> None:
    """Have the reading of a record written when the session commits."""
    chain = authority_of(record) or 0
    note(session, Line("read", record.kind(), record.id, chain, young_person_of(record), why=why))


def plain(value: Any) -> Any:
    """A value as JSON keeps it: days and instants in ISO form, codes as text."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat() if value.tzinfo else value.isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Enum):
        return value.value
    return value if isinstance(value, (str, int, float, bool, list, dict, type(None))) else str(value)


@lru_cache(maxsize=500)
def _told_of(mapper: Mapper[Any]) -> tuple[tuple[str, bool], ...]:
    """The columns of a kind of record that a line tells of, and whether each one's values are masked."""
    return tuple(
        (one.key, bool(one.columns[0].info.get("sensitive")))
        for one in mapper.column_attrs
        if one.key not in _BOOKKEEPING and one.key != "id"
    )


def _changes(record: Any, *, new: bool) -> dict[str, Any]:
    state = inspect(record)
    said: dict[str, Any] = {}
    for name, hidden in _told_of(state.mapper):
        if new:
            value = getattr(record, name)
            if value is not None:
                said[name] = MASK if hidden else plain(value)
            continue
        history = state.attrs[name].history
        if history.has_changes() and history.deleted != history.added:
            before, after = (history.deleted or (None,))[0], (history.added or (None,))[0]
            said[name] = [MASK, MASK] if hidden else [plain(before), plain(after)]
    return said


@event.listens_for(ScopedSession, "after_flush")
def _gather(session: Session, _: Any) -> None:
    for what, records in (("added", session.new), ("changed", session.dirty), ("removed", session.deleted)):
        for record in records:
            if isinstance(record, _NOT_AUDITED) or not isinstance(record, Record) or not record.audited:
                continue
            detail = {} if what == "removed" else _changes(record, new=what == "added")
            if what == "changed" and not detail:
                continue
            person, chain = young_person_of(record), authority_of(record) or 0
            note(
                session,
                Line(
                    what, record.kind(), getattr(record, "id", None), chain, person, detail, session.info.get("why", "")
                ),
            )


@event.listens_for(ScopedSession, "before_commit")
def _write(session: Session) -> None:
    session.flush()
    if session.in_nested_transaction():
        # Part of the work only: the head of the chain is held no longer than the commit itself takes.
        return
    lines: list[Line] = session.info.pop("audit", [])
    if lines:
        actor = session.info.get("actor")
        append(
            session.connection(),
            lines,
            login=actor.login if actor else "nobody",
            actor_kind=actor.kind if actor else "none",
            at=session.info["clock"].now() if "clock" in session.info else datetime.now(UTC),
        )


@event.listens_for(ScopedSession, "after_rollback")
def _forget(session: Session) -> None:
    if not session.in_nested_transaction():
        session.info.pop("audit", None)


def append(connection: Connection, lines: Iterable[Line], *, login: str, actor_kind: str, at: datetime) -> None:
    """Write lines to the end of their chains, in the connection's transaction, holding each chain's head."""
    for chain, group in groupby(sorted(lines, key=lambda line: line.chain), key=lambda line: line.chain):
        of_chain = list(group)
        if len(of_chain) == 1 and _one_at_once(connection, of_chain[0], login, actor_kind, at):
            continue
        seq, previous = _hold_head(connection, chain)
        shared = {"chain": chain, "at": at, "login": login, "actor_kind": actor_kind}
        details, links, who = _written([line.detail for line in of_chain]), [previous], _who(at, login, actor_kind)
        for number, (line, detail) in enumerate(zip(of_chain, details, strict=True), seq + 1):
            said = _said(line.act, line.what, line.kind, line.record_id, line.young_person_id, detail, line.why[:1000])
            previous = _hashed(chain, number, who, said, previous)
            links.append(previous)
        # One statement for all lines of a chain: an import writes one for each of thousands of young people.
        columns = {
            "seq": range(seq + 1, seq + len(of_chain) + 1),
            "act": [line.act for line in of_chain],
            "what": [line.what for line in of_chain],
            "kind": [line.kind for line in of_chain],
            "record_id": [line.record_id for line in of_chain],
            "young_person_id": [line.young_person_id for line in of_chain],
            "detail": details,
            "why": [line.why[:1000] for line in of_chain],
            "previous": links[:-1],
            "hash": links[1:],
        }
        insert_columns(connection, AuditEntry, columns, shared)
        head = update(AuditHead).where(AuditHead.chain == chain).values(seq=seq + len(of_chain), hash=previous)
        connection.execute(head)


#: One line, where the database can work out its fingerprint: three round trips to a server are one. The head is held
#: first, as in :func:`_hold_head`; what is hashed is put together as in :func:`_hashed`, from the head as it was found.
_ONE_LINE = """
WITH head AS (SELECT seq, hash FROM cm_audit_head WHERE chain = %(chain)s::integer FOR UPDATE),
line AS (
INSERT INTO cm_audit (chain, seq, at, login, actor_kind, act, what, kind, record_id, young_person_id, detail, why,
previous, hash)
SELECT %(chain)s::integer, head.seq + 1, %(at)s::timestamptz, %(login)s::text, %(actor_kind)s::text, %(act)s::text,
%(what)s::text, %(kind)s::text, %(record_id)s::integer, %(young_person_id)s::integer, %(detail)s::json, %(why)s::text,
head.hash, encode(sha256(convert_to(
%(before)s::text || (head.seq + 1)::text || %(after)s::text || head.hash || '"]', 'UTF8')), 'hex')
FROM head RETURNING seq, hash)
UPDATE cm_audit_head SET seq = line.seq, hash = line.hash FROM line WHERE cm_audit_head.chain = %(chain)s::integer"""


def _one_at_once(connection: Connection, line: Line, login: str, actor_kind: str, at: datetime) -> bool:
    """Write one line and move the head on in one statement; says no where that cannot be: no server, no head yet."""
    if is_sqlite(connection):
        return False
    detail, why = _encode(line.detail), line.why[:1000]
    said = _said(line.act, line.what, line.kind, line.record_id, line.young_person_id, detail, why)
    told = {
        "chain": line.chain,
        "at": at,
        "login": login,
        "actor_kind": actor_kind,
        "act": line.act,
        "what": line.what,
        "kind": line.kind,
        "record_id": line.record_id,
        "young_person_id": line.young_person_id,
        "detail": detail,
        "why": why,
        "before": f"[{line.chain},",
        "after": f',{_who(at, login, actor_kind)},{said},"',
    }
    return bool(send(connection, _ONE_LINE, told).rowcount == 1)


def _written(details: list[dict[str, Any]]) -> list[WrittenJson]:
    """Details as they are hashed and kept. What thousands of lines share is written once."""
    by_object: dict[int, WrittenJson] = {}
    for detail in details:
        if id(detail) not in by_object:
            by_object[id(detail)] = WrittenJson(_encode(detail))
    return [by_object[id(detail)] for detail in details]


def _hold_head(connection: Connection, chain: int) -> tuple[int, str]:
    asked = select(AuditHead.seq, AuditHead.hash).where(AuditHead.chain == chain).with_for_update()
    found = connection.execute(asked).first()
    if found is None:
        connection.execute(insert_unless_there(connection, AuditHead, chain=chain, seq=0, hash=START))
        found = connection.execute(asked).one()
    return found.seq, found.hash


#: One encoder for all lines: making one takes longer than using it.
_encode = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode


@lru_cache(maxsize=16)
def _instant(at: datetime) -> str:
    """An instant as a fingerprint holds it; the lines of one work share theirs."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def fingerprint(row: Mapping[str, Any]) -> str:
    """The SHA-256 of a line with the fingerprint of the line before it, in hexadecimal."""
    who = _who(row["at"], row["login"], row["actor_kind"])
    detail, why = _encode(row["detail"]), row["why"]
    said = _said(row["act"], row["what"], row["kind"], row["record_id"], row["young_person_id"], detail, why)
    return _hashed(row["chain"], row["seq"], who, said, row["previous"])


# The text that is hashed is the line as a JSON list, put together from parts that many lines share.


def _who(at: datetime, login: str, actor_kind: str) -> str:
    return f'"{_instant(at)}",{_encode(login)},{_encode(actor_kind)}'


def _said(act: str, what: str, kind: str, record_id: int | None, person_id: int | None, detail: str, why: str) -> str:
    keys = f"{'null' if record_id is None else record_id},{'null' if person_id is None else person_id}"
    return f"{_words(act, what, kind)},{keys},{detail},{_encode(why)}"


@lru_cache(maxsize=500)
def _words(act: str, what: str, kind: str) -> str:
    """What a line says was done: few things are, and many lines say the same."""
    return f"{_encode(act)},{_encode(what)},{_encode(kind)}"


def _hashed(chain: int, seq: int, who: str, said: str, previous: str) -> str:
    return sha256(f'[{chain},{seq},{who},{said},"{previous}"]'.encode()).hexdigest()


def verify(connection: Connection, chains: Iterable[int] | None = None) -> Iterator[str]:
    """What is wrong with the chains, one sentence each; nothing when all hold. Reads every line once."""
    heads = {head.chain: head for head in connection.execute(select(AuditHead.chain, AuditHead.seq, AuditHead.hash))}
    kept = set(connection.execute(select(AuditEntry.chain).distinct()).scalars())
    wanted = set(heads) | kept if chains is None else set(chains)
    columns = [column for column in AuditEntry.__table__.c if column.name != "id"]
    for chain in sorted(wanted):
        expected, previous = 0, START
        asked = select(*columns).where(AuditEntry.chain == chain).order_by(AuditEntry.seq)
        for row in connection.execution_options(yield_per=2000).execute(asked).mappings():
            expected += 1
            if row["seq"] != expected:
                yield f"Chain {chain}: line {expected} is missing; the next one is line {row['seq']}."
                expected = row["seq"]
            elif row["previous"] != previous:
                yield f"Chain {chain}: line {row['seq']} does not follow the one before: one was removed or put in."
            if fingerprint(dict(row)) != row["hash"]:
                yield f"Chain {chain}: line {row['seq']} was changed after it was written."
            previous = row["hash"]
        head = heads.get(chain)
        if head is None:
            if expected:
                yield f"Chain {chain}: its head is missing."
        elif (head.seq, head.hash) != (expected, previous):
            yield f"Chain {chain}: it ends at line {expected}, but {head.seq} were written: the end is gone or changed."


def against(connection: Connection, heads: Mapping[int, tuple[int, str]]) -> Iterator[str]:
    """Which heads kept elsewhere the chains do not hold any more, one sentence each.

    ``heads`` gives, by chain, the number and the fingerprint of a line that once was the last. A chain that was written
    anew from its beginning is whole in itself: only an earlier head, kept out of reach of whoever did it, tells.
    """
    for chain, (seq, kept) in sorted(heads.items()):
        asked = select(AuditEntry.hash).where(AuditEntry.chain == chain, AuditEntry.seq == seq)
        found = connection.execute(asked).scalar()
        if seq and found is None:
            yield f"Chain {chain}: line {seq} was kept elsewhere, and is gone."
        elif seq and found != kept:
            yield f"Chain {chain}: line {seq} is not the one that was kept elsewhere. The chain was written anew."
