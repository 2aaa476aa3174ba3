"""``cm evidence``: print what changed for the cohort of a programme, as a table or as JSON."""

from __future__ import annotations

import json
from typing import Any

import click

from cmcore.commands.ground import authority_key, the_engine, work_for


@click.command("evidence")
@click.option("--authority", "code", required=True, help="The authority's three-digit code.")
@click.option(
    "--programme", "programme_key", required=True, help="The programme's key, for example creative-mentoring."
)
@click.option("--from", "started_from", default="", help="Only who started on or after this day, 2025-09-01.")
@click.option("--to", "started_to", default="", help="Only who started on or before this day, 2026-08-31.")
@click.option("--least-age", default="", help="Only who was at least so old at the start.")
@click.option("--most-age", default="", help="Only who was at most so old at the start.")
@click.option("--key-stage", default="", help="Only this key stage at the start: EYFS, KS1 to KS5, post-18.")
@click.option("--care-status", default="", help="Only this care status, for example looked_after.")
@click.option("--send", default="", help="Only this SEND level at the start: none, support, ehcp.")
@click.option("--theme", default="", help="Only referrals into this theme.")
@click.option("--scored-by", default="", help="Only scores of this role, for example joint.")
@click.option("--measure-set", default="", help="Another measure set than the programme's, for example six@2017.")
@click.option("--json", "as_json", is_flag=True, help="Print everything as JSON.")
def command(code: str, programme_key: str, as_json: bool, **filters: str) -> None:
    """Print what changed for the cohort of a programme: counts, intervals, tests, and what to read with them."""
    from cmcore.base.settings import Settings
    from cmcore.evidence.cohorts import Cohort
    from cmcore.evidence.queries import evidence

    settings = Settings.load()
    with the_engine(settings) as engine:
        authority_id = authority_key(engine, code)
        cohort = Cohort.read(filters)
        with work_for(engine, authority_id, "evidence", settings) as work:
            found = evidence(work, authority_id, programme_key, cohort)
            told = {"authority": code, "drawn_on": work.today.isoformat(), **found.as_data()}
    click.echo(json.dumps(told, indent=2, ensure_ascii=False) if as_json else "\n".join(_in_words(told)))


def _in_words(told: dict[str, Any]) -> list[str]:
    lines = [
        f"{told['title']}, measure set {told['measure_set']}, drawn on {told['drawn_on']}",
        *(f"  only {name.replace('_', ' ')}: {value}" for name, value in told["cohort"].items()),
        f"{told['referred']} referred, {told['started']} started, {told['with_baseline']} have a baseline, "
        f"{told['paired']} have both scores.",
        "",
        f"{'':16}{'pairs':>7}{'improved':>10}{'maintained':>12}{'at best':>9}{'declined':>10}  share improved (95 %)",
    ]
    for row in told["measures"]:
        share = row["improved_share"]
        shown = (
            f"{share['percent']} % ({share['low']} to {share['high']}) of {share['of']}"
            if share
            else f"fewer than {told['least_pairs_for_a_share']} pairs"
        )
        lines.append(
            f"{row['label']:16}{row['paired']:>7}{row['improved']:>10}{row['maintained']:>12}"
            f"{row['at_ceiling']:>9}{row['declined']:>10}  {shown}"
        )
    return [*lines, "", *told["read_this_with_the_numbers"]]
