"""``cm import``: bring in a statutory return or the register of schools."""

from __future__ import annotations

import json
import sys
from collections import Counter
from datetime import date, datetime
from pathlib import Path

import click

from cmcore.base.collecting import collector_held_off
from cmcore.base.findings import Finding, Refused, Severity, refuse
from cmcore.base.settings import Settings
from cmcore.base.words import count
from cmcore.commands.ground import authority_key, the_engine, work_for
from cmcore.commands.matching import Said, map_option
from cmcore.exchange.records import ImportRun
from cmcore.returns.plan import BroughtIn, Plan
from cmcore.returns.rules import days_to_take_back
from cmcore.virtual_schools.records import Authority

#: So many findings of one kind are printed; the rest is counted.
_SHOWN = 3

_KINDS = {
    "young_person": ("young person", "young people"),
    "care_episode": ("care episode", "care episodes"),
    "review": ("SDQ total", "SDQ totals"),
    "setting": ("setting", "settings"),
    "federation": ("federation", "federations"),
}


@click.group("import")
def command() -> None:
    """Bring in a statutory return or the register of schools."""


def _day(_: click.Context, __: click.Parameter, text: str | None) -> date | None:
    if text is None:
        return None
    for form in ("%Y-%m-%d", "%d/%m/%Y"):
        try:
            return datetime.strptime(text, form).date()  # noqa: DTZ007  a day has no zone
        except ValueError:
            continue
    raise click.BadParameter("Write the day as 2026-03-31 or 31/03/2026.")


@command.command("ssda903")
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--authority", required=True, help="The authority's three-digit code.")
@click.option("--as-at", callback=_day, help="The 31 March of the year the return covers; usually told from it.")
@map_option
@click.option("--dry-run", is_flag=True, help="Show what would change, and change nothing.")
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
def ssda903(
    folder: Path, authority: str, as_at: date | None, maps: tuple[str, ...], dry_run: bool, as_json: bool
) -> None:
    """Bring in the return of looked-after children (SSDA903) from the CSV files in FOLDER.

    What is unusable is held back and listed; everything else comes in, all of it or none. A heading that is not the
    guide's is used when --map says so, or when it was confirmed before; of any other the guess is told and not used.
    The XML form of the return is not read yet.
    """
    from cmcore.exchange.heads import return_heads
    from cmcore.exchange.ssda903.read import MOST_BYTES, files_in, read_return
    from cmcore.returns.ssda903 import bring_in_return, plan_return

    settings = Settings.load()
    with _refusals_said(as_json), the_engine(settings) as engine:
        key = authority_key(engine, authority)
        progress = _Progress(as_json)
        progress("reading", 0, 0)
        with collector_held_off(), work_for(engine, key, "import ssda903", settings, writing=not dry_run) as work:
            files, most = files_in(folder), min(MOST_BYTES, _largest(settings))
            said = Said(work, key, return_heads(files, most), maps)
            try:
                made = read_return(files, today=work.today, year_ends_on=as_at, most_bytes=most, matched=said.matched)
            except Refused as refused:
                raise said.refused(refused) from None
            made.findings += said.guesses()
            kept_for = work.get(Authority, key)
            if dry_run:
                done = BroughtIn(plan_return(work, kept_for, made), None)
            else:
                done = bring_in_return(work, kept_for, made, progress=progress)
                said.keep("import.ssda903")
            days = days_to_take_back(work.policy_of(kept_for))
        progress.end()
        _say(done, days, dry_run=dry_run, as_json=as_json)


@command.command("gias")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--authority", required=True, help="The authority's three-digit code.")
@click.option("--neighbours", default="", help="Codes of neighbouring authorities to bring in too: 830,892.")
@map_option
@click.option("--dry-run", is_flag=True, help="Show what would change, and change nothing.")
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
def gias(file: Path, authority: str, neighbours: str, maps: tuple[str, ...], dry_run: bool, as_json: bool) -> None:
    """Bring in settings from the public register of schools (edubasealldata….csv).

    Taken in are the open settings of the authority and of the neighbours named, those its young people attend, and news
    of every setting held already. A setting that closed stays, with the day it closed. A heading that is not the
    register's is used when --map says so, or when it was confirmed before.
    """
    from cmcore.exchange.gias.read import open_register
    from cmcore.exchange.given import GivenFile
    from cmcore.exchange.heads import register_heads
    from cmcore.returns.gias import bring_in_register, plan_register

    settings = Settings.load()
    codes = [code for code in neighbours.replace(",", " ").split() if code]
    with _refusals_said(as_json), the_engine(settings) as engine:
        key = authority_key(engine, authority)
        given, most = GivenFile.at(file), _largest(settings)
        heads = register_heads(given, most)
        progress = _Progress(as_json)
        with work_for(engine, key, "import gias", settings, writing=not dry_run) as work:
            kept_for = work.get(Authority, key)
            said = Said(work, key, [heads], maps)
            try:
                register = open_register(given, most_bytes=most, matched=said.matched[0])
            except Refused as refused:
                raise said.refused(refused) from None
            register.findings += said.guesses()
            if dry_run:
                done = BroughtIn(plan_register(work, kept_for, register, codes, progress), None)
            else:
                done = bring_in_register(work, kept_for, register, codes, progress=progress)
                said.keep("import.settings")
            days = days_to_take_back(work.policy_of(kept_for))
        progress.end()
        _say(done, days, dry_run=dry_run, as_json=as_json)


