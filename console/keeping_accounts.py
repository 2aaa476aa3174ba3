"""What an administrator does with accounts, in one transaction with its audit: open, close, sign out, give a code.

An account is one for every authority kept here. Whoever also works for another one is closed there, or given a code
there, by whoever keeps the accounts of both: here their role is taken away. No administrator ever knows a password: who
is let in chooses it with the code (:mod:`console.first_codes`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, func, insert, select, update

from cmcore.base.findings import Finding, Refused, refuse
from cmcore.mentors.records import Mentor, MentorAuthority
from cmcore.safekeeping import audit
from cmcore.safekeeping.access import beyond
from cmcore.safekeeping.memberships import ADMINISTRATOR, administrators, give_role, scope_for, take_role
from cmcore.safekeeping.records import Membership
from cmcore.safekeeping.work import Work, action
from cmcore.virtual_schools.queries import authority_for
from console import first_codes, tables
from console.account_forms import AccountAnswers

_user, _session, _first, _code = tables.account, tables.session, tables.first_password, tables.first_code
_OWN = beyond("whose record a mentor's sign-in belongs to; a key of a mentor of that authority comes back")


@dataclass(frozen=True)
class AccountStanding:
    """How an account stands: its name, whether it is open, its last sign-in, how many browsers, and its password.

    ``own`` says whether it has a password, ``to_change`` that somebody else set it, ``code_until`` when a code ends
    that nobody has used.
    """

    id: int
    name: str
    open: bool
    last_at: datetime | None
    browsers: int
    to_change: bool
    own: bool = True
    code_until: datetime | None = None


def standings(work: Work) -> dict[str, AccountStanding]:
    """How each account stands that has or had a role within reach, by sign-in name. One statement."""
    reached = sorted(work.scope.authorities) if work.scope else []
    held = select(Membership.login).where(Membership.authority_id.in_(reached))
    browsers = (
        select(func.count(_session.c.id))
        .where(_session.c.account_id == _user.c.id, _session.c.expires_at > work.clock.now())
        .scalar_subquery()
    )
    asked = (
        select(
            _user.c.id,
            _user.c.username,
            _user.c.first_name,
            _user.c.last_name,
            _user.c.active,
            _user.c.last_login,
            browsers.label("browsers"),
            _first.c.set_at,
            _user.c.password.is_not(None).label("own"),
            _code.c.expires_at.label("code_until"),
        )
        .outerjoin(_first, _first.c.account_id == _user.c.id)
        .outerjoin(_code, (_code.c.account_id == _user.c.id) & _code.c.code_hash.is_not(None))
        .where(_user.c.username.in_(held))
    )
    return {
        row.username: AccountStanding(
            row.id,
            f"{row.first_name} {row.last_name}".strip(),
            bool(row.active),
            row.last_login,
            row.browsers,
            row.set_at is not None,
            bool(row.own),
            row.code_until,
        )
        for row in work.db.connection().execute(asked)
    }


@action("membership.add")
def open_account(work: Work, answers: AccountAnswers, authority_id: int | None = None) -> Membership:
    """Give somebody a role, and an account with a code to choose their password with where they have none."""
    authority = authority_for(work, authority_id)
    work.require("membership.add", authority.id)
    login, known = answers.login.strip(), _account(work, answers.login)
    if known is None and not answers.name:
        raise refuse("Nobody has this sign-in name yet.", place="name", way_out="Write the name others see.")
    made = give_role(
        work,
        authority.id,
        known.username if known else login,
        answers.role,
        mentor_id=_mentor(work, authority.id, answers.mentor_ref),
        setting_id=answers.setting,
        until=answers.until,
    )
    if known is None:
        given, _, family = (answers.name or "").strip().rpartition(" ")
        connection = work.db.connection()
        address = login if "@" in login else f"{login}@unknown.invalid"
        values = {"username": login, "email": address, "active": True}
        values |= {"first_name": given or family, "last_name": family if given else ""}
        key = int(connection.execute(insert(_user).values(**values)).inserted_primary_key[0])
        _note(work, made, "added", key)
        first_codes.give(work, key, authority.id, opening=True)
    return made


@action("membership.remove")
def take_role_away(work: Work, membership: Membership) -> None:
    """Take a role away; it ends with the next page they open. Refuses the last administrator's."""
    if membership.role == ADMINISTRATOR and (said := last_administrator(work, membership, held=True)):
        raise Refused(said)
    take_role(work, membership)


