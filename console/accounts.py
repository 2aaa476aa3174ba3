"""Accounts and who is signed in: the one place of the console that speaks to the database without a scope.

It reads before anybody is known, so it cannot be limited to what somebody may see; it touches the framework's user
table, the console's own tables, and the library's memberships, and no young person's record.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cached_property, lru_cache
from typing import Any

from sqlalchemy import Connection, Engine, Select, Text, bindparam, cast, delete, func, insert, or_, select, update
from sqlalchemy.exc import IntegrityError

from cmcore.base.engine import OPENING, WRITING, is_sqlite, run_as_written
from cmcore.base.findings import refuse
from cmcore.safekeeping.memberships import scope_for
from cmcore.safekeeping.records import Membership
from cmcore.safekeeping.roles import roles
from cmcore.safekeeping.scope import Actor, Grant, Scope
from console import passwords, tables

#: How seldom the database is told that a browser is still there.
SEEN_EVERY = timedelta(minutes=1)

#: The role of the command line; nobody signs in with it.
OPERATOR = "operator"

_user = tables.account
_session = tables.session
_member = Membership.__table__


@dataclass(frozen=True)
class Account:
    """Who is signed in, as plain values, never a database object: the same value as long as nothing of it changes."""

    id: int
    login: str
    name: str
    grants: tuple[Grant, ...] = ()
    is_authenticated: bool = True
    is_active: bool = True
    is_anonymous: bool = False
    _scopes: dict[date, Scope] = field(default_factory=dict, compare=False, repr=False)

    def get_id(self) -> str:
        """The key as text, as the sign-in library wants it."""
        return str(self.id)

    @cached_property
    def role_keys(self) -> frozenset[str]:
        """The keys of all roles held, in any authority."""
        return frozenset(grant.role_key for grant in self.grants)

    @cached_property
    def role_label(self) -> str:
        """The roles in words: "coordinator", "coordinator and evaluator"."""
        return " and ".join(role.label for key, role in roles().items() if key in self.role_keys)

    def scope(self, today: date) -> Scope:
        """What this account reaches on a day."""
        known = self._scopes.get(today)
        if known is None:
            known = self._scopes[today] = Scope(self.login, self.grants, today)
        return known

    def actor(self) -> Actor:
        """Who acts, for the audit."""
        return Actor(self.login, self.name, "person")


@dataclass(frozen=True)
class SignedIn:
    """A browser that is signed in: its session and its account."""

    session_id: int
    account: Account
    kept: dict[str, Any]
    seen_at: datetime
    expires_at: datetime


def hash_of(token: str) -> str:
    """What is kept of a cookie's token; the token itself is never stored."""
    return hashlib.sha256(token.encode()).hexdigest()


def _writing(engine: Engine) -> Engine:
    return engine.execution_options(**{WRITING: True})


@lru_cache(maxsize=16)
def _alone(engine: Engine, *, writing: bool = False) -> Engine:
    """For one statement, which needs no transaction: on a server that is two round trips less for every page."""
    return engine.execution_options(**{WRITING: writing, OPENING: ""})


@lru_cache(maxsize=1024)
def _grants(held: str, today: date) -> tuple[Grant, ...]:
    """The grants that memberships give on a day: the same value for the same text, so that they are read once."""
    known = roles()
    return tuple(
        Grant(authority_id, role, mentor_id, setting_id)
        for authority_id, role, mentor_id, setting_id, until in json.loads(held)
        if role in known and role != OPERATOR and (until is None or date.fromisoformat(until) >= today)
    )


@lru_cache(maxsize=1024)
def _account(key: int, login: str, name: str, held: str, today: date) -> Account:
    return Account(key, login, name, _grants(held, today))


@lru_cache(maxsize=2)
def _who(*, embedded: bool) -> Select[Any]:
    """A session with its account, and the memberships as one list in JSON: many are one row, and mostly as before."""
    held = select(
        _member.c.authority_id, _member.c.role, _member.c.mentor_id, _member.c.setting_id, _member.c.until
    ).where(_member.c.login == _user.c.username, _member.c.active)
    one = held.order_by(_member.c.id).correlate(_user).subquery()
    gather, row = (func.json_group_array, func.json_array) if embedded else (func.json_agg, func.json_build_array)
    memberships = select(cast(gather(row(*one.c)), Text)).scalar_subquery()
    browser = (_session.c.id.label("session_id"), _session.c.kept, _session.c.seen_at, _session.c.expires_at)
    account = (_user.c.id, _user.c.username, _user.c.first_name, _user.c.last_name)
    return (
        select(*browser, *account, memberships.label("held"))
        .join(_user, _user.c.id == _session.c.account_id)
        .where(_session.c.token_hash == bindparam("token_hash"), _user.c.active.is_(True))
    )


