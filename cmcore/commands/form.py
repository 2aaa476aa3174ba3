"""``cm form``: forms as files, one file a verb."""

from __future__ import annotations

import click

from cmcore.commands.form_import import import_
from cmcore.commands.form_pdf import pdf


@click.group("form")
def command() -> None:
    """Forms as files: print one, take one in, lay one out as a sheet."""


command.add_command(import_)
command.add_command(pdf)
