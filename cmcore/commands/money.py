"""``cm money``: print where the funding lines of a financial year stand, and what the work cost."""

from __future__ import annotations

import json
from typing import Any

import click

from cmcore.commands.ground import authority_key, the_engine, work_for

_AMOUNTS = ("amount", "allocated", "committed", "forecast", "spent", "uncommitted")


@click.command("money")
@click.option("--authority", "code", required=True, help="The authority's three-digit code.")
@click.option("--year", type=click.IntRange(2000, 2100), help="The financial year that begins in April of this year.")
@click.option("--json", "as_json", is_flag=True, help="Print everything as JSON, amounts in pence.")
def command(code: str, year: int | None, as_json: bool) -> None:
    """Print where the funding lines of a financial year stand, and what a young person and an hour cost."""
    from cmcore.base.periods import financial_year
    from cmcore.base.settings import Settings
    from cmcore.money.costs import costs_of_year
    from cmcore.money.queries import rate_of_year, standing_of_year

    settings = Settings.load()
    with the_engine(settings) as engine:
        authority_id = authority_key(engine, code)
        with work_for(engine, authority_id, "money", settings) as work:
            chosen = year or financial_year(work.today)
            costs = costs_of_year(work, authority_id, chosen)
            told: dict[str, Any] = {
                "authority": code,
                "financial_year": chosen,
                "drawn_on": work.today.isoformat(),
                "rate_pence": rate_of_year(work, authority_id, chosen),
                "lines": [
                    {"name": one.line.name, "kind_of_money": one.line.kind_of_money}
                    | {f"{key}_pence": getattr(one.account, f"{key}_pence") for key in _AMOUNTS}
                    | {"findings": [found.as_data() for found in one.findings]}
                    for one in standing_of_year(work, authority_id, chosen)
                ],
                "minutes_held": costs.minutes,
                "spent_pence": costs.spent_pence,
                "pence_each": costs.pence_each,
                "pence_an_hour": costs.pence_an_hour,
            }
    click.echo(json.dumps(told, indent=2, ensure_ascii=False) if as_json else "\n".join(_in_words(told)))


def _in_words(told: dict[str, Any]) -> list[str]:
    from cmcore.base.periods import academic_year_name
    from cmcore.base.words import hours, pounds

    year = academic_year_name(told["financial_year"])
    lines = [f"Money of {told['authority']} in {year}, on {told['drawn_on']}"]
    lines.append(f"{'':34}{'amount':>14}{'set aside':>14}{'committed':>14}{'by 31 March':>14}{'spent':>14}{'left':>14}")
    for one in told["lines"]:
        amounts = "".join(f"{pounds(one[f'{key}_pence']):>14}" for key in _AMOUNTS)
        lines.append(f"{one['name']:34.34}{amounts}")
        lines += [f"  {found['rule']}: {found['message']}" for found in one["findings"]]
    if not told["lines"]:
        lines.append("There is no funding line in this year.")
    held = f"{hours(told['minutes_held'])} held" if told["minutes_held"] else "No hours held"
    lines.append(f"{held}, {pounds(told['spent_pence'])} paid.")
    if told["pence_each"] is not None:
        lines.append(f"{pounds(told['pence_each'])} for each young person something was paid for.")
    if told["pence_an_hour"] is not None:
        lines.append(f"{pounds(told['pence_an_hour'])} for each hour paid for.")
    return lines
