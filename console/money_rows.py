"""The money of a year as the page shows it: each line with its bar, what one young person and one hour cost."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from cmcore.base.words import hours, pounds
from cmcore.funding.words import FundingKind
from cmcore.money.account import LineAccount
from cmcore.money.costs import Cost, YearCosts
from cmcore.money.queries import LineStanding
from cmcore.young_people.records import YoungPerson
from console.shown import State

#: Young people on one page of the table.
ROWS = 25


@dataclass(frozen=True)
class LineRow:
    """One funding line: its words, its address, the amounts in pounds, a bar, and how it stands."""

    name: str
    kind: str
    url: str
    amount: str
    allocated: str
    committed: str
    forecast: str
    spent: str
    left: str
    bar: Markup
    state: State | str


@dataclass(frozen=True)
class CostRow:
    """What one young person's year cost. ``whom`` is nothing more than initials and reference."""

    whom: str
    url: str
    hours: str
    mentoring: str
    other: str
    spent: str


def line_rows(standings: Sequence[LineStanding], address: Any) -> list[LineRow]:
    """Every line of a year; ``address`` gives where a line leads."""
    return [
        LineRow(
            one.line.name,
            FundingKind.say(one.line.kind_of_money),
            address(one.line),
            *_amounts(one.account),
            bar=money_bar(one.account),
            state=_state(one),
        )
        for one in standings
    ]


def sums(standings: Sequence[LineStanding]) -> list[str]:
    """The same amounts over all lines."""
    accounts = [one.account for one in standings]
    total = LineAccount(
        *(
            sum(getattr(each, name) for each in accounts)
            for name in ("amount_pence", "allocated_pence", "committed_pence", "forecast_pence", "spent_pence")
        )
    )
    return _amounts(total)


def _amounts(account: LineAccount) -> list[str]:
    return [
        pounds(pence)
        for pence in (
            account.amount_pence,
            account.allocated_pence,
            account.committed_pence,
            account.forecast_pence,
            account.spent_pence,
            account.uncommitted_pence,
        )
    ]


def _state(one: LineStanding) -> State | str:
    if one.account.uncommitted_pence < 0:
        return State("Over-committed", "stop", "stop")
    if one.red:
        return State("Uncommitted, lost after 31 March", "stop", "stop")
    if one.findings:
        return State("Uncommitted", "warn", "warn")
    return ""


def money_bar(account: LineAccount) -> Markup:
    """What was spent and what is committed beside it, as parts of the amount; the numbers stand in the same row."""
    whole = max(account.amount_pence, account.committed_pence, 1)
    committed, spent = (100 * pence // whole for pence in (account.committed_pence, account.spent_pence))
    over = account.committed_pence > account.amount_pence
    return Markup(
        '<svg class="cm-money" width="120" height="10" aria-hidden="true" focusable="false">'
        '<rect class="cm-ch-ground" width="100%" height="10" rx="1"/>'
        '<rect class="{}" width="{}%" height="10" rx="1" opacity=".45"/>'
        '<rect class="{}" width="{}%" height="10" rx="1"/></svg>'
    ).format(*((fill := "cm-ch-fill--warn" if over else "cm-ch-fill"), committed, fill, min(spent, 100)))


def cost_rows(
    shown: Sequence[Cost], people: Mapping[int, YoungPerson], refs: Mapping[int, str], address: Any
) -> list[CostRow]:
    """Some young people, the dearest first; who is out of reach stands there by reference."""
    rows = []
    for one in shown:
        person = people.get(one.young_person_id)
        rows.append(
            CostRow(
                f"{person.initials} {person.ref}" if person else refs.get(one.young_person_id, ""),
                address(person) if person else "",
                hours(one.minutes) if one.minutes else "",
                pounds(one.mentoring_pence) if one.mentoring_pence else "",
                pounds(one.other_pence) if one.other_pence else "",
                pounds(one.spent_pence),
            )
        )
    return rows


def cost_facts(costs: YearCosts) -> list[tuple[str, str]]:
    """What follows from the costs of a year, each share with what it is over."""
    paid_for = sum(1 for one in costs.costs if one.spent_pence)
    billed = sum(one.billed_minutes for one in costs.costs)
    facts = [("Hours held", hours(costs.minutes) if costs.minutes else "none"), ("Paid", pounds(costs.spent_pence))]
    if costs.pence_each is not None:
        facts.append(("Cost for each young person", f"{pounds(costs.pence_each)}, over {paid_for} paid for"))
    if costs.pence_an_hour is not None:
        facts.append(("Cost of an hour", f"{pounds(costs.pence_an_hour)}, over {hours(billed)} paid for"))
    return facts
