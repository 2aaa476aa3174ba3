"""What the readers of all four files share: where they are, the day it is, dates and codes read the same way."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import date
from functools import lru_cache

from cmcore.base.findings import Finding
from cmcore.exchange.checks import Check, clipped
from cmcore.exchange.ssda903 import checks
from cmcore.exchange.ssda903.codes import CodeSet

#: The longest child id that is taken; the guide says ten characters, case systems use a few more.
MOST_CHILD_ID = 20

#: The longest URN that is kept, in characters.
MOST_URN = 12

_DAY = re.compile(r"([0-9]{1,2})[/.-]([0-9]{1,2})[/.-]([0-9]{4})(?:[ T]00:00(?::00)?)?")
_ISO_DAY = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})(?:[ T]00:00(?::00)?)?")

#: What an empty date and a text that is no day read as, apart from each other.
Day = date | None


class Reading:
    """One file being read: collects findings, reads dates and codes."""

    def __init__(self, today: date, days: dict[str, Day] | None = None) -> None:
        """Start with the day it is; ``days`` remembers the dates already read, since the same ones come again."""
        self.today = today
        self.file = ""
        #: One of our columns as the file calls it.
        self.called: Callable[[str], str] = str
        self.findings: list[Finding] = []
        self._days: dict[str, Day] = {} if days is None else days
        #: The days read so far that are not to come: whoever reads thousands of cells looks here first.
        self.past: dict[str, date] = {}

    def found(self, check: Check, message: str, row: int, column: str, value: str = "", way_out: str = "") -> None:
        """Keep a finding about one cell of this file."""
        shown = value if len(value) < 60 else clipped(value)
        there = self.called(column)
        self.findings.append(Finding(message, check.id, check.severity, column, way_out, self.file, row, there, shown))

    def day(self, text: str) -> Day:
        """The day a text names (dd/mm/yyyy, or yyyy-mm-dd as some programs save it); None when it names none."""
        try:
            return self._days[text]
        except KeyError:
            day = self._days[text] = _read_day(text)
            return day

    def past_day(self, text: str, row: int, column: str, what: str) -> Day:
        """The day a cell names; None, and a finding that holds the row back, for no day or one to come."""
        day = self.day(text)
        if day is None:
            self.found(
                checks.NOT_A_DAY,
                f"{clipped(text)} is not a day.",
                row,
                column,
                text,
                f"Put {what} right in the return (dd/mm/yyyy) and bring the file in again; this row waits.",
            )
        elif day > self.today:
            self.found(
                checks.IN_THE_FUTURE,
                f"{clipped(text)} is still to come.",
                row,
                column,
                text,
                f"Put {what} right in the return and bring the file in again; this row waits.",
            )
            return None
        else:
            self.past[text] = day
        return day

    def child_id(self, text: str, row: int) -> str | None:
        """The child id of a row; None, and a finding, when there is none to use."""
        if not text:
            self.found(
                checks.NO_CHILD_ID,
                "There is no child id, so we cannot tell whose record this is. Nothing else in the row was read.",
                row,
                "CHILD",
                way_out="Put the child id in and bring the file in again; this row waits.",
            )
            return None
        if len(text) > MOST_CHILD_ID:
            self.found(
                checks.TEXT_TOO_LONG,
                f"This child id has {len(text)} characters; at most {MOST_CHILD_ID} are taken.",
                row,
                "CHILD",
                text,
                "Put the child id right and bring the file in again; this row waits.",
            )
            return None
        return text

    def code(
        self, text: str, row: int, column: str, known: CodeSet, *, needed: bool = True, most: int = 4
    ) -> str | None:
        """A code as it is kept, in capitals; an unknown one of up to ``most`` characters is kept and warned of."""
        if text in known:
            return text
        if not text:
            if needed:
                self.found(
                    checks.CODE_UNKNOWN,
                    f"There is no code for {_lower(known.title)}.",
                    row,
                    column,
                    "",
                    "The row comes in without it.",
                )
            return None
        upper = text.upper()
        if upper in known:
            return upper
        if len(upper) > most:
            self.found(
                checks.CODE_UNKNOWN,
                f"This is not a code for {_lower(known.title)}.",
                row,
                column,
                text,
                "The row comes in without it.",
            )
            return None
        self.found(
            checks.CODE_UNKNOWN,
            f"{upper} is not a code for {_lower(known.title)} in the guide.",
            row,
            column,
            text,
            "The row comes in with the code as it stands; put it right in the return.",
        )
        return upper

    def absent_child(self, child_id: str, row: int, held: Mapping[str, int]) -> None:
        """Hold back a row whose child is not among the children, and say which of the two reasons it has."""
        if child_id in held:
            message = f"This child's row in the header file, row {held[child_id]}, is held back, and so is this one."
            way_out = "Put that row right first."
        else:
            message = "This child is not in the header file."
            way_out = "Add the child to the header file, or take this row out, and bring both in again; this row waits."
        self.found(checks.NOT_IN_HEADER, message, row, "CHILD", child_id, way_out)


def _read_day(text: str) -> Day:
    # Nearly every day is written dd/mm/yyyy: turned round, the language itself reads it.
    if len(text) == 10 and text[2] == text[5] == "/":
        with suppress(ValueError):
            return _plausible(date.fromisoformat(f"{text[6:]}-{text[3:5]}-{text[:2]}"))
        return None
    if parts := _DAY.fullmatch(text):
        day, month, year = parts.groups()
    elif parts := _ISO_DAY.fullmatch(text):
        year, month, day = parts.groups()
    else:
        return None
    try:
        return _plausible(date(int(year), int(month), int(day)))
    except ValueError:
        return None


def _plausible(day: date) -> Day:
    """A year before 1900 is a slip of the pen, and no child of any return was born then."""
    return day if day.year >= 1900 else None


@lru_cache(maxsize=5_000)
def as_written(day: date) -> str:
    """A day as the return writes it, dd/mm/yyyy. Thousands of findings name few days, and writing one out is slow."""
    return f"{day:%d/%m/%Y}"


def _lower(title: str) -> str:
    return title if title.startswith(("SDQ", "UPN")) else title[:1].lower() + title[1:]
