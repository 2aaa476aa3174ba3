"""``cm form import``: a workbook in ODK's standard, XLSForm, published as a form of an authority."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cmcore.base.findings import Refused, Severity, refuse
from cmcore.base.words import count

if TYPE_CHECKING:
    from cmcore.exchange.xlsform.read import XlsFormReading
    from cmcore.forms.differences import Difference
    from cmcore.forms.form import Form


@click.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--authority", required=True, help="The authority's three-digit code.")
@click.option("--dry-run", is_flag=True, help="Show the form and what is not carried, and publish nothing.")
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
def import_(file: Path, authority: str, dry_run: bool, as_json: bool) -> None:
    """Publish the form that FILE, an XLSForm workbook (.xlsx), describes.

    What of it is not carried is listed by sheet, row and column. A form of the same key gets a new edition, unless
    nothing changed; answers and drafts stay with the edition they answer.
    """
    from cmcore.answers import editions
    from cmcore.base.settings import Settings
    from cmcore.commands.ground import authority_key, the_engine, work_for
    from cmcore.exchange.xlsform.read import read_xlsform
    from cmcore.forms.differences import differences

    settings = Settings.load()
    try:
        with the_engine(settings) as engine:
            key = authority_key(engine, authority)
            reading = read_xlsform(_bytes(file), file=file.name)
            if reading.form is None:
                raise Refused(reading.findings)
            with work_for(engine, key, "form import", settings, writing=not dry_run) as work:
                before = editions.in_force(work, reading.form.key, key)
                changes = differences(editions.form_of_edition(before), reading.form) if before else []
                number = before.number if before else 0
                if not dry_run:
                    made = editions.publish(
                        work, reading.form, authority_id=key, source="workbook", left_out=reading.left_out
                    )
                    number = made.number
        was = before.number if before else None
    except Refused as refused:
        if not as_json:
            raise
        told = {"refused": True, "findings": [one.as_data() for one in refused.findings]}
        click.echo(json.dumps(told, indent=2, ensure_ascii=False))
        sys.exit(1)
    if as_json:
        _print_json(reading, changes, number, was, dry_run)
    else:
        _print(reading, changes, number, was, dry_run)


def _bytes(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as trouble:
        raise refuse(f"The file {file} cannot be read: {trouble.strerror or trouble}.") from None


def _print_json(
    reading: XlsFormReading, changes: list[Difference], number: int, was: int | None, dry_run: bool
) -> None:
    assert reading.form is not None
    told: dict[str, Any] = {
        "dry_run": dry_run,
        "form": reading.form.key,
        "title": reading.form.title,
        "questions": _questions(reading.form),
        "edition": None if dry_run else number,
        "edition_before": was,
        "differences": [{"key": one.key, "how": one.how, "words": one.words} for one in changes],
        "left_out": [one.as_data() for one in reading.left_out],
    }
    click.echo(json.dumps(told, indent=2, ensure_ascii=False))


def _print(reading: XlsFormReading, changes: list[Difference], number: int, was: int | None, dry_run: bool) -> None:
    from cmcore.forms import describe

    assert reading.form is not None
    if dry_run:
        click.echo(describe(reading.form).rstrip())
        click.echo("")
    for words, severity in (("Not carried", Severity.warn), ("In another way", Severity.inform)):
        for one in reading.left_out:
            if one.severity is severity:
                click.echo(f"{words}: {one}")
    for change in changes:
        click.echo(f"{change.how.capitalize()}: {change.label}. {change.words}")
    lost = sum(one.severity is Severity.warn for one in reading.left_out)
    asked = count(_questions(reading.form), "question")
    click.echo(
        f"“{reading.form.title}” ({reading.form.key}) asks {asked}; {count(lost, 'thing')} could not be carried."
    )
    if dry_run:
        click.echo("This was a dry run. Nothing was published.")
    elif was == number:
        click.echo(f"Nothing changed since edition {number}, which stays in force.")
    else:
        click.echo(f"It is in force as edition {number}.")


def _questions(form: Form) -> int:
    return sum(one.asks for one in form.questions)
