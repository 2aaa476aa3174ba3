"""Where the headings of a mentor's own workbook stand, and which of its columns is which of an invoice's."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from cmcore.exchange.columns import Column, Heads, Match, Matched, Matching, match_columns
from cmcore.exchange.workbook.seen import Page

#: What the headings of mentors' own workbooks are remembered under.
IMPORTER = "own invoice"
#: What an invoice asks of each day, with the words freelancers use for it.
COLUMNS = (
    Column(
        "held_on",
        "Day",
        True,
        "The day of the session",
        ("date", "day", "session date", "date of session", "date of visit", "date worked", "visit", "when"),
    ),
    Column(
        "duration",
        "How long",
        False,
        "1 h 30, 90 min, 1.5",
        (
            *("hours", "hrs", "no of hours", "number of hours", "hours worked", "total hours", "time", "time spent"),
            *("duration", "length", "minutes", "mins", "length of session", "qty", "quantity", "units"),
        ),
    ),
    Column(
        "starts",
        "From",
        False,
        "A time of day, where how long is not said",
        ("start", "from", "start time", "time in", "time from", "began", "started"),
    ),
    Column(
        "ends",
        "To",
        False,
        "A time of day, where how long is not said",
        ("end", "to", "finish", "end time", "time out", "time to", "finished", "until"),
    ),
    Column(
        "who",
        "Young person",
        False,
        "Initials, reference or name",
        (
            *("young person", "yp", "initials", "client", "child", "pupil", "student", "mentee", "participant"),
            *("name", "who", "ref", "reference", "case", "with", "young persons initials", "for"),
        ),
    ),
    Column(
        "rate",
        "Rate an hour",
        False,
        "Pounds; the commission's where it is not told",
        ("rate", "hourly rate", "rate per hour", "per hour", "price per hour", "£ per hour", "unit price", "fee"),
    ),
    Column(
        "amount",
        "Amount",
        False,
        "Pounds; looked at, not billed by",
        ("amount", "total", "cost", "price", "charge", "sum", "line total", "subtotal", "£", "total cost"),
    ),
)
#: What each is called on screen.
WORDS: Mapping[str, str] = {one.key: one.label for one in COLUMNS}
#: Rows among which the headings are looked for.
_LOOKED_THROUGH = 40


@dataclass(frozen=True)
class Found:
    """Where the headings stand: the sheet, the row, and which of our columns is which of the sheet's."""

    sheet: str
    row: int
    matching: Matching

    @property
    def columns(self) -> dict[str, tuple[int, str]]:
        """Each of our columns with its column in the sheet, counted from 1, and its words there."""
        return {key: (one.place + 1, one.heading) for key, one in self.matching.matches.items()}

    @property
    def usable(self) -> bool:
        """Whether a day and a length of time can be read."""
        found = self.matching.matches
        return "held_on" in found and ("duration" in found or {"starts", "ends"} <= found.keys())

    @property
    def words(self) -> dict[str, str]:
        """Our columns with the headings they were found under, to be remembered."""
        return {ours: one.heading for ours, one in self.matching.matches.items()}

    @property
    def matches(self) -> Mapping[str, Match]:
        """Our columns with how each was found."""
        return self.matching.matches


def headings_in(page: Page, remembered: Mapping[str, str], told: Matched | None = None, file: str = "") -> Found | None:
    """The row of a sheet that reads most like headings; nothing where none does.

    What was confirmed before for this mentor counts before anything else, but for what ``told`` says of this sheet.
    """
    rows: dict[int, dict[int, str]] = {}
    for (row, column), seen in page.cells.items():
        if seen.holds == "text" and (row <= _LOOKED_THROUGH if told is None else row == told.row):
            rows.setdefault(row, {})[column] = seen.plain
    best: Found | None = None
    for row in sorted(rows):
        heads = _heads(page, row, rows[row], file)
        found = Found(page.name, row, match_columns(heads, remembered, told.places if told is not None else None))
        if found.matches and (best is None or _worth(found) > _worth(best)):
            best = found
    return best if best is not None and (told is not None or len(best.matches) >= 2) else None


def fullest_row(page: Page, file: str = "") -> Found | None:
    """The row of a sheet with the most words in it, for a person to say what they are; nothing where no row has two."""
    rows: dict[int, dict[int, str]] = {}
    for (row, column), seen in page.cells.items():
        if seen.holds == "text" and row <= _LOOKED_THROUGH:
            rows.setdefault(row, {})[column] = seen.plain
    row = max(rows, key=lambda each: (len(rows[each]), -each), default=0)
    if len(rows.get(row, ())) < 2:
        return None
    return Found(page.name, row, match_columns(_heads(page, row, rows[row], file)))


def _heads(page: Page, row: int, cells: Mapping[int, str], file: str) -> Heads:
    wide = max(cells)
    below: list[list[str]] = [[] for _ in range(wide)]
    for (at, column), seen in sorted(page.cells.items()):
        if at > row and column <= wide and len(below[column - 1]) < 3 and seen.text.strip():
            below[column - 1].append(seen.plain[:40])
    headings = tuple(cells.get(column, "") for column in range(1, wide + 1))
    return Heads(file, page.name, IMPORTER, COLUMNS, headings, tuple(map(tuple, below)), row, page.name)


def _worth(found: Found) -> tuple[bool, int]:
    return found.usable, len(found.matches)
