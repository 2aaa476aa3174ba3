"""What is printed with every report on a cohort: what the numbers do not say, who is missing, how sure one can be."""

from __future__ import annotations

from collections.abc import Iterable

from cmcore.base.words import count
from cmcore.evidence.disclosure.policies import Symbol
from cmcore.evidence.reports.report import Cell, Section
from cmcore.evidence.reports.told import Told, number
from cmcore.evidence.subgroups import BOUNDED
from cmcore.reviews.words import Scorer


def caveats(told: Told, shown: Iterable[Cell] = ()) -> Section:
    """What must be read with the numbers; ``shown`` are the cells of the report, whose symbols are explained."""
    rows = told.all.measures
    points: list[tuple[str, str]] = [
        (
            "No comparison group.",
            "These young people changed while they took part. The numbers do not say that the programme was the "
            "reason.",
        ),
        ("Those who begin worst off tend to improve anyway.", _worst(told)),
        ("Those missing may differ.", _missing(told)),
        (
            "Few pairs say little.",
            f"No percentage is given under {count(told.policy.least_pairs, 'pair')}, and each stands with its 95 % "
            "range and the pairs it is of.",
        ),
    ]
    if any(row.at_ceiling for row in rows):
        points.append(
            ("Some had no room to improve.", "Where the first score is the best there is, keeping it is maintained.")
        )
    if sum(told.count(f"by.{role.value}") != 0 for role in Scorer) > 1:
        points.append(
            ("Different people scored.", "Each pair was scored twice by the same role, but not all by one role.")
        )
    if told.policy.hides:
        hidden = f"Counts of 1 to {told.policy.hides_up_to} are hidden, and what they could be worked out from."
        points.append(("Small numbers are not shown.", hidden))
        if told.table.release.bounded:
            points.append(("More is hidden here than small numbers.", BOUNDED))
        if told.policy.round_to > 1:
            points.append(("Counts are rounded.", f"To {told.policy.round_to}; percentages are of rounded counts."))
    else:
        points.append(("Small numbers are shown.", "For your own use: do not pass this on."))
    found = {one for one in shown if isinstance(one, Symbol)}
    points += [(f"{symbol.value}:", f"{symbol.label}.") for symbol in Symbol if symbol in found]
    return Section(heading="Read this with the numbers", points=tuple(points))


def _worst(told: Told) -> str:
    low = max(told.account.measures, key=lambda row: row.began_lowest)
    if told.open and low.began_lowest:
        began = f"{low.began_lowest} of {low.paired} began in the worst part of the scale"
        return f"{began} on {low.measure.label.lower()} (regression to the mean)."
    return "A low first score is partly a bad day: the next one is higher of itself (regression to the mean)."


def _missing(told: Told) -> str:
    started, paired = number(told.count("started")), number(told.count("paired"))
    if started is None or paired is None or told.policy.round_to > 1:
        return "Some who started have no two scores to compare, and are in none of the shares."
    missing = started - paired
    if not missing:
        return "Everybody who started has both scores; nobody is missing from the shares."
    has = "has" if missing == 1 else "have"
    return f"{missing:,} of {started:,} who started {has} no two scores to compare, and are in none of the shares."
