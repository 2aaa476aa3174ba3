"""Files that were given to an import and wait until somebody confirms what they would change.

They are kept in the database, packed, for an hour at most, for the account that gave them and nobody else, and go as
soon as they are brought in or thrown away. Nothing of them is written to a folder.
"""

from __future__ import annotations

import json
import secrets
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Engine, delete, insert, select, update

from cmcore.base.engine import WRITING
from cmcore.exchange.given import GivenFile
from console.accounts import hash_of
from console.tables import upload as table

#: How long files wait to be confirmed.
WAITS = timedelta(hours=1)


@dataclass(frozen=True)
class Waiting:
    """Files that wait: for which authority and importer, what was told beside them, and the files."""

    authority_id: int
    importer: str
    told: dict[str, Any]
    files: tuple[GivenFile, ...]


def keep(
    engine: Engine,
    files: Sequence[tuple[str, bytes]],
    *,
    account_id: int,
    authority_id: int,
    importer: str,
    told: dict[str, Any],
    now: datetime,
) -> str:
    """Keep files until they are confirmed; gives the token that finds them. What has waited too long goes.

    So does what the account gave the same importer before.
    """
    token = secrets.token_urlsafe(24)
    packed = zlib.compress(b"".join(content for _, content in files), 1)
    with engine.connect().execution_options(**{WRITING: True}) as connection, connection.begin():
        before = (table.c.account_id == account_id) & (table.c.importer == importer)
        connection.execute(delete(table).where((table.c.expires_at < now) | before))
        connection.execute(
            insert(table).values(
                token_hash=hash_of(token),
                account_id=account_id,
                authority_id=authority_id,
                importer=importer,
                told=json.dumps(told),
                names=json.dumps([[name, len(content)] for name, content in files]),
                content=packed,
                expires_at=now + WAITS,
            )
        )
    return token


def mark_of(token: str, seen: str) -> str:
    """What makes bringing these files in one piece of work, however often it is confirmed as it was seen."""
    return hash_of(f"{token} {seen}")[:32]


def find(engine: Engine, token: str, *, account_id: int, now: datetime) -> Waiting | None:
    """The files behind a token, for the account that gave them; nothing once they have gone."""
    asked = select(table).where(
        table.c.token_hash == hash_of(token), table.c.account_id == account_id, table.c.expires_at > now
    )
    with engine.connect() as connection:
        row = connection.execute(asked).first()
    if row is None:
        return None
    content, files, at = zlib.decompress(row.content), [], 0
    for name, size in json.loads(row.names):
        files.append(GivenFile.holding(name, content[at : at + size]))
        at += size
    return Waiting(row.authority_id, row.importer, json.loads(row.told), tuple(files))


def tell(engine: Engine, token: str, *, account_id: int, told: dict[str, Any]) -> None:
    """Keep other words beside files that wait, for the account that gave them."""
    theirs = (table.c.token_hash == hash_of(token)) & (table.c.account_id == account_id)
    with engine.connect().execution_options(**{WRITING: True}) as connection, connection.begin():
        connection.execute(update(table).where(theirs).values(told=json.dumps(told)))


def throw_away(engine: Engine, token: str, *, account_id: int) -> None:
    """Let waiting files go."""
    with engine.connect().execution_options(**{WRITING: True}) as connection, connection.begin():
        connection.execute(delete(table).where(table.c.token_hash == hash_of(token), table.c.account_id == account_id))
