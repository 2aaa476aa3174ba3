"""``cm form answers``: the answers to a form over all its editions, as CSV or as an Excel workbook."""

from __future__ import annotations

from pathlib import Path

import click


@click.command("answers")
@click.argument("key")
@click.option("--authority", "code", required=True, help="The authority's three-digit code.")
@click.option(
    "--out",
    required=True,
    type=click.Path(dir_okay=False, path_type=Path),
    help="The file to write; it ends in .csv or .xlsx.",
)
@click.option("--drafts", is_flag=True, help="Drafts too.")
@click.option("--sensitive", is_flag=True, help="What is sensitive too; without it such answers are “not shown”.")
@click.option("--names", is_flag=True, help="Names too; without it initials and reference.")
def answers(key: str, code: str, out: Path, drafts: bool, sensitive: bool, names: bool) -> None:
    """Take the answers to the form KEY out of an authority; that they were read is written to the audit."""
    from cmcore.answers.editions import editions_of
    from cmcore.answers.exporting import export_answers
    from cmcore.base.settings import Settings
    from cmcore.base.words import count
    from cmcore.commands.ground import authority_key, the_engine, work_for
    from cmcore.exchange.answers_files import as_csv, as_workbook

    writers = {".csv": as_csv, ".xlsx": as_workbook}
    if (write := writers.get(out.suffix.lower())) is None:
        raise click.ClickException(f"{out.name} ends in neither .csv nor .xlsx. Give the file one of the two endings.")
    settings = Settings.load()
    with the_engine(settings) as engine:
        authority_id = authority_key(engine, code)
        with work_for(engine, authority_id, "form answers", settings) as work:
            if not editions_of(work, authority_id, key):
                raise click.ClickException(f"Nobody has answered a form “{key}” there. Look at the list of forms.")
            made = export_answers(work, authority_id, key, names=names, sensitive=sensitive, drafts=drafts)
    out.write_bytes(write(made))
    click.echo(f"{count(len(made.answers.rows), 'set')} of answers to {made.title} stand in {out}.")
