"""``cm study``: list studies, make a release without names, and check one."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from cmcore.api import Work
    from cmcore_action_research.records import ResearchStudy


@click.group("study", context_settings={"help_option_names": ["-h", "--help"]})
def command() -> None:
    """Studies: what there is, a release without names, and whether one is as it says."""


@command.command("list")
@click.option("--authority", "code", required=True, help="The authority's three-digit code.")
def list_studies(code: str) -> None:
    """Print each study with its number, its state, and whether its protocol still gives its hash."""
    from sqlalchemy import select

    from cmcore.api.commands import Settings, authority_key, the_engine, work_for
    from cmcore_action_research.protocols import holds_still
    from cmcore_action_research.queries import protocols_of
    from cmcore_action_research.records import ResearchStudy

    settings = Settings.load()
    with the_engine(settings) as engine, work_for(engine, authority_key(engine, code), "study", settings) as work:
        studies = work.db.scalars(select(ResearchStudy).order_by(ResearchStudy.id)).all()
        if not studies:
            click.echo("There is no study here yet. One is begun in the console, under Evidence, Studies.")
        for study in studies:
            click.echo(f"{study.id}: {study.title}. {study.state_label}.")
            for one in protocols_of(work, study):
                wrong = holds_still(work, one)
                said = wrong[0].message if wrong else "Its hash is right." if one.frozen_hash else "Not frozen."
                click.echo(f"   version {one.number}: {one.state_label}. {said} {one.frozen_hash}".rstrip())


@command.command("release")
@click.option("--authority", "code", required=True, help="The authority's three-digit code.")
@click.option("--study", "number", required=True, type=int, help="The number of the study, as “cm study list” has it.")
@click.option(
    "--out", required=True, type=click.Path(path_type=Path), help="A folder that is not there yet, or a .zip."
)
@click.option("--age", default="band", help="years, band, stage or left_out.")
@click.option("--sex", default="kept", help="kept or left_out.")
@click.option("--group", default="kept", help="kept or left_out.")
@click.option("--care-status", default="left_out", help="kept or left_out.")
@click.option("--ethnicity", default="left_out", help="census or left_out.")
@click.option("--send", default="left_out", help="level, any or left_out.")
@click.option("--joined", default="left_out", help="month, term, year or left_out.")
def release(code: str, number: int, out: Path, **coarseness: str) -> None:
    """Make a release without names, freeze it, write it out, and check it. Themes never leave this way.

    Refused where fewer than five share what is told of somebody; the refusal says what to coarsen.
    """
    from cmcore.api import refuse
    from cmcore.api.commands import Settings, authority_key, the_engine, work_for
    from cmcore_action_research.release.checker import files_at
    from cmcore_action_research.release.forms import ReleaseAnswers
    from cmcore_action_research.release.making import files_in, make_release
    from cmcore_action_research.release.writing import archive

    if out.exists():
        raise refuse(f"{out} is there already.", way_out="Name one that is not.")
    settings = Settings.load()
    with the_engine(settings) as engine:
        authority_id = authority_key(engine, code)
        with work_for(engine, authority_id, "study", settings, writing=True) as work:
            made = make_release(work, _study(work, number), ReleaseAnswers(**coarseness))
            files = files_in(work, made)
            if out.suffix == ".zip":
                out.write_bytes(archive(files))
            else:
                out.mkdir(parents=True)
                for name, content in files.items():
                    (out / name).write_bytes(content.encode("utf-8"))
            click.echo(f"Release {made.number} of {made.people} young people, written to {out}.")
            click.echo(f"Its hash: {made.content_hash}")
    _say(files_at(out))


@command.command("verify")
@click.argument("path", type=click.Path(path_type=Path, exists=True))
@click.option("--authority", "code", default="", help="Hold it against the records of this authority too.")
@click.option("--release", "number", type=int, default=0, help="Which release it is, where a study has several.")
def verify(path: Path, code: str, number: int) -> None:
    """Check a release, a folder or a zip: hashes, columns, values, and that at least five share what is told.

    With --authority it is held against the records: no name and no day as it was, and the time between days kept.
    """
    from cmcore.api import refuse
    from cmcore_action_research.release.checker import NoRelease, files_at

    try:
        files = files_at(path)
    except NoRelease as wrong:
        raise refuse(str(wrong), way_out="Name the folder or the .zip of a release.") from wrong
    if not code:
        _say(files)
        return
    from sqlalchemy import select

    from cmcore.api.commands import Settings, authority_key, the_engine, work_for
    from cmcore_action_research.release.against_source import check_against
    from cmcore_action_research.release_records import StudyRelease

    settings = Settings.load()
    with the_engine(settings) as engine, work_for(engine, authority_key(engine, code), "study", settings) as work:
        kept = list(work.db.scalars(select(StudyRelease).order_by(StudyRelease.id.desc())))
        named = [one for one in kept if one.content_hash.encode() in files.get("manifest.json", b"")]
        chosen = next((one for one in [*named, *kept] if number in (0, one.number)), None)
        if chosen is None:
            raise refuse("There is no such release here.", way_out="Look at the authority and the number.")
        _print(check_against(work, chosen, files))


def _study(work: Work, number: int) -> ResearchStudy:
    from cmcore_action_research.records import ResearchStudy

    return work.get(ResearchStudy, number)


def _say(files: dict[str, bytes]) -> None:
    from cmcore_action_research.release.checker import check

    _print(check(files))


def _print(found: object) -> None:
    wrong: list[str] = list(getattr(found, "wrong", ()))
    for said in getattr(found, "told", ()):
        click.echo(f"Looked at {said}.")
    for said in wrong:
        click.echo(said, err=True)
    if wrong:
        click.echo(f"Not as it says: {len(wrong)} found.", err=True)
        sys.exit(1)
    click.echo("The release is as it says.")
