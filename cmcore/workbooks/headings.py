"""Which column of a mentor's own workbook is which of ours: as was confirmed before, by known words, by likeness."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from rapidfuzz import fuzz

from cmcore.exchange.tables import folded
from cmcore.exchange.workbook.seen import Page

#: What an invoice asks of each day, with the words freelancers use for it.
SYNONYMS: Mapping[str, tuple[str, ...]] = {
    "held_on": ("date", "day", "session date", "date of session", "date of visit", "date worked", "visit", "when"),
    "duration": (
        *("hours", "hrs", "no of hours", "number of hours", "hours worked", "total hours", "time", "time spent"),
        *("duration", "length", "minutes", "mins", "length of session", "qty", "quantity", "units"),
    ),
    "starts": ("start", "from", "start time", "time in", "time from", "began", "started"),
    "ends": ("end", "to", "finish", "end time", "time out", "time to", "finished", "until"),
    "who": (
        *("young person", "yp", "initials", "client", "child", "pupil", "student", "mentee", "participant"),
        *("name", "who", "ref", "reference", "case", "with", "young persons initials", "for"),
    ),
    "rate": ("rate", "hourly rate", "rate per hour", "per hour", "price per hour", "£ per hour", "unit price", "fee"),
    "amount": ("amount", "total", "cost", "price", "charge", "sum", "line total", "subtotal", "£", "total cost"),
}
#: What each is called on screen.
WORDS: Mapping[str, str] = {
    "held_on": "Day",
    "duration": "How long",
    "starts": "From",
    "ends": "To",
    "who": "Young person",
    "rate": "Rate an hour",
    "amount": "Amount",
}
#: A heading is taken for one of ours from this likeness on, of 100.
_ALIKE = 86
#: Rows among which the headings are looked for.
_LOOKED_THROUGH = 40


@dataclass(frozen=True)
class Found:
    """Where the headings stand: the sheet, the row, and each of our columns with its column and its words there."""

    sheet: str
    row: int
    columns: Mapping[str, tuple[int, str]]

    @property
    def usable(self) -> bool:
        """Whether a day and a length of time can be read."""
        timed = "duration" in self.columns or {"starts", "ends"} <= self.columns.keys()
        return "held_on" in self.columns and timed

    @property
    def words(self) -> dict[str, str]:
        """Our columns with the headings they were found under, to be remembered."""
        return {ours: theirs for ours, (_, theirs) in self.columns.items()}


def likeness(ours: str, theirs: str) -> float:
    """How much a heading is like one of ours, of 100."""
    told = folded(theirs).strip(" :*#.()")
    if not told:
        return 0
    return max(
        100.0 if told == word else fuzz.token_sort_ratio(told, word) if len(told) > 3 else 0.0
        for word in SYNONYMS[ours]
    )


def headings_in(page: Page, remembered: Mapping[str, str]) -> Found | None:
    """The row of a sheet that reads most like headings; nothing where none does.

    What was confirmed before for this mentor counts before anything else.
    """
    rows: dict[int, dict[int, str]] = {}
    for (row, column), seen in page.cells.items():
        if row <= _LOOKED_THROUGH and seen.holds == "text":
            rows.setdefault(row, {})[column] = seen.plain
    best: Found | None = None
    for row in sorted(rows):
        found = Found(page.name, row, _matched(rows[row], remembered))
        if found.columns and (best is None or _worth(found) > _worth(best)):
            best = found
    return best if best is not None and len(best.columns) >= 2 else None


def _worth(found: Found) -> tuple[bool, int]:
    return found.usable, len(found.columns)


def _matched(cells: Mapping[int, str], remembered: Mapping[str, str]) -> dict[str, tuple[int, str]]:
    scored: list[tuple[float, int, str]] = []
    for column, told in cells.items():
        for ours in SYNONYMS:
            known = folded(remembered.get(ours, ""))
            score = 200.0 if known and known == folded(told) else likeness(ours, told)
            if score >= _ALIKE:
                scored.append((-score, column, ours))
    made: dict[str, tuple[int, str]] = {}
    taken: set[int] = set()
    # The surest first; of two alike, the one further left.
    for _, column, ours in sorted(scored):
        if ours not in made and column not in taken:
            made[ours] = (column, cells[column])
            taken.add(column)
    return made