def find_session(engine: Engine, token: str, today: date) -> SignedIn | None:
    """The session of a token with its account and grants, in one statement; none for one that was ended or closed."""
    with _alone(engine).connect() as connection:
        found = run_as_written(connection, _who(embedded=is_sqlite(engine)), {"token_hash": hash_of(token)})
    if found is None:
        return None
    session_id, kept, seen_at, expires_at, key, login, given, family, held = found
    account = _account(key, login, f"{given} {family}".strip(), held or "[]", today)
    return SignedIn(session_id, account, json.loads(kept), seen_at, expires_at)


def begin_session(
    engine: Engine, account_id: int, now: datetime, lasts: timedelta, kept: dict[str, Any] | None = None
) -> str:
    """Sign a browser in: a new token, never one that was there before. Sessions that ran out are swept away."""
    token = secrets.token_urlsafe(32)
    with _writing(engine).connect() as connection, connection.begin():
        connection.execute(delete(_session).where(_session.c.expires_at < now))
        connection.execute(
            insert(_session).values(
                token_hash=hash_of(token),
                account_id=account_id,
                kept=json.dumps(kept or {}),
                created_at=now,
                seen_at=now,
                expires_at=now + lasts,
            )
        )
        connection.execute(
            update(_user)
            .where(_user.c.id == account_id)
            .values(last_login=now.replace(tzinfo=None), login_count=func.coalesce(_user.c.login_count, 0) + 1)
        )
    return token


#: Made once: every form that was sent leaves a word for the page after it.
_SEEN = update(_session).where(_session.c.id == bindparam("session")).values(seen_at=bindparam("now"))
_KEPT = _SEEN.values(kept=bindparam("told"))


def keep(engine: Engine, session_id: int, now: datetime, kept: dict[str, Any] | None = None) -> None:
    """Write down that a browser was seen, and what its session keeps where that changed."""
    told: dict[str, Any] = {"session": session_id, "now": now}
    if kept is not None:
        told["told"] = json.dumps(kept)
    with _alone(engine, writing=True).connect() as connection, connection.begin():
        connection.execute(_SEEN if kept is None else _KEPT, told)


def end_session(engine: Engine, session_id: int) -> None:
    """End one browser's session."""
    with _writing(engine).connect() as connection, connection.begin():
        connection.execute(delete(_session).where(_session.c.id == session_id))


def end_sessions(engine: Engine, account_id: int) -> int:
    """End every session of an account, whatever the browser; says how many there were."""
    with _writing(engine).connect() as connection, connection.begin():
        return connection.execute(delete(_session).where(_session.c.account_id == account_id)).rowcount


@dataclass(frozen=True)
class Credentials:
    """What is needed to check a password."""

    id: int
    login: str
    active: bool
    hash: str | None


def credentials(engine: Engine, login: str) -> Credentials | None:
    """The credentials of a sign-in name or e-mail address, in any case of letters."""
    wanted = login.strip().casefold()
    statement = select(_user.c.id, _user.c.username, _user.c.active, _user.c.password).where(
        or_(func.lower(_user.c.username) == wanted, func.lower(_user.c.email) == wanted)
    )
    with engine.connect() as connection:
        row = connection.execute(statement.limit(1)).first()
    return Credentials(row.id, row.username, bool(row.active), row.password) if row else None


def account_of(engine: Engine, login: str, today: date) -> Account | None:
    """The account of a sign-in name that is open, with what it may see today; for a job that works on its behalf."""
    asked = select(_user.c.id, _user.c.username).where(_user.c.username == login, _user.c.active.is_(True))
    with engine.connect() as connection:
        found = connection.execute(asked).first()
    return Account(found.id, found.username, found.username, scope_for(engine, login, today).grants) if found else None


def address_of(engine: Engine, login: str) -> str:
    """The e-mail address of an open account; nothing where there is none, or none that reaches anybody."""
    asked = select(_user.c.email).where(_user.c.username == login, _user.c.active.is_(True))
    with engine.connect() as connection:
        found = connection.scalar(asked)
    return "" if found is None or found.endswith(".invalid") else str(found)


