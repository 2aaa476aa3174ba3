"""``cm db``: take the database up and down, one owner's line at a time."""

from __future__ import annotations

import click

from cmcore.base.migrations import current, downgrade, upgrade
from cmcore.commands.ground import the_engine


@click.group("db")
def command() -> None:
    """Take the database up and down, line by line."""


@command.command("upgrade")
@click.option("--owner", default=None, help="Only this owner's line.")
def up(owner: str | None) -> None:
    """Bring every line to its newest step."""
    with the_engine() as engine:
        moved = upgrade(engine, owner=owner)
    click.echo(f"Taken to {', '.join(moved)}." if moved else "It was up to date.")


@command.command("downgrade")
@click.argument("owner")
@click.argument("step", default="base")
@click.confirmation_option(prompt="This takes tables away with everything in them. Go on?")
def down(owner: str, step: str) -> None:
    """Take one owner's line down to a step, or all the way."""
    with the_engine() as engine:
        downgrade(engine, owner, step)
    click.echo(f"{owner} stands at {step}.")


@command.command("current")
def where() -> None:
    """Say how far each line has been taken."""
    with the_engine() as engine:
        for owner, (at, newest) in current(engine).items():
            click.echo(f"{owner}: {at or 'nothing'}" + ("" if at == newest else f", newest is {newest}"))
