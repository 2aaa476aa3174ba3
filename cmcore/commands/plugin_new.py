"""``cm plugin new``: lay down a new plugin whose tests pass at once."""

from __future__ import annotations

from pathlib import Path

import click

from cmcore.base.words import count
from cmcore.scaffold import lay_down


@click.command("new")
@click.argument("name")
@click.option("--path", type=click.Path(path_type=Path), help="The folder to make; without one, NAME here.")
@click.option("--title", default="", help="What people call it.")
@click.option("--maker", default="", help="Who makes it.")
def command(name: str, path: Path | None, title: str, maker: str) -> None:
    """Lay down a new plugin called NAME, such as wrenshire: small letters, digits and _."""
    folder = path or Path(name)
    written = lay_down(name, folder, title=title, maker=maker)
    click.echo(f"Laid down in {folder}: {count(len(written), 'file')}.")
    click.echo(f"Now: pip install --editable {folder}, then cm plugin check {folder}.")
