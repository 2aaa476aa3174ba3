"""``cm audit``: check that nobody tampered with the audit."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click
from sqlalchemy import select, text

from cmcore.base.engine import is_sqlite
from cmcore.base.findings import refuse
from cmcore.base.settings import Settings
from cmcore.base.words import count
from cmcore.commands.ground import the_engine
from cmcore.safekeeping.audit import against, verify
from cmcore.safekeeping.records import AuditHead
from cmcore.virtual_schools.records import Authority


@click.group("audit")
def command() -> None:
    """Check that nobody tampered with the audit."""


@command.command("verify")
@click.option(
    "--against",
    "kept_elsewhere",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    default=None,
    help="A file of heads written by an earlier check and kept on another machine.",
)
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
def verify_chains(kept_elsewhere: Path | None, as_json: bool) -> None:
    """Read every line of every chain; a changed, removed or inserted one is named. Ends with 1 if there is one."""
    earlier = _heads_in(kept_elsewhere) if kept_elsewhere else {}
    settings = Settings.load()
    with the_engine(settings) as engine, engine.connect() as connection:
        if not is_sqlite(connection):
            # Row-level security would hide the chains; the command reads them all and prints nothing of what they say.
            last = connection.execute(select(AuditHead.chain).order_by(AuditHead.chain.desc()).limit(1)).scalar() or 0
            top = max([last, *earlier])
            ids = ",".join(str(each) for each in range(1, top + 1))
            connection.execute(text("SELECT set_config('cm.authorities', :ids, false)"), {"ids": ids})
        faults = [*verify(connection), *against(connection, earlier)]
        kept = connection.execute(select(AuditHead.chain, AuditHead.seq, AuditHead.hash))
        heads = {row.chain: {"lines": row.seq, "hash": row.hash} for row in kept}
        names = {row.id: row.name for row in connection.execute(select(Authority.id, Authority.name))}
    if as_json:
        click.echo(json.dumps({"whole": not faults, "faults": faults, "heads": heads}, indent=2))
    elif faults:
        click.echo("\n".join(faults))
    else:
        for chain, head in sorted(heads.items()):
            lines = count(head["lines"], "line")
            click.echo(f"{names.get(chain, 'no authority')}: {lines}, whole. Head {head['hash'][:16]}…")
        click.echo("The audit is whole.")
    if settings["audit", "heads_file"] and not faults:
        Path(settings["audit", "heads_file"]).write_text(json.dumps(heads, indent=2), "utf-8")
    sys.exit(1 if faults else 0)


def _heads_in(file: Path) -> dict[int, tuple[int, str]]:
    """The heads of a file that an earlier check wrote; refuses another file in a sentence."""
    try:
        told = json.loads(file.read_text("utf-8"))
        return {int(chain): (int(head["lines"]), str(head["hash"])) for chain, head in told.items()}
    except (ValueError, TypeError, KeyError, AttributeError):
        raise refuse(
            f"{file.name} is not a file of heads.", way_out="audit.heads_file names where a check writes them."
        ) from None
