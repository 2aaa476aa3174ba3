"""``cm compliance``: print which mentors may work on a day, who will not be able to soon, and why."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING

import click

from cmcore.commands.ground import authority_key, the_engine, work_for

if TYPE_CHECKING:
    from cmcore.readiness.board import Board, Standing


def _day(context: click.Context, option: click.Parameter, value: str) -> date | None:
    if not value:
        return None
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise click.BadParameter(f"“{value}” is not a day. A day is written 2026-11-10.") from None


@click.command("compliance")
@click.option("--authority", "code", required=True, help="The authority's three-digit code.")
@click.option("--on", "on", default="", callback=_day, help="As at this day, 2026-11-10; today where none is named.")
@click.option("--json", "as_json", is_flag=True, help="Print everything as JSON.")
def command(code: str, on: date | None, as_json: bool) -> None:
    """Print who may work on a day, who will not be able to in 30, 60 and 90 days, and why, with the way out."""
    from cmcore.base.settings import Settings
    from cmcore.readiness.board import compliance_on

    settings = Settings.load()
    with the_engine(settings) as engine:
        with work_for(engine, authority_key(engine, code), "compliance", settings) as work:
            (authority_id,) = work.scope.authorities if work.scope else (0,)
            board = compliance_on(work, authority_id, on)
    told = json.dumps(board.as_data(), indent=2, ensure_ascii=False) if as_json else "\n".join(_in_words(board))
    click.echo(told)


def _in_words(board: Board) -> list[str]:
    from cmcore.base.clock import day
    from cmcore.base.words import count
    from cmcore.readiness.board import AHEAD

    active = [one for one in board.standings if one.state == "active"]
    of = count(len(active), "active mentor")
    lines = [
        f"{board.authority} on {day(board.on)}: {len(board.working)} of {of} may work.",
        *(f"  {len(board.stopping(days))} will not be able to in {days} days." for days in AHEAD),
    ]
    for one in board.standings:
        lines += ["", *_one(one)]
    return lines


def _one(one: Standing) -> list[str]:
    from cmcore.base.clock import day

    if not one.may_work:
        said = "may not work" if one.state == "active" else one.state
    else:
        said = f"may not work from {day(one.stops_on)} on" if one.stops_on else "may work"
    return [
        f"{one.ref} {one.name}: {said}",
        *(f"  {'-' if finding.blocks else '·'} {finding}" for finding in one.why),
    ]