@command.command("undo")
@click.argument("number", type=int)
@click.option("--authority", required=True, help="The authority's three-digit code.")
def undo(number: int, authority: str) -> None:
    """Take import NUMBER back whole, unless somebody changed or built on what it brought in."""
    from cmcore.returns.undo import undo_import

    settings = Settings.load()
    with the_engine(settings) as engine:
        key = authority_key(engine, authority)
        with work_for(engine, key, "import undo", settings, writing=True) as work:
            run = work.get(ImportRun, number)
            if run.authority_id != key:
                raise refuse("This import is of another authority.")
            undo_import(work, run)
    click.echo(f"Import {number} was taken back.")


@command.command("columns")
@click.option("--authority", required=True, help="The authority's three-digit code.")
@click.option("--forget", type=int, default=None, metavar="NUMBER", help="Forget the columns of this number.")
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
def columns(authority: str, forget: int | None, as_json: bool) -> None:
    """Print which columns of files are remembered, and forget some: the next such file is asked about again."""
    from cmcore.commands.matching import say_remembered
    from cmcore.workbooks.records import ColumnMapping
    from cmcore.workbooks.remembered import forget_columns, remembered_columns

    settings = Settings.load()
    with the_engine(settings) as engine:
        key = authority_key(engine, authority)
        with work_for(engine, key, "import columns", settings, writing=forget is not None) as work:
            if forget is not None:
                kept = work.get(ColumnMapping, forget)
                if kept.authority_id != key:
                    raise refuse("These columns are of another authority.")
                forget_columns(work, kept)
                work.db.flush()
            say_remembered(remembered_columns(work, key), as_json=as_json)


def _largest(settings: Settings) -> int:
    return int(settings["import", "largest_megabytes"]) * 1_000_000


class _Progress:
    """What is being done, on one line of a terminal that is written over; nothing where nobody watches."""

    def __init__(self, quiet: bool) -> None:
        self.watched = sys.stderr.isatty() and not quiet
        self.shown = False

    def __call__(self, what: str, done: int, of: int) -> None:
        """Show one step."""
        if self.watched:
            how_far = f" {done:,} of {of:,}" if of else f" {done:,}" if done else ""
            click.echo(f"\r\x1b[K{what.capitalize()}{how_far} …", nl=False, err=True)
            self.shown = True

    def end(self) -> None:
        """Leave the line clear for what came of it."""
        if self.shown:
            click.echo("\r\x1b[K", nl=False, err=True)


class _refusals_said:
    """In JSON, a refusal is JSON too, and the command ends with 1."""

    def __init__(self, as_json: bool) -> None:
        self.as_json = as_json

    def __enter__(self) -> None:
        """Nothing to set up."""

    def __exit__(self, kind: object, raised: BaseException | None, trace: object) -> None:
        """Print the findings and end, where JSON was asked for."""
        if self.as_json and isinstance(raised, Refused):
            told = {"refused": True, "findings": [one.as_data() for one in raised.findings]}
            click.echo(json.dumps(told, indent=2, ensure_ascii=False))
            sys.exit(1)


def _say(done: BroughtIn, days: int, *, dry_run: bool, as_json: bool) -> None:
    if as_json:
        told = {"dry_run": dry_run, "import": done.run.id if done.run else None, **done.plan.as_data()}
        click.echo(json.dumps(told, indent=2, ensure_ascii=False))
        return
    plan = done.plan
    for kind, counts in plan.counts().items():
        one, many = _KINDS.get(kind, (kind, kind))
        parts = [f"{number:,} {what}" for what, number in counts.items() if number]
        click.echo(f"{many[:1].upper()}{many[1:]}: {', '.join(parts) or f'no {one} in the files'}.")
    _say_findings(plan)
    held = len({(one.file, one.row) for one in plan.held_back})
    if held:
        click.echo(f"{count(held, 'row')} held back; put them right and bring the files in again.")
    if dry_run:
        click.echo("This was a dry run. Nothing was changed.")
    elif done.run is None:
        click.echo("Everything is as held already. Nothing was changed.")
    else:
        undo = f"“cm import undo {done.run.id}” takes it back for {count(days, 'day')}"
        click.echo(f"Brought in as import {done.run.id}. {undo}.")


def _say_findings(plan: Plan) -> None:
    order = {Severity.block: 0, Severity.warn: 1, Severity.inform: 2}
    by_kind: dict[str, list[Finding]] = {}
    for one in sorted(plan.findings, key=lambda finding: order[finding.severity]):
        by_kind.setdefault(f"{one.severity.value} {one.rule}", []).append(one)
    words = {Severity.block: "Held back", Severity.warn: "Warning", Severity.inform: "Note"}
    for alike in by_kind.values():
        # What is held back is listed whole: each row waits for somebody.
        shown = alike if alike[0].blocks else alike[:_SHOWN]
        for one in shown:
            click.echo(f"{words[one.severity]}: {one}")
        if len(alike) > len(shown):
            files = Counter(one.file for one in alike)
            where = ", ".join(f"{number:,} in {name}" for name, number in files.items())
            click.echo(f"  … and {len(alike) - len(shown):,} more like it ({where}).")
