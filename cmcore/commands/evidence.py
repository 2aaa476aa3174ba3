"""``cm evidence``: print what changed for the cohort of a programme, as a table or as JSON."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cmcore.base.findings import refuse
from cmcore.commands.ground import authority_key, the_engine, work_for

if TYPE_CHECKING:
    from cmcore.evidence.cohorts import Cohort
    from cmcore.safekeeping.work import Work


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
@click.option("--setting", "setting_id", default="", help="Only this school or setting at the start, by its number.")
@click.option("--mentor", "mentor_id", default="", help="Only this mentor, by their number.")
@click.option("--funding", "funding_line_id", default="", help="Only this funding line, by its number.")
@click.option(
    "--by", default="", help="Split by setting, key_stage, age_band, care_status, send, funding, theme, year."
)
@click.option("--policy", default="", help="What is hidden: dfe or ons for readers outside, internal for your own use.")
@click.option("--round-to", type=click.Choice(["5", "10"]), help="Round the counts to 5 or 10.")
@click.option("--format", "form", type=click.Choice(["json", "csv", "html", "xlsx", "pdf"]), help="As what it comes.")
@click.option("--out", type=click.Path(dir_okay=False), help="Into this file; a workbook and a PDF need one.")
@click.option("--json", "as_json", is_flag=True, help="Print everything as JSON.")
def command(
    code: str,
    programme_key: str,
    by: str,
    policy: str,
    round_to: str | None,
    form: str | None,
    out: str | None,
    as_json: bool,
    **filters: str,
) -> None:
    """Print what changed for the cohort of a programme: counts, intervals, tests, and what to read with them.

    With --by, --policy or --format it is a subgroup table; under the policies dfe and ons it is remembered as given
    out, and later tables of the series hide what the two together would tell.
    """
    from cmcore.base.settings import Settings
    from cmcore.evidence.cohorts import Cohort
    from cmcore.evidence.moves import moves_of
    from cmcore.evidence.queries import evidence

    settings = Settings.load()
    with the_engine(settings) as engine:
        authority_id = authority_key(engine, code)
        cohort = Cohort.read(filters)
        if by or policy or form:
            wanted = _Wanted(by, policy or "internal", int(round_to) if round_to else None, form or "json", out)
            with work_for(engine, authority_id, "evidence", settings, writing=True) as work:
                made = wanted.of(work, authority_id, programme_key, cohort)
            _deliver(made, wanted)
            return
        with work_for(engine, authority_id, "evidence", settings) as work:
            found = evidence(work, authority_id, programme_key, cohort)
            moves = moves_of(work, authority_id, found.programme, cohort)
            told = {"authority": code, "drawn_on": work.today.isoformat(), **found.as_data(), "moves": moves.as_data()}
    click.echo(json.dumps(told, indent=2, ensure_ascii=False) if as_json else "\n".join(_in_words(told)))


@dataclass(frozen=True)
class _Wanted:
    """Which subgroup table is asked for, and as what."""

    by: str
    policy: str
    round_to: int | None
    form: str
    out: str | None

    def of(self, work: Work, authority_id: int, programme_key: str, cohort: Cohort) -> bytes:
        """The table as a file; one for readers outside is remembered."""
        from cmcore.evidence.actions import give_out
        from cmcore.evidence.outputs import FORMATS
        from cmcore.evidence.queries import subgroups
        from cmcore.virtual_schools.records import Authority

        if self.form in ("xlsx", "pdf") and self.out is None:
            raise refuse("A workbook and a PDF are no text to print.", way_out="Say where it goes with --out FILE.")
        asked = subgroups if self.policy == "internal" else give_out
        table = asked(work, authority_id, programme_key, cohort, by=self.by, policy=self.policy, round_to=self.round_to)
        return FORMATS[self.form](table, work.get(Authority, authority_id).name, work.clock.now())


def _deliver(made: bytes, wanted: _Wanted) -> None:
    if wanted.out is None:
        click.echo(made.decode("utf-8-sig"), nl=False)
        return
    Path(wanted.out).write_bytes(made)
    click.echo(f"Written to {wanted.out}.")


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
    return [*lines, "", *_beside(told["moves"]), "", *told["read_this_with_the_numbers"]]


def _beside(moves: dict[str, Any]) -> list[str]:
    """What else changed, each number with those of whom it is known."""
    attendance = moves["attendance"]
    said = [
        f"Concern, of {moves['concern_known']} scored twice: {moves['concern_lowered']} lowered "
        f"({moves['red_to_green']} from red to green), {moves['concern_same']} as it was, "
        f"{moves['concern_raised']} raised.",
        f"School and work, of {moves['education_known']} known: {moves['back_in_school']} of "
        f"{moves['out_of_school']} who were out of school are back, {moves['now_eet']} are in education, employment "
        f"or training, {moves['now_neet']} are not.",
    ]
    if attendance:
        said.append(
            f"Attendance, of {attendance['both_known']} known for two spells: {attendance['higher']} higher, "
            f"{attendance['same']} the same, {attendance['lower']} lower; "
            f"median {attendance['median_before']} % before, "
            f"{attendance['median_after']} % after."
        )
    return said