@action("membership.add")
def give_role_again(work: Work, membership: Membership) -> None:
    """Give a role back that was taken away."""
    give_role(
        work,
        membership.authority_id,
        membership.login,
        membership.role,
        mentor_id=membership.mentor_id,
        setting_id=membership.setting_id,
    )


@action("account.close")
def close_account(work: Work, membership: Membership) -> None:
    """Close an account: nobody signs in with it, and every browser signed in with it is signed out at once."""
    _set_open(work, membership, False)


@action("account.open")
def open_again(work: Work, membership: Membership) -> None:
    """Open a closed account again, with the password it had."""
    _set_open(work, membership, True)


@action("account.end_sessions")
def end_sessions(work: Work, membership: Membership) -> None:
    """Sign out every browser that is signed in with an account."""
    key = _theirs(work, membership)
    _end(work, key)
    _note(work, membership, "sessions ended", key)


@action("account.password")
def give_code(work: Work, membership: Membership) -> None:
    """Give a code to choose another password with: the present one ends at once, and every browser is signed out."""
    first_codes.give(work, _theirs(work, membership), membership.authority_id, opening=False)


# ---- what refuses
def last_administrator(work: Work, membership: Membership, *, held: bool = False) -> Sequence[Finding]:
    """Why this role or account stays: without it nobody could keep the accounts of its authority."""
    keeping = administrators(work, membership.authority_id, held=held)
    if membership.login not in keeping:
        return ()
    known = standings(work)
    left = [login for login in keeping - {membership.login} if login in known and known[login].open]
    if left:
        return ()
    return (
        Finding(
            "This is the last administrator of this authority who can sign in.",
            way_out="Give somebody else the role first.",
        ),
    )


def not_here_alone(work: Work, membership: Membership) -> Sequence[Finding]:
    """Why an account is not this administrator's to close: it is one's own, or works for an authority beyond reach."""
    if membership.login == work.actor.login:
        return (Finding("This is your own account.", way_out="Ask another administrator, or use “My account”."),)
    # Asked once for a page: each of its steps asks whether it stands in the way.
    asked = work.db.info.setdefault("roles anywhere", {})
    if membership.login not in asked:
        asked[membership.login] = scope_for(work.engine, membership.login, work.today).grants
    grants = asked[membership.login]
    if all(work.may("account.close", one.authority_id) for one in grants):
        return ()
    return (
        Finding(
            "This account works for an authority whose accounts you do not keep.",
            way_out="Take their role here away, or ask whoever keeps the accounts of both.",
        ),
    )


def closing(work: Work, membership: Membership) -> Sequence[Finding]:
    """Everything that refuses closing an account."""
    return (*not_here_alone(work, membership), *last_administrator(work, membership))


def _theirs(work: Work, membership: Membership) -> int:
    """The key of the account, where it is this administrator's to keep."""
    if said := not_here_alone(work, membership):
        raise Refused(said)
    found = _account(work, membership.login)
    if found is None:
        raise refuse("Nobody has an account of this sign-in name.", way_out="Open one under “Add an account”.")
    return int(found.id)


def _account(work: Work, login: str) -> Any:
    asked = select(_user.c.id, _user.c.username).where(first_codes.named(login)).limit(1)
    return work.db.connection().execute(asked).first()


def _mentor(work: Work, authority_id: int, ref: str | None) -> int | None:
    if not ref:
        return None
    asked = (
        select(Mentor.id)
        .join(MentorAuthority, MentorAuthority.mentor_id == Mentor.id)
        .where(func.upper(Mentor.ref) == ref.strip().upper(), MentorAuthority.authority_id == authority_id)
    )
    found = work.db.scalar(asked, execution_options=_OWN)
    if found is None:
        raise refuse(
            f"No mentor here has the reference {ref}.", place="mentor_ref", way_out="Ask a coordinator for it."
        )
    return found


def _set_open(work: Work, membership: Membership, is_open: bool) -> None:
    key = _theirs(work, membership)
    if not is_open and (said := last_administrator(work, membership, held=True)):
        raise Refused(said)
    work.db.connection().execute(update(_user).where(_user.c.id == key).values(active=is_open))
    _end(work, key)
    _note(work, membership, "changed", key, active=[not is_open, is_open])


def _end(work: Work, key: int) -> None:
    work.db.connection().execute(delete(_session).where(_session.c.account_id == key))


def _note(work: Work, membership: Membership, what: str, key: int, **detail: Any) -> None:
    audit.note(work.db, audit.Line(what, "account", key, membership.authority_id, detail=detail))
