"""``cm authority``: set up an authority."""

from __future__ import annotations

import click

from cmcore.commands.ground import the_engine
from cmcore.virtual_schools.founding import found_authority


@click.group("authority")
def command() -> None:
    """Set up an authority."""


@command.command("add")
@click.option("--name", required=True, help="The authority's name.")
@click.option("--code", required=True, help="Its three-digit code of the Department for Education.")
@click.option("--prefix", required=True, help="The letters its references begin with, for example WR.")
@click.option("--school", default="", help="The virtual school's name.")
@click.option("--region", default="", help="Its region.")
@click.option("--duty-phone", default="", help="The number to ring in an emergency beside 999.")
def add(name: str, code: str, prefix: str, school: str, region: str, duty_phone: str) -> None:
    """Set up an authority that is not kept here yet."""
    with the_engine() as engine:
        found_authority(
            engine, name=name, code=code, prefix=prefix, school_name=school, region=region, duty_phone=duty_phone
        )
    click.echo(f"{name} is set up. Its references begin with {prefix}.")
