"""``cm form pdf``: a form on paper, to be filled in by hand, or with answers kept as JSON."""

from __future__ import annotations

from pathlib import Path

import click

from cmcore.commands.known_forms import declared_form, form_of_authority, read_answers, with_measures


@click.command("pdf")
@click.argument("key")
@click.option("--out", required=True, type=click.Path(dir_okay=False, path_type=Path), help="The file to write.")
@click.option("--authority", "code", default="", help="Three-digit code: its name stands on the page, its forms count.")
@click.option("--measures", default="eight@1", show_default=True, help="The measure set, where measures are scored.")
@click.option(
    "--answers",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A JSON file of answers by question; without it the form is blank.",
)
def pdf(key: str, out: Path, code: str, measures: str, answers: Path | None) -> None:
    """Write the form KEY as a PDF that can be printed, and read aloud (PDF/UA-1)."""
    from cmcore.base.clock import WallClock
    from cmcore.exchange.documents.form_document import form_pdf
    from cmcore.exchange.documents.heading import Heading

    if code:
        form, heading = form_of_authority(key, code)
    else:
        form, heading = declared_form(key), Heading()
    form = with_measures(form, measures)
    if answers is not None:
        heading = Heading(authority=heading.authority, school=heading.school, printed_at=WallClock().now())
    out.write_bytes(form_pdf(form, read_answers(answers, form) if answers else None, heading=heading))
    click.echo(f"{form.title}, version {form.version}, is in {out}.")
