"""``cm demo``: fill an authority, or a whole country, with made-up people whose stories hang together."""

from __future__ import annotations

import re

import click

from cmcore.base.findings import refuse
from cmcore.base.settings import Settings
from cmcore.base.words import count
from cmcore.commands.ground import the_engine
from cmcore.demo import SIZES, Asked, Loaded, load_demo


@click.command("demo")
@click.option("--size", type=click.Choice(list(SIZES)), default="small", show_default=True, help="How much is made.")
@click.option("--seed", type=int, default=1, show_default=True, help="Another number tells other stories.")
@click.option("--authority", "code", default=None, help="The three-digit code of the authority to fill. Usually 990.")
def command(size: str, seed: int, code: str | None) -> None:
    """Fill an authority with made-up people.

    What is made is the same for a size, a seed and a day. An authority that holds young people already is left as it
    is.
    """
    if code is not None and not re.fullmatch(r"\d{3}", code):
        raise refuse("The code of an authority has three digits.", way_out="Write it as 990.")
    with the_engine() as engine:
        settings = Settings.load()
        places, asked = settings["demo", "authorities"], Asked.read(settings)
        done = load_demo(engine, size, seed, code=code, told=_say, places=places, asked=asked)
    made = [one for one in done if one.made]
    if not made:
        click.echo("Nothing was changed.")
    elif len(made) > 1:
        people, sessions = sum(one.young_people for one in made), sum(one.sessions for one in made)
        click.echo(f"{count(people, 'young person', 'young people')} and {count(sessions, 'session')} in all.")


def _say(one: Loaded) -> None:
    if one.made:
        people = count(one.young_people, "young person", "young people")
        click.echo(f"{one.name} ({one.code}): {people} and {count(one.sessions, 'session')} made up.")
    else:
        click.echo(f"{one.name} ({one.code}) holds young people already, so it is left as it is.")
