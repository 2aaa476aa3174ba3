"""What a return says, as plain values: children, episodes of care and SDQ totals, and what was found wrong."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date

from cmcore.base.findings import Finding


@dataclass(slots=True)
class Child:
    """One child of the header file. ``row`` is the row there; codes are the return's own."""

    row: int
    child_id: str
    sex: str | None
    born_on: date
    ethnic: str | None
    upn: str | None
    upn_unknown: str | None
    uasc: bool = False
    uasc_until: date | None = None


@dataclass(slots=True)
class Episode:
    """One episode of care; ``ended_on`` is empty while it is open. Known by its child and the day it started."""

    row: int
    child_id: str
    started_on: date
    reason_new: str | None
    legal_status: str | None
    category_of_need: str | None
    placement: str | None
    provider: str | None
    ended_on: date | None
    reason_ceased: str | None
    urn: str | None


@dataclass(slots=True)
class SdqTotal:
    """A child's SDQ total for the year of the return (0 to 40, lower is better), or the code for why there is none."""

    row: int
    child_id: str
    score: int | None
    reason: str | None


@dataclass
class Return:
    """A whole return as read. ``year_ends_on`` is the 31 March of the year it covers.

    ``files`` gives each part that was there its file's name; a part that was not there is absent, and says nothing
    about what is held already. A finding that blocks holds back its row; everything else came in. ``incomplete``
    are the children of whom a row was held back, so that what is missing of them says nothing either.
    """

    year_ends_on: date
    files: dict[str, str] = field(default_factory=dict)
    rows_read: dict[str, int] = field(default_factory=dict)
    children: list[Child] = field(default_factory=list)
    episodes: list[Episode] = field(default_factory=list)
    sdq_totals: list[SdqTotal] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    incomplete: set[str] = field(default_factory=set)
    #: The SHA-256 of each part's file, in hexadecimal.
    digests: dict[str, str] = field(default_factory=dict)

    #: The columns of each part that the file calls otherwise, by our name.
    headings: dict[str, dict[str, str]] = field(default_factory=dict)

    def called(self, part: str, column: str) -> str:
        """One of our columns as the file of a part calls it."""
        return self.headings.get(part, {}).get(column, column)

    @property
    def held_back(self) -> list[Finding]:
        """Why rows were held back, in the order they were met."""
        return [one for one in self.findings if one.blocks]

    def tally(self) -> Counter[str]:
        """How many findings there are of each check, by its id."""
        return Counter(one.rule or "" for one in self.findings)
