"""``cm init``: make and migrate an empty database, and write the console's pages and roles into it."""

from __future__ import annotations

from importlib.util import find_spec

import click

from cmcore.base.migrations import upgrade
from cmcore.commands.ground import the_engine


@click.command("init")
def command() -> None:
    """Make an empty database, or bring one up to date. Running it again changes nothing."""
    with the_engine() as engine:
        moved = upgrade(engine)
        if find_spec("flask_appbuilder"):
            from console.app import create_app, sync_permissions

            sync_permissions(create_app(engine))
    click.echo("The database is ready." + (f" Taken to {', '.join(moved)}." if moved else " It was up to date."))
