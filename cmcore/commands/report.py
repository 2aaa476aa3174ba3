"""``cm report``: draw up a report of the evidence as a file: a programme summary, a termly return, a journey."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cmcore.base.findings import refuse
from cmcore.commands.ground import authority_key, the_engine, work_for

if TYPE_CHECKING:
    from cmcore.evidence.reports.asking import Asked

_ENDINGS = click.Choice(["pdf", "docx", "xlsx", "csv", "html", "json"])
#: What is no text that could be printed.
_FILES = ("pdf", "docx", "xlsx")

_authority = click.option("--authority", "code", required=True, help="The authority's three-digit code.")
_programme = click.option(
    "--programme", "programme_key", required=True, help="The programme's key, for example creative-mentoring."
)
_format = click.option("--format", "ending", type=_ENDINGS, default="pdf", show_default=True, help="As what it comes.")
_out = click.option("--out", type=click.Path(dir_okay=False), help="Into this file; a PDF, Word, workbook need one.")


@click.group("report")
def command() -> None:
    """Draw up reports of the evidence as files.

    Under the policies dfe and ons a report is remembered as given out: later tables hide what the two together tell.
    """


@command.command("summary")
@_authority
@_programme
@click.option(
    "--policy",
    type=click.Choice(["internal", "dfe", "ons"]),
    default="dfe",
    show_default=True,
    help="What is hidden: dfe or ons for readers outside, internal for your own use.",
)
@click.option(
    "--by", default="", help="Split by setting, key_stage, age_band, care_status, send, funding, theme, year."
)
@click.option("--from", "started_from", default="", help="Only who started on or after this day, 2025-09-01.")
@click.option("--to", "started_to", default="", help="Only who started on or before this day, 2026-08-31.")
@click.option("--only", multiple=True, help="A further filter, as in the address of the page: key_stage=KS4.")
@_format
@_out
def summary(
    code: str,
    programme_key: str,
    policy: str,
    by: str,
    started_from: str,
    started_to: str,
    only: tuple[str, ...],
    ending: str,
    out: str | None,
) -> None:
    """What changed for the cohort of a programme: counts, ranges, how sure, and what to read with them."""
    from cmcore.evidence.cohorts import Cohort
    from cmcore.evidence.reports.asking import Asked

    filters = {"started_from": started_from, "started_to": started_to}
    for one in only:
        name, equals, value = one.partition("=")
        if not equals or name not in Cohort.__dataclass_fields__:
            known = ", ".join(Cohort.__dataclass_fields__)
            raise refuse(f"There is no filter “{one}”.", way_out=f"Write name=value; the names: {known}.")
        filters[name] = value
    cohort = Cohort.read(filters)
    _write(code, ending, out, lambda key: Asked("summary", key, programme_key, cohort=cohort, policy=policy, by=by))


@command.command("termly")
@_authority
@_programme
@click.option(
    "--policy",
    type=click.Choice(["dfe", "ons"]),
    default="dfe",
    show_default=True,
    help="How small numbers are hidden from readers outside.",
)
@click.option("--term", default="", help="The day the term begins, 2026-09-01; the latest that has begun without it.")
@_format
@_out
def termly(code: str, programme_key: str, policy: str, term: str, ending: str, out: str | None) -> None:
    """The return of a term to the authority's committee: who was helped, what was done, what changed."""
    from cmcore.evidence.reports.asking import Asked

    _write(code, ending, out, lambda key: Asked("termly", key, programme_key, policy=policy, term=term))


@command.command("journey")
@_authority
@click.option("--young-person", "ref", required=True, help="Their reference, WR-0417.")
@_format
@_out
def journey(code: str, ref: str, ending: str, out: str | None) -> None:
    """One young person's journey, by initials and reference: measures, steps, who scored."""
    from sqlalchemy import select

    from cmcore.base.findings import NotFound
    from cmcore.base.settings import Settings
    from cmcore.evidence.reports.asking import journey_written
    from cmcore.young_people.records import YoungPerson

    _refuse_printing(ending, out)
    settings = Settings.load()
    with the_engine(settings) as engine:
        authority_id = authority_key(engine, code)
        with work_for(engine, authority_id, "report", settings, writing=True) as work:
            found = work.db.scalar(select(YoungPerson.id).where(YoungPerson.ref == ref))
            if found is None:
                raise NotFound("young person")
            made, _ = journey_written(work, found, ending)
    _deliver(made, out)


def _write(code: str, ending: str, out: str | None, asked: Callable[[int], Asked]) -> None:
    from cmcore.base.settings import Settings
    from cmcore.evidence.reports.asking import written

    _refuse_printing(ending, out)
    settings = Settings.load()
    with the_engine(settings) as engine:
        authority_id = authority_key(engine, code)
        with work_for(engine, authority_id, "report", settings, writing=True) as work:
            made, _ = written(work, asked(authority_id), ending)
    _deliver(made, out)


def _refuse_printing(ending: str, out: str | None) -> None:
    if ending in _FILES and out is None:
        raise refuse("A PDF, a Word file and a workbook are no text to print.", way_out="Say where with --out FILE.")


def _deliver(made: bytes, out: str | None) -> None:
    if out is None:
        click.echo(made.decode("utf-8-sig"), nl=False)
        return
    Path(out).write_bytes(made)
    click.echo(f"Written to {out}.")
