"""From a sign-in name to a scope: the roles somebody holds today, and giving and taking them."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Engine, or_, select
from sqlalchemy.orm import Session

from cmcore.base.findings import refuse
from cmcore.safekeeping.access import beyond
from cmcore.safekeeping.records import Membership
from cmcore.safekeeping.roles import roles
from cmcore.safekeeping.scope import Grant, Scope
from cmcore.safekeeping.work import Work, action


def grants_of(db: Session, login: str, today: date) -> tuple[Grant, ...]:
    """The roles a sign-in name holds on a day, in every authority. Asked before anybody's scope is known."""
    held = select(Membership.authority_id, Membership.role, Membership.mentor_id, Membership.setting_id).where(
        Membership.login == login, Membership.active, or_(Membership.until.is_(None), Membership.until >= today)
    )
    found = db.execute(
        held.order_by(Membership.authority_id, Membership.id), execution_options=beyond("finds the scope itself")
    )
    return tuple(Grant(*row) for row in found if row.role in roles())


def scope_for(engine: Engine, login: str, today: date) -> Scope:
    """The scope of a sign-in name on a day; without any role it reaches nothing."""
    with Session(engine) as db:
        return Scope(login, grants_of(db, login, today), today)


@action("membership.add")
def give_role(
    work: Work,
    authority_id: int,
    login: str,
    role: str,
    *,
    mentor_id: int | None = None,
    setting_id: int | None = None,
    until: date | None = None,
) -> Membership:
    """Give a sign-in name a role in an authority. Refuses an unknown role, and a mentor's role without a mentor."""
    work.require("membership.add", authority_id)
    if role not in roles() or role == "operator":
        raise refuse(
            "There is no such role.",
            place="role",
            way_out=f"Choose one of {', '.join(key for key in roles() if key != 'operator')}.",
        )
    if role == "mentor" and mentor_id is None:
        raise refuse("Name the mentor this sign-in belongs to.", place="mentor_id")
    return work.add(
        Membership(
            authority_id=authority_id,
            login=login,
            role=role,
            mentor_id=mentor_id,
            setting_id=setting_id,
            until=until,
            active=True,
        )
    )


@action("membership.remove")
def take_role(work: Work, membership: Membership) -> Membership:
    """Take a role away from a sign-in name; the row stays, so that who could see what remains known."""
    work.change(membership, active=False)
    return membership
