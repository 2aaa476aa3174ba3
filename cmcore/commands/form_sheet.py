"""``cm form sheet`` and ``cm form read``: a form as an Excel sheet, and what stands in one that was filled in."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click

from cmcore.commands.known_forms import form_named, read_answers

_KEY = click.argument("key")
_AUTHORITY = click.option("--authority", "code", default="", help="Three-digit code: its form in force counts.")
_MEASURES = click.option(
    "--measures", default="eight@1", show_default=True, help="The measure set, where measures are scored."
)


@click.command("sheet")
@_KEY
@click.option("--out", required=True, type=click.Path(dir_okay=False, path_type=Path), help="The file to write.")
@_AUTHORITY
@_MEASURES
@click.option(
    "--answers",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A JSON file of answers by question; without it the sheet is empty.",
)
@click.option("--language", default="", help="The code of one of the form's languages, where it has several.")
def sheet(key: str, out: Path, code: str, measures: str, answers: Path | None, language: str) -> None:
    """Write the form KEY as an Excel workbook (.xlsx) to fill in."""
    from cmcore.exchange.workbook.form_sheet import write_sheet

    form = form_named(key, code, measures)
    out.write_bytes(write_sheet(form, read_answers(answers, form) if answers else None, language=language))
    click.echo(f"{form.title}, version {form.version}, is in {out}.")


@click.command("read")
@_KEY
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@_AUTHORITY
@_MEASURES
def read(key: str, file: Path, code: str, measures: str) -> None:
    """Read the Excel sheet FILE of the form KEY and print its answers as JSON. Nothing is kept.

    What is wrong or missing is listed on standard error, each with its row and column; then the command ends with 1.
    """
    from cmcore.exchange.workbook.form_sheet import read_sheet
    from cmcore.forms.reading import dump
    from cmcore.forms.reading import read as read_answers_of

    form = form_named(key, code, measures)
    given = read_sheet(form, file.read_bytes(), file=file.name)
    reading = read_answers_of(form, given.raw)
    told = {one.place for one in given.findings}
    # Where the sheet itself is refused, that nothing is answered is not said as well.
    unread = given.refused and not given.raw
    rest = () if unread else given.placed(one for one in reading.findings if one.place not in told)
    for one in (*given.findings, *rest):
        click.echo(str(one), err=True)
    if given.refused or reading.refused:
        sys.exit(1)
    click.echo(json.dumps(dump(form, reading.answers), indent=2, ensure_ascii=False))
