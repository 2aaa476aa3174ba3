"""``cm account``: give somebody a sign-in and a role, end one, set a new password."""

from __future__ import annotations

import click
from sqlalchemy import select

from cmcore.base.settings import Settings
from cmcore.commands.ground import authority_key, the_engine, work_for
from cmcore.mentors.records import Mentor
from cmcore.safekeeping.memberships import give_role
from cmcore.safekeeping.roles import roles
from cmcore.virtual_schools.records import Setting
from console import accounts

_ROLES = [key for key in roles() if key != accounts.OPERATOR]


@click.group("account")
def command() -> None:
    """Give somebody a sign-in and a role."""


@command.command("add")
@click.option("--login", required=True, help="The name they sign in with.")
@click.option("--name", required=True, help="The name others see.")
@click.option("--authority", "code", required=True, help="The three-digit code of the authority.")
@click.option("--role", required=True, type=click.Choice(_ROLES), help="What they do there.")
@click.option("--mentor", "mentor_ref", default="", help="For a mentor: the reference of the mentor's record.")
@click.option(
    "--urn", type=int, default=None, help="For a referrer at a school: the school's number in the public register."
)
@click.password_option(help="At least twelve characters; asked for when it is not given.")
def add(login: str, name: str, code: str, role: str, mentor_ref: str, urn: int | None, password: str) -> None:
    """Open an account with a role in an authority; somebody who has an account is given the role only."""
    settings = Settings.load()
    with the_engine(settings) as engine:
        with work_for(engine, authority_key(engine, code), "account add", settings, writing=True) as work:
            authority_id = next(iter(work.scope.authorities)) if work.scope else 0
            mentor_id = work.db.scalar(select(Mentor.id).where(Mentor.ref == mentor_ref)) if mentor_ref else None
            setting_id = work.db.scalar(select(Setting.id).where(Setting.urn == urn)) if urn is not None else None
            give_role(work, authority_id, login, role, mentor_id=mentor_id, setting_id=setting_id)
        if accounts.credentials(engine, login) is None:
            accounts.open_account(engine, login=login, name=name, password=password)
    click.echo(f"{login} may sign in as {roles()[role].label}.")


@command.command("password")
@click.option("--login", required=True, help="The name they sign in with.")
@click.password_option(help="At least twelve characters.")
def password(login: str, password: str) -> None:
    """Set a new password. Every browser signed in with the account is signed out."""
    with the_engine() as engine:
        accounts.set_password(engine, login, password)
    click.echo("The password is changed, and every sign-in with the old one has ended.")


@command.command("close")
@click.option("--login", required=True, help="The name they sign in with.")
def close(login: str) -> None:
    """Close an account. Every browser signed in with it is signed out; what it did stays in the audit."""
    with the_engine() as engine:
        accounts.deactivate(engine, login)
    click.echo("The account is closed.")
