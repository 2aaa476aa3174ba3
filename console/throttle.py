"""Failed tries to sign in: counted in the database, so that the wait holds over workers and restarts.

Three things are counted: an account from one address, an account from anywhere, and an address for any account. The
wait starts after a few free tries, doubles with each, and never passes a quarter of an hour, so that nobody can be
locked out of their own account for long by somebody else.
"""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass
from datetime import datetime, timedelta
from ipaddress import ip_address, ip_network

from sqlalchemy import Connection, Engine, case, delete, func, literal, select
from sqlalchemy.dialects import postgresql, sqlite

from cmcore.base.engine import WRITING, is_sqlite
from console.tables import sign_in_try

FIRST_WAIT = 15
LONGEST_WAIT = 15 * 60
#: A count that nobody added to for this long is dropped.
LONGEST_KEPT = timedelta(hours=24)


@dataclass(frozen=True)
class Counted:
    """One thing that is counted: how many tries are free before the wait begins, and when the count is forgotten."""

    key: str
    free: int
    forgotten_after: timedelta


def wait_after(failures: int, free: int) -> int:
    """Seconds to wait after that many failures: none for the free ones, then 15, 30, 60… to a quarter of an hour."""
    over = failures - free
    return 0 if over < 0 else min(LONGEST_WAIT, FIRST_WAIT * 2 ** min(over, 10))


def neighbourhood(address: str) -> str:
    """What is counted as one address: of the new kind (IPv6) a household has millions, so the network they share."""
    try:
        found = ip_address(address)
    except ValueError:
        return address
    return str(ip_network((found, 64), strict=False)) if found.version == 6 else str(found)


class _Waiting(Exception):
    """A count that is waiting was met: nothing of this try is counted."""


class Throttle:
    """Counts tries to sign in. The keys are hashed with the console's secret: no address and no name is kept."""

    def __init__(self, engine: Engine, secret: str) -> None:
        """Count in that database, with keys hashed by that secret."""
        self.engine = engine.execution_options(**{WRITING: True})
        self.secret = secret.encode()

    def counted(self, login: str, address: str) -> tuple[Counted, ...]:
        """The three things a try counts towards; a whole office may share an address, so that one has most patience."""
        account, address = login.strip().casefold(), neighbourhood(address)
        many = (
            Counted(self._hash("pair", account, address), free=4, forgotten_after=timedelta(hours=24)),
            Counted(self._hash("account", account), free=30, forgotten_after=timedelta(hours=24)),
            Counted(self._hash("address", address), free=100, forgotten_after=timedelta(hours=1)),
        )
        return tuple(sorted(many, key=lambda one: one.key))

    def take(self, login: str, address: str, now: datetime) -> datetime | None:
        """Take one try; or say until when none is to be had.

        The try is counted as failed before the password is looked at, and each count is one statement that holds its
        row, so that a hundred tries at once are a hundred tries. :meth:`forgive` takes it back when the password was
        right.
        """
        many = self.counted(login, address)
        with self.engine.connect() as connection:
            try:
                with connection.begin():
                    for one in many:
                        self._count(connection, one, now)
            except _Waiting:
                with connection.begin():
                    waits = select(func.max(sign_in_try.c.wait_until)).where(
                        sign_in_try.c.key_hash.in_([one.key for one in many])
                    )
                    return connection.scalar(waits) or now
        return None

    def _count(self, connection: Connection, one: Counted, now: datetime) -> None:
        insert = sqlite.insert if is_sqlite(self.engine) else postgresql.insert
        stale = sign_in_try.c.last_at < now - one.forgotten_after
        failures = connection.scalar(
            insert(sign_in_try)
            .values(key_hash=one.key, failures=1, wait_until=now, last_at=now)
            .on_conflict_do_update(
                index_elements=["key_hash"],
                set_={"failures": case((stale, literal(1)), else_=sign_in_try.c.failures + 1), "last_at": now},
                where=sign_in_try.c.wait_until <= now,
            )
            .returning(sign_in_try.c.failures)
        )
        if failures is None:
            raise _Waiting
        if seconds := wait_after(failures, one.free):
            later = now + timedelta(seconds=seconds)
            connection.execute(sign_in_try.update().where(sign_in_try.c.key_hash == one.key).values(wait_until=later))

    def turn(self, counted: tuple[str, str], now: datetime, *, free: int, forgotten: timedelta) -> datetime | None:
        """Take one turn at something that may be asked for only so often; or say until when none is to be had."""
        one = Counted(self._hash(*counted), free, forgotten)
        with self.engine.connect() as connection:
            try:
                with connection.begin():
                    self._count(connection, one, now)
            except _Waiting:
                with connection.begin():
                    asked = select(sign_in_try.c.wait_until).where(sign_in_try.c.key_hash == one.key)
                    return connection.scalar(asked) or now
        return None

    def forgive(self, login: str, address: str, now: datetime) -> None:
        """Forget the failures from this address after a sign-in; take this try off wider counts; drop old counts."""
        pair = self._hash("pair", login.strip().casefold(), neighbourhood(address))
        wider = [one.key for one in self.counted(login, address) if one.key != pair]
        with self.engine.connect() as connection, connection.begin():
            connection.execute(
                delete(sign_in_try).where(
                    (sign_in_try.c.key_hash == pair) | (sign_in_try.c.last_at < now - LONGEST_KEPT)
                )
            )
            less = case((sign_in_try.c.failures > 0, sign_in_try.c.failures - 1), else_=literal(0))
            connection.execute(
                sign_in_try.update().where(sign_in_try.c.key_hash.in_(wider)).values(failures=less, wait_until=now)
            )

    def _hash(self, *parts: str) -> str:
        return hmac.new(self.secret, "\0".join(parts).encode(), hashlib.sha256).hexdigest()