def check(engine: Engine, login: str, password: str) -> Credentials | None:
    """The credentials if the password is right and the account active; it takes the same time if not."""
    found = credentials(engine, login)
    right = passwords.matches(password, found.hash if found else None)
    if found is None or not right or not found.active:
        return None
    if found.hash and passwords.outdated(found.hash):
        _store(engine, found.id, password)
    return found


def _store(engine: Engine, account_id: int, password: str) -> None:
    made = passwords.hashed(password)
    with _writing(engine).connect() as connection, connection.begin():
        connection.execute(update(_user).where(_user.c.id == account_id).values(password=made))


def open_account(
    engine: Engine, *, login: str, name: str, password: str | None = None, email: str | None = None
) -> int:
    """Open an account, or give the one of that sign-in name its name and password again; says its key.

    What it may see and do are its memberships, which the library keeps. Without a password nobody can sign in.
    """
    given, _, family = name.strip().rpartition(" ")
    found = credentials(engine, login)
    values: dict[str, Any] = {"first_name": given or family, "last_name": family if given else "", "active": True}
    if password is not None:
        values["password"] = passwords.hashed(password)
    with _writing(engine).connect() as connection, connection.begin():
        if found is not None:
            connection.execute(update(_user).where(_user.c.id == found.id).values(**values))
            _end_all(connection, found.id)
            return found.id
        address = email or (login if "@" in login else f"{login}@unknown.invalid")
        made = connection.execute(insert(_user).values(username=login, email=address, **values))
        return int(made.inserted_primary_key[0])


def set_password(engine: Engine, login: str, password: str) -> None:
    """Give an account a new password and end every session it has. Refuses a weak one and an unknown account."""
    found = credentials(engine, login)
    if found is None:
        raise refuse(
            "There is no account with this e-mail address.", place="login", way_out="Look at the list of accounts."
        )
    if faults := passwords.faults(password, found.login):
        raise refuse(faults[0].message, place="new")
    made = passwords.hashed(password)
    with _writing(engine).connect() as connection, connection.begin():
        connection.execute(update(_user).where(_user.c.id == found.id).values(password=made))
        connection.execute(delete(tables.first_password).where(tables.first_password.c.account_id == found.id))
        # A code that was given before would let somebody else choose another one.
        codes = tables.first_code
        connection.execute(update(codes).where(codes.c.account_id == found.id).values(code_hash=None))
        _end_all(connection, found.id)


def must_change(engine: Engine, account_id: int) -> bool:
    """Whether somebody else set the password of an account, so that it is changed before anything else."""
    table = tables.first_password
    with engine.connect() as connection:
        return connection.scalar(select(table.c.account_id).where(table.c.account_id == account_id)) is not None


def deactivate(engine: Engine, login: str) -> None:
    """Close an account: nobody signs in with it any more, and every session it has ends now."""
    _activate(engine, login, False)


def reactivate(engine: Engine, login: str) -> None:
    """Open a closed account again; its password is what it was."""
    _activate(engine, login, True)


def _activate(engine: Engine, login: str, active: bool) -> None:
    found = credentials(engine, login)
    if found is None:
        raise refuse(
            "There is no account with this e-mail address.", place="login", way_out="Look at the list of accounts."
        )
    with _writing(engine).connect() as connection, connection.begin():
        connection.execute(update(_user).where(_user.c.id == found.id).values(active=active))
        _end_all(connection, found.id)


def _end_all(connection: Connection, account_id: int) -> None:
    connection.execute(delete(_session).where(_session.c.account_id == account_id))


def secret(engine: Engine) -> str:
    """The console's own secret, made the first time it is asked for and the same for every worker."""
    return kept(engine, "secret", lambda: secrets.token_urlsafe(48))


def kept(engine: Engine, key: str, make: Callable[[], str]) -> str:
    """What the console keeps for itself under a key, made the first time it is asked for."""
    table = tables.keepsake
    wanted = select(table.c.value).where(table.c.key == key)
    with engine.connect() as connection:
        found = connection.scalar(wanted)
    while found is None:
        try:
            with _writing(engine).connect() as connection, connection.begin():
                found = make()
                connection.execute(insert(table).values(key=key, value=found))
        except IntegrityError:
            # Another worker was quicker: its value is the one that counts.
            with engine.connect() as connection:
                found = connection.scalar(wanted)
    return str(found)
