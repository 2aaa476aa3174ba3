"""``cm init``: make and migrate an empty database, and let each owner of tables settle in."""

from __future__ import annotations

import click

from cmcore.base.migrations import settle, upgrade
from cmcore.commands.ground import the_engine


@click.command("init")
def command() -> None:
    """Make an empty database, or bring one up to date. Running it again changes nothing."""
    with the_engine() as engine:
        moved = upgrade(engine)
        settle(engine)
    click.echo("The database is ready." + (f" Taken to {', '.join(moved)}." if moved else " It was up to date."))
