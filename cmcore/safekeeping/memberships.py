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

#: The role that keeps accounts.
ADMINISTRATOR = "administrator"


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
    """Give a sign-in name a role in an authority, or one back that was taken away.

    Refuses an unknown role, a mentor's role without a mentor, one they hold already, and a role for oneself: nobody
    lifts themselves above what they were given.
    """
    work.require("membership.add", authority_id)
    if login.casefold() == work.actor.login.casefold():
        raise refuse(
            "Nobody gives themselves a role.", place="role", way_out="Ask another administrator of your authority."
        )
    if role not in roles() or role == "operator":
        raise refuse(
            "There is no such role.",
            place="role",
            way_out=f"Choose one of {', '.join(key for key in roles() if key != 'operator')}.",
        )
    if role == "mentor" and mentor_id is None:
        raise refuse("Name the mentor this sign-in belongs to.", place="mentor_id")
    asked = select(Membership).where(
        Membership.authority_id == authority_id, Membership.login == login, Membership.role == role
    )
    if (kept := work.db.scalars(asked).first()) is not None:
        if kept.active and (kept.until is None or kept.until >= work.today):
            raise refuse(
                f"{login} is {roles()[role].label} here already.", place="role", way_out="Choose another role."
            )
        work.change(kept, active=True, mentor_id=mentor_id, setting_id=setting_id, until=until)
        return kept
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
    """Take a role away from a sign-in name; the row stays, so that who could see what remains known.

    Refuses the last administrator's: nobody could give it back.
    """
    if membership.role == ADMINISTRATOR and administrators(work, membership.authority_id, held=True) <= {
        membership.login
    }:
        raise refuse("This is the last administrator of this authority.", way_out="Give somebody else the role first.")
    work.change(membership, active=False)
    return membership


def administrators(work: Work, authority_id: int, *, held: bool = False) -> set[str]:
    """The sign-in names that keep the accounts of an authority today; ``held`` so that two at once see each other."""
    asked = select(Membership.login).where(
        Membership.authority_id == authority_id,
        Membership.role == ADMINISTRATOR,
        Membership.active,
        or_(Membership.until.is_(None), Membership.until >= work.today),
    )
    asked = asked.order_by(Membership.id)
    return set(work.db.scalars(asked.with_for_update() if held else asked))
