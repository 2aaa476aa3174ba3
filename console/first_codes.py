"""One-time codes: whoever is given one chooses a password of their own with it, which nobody else ever knows.

A code is shown once to who asked for it, handed over by them, works once and for three days. Only its SHA-256 is kept,
as of a browser's token: it is drawn, not thought of, so there is nothing to guess.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, delete, func, insert, or_, select, update

from cmcore.base.clock import Clock
from cmcore.safekeeping import audit
from cmcore.safekeeping.scope import Actor, operator_scope
from cmcore.safekeeping.work import Work
from console import passwords, tables

#: How long a code works: over a weekend.
LASTS = timedelta(days=3)
#: How long it stays known that one was given, to be shown to the head; the audit knows it for longer.
KNOWN_FOR = timedelta(days=90)
#: What a code is made of: signs that are not taken for one another, read aloud or written down.
_SIGNS = "ABCDEFGHJKMNPQRSTVWXYZ23456789"
_GROUPS, _LONG = 4, 4
#: Under this name a work keeps the code it gave, until it is shown.
_SHOWN = "code to be shown"

_user, _code, _first, _session = tables.account, tables.first_code, tables.first_password, tables.session


def drawn() -> str:
    """A new code, in groups: "7KQ4-M9XA-TR2P-HC6W"."""
    return "-".join("".join(secrets.choice(_SIGNS) for _ in range(_LONG)) for _ in range(_GROUPS))


def hash_of(code: str) -> str:
    """What is kept of a code; hyphens, blanks and small letters do not matter."""
    told = "".join(sign for sign in code.upper() if sign.isalnum())
    return hashlib.sha256(f"first code {told}".encode()).hexdigest()


def named(login: str) -> ColumnElement[bool]:
    """Whose sign-in name or e-mail address this is, in any case of letters."""
    wanted = login.strip().casefold()
    return or_(func.lower(_user.c.username) == wanted, func.lower(_user.c.email) == wanted)


def give(work: Work, account_id: int, authority_id: int, *, opening: bool) -> str:
    """Give a code for an account, in place of its password and of an earlier code; every browser is signed out.

    ``opening`` says that the account is a new one. The caller has asked whether it may be done, and keeps the work.
    """
    code, now, connection = drawn(), work.clock.now(), work.db.connection()
    open_one = (_code.c.account_id == account_id) & _code.c.code_hash.is_not(None)
    connection.execute(update(_code).where(open_one).values(code_hash=None))
    connection.execute(delete(_code).where(_code.c.made_at < now - KNOWN_FOR))
    told = {"account_id": account_id, "authority_id": authority_id, "opening": opening, "made_by": work.actor.name}
    told |= {"code_hash": hash_of(code), "made_at": now, "expires_at": now + LASTS}
    connection.execute(insert(_code).values(**told))
    _set(connection, account_id, None)
    audit.note(work.db, audit.Line("code given", "account", account_id, authority_id, detail={"code": audit.MASK}))
    work.db.info[_SHOWN] = code
    return code


def to_be_shown(work: Work) -> str | None:
    """The code this work gave, to be shown now and never again; nothing where it gave none."""
    code: str | None = work.db.info.pop(_SHOWN, None)
    return code


def choose(work_on: Any, clock: Clock, login: str, code: str, password: str) -> int | None:
    """Take a code for a password of one's own; gives the account's key, or nothing where the code does not hold.

    ``work_on`` is the engine. The code is used up, every browser is signed out, and the audit names the person.
    """
    now, made = clock.now(), passwords.hashed(password)
    holds = (_code.c.code_hash == hash_of(code)) & (_code.c.expires_at > now) & _user.c.active.is_(True)
    asked = select(_code.c.id, _code.c.authority_id, _user.c.id.label("account_id"), _user.c.username)
    asked = asked.join(_user, _user.c.id == _code.c.account_id).where(holds, named(login))
    with work_on.connect() as connection:
        found = connection.execute(asked).first()
    if found is None:
        return None
    scope = operator_scope({found.authority_id}, clock.today())
    with Work(work_on, Actor(found.username, found.username, "person"), scope, clock=clock, writing=True) as work:
        own = work.db.connection()
        # Of two that use it at once, one finds it used.
        mine = (_code.c.id == found.id) & (_code.c.code_hash == hash_of(code))
        if own.execute(update(_code).where(mine).values(code_hash=None, used_at=now)).rowcount != 1:
            return None
        _set(own, found.account_id, made)
        told = {"password": audit.MASK}
        line = audit.Line("changed", "account", found.account_id, found.authority_id, detail=told, act="account.choose")
        audit.note(work.db, line)
    return int(found.account_id)


def _set(connection: Any, account_id: int, password: str | None) -> None:
    connection.execute(update(_user).where(_user.c.id == account_id).values(password=password))
    connection.execute(delete(_first).where(_first.c.account_id == account_id))
    connection.execute(delete(_session).where(_session.c.account_id == account_id))


@dataclass(frozen=True)
class Given:
    """One code that was given: for whose account, whether a new one, by whom and when, and what came of it."""

    login: str
    opening: bool
    made_by: str
    made_at: datetime
    used_at: datetime | None
    #: Whether it can still be used: it is not over, and no other one took its place.
    works: bool


def given_since(work: Work, authorities: Collection[int], since: datetime, most: int) -> list[Given]:
    """The codes that were given in some authorities, the latest first. One statement."""
    works = (_code.c.code_hash.is_not(None) & (_code.c.expires_at > work.clock.now())).label("works")
    asked = (
        select(_user.c.username, _code.c.opening, _code.c.made_by, _code.c.made_at, _code.c.used_at, works)
        .join(_user, _user.c.id == _code.c.account_id)
        .where(_code.c.authority_id.in_(sorted(authorities)), _code.c.made_at >= since)
        .order_by(_code.c.made_at.desc(), _code.c.id.desc())
        .limit(most)
    )
    return [Given(*row) for row in work.db.connection().execute(asked)]
