"""The files of the return and their columns; which file is which is told by its columns, not by its name.

Source: SSDA903 collection guide and technical specification, CSV format.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from cmcore.exchange.tables import folded


@dataclass(frozen=True, slots=True)
class Layout:
    """One file of the return: the columns we use, and those that tell it from the others."""

    key: str
    title: str
    columns: tuple[str, ...]
    optional: tuple[str, ...]
    telling: frozenset[str]


HEADER = Layout(
    "header",
    "Header (one row a child)",
    ("CHILD", "SEX", "DOB", "ETHNIC", "UPN"),
    (),
    frozenset({"ethnic", "upn", "mother", "mc_dob"}),
)
EPISODES = Layout(
    "episodes",
    "Episodes (one row an episode of care)",
    ("CHILD", "DECOM", "RNE", "LS", "CIN", "PLACE", "PLACE_PROVIDER", "DEC", "REC"),
    ("URN",),
    frozenset(
        {
            "decom",
            "rne",
            "ls",
            "cin",
            "place",
            "place_provider",
            "dec",
            "rec",
            "reason_place_change",
            "home_post",
            "pl_post",
            "urn",
        }
    ),
)
OC2 = Layout(
    "oc2",
    "OC2 (health and wellbeing, with the SDQ score)",
    ("CHILD", "SDQ_SCORE", "SDQ_REASON"),
    ("DOB",),
    frozenset(
        {
            "sdq_score",
            "sdq_reason",
            "convicted",
            "health_check",
            "immunisations",
            "teeth_check",
            "health_assessment",
            "substance_misuse",
        }
    ),
)
UASC = Layout(
    "uasc",
    "UASC (unaccompanied asylum-seeking children)",
    ("CHILD", "DOB", "DUC"),
    ("SEX",),
    frozenset({"duc"}),
)

LAYOUTS: tuple[Layout, ...] = (HEADER, EPISODES, OC2, UASC)

#: Parts of the return that we know and bring nothing in from, by a column only they have.
PARTS_NOT_READ: dict[str, str] = {
    "review_code": "Reviews",
    "in_touch": "OC3 (care leavers)",
    "date_match": "AD1 (adoption)",
    "reason_placed_ceased": "Placed for adoption",
    "prev_perm": "Previous permanence",
    "mis_start": "Missing",
    "sw_decom": "Social worker episodes",
}


def layout_of(headings: Iterable[str]) -> Layout | None:
    """The layout told by the headings; None where less than a third of its columns are there."""
    there = {folded(heading) for heading in headings}
    best = max(LAYOUTS, key=lambda layout: len(layout.telling & there))
    found = sum(folded(column) in there for column in best.columns)
    return best if best.telling & there and 3 * found >= len(best.columns) else None


def part_not_read(headings: Iterable[str]) -> str | None:
    """The name of a part of the return that is known but not brought in, told by its columns."""
    there = {folded(heading) for heading in headings}
    return next((part for column, part in PARTS_NOT_READ.items() if column in there), None)
