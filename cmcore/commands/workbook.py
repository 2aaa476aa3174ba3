"""``cm workbook``: lists as workbooks, out and in."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import click

from cmcore.base.findings import refuse
from cmcore.base.settings import Settings
from cmcore.base.words import count, hours, in_words
from cmcore.commands.ground import authority_key, the_engine, work_for
from cmcore.commands.matching import Said, map_option

_KIND = click.argument("kind")
_FILE = click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
_AUTHORITY = click.option("--authority", required=True, help="The authority's three-digit code.")
_JSON = click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
_BACK = click.option(
    "--back",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write the same workbook here, with red cells and notes where something is wrong.",
)


@click.group("workbook")
def command() -> None:
    """Lists as Excel workbooks: download one, fill it in, bring it back. KIND is the kind of record: session."""


@command.command("lists")
@_AUTHORITY
@_JSON
def lists(authority: str, as_json: bool) -> None:
    """Print the lists that can be filled in as a workbook."""
    from cmcore.workbooks.lists import lists_for

    settings = Settings.load()
    with the_engine(settings) as engine:
        key = authority_key(engine, authority)
        with work_for(engine, key, "workbook lists", settings) as work:
            found = [(one.key, one.title) for one in lists_for(work, key)]
            work.undo()
    if as_json:
        click.echo(json.dumps([{"kind": kind, "title": title} for kind, title in found], indent=2))
        return
    for kind, title in found:
        click.echo(f"{kind:40} {title}")


@command.command("template")
@_KIND
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@_AUTHORITY
@click.option("--programme", default="", help="The key of one programme, for its measures only: creative-mentoring.")
@click.option("--held", is_flag=True, help="With what is held already, to be changed.")
@click.option("--waiting", is_flag=True, help="With the rows that were held back, to be mended.")
def template(kind: str, file: Path, authority: str, programme: str, held: bool, waiting: bool) -> None:
    """Write the workbook of a list to FILE, empty or with what is held.

    The workbook of sessions, or of PEP targets, offers the measures of every programme; with --programme those of one.
    """
    from cmcore.virtual_schools.records import Authority
    from cmcore.workbooks import sheet
    from cmcore.workbooks.lists import list_of, programmes_apart
    from cmcore.workbooks.tray import tray_workbook

    settings = Settings.load()
    with the_engine(settings) as engine:
        key = authority_key(engine, authority)
        with work_for(engine, key, "workbook template", settings) as work:
            kept_for, listed = work.get(Authority, key), list_of(kind, work, key)
            if waiting:
                blob = tray_workbook(work, listed, kept_for)
            else:
                records = sheet.held_records(work, listed, kept_for) if held else []
                apart = {one.key: one for one in programmes_apart(work, listed, key)} if programme else {}
                if programme and programme not in apart:
                    known = f"Choose from {in_words(list(apart))}." if apart else "Leave --programme out."
                    raise refuse(f"There is no workbook of its own for “{programme[:60]}”.", way_out=known)
                rows = sheet.held_rows(work, listed, kept_for, records)
                blob = sheet.template(work, listed, kept_for, rows, programme=apart.get(programme))
            work.undo()
    file.write_bytes(blob)
    click.echo(f"The workbook of {listed.title.lower()} is in {file}.")


@command.command("preview")
@_KIND
@_FILE
@_AUTHORITY
@_BACK
@map_option
@_JSON
def preview(kind: str, file: Path, authority: str, back: Path | None, maps: tuple[str, ...], as_json: bool) -> None:
    """Show, row by row, what bringing in the workbook FILE would change. Nothing is changed.

    A heading that was changed is used when --map says so, or when it was confirmed before.
    """
    _look(kind, file, authority, back, maps, as_json, keep=False)


@command.command("bring-in")
@_KIND
@_FILE
@_AUTHORITY
@_BACK
@map_option
@_JSON
def bring_in(kind: str, file: Path, authority: str, back: Path | None, maps: tuple[str, ...], as_json: bool) -> None:
    """Bring the workbook FILE in: good rows are kept, the others wait to be mended. All of it or nothing.

    What --map says is remembered: the next workbook with these headings needs no --map.
    """
    _look(kind, file, authority, back, maps, as_json, keep=True)


@command.command("invoice")
@_FILE
@_AUTHORITY
@click.option("--mentor", required=True, help="The mentor's reference.")
@click.option("--number", default="", help="The number of the invoice; with it a draft is written.")
@_JSON
def invoice(file: Path, authority: str, mentor: str, number: str, as_json: bool) -> None:
    """Read an invoice from a mentor's own workbook FILE, and with --number write a draft of it.

    What could not be read is named by its sheet, row and column, and is not billed.
    """
    from sqlalchemy import select

    from cmcore.exchange.given import GivenFile
    from cmcore.mentors.records import Mentor
    from cmcore.virtual_schools.records import Authority
    from cmcore.workbooks.own_invoices import draft_own_invoice, read_own_invoice

    settings, ref = Settings.load(), ""
    with the_engine(settings) as engine:
        key = authority_key(engine, authority)
        with work_for(engine, key, "workbook invoice", settings, writing=bool(number)) as work:
            found = work.db.scalars(select(Mentor).where(Mentor.ref == mentor)).first()
            if found is None:
                raise refuse(f"There is no mentor {mentor} here.", way_out="Give the reference, such as WR-M-0001.")
            kept_for = work.get(Authority, key)
            read = read_own_invoice(work, kept_for, found, GivenFile.at(file))
            if number and read.rows:
                ref = draft_own_invoice(work, kept_for, found, read, number).ref
    if as_json:
        rows = [{**vars(one), "held_on": one.held_on.isoformat()} for one in read.rows]
        told = {"invoice": ref or None, "rows": rows, "findings": [one.as_data() for one in read.findings]}
        click.echo(json.dumps(told, indent=2, ensure_ascii=False))
    else:
        for one in read.findings:
            click.echo(f"{'Not read' if one.blocks else 'Note'}: {one}")
        click.echo(f"{count(len(read.rows), 'row')} read: {hours(read.minutes)}.")
        click.echo(f"A draft was written: {ref}." if ref else "Nothing was kept.")
    if not read.rows:
        sys.exit(1)


def _look(
    kind: str, file: Path, authority: str, back: Path | None, maps: tuple[str, ...], as_json: bool, *, keep: bool
) -> None:
    from cmcore.exchange.given import GivenFile
    from cmcore.virtual_schools.records import Authority
    from cmcore.workbooks.bringing_in import (
        bring_in_workbook,
        heads_of_workbook,
        preview_workbook,
        read_workbook,
        rows_waiting,
    )
    from cmcore.workbooks.giving_back import given_back
    from cmcore.workbooks.lists import list_of

    settings, given, run, waiting = Settings.load(), GivenFile.at(file), None, {}
    verb = "workbook bring-in" if keep else "workbook preview"
    with the_engine(settings) as engine:
        key = authority_key(engine, authority)
        with work_for(engine, key, verb, settings, writing=True) as work:
            kept_for, listed = work.get(Authority, key), list_of(kind, work, key)
            heads = heads_of_workbook(work, listed, kept_for, given)
            said = Said(work, key, heads, maps if heads else ())
            if maps:
                said.refuse_unspoken()
            reading = read_workbook(work, listed, kept_for, given, said.matched)
            reading.findings += said.guesses()
            if keep and not reading.refused:
                made, run = bring_in_workbook(work, kept_for, listed, reading, digest=given.digest())
                said.keep(listed.needs)
                waiting = rows_waiting(work, kept_for.id, listed.key)
                number = run.id if run is not None else None
            else:
                made, number = preview_workbook(work, listed, kept_for, reading), None
                work.undo()
    if back is not None and not reading.refused:
        back.write_bytes(given_back(file.read_bytes(), made, waiting))
    if as_json:
        told = {"dry_run": not keep, "import": number, **made.as_data()}
        click.echo(json.dumps(told, indent=2, ensure_ascii=False))
    else:
        _say(made, number, keep=keep)
    if reading.refused:
        sys.exit(1)


def _say(made: Any, number: int | None, *, keep: bool) -> None:
    for one in made.reading.findings:
        click.echo(f"{'Refused' if one.blocks else 'Note'}: {one}")
    if made.reading.refused:
        return
    for one in made.outcomes:
        for finding in one.findings:
            click.echo(f"{'Held back' if finding.blocks else 'Note'}: {finding}")
    click.echo(", ".join(f"{many:,} {what}" for what, many in made.counts.items()) + ".")
    if not keep:
        click.echo("This was a preview. Nothing was changed.")
    elif number is None:
        click.echo("Everything is as held already. Nothing was changed.")
    else:
        click.echo(f"Brought in as import {number}. “cm import undo {number}” takes it back.")
    if keep and made.refused:
        held = count(len(made.refused), "row")
        click.echo(f"{held} held back; mend them with “cm workbook template … --waiting”, or on screen.")
