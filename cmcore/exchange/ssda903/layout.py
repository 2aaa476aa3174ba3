"""The files of the return and their columns; which file is which is told by its columns, not by its name.

Source: SSDA903 collection guide and technical specification, CSV format.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from cmcore.exchange.columns import Column, Heads, match_columns
from cmcore.exchange.tables import folded


@dataclass(frozen=True, slots=True)
class Layout:
    """One file of the return: the columns we use, and those that tell it from the others."""

    key: str
    title: str
    asked: tuple[Column, ...]
    telling: frozenset[str]

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that are needed, by the guide's names."""
        return tuple(one.key for one in self.asked if one.required)

    @property
    def optional(self) -> tuple[str, ...]:
        """The columns that are read where they are there."""
        return tuple(one.key for one in self.asked if not one.required)


_ID = Column(
    "CHILD",
    "Child ID",
    True,
    "The number your case system knows the child by",
    ("child number", "child ref", "child reference", "child identifier", "local child id", "person id", "client id"),
)
_DAY = "A day, dd/mm/yyyy"
_SEX = Column("SEX", "Sex", True, "1 or M, 2 or F", ("gender", "sex code"))
_BIRTH = Column("DOB", "Date of birth", True, _DAY, ("birth date", "born", "born on", "birthday", "child dob"))

HEADER = Layout(
    "header",
    "Header (one row a child)",
    (
        _ID,
        _SEX,
        _BIRTH,
        Column("ETHNIC", "Ethnic origin", True, "A code such as WBRI", ("ethnicity", "ethnic group", "ethnicity code")),
        Column(
            "UPN",
            "Unique pupil number",
            True,
            "A letter and twelve digits, or UN1 to UN5",
            ("pupil number", "upn number", "unique pupil no", "pupil no"),
        ),
    ),
    frozenset({"ethnic", "upn", "mother", "mc_dob"}),
)
EPISODES = Layout(
    "episodes",
    "Episodes (one row an episode of care)",
    (
        _ID,
        Column(
            "DECOM",
            "Episode began",
            True,
            _DAY,
            ("episode start date", "start date", "date episode commenced", "episode commenced", "date started", "from"),
        ),
        Column("RNE", "Reason for new episode", True, "A code such as S", ("reason new episode", "reason started")),
        Column("LS", "Legal status", True, "A code such as C2", ("legal status code",)),
        Column("CIN", "Category of need", True, "A code such as N1", ("need", "need code", "primary need")),
        Column(
            "PLACE", "Placement", True, "A code such as U1", ("placement type", "placement code", "type of placement")
        ),
        Column("PLACE_PROVIDER", "Placement provider", True, "A code such as PR1", ("provider", "provider code")),
        Column(
            "DEC",
            "Episode ceased",
            True,
            f"{_DAY}, empty while it is open",
            ("episode end date", "end date", "date episode ceased", "date ceased", "date ended", "to"),
        ),
        Column("REC", "Reason episode ceased", True, "A code such as E4A", ("reason ceased", "reason ended")),
        Column("URN", "URN of the placement", False, "The placement's own number", ("placement urn", "provider urn")),
    ),
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
    (
        _ID,
        Column("SDQ_SCORE", "SDQ score", True, "A whole number from 0 to 40", ("sdq total", "sdq", "sdq result")),
        Column(
            "SDQ_REASON",
            "Reason for no SDQ score",
            True,
            "A code such as SDQ1",
            ("reason no sdq", "sdq reason code", "reason for no sdq"),
        ),
        replace(_BIRTH, required=False),
    ),
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
    (
        _ID,
        _BIRTH,
        Column(
            "DUC",
            "Stopped being unaccompanied",
            True,
            f"{_DAY}, empty while they are",
            ("uasc end date", "date uasc ceased", "date uasc status ceased", "uasc until"),
        ),
        replace(_SEX, required=False),
    ),
    frozenset({"duc"}),
)

LAYOUTS: tuple[Layout, ...] = (HEADER, EPISODES, OC2, UASC)

BY_KEY = {layout.key: layout for layout in LAYOUTS}

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


def layout_like(headings: tuple[str, ...]) -> Layout | None:
    """The layout whose columns the headings read most like, known words and likeness counted; None where few do.

    What tells a file from the others has to be among what was found, and none may be one of a part we do not read.
    """
    if part_not_read(headings) is not None:
        return None
    found: list[tuple[float, Layout]] = []
    for layout in LAYOUTS:
        made = match_columns(Heads("", layout.key, "", layout.asked, headings, official=True))
        own = [key for key in made.matches if key.casefold() in layout.telling]
        needed = [key for key in layout.columns if key in made.matches]
        if own and 5 * len(needed) >= 3 * len(layout.columns):
            found.append((len(needed) / len(layout.columns) + len(own), layout))
    return max(found, key=lambda one: one[0])[1] if found else None
