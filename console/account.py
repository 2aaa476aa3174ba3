"""``cm account``: give somebody a sign-in and a role, end one, give a code to choose a password with."""

from __future__ import annotations

from typing import Any

import click
from sqlalchemy import select

from cmcore.base.findings import refuse
from cmcore.base.settings import Settings
from cmcore.commands.ground import authority_key, the_engine, work_for
from cmcore.mentors.records import Mentor
from cmcore.safekeeping.memberships import give_role
from cmcore.safekeeping.records import Membership
from cmcore.safekeeping.roles import roles
from cmcore.virtual_schools.records import Setting
from console import accounts, first_codes


class _RoleKeys(click.ParamType):
    """The key of a role somebody can be given, asked for when a command is called: plugins are there by then."""

    name = "role"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The key as it is; refuses any other, and says which there are."""
        known = [key for key in roles() if key != accounts.OPERATOR]
        if value not in known:
            self.fail(f"There is no role “{value}”. Choose from {', '.join(known)}.", param, ctx)
        return str(value)


@click.group("account")
def command() -> None:
    """Give somebody a sign-in and a role."""


@command.command("add")
@click.option("--login", required=True, help="The name they sign in with.")
@click.option("--name", required=True, help="The name others see.")
@click.option("--authority", "code", required=True, help="The three-digit code of the authority.")
@click.option(
    "--role",
    required=True,
    type=_RoleKeys(),
    help="What they do there: head, coordinator, mentor, referrer, finance, evaluator, administrator.",
)
@click.option("--mentor", "mentor_ref", default="", help="For a mentor: the reference of the mentor's record.")
@click.option(
    "--urn", type=int, default=None, help="For a referrer at a school: the school's number in the public register."
)
@click.option("--password", default=None, help="For scripts: the password itself, of at least twelve characters.")
def add(login: str, name: str, code: str, role: str, mentor_ref: str, urn: int | None, password: str | None) -> None:
    """Open an account with a role in an authority; somebody who has an account is given the role only.

    Prints a code that works once, for three days: with it they choose a password that nobody else knows.
    """
    given = ""
    settings = Settings.load()
    with the_engine(settings) as engine:
        with work_for(engine, authority_key(engine, code), "account add", settings, writing=True) as work:
            authority_id = next(iter(work.scope.authorities)) if work.scope else 0
            mentor_id = work.db.scalar(select(Mentor.id).where(Mentor.ref == mentor_ref)) if mentor_ref else None
            setting_id = work.db.scalar(select(Setting.id).where(Setting.urn == urn)) if urn is not None else None
            give_role(work, authority_id, login, role, mentor_id=mentor_id, setting_id=setting_id)
        if accounts.credentials(engine, login) is None:
            key = accounts.open_account(engine, login=login, name=name, password=password)
            if password is None:
                with work_for(engine, authority_key(engine, code), "account add", settings, writing=True) as work:
                    given = first_codes.give(work, key, authority_key(engine, code), opening=True)
    click.echo(f"{login} may sign in as {roles()[role].label}.")
    _say(given)


@command.command("code")
@click.option("--login", required=True, help="The name they sign in with.")
@click.option("--authority", "code", required=True, help="The three-digit code of their authority.")
def code(login: str, code: str) -> None:
    """Print a code with which somebody chooses another password. The present one ends, and so does every sign-in."""
    settings = Settings.load()
    with the_engine(settings) as engine:
        key, found = authority_key(engine, code), accounts.credentials(engine, login)
        with work_for(engine, key, "account code", settings, writing=True) as work:
            held = select(Membership.id).where(Membership.login == (found.login if found else ""))
            if found is None or work.db.scalar(held.where(Membership.authority_id == key).limit(1)) is None:
                raise refuse("Nobody of this authority has that sign-in name.", way_out="Look at how it is written.")
            given = first_codes.give(work, found.id, key, opening=False)
    _say(given)


def _say(given: str) -> None:
    if given:
        click.echo(
            f"Their code is {given}. It works once, for three days, under “I was given a code” where they sign in."
        )


@command.command("password")
@click.option("--login", required=True, help="The name they sign in with.")
@click.password_option(help="At least twelve characters.")
def password(login: str, password: str) -> None:
    """Set a password yourself. Every browser is signed out; “cm account code” lets them choose one nobody knows."""
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
