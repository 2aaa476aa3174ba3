"""``cm form``: forms as files, one file a verb."""

from __future__ import annotations

import click

from cmcore.commands.form_answers import answers
from cmcore.commands.form_import import import_
from cmcore.commands.form_pdf import pdf
from cmcore.commands.form_schema import schema
from cmcore.commands.form_sheet import read, sheet


@click.group("form")
def command() -> None:
    """Forms as files: print one, take one in, lay one out as a sheet, take its answers out."""


command.add_command(answers)
command.add_command(import_)
command.add_command(pdf)
command.add_command(sheet)
command.add_command(read)
command.add_command(schema)
