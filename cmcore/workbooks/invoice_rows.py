"""Reads the days of an invoice from a mentor's own workbook; what cannot be read is named by sheet, row and column."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from rapidfuzz import fuzz

from cmcore.base.findings import Finding, Severity
from cmcore.exchange.checks import Check, clipped
from cmcore.exchange.columns import Matched
from cmcore.exchange.tables import folded
from cmcore.exchange.workbook.seen import Book, Page, Seen, letters
from cmcore.workbooks.headings import WORDS, Found, fullest_row, headings_in
from cmcore.workbooks.spans import Unclear, Unit, day_of, minutes_of, pence_of, time_of

NO_HEADINGS = Check("R-OWN-1", Severity.block, "A day and a length of time stand under headings that can be told.")
UNREAD = Check("R-OWN-2", Severity.block, "Every day, time and amount can be read in one way only.")
NOBODY = Check("R-OWN-3", Severity.block, "It can be told which commission of the mentor each row is for.")
NOT_ADDED = Check("R-OWN-4", Severity.warn, "Amounts and totals are what hours and rates come to.")
OWN_CHECKS = (NO_HEADINGS, UNREAD, NOBODY, NOT_ADDED)
#: Rows with one of these in front and no day are sums.
_SUMS = ("total", "subtotal", "sub total", "grand total", "vat", "balance", "amount due", "paid", "expenses")
#: Names are taken for one another from this likeness on, of 100.
_ALIKE = 88


@dataclass(frozen=True)
class Billable:
    """One commission of the mentor, and how people may write whom it is with."""

    commission_id: int
    words: str
    told_by: tuple[str, ...]
    rate_pence: int


@dataclass(frozen=True)
class OwnRow:
    """One day's work as it was read: where it stands, the commission, the day, the minutes, the rate if told."""

    sheet: str
    row: int
    commission_id: int
    held_on: date
    minutes: int
    rate_pence: int | None = None


@dataclass
class OwnInvoice:
    """What was read of a mentor's own workbook."""

    file: str
    found: Found | None = None
    #: What may be chosen instead, for each column: the headings of the row.
    headings: Sequence[str] = ()
    rows: list[OwnRow] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    @property
    def minutes(self) -> int:
        """All the minutes that were read."""
        return sum(one.minutes for one in self.rows)


def read_own(
    book: Book,
    file: str,
    billable: Sequence[Billable],
    around: date,
    remembered: Mapping[str, str],
    told: Matched | None = None,
) -> OwnInvoice:
    """The days of an invoice in a mentor's own workbook: the sheet and the headings are found, unless they are told."""
    made = OwnInvoice(file)
    pages = [one for one in book.pages if not one.hidden and (told is None or one.name == told.part)]
    candidates = [found for page in pages if (found := headings_in(page, remembered, told, file))]
    usable = [one for one in candidates if one.usable]
    if not usable:
        near = max(candidates, key=lambda one: len(one.columns), default=None)
        near = near or next((found for one in pages if (found := fullest_row(one, file))), None)
        page = near.sheet if near else (book.pages[0].name if book.pages else "")
        lacking = [WORDS[key] for key in ("held_on", "duration") if near is None or key not in near.columns]
        said = f"No heading was found for: {', '.join(lacking)}."
        way_out = "Name the columns, for example “Date” and “Hours”, or say which is which."
        row = near.row if near else 1
        made.found = near
        made.headings = _headings(book.page(page), row)
        made.findings.append(NO_HEADINGS.found(said, file=file, row=row, column=f"{page}!A", way_out=way_out))
        return made
    made.found = max(usable, key=lambda one: len(one.columns))
    page_of = book.page(made.found.sheet)
    assert page_of is not None
    made.headings = _headings(page_of, made.found.row)
    _Rows(book, page_of, made, billable, around).read()
    return made


def _headings(page: Page | None, row: int) -> list[str]:
    if page is None:
        return []
    return [seen.plain for (at, _), seen in sorted(page.cells.items()) if at == row and seen.holds == "text"]


class _Rows:
    """The rows below the headings while they are read."""

    def __init__(self, book: Book, page: Page, made: OwnInvoice, billable: Sequence[Billable], around: date) -> None:
        assert made.found is not None
        self.from_1904 = book.from_1904
        self.page = page
        self.made = made
        self.columns = {ours: column for ours, (column, _) in made.found.columns.items()}
        self.first = made.found.row + 1
        self.billable = billable
        self.around = around
        told = made.found.columns.get("duration", (0, ""))[1].casefold()
        self.unit: Unit = "minutes" if "min" in told else "hours" if "h" in told and "length" not in told else ""

    def read(self) -> None:
        """Read every row that says something."""
        for row in sorted({row for row, _ in self.page.cells if row >= self.first}):
            cells = {ours: seen for ours, column in self.columns.items() if (seen := self.page.get(row, column))}
            if not cells or self._is_sum(row, cells):
                continue
            self._row(row, cells)
        if not self.made.rows and not self.made.findings:
            said = "There is no day under the headings."
            self._found(UNREAD, said, self.first, self.columns["held_on"], "Fill in a row for each day.")

    def _is_sum(self, row: int, cells: Mapping[str, Seen]) -> bool:
        texts = [folded(seen.plain) for (at, _), seen in self.page.cells.items() if at == row and seen.holds == "text"]
        if any(text.startswith(_SUMS) for text in texts) and not self._a_day(cells.get("held_on")):
            return True
        return "held_on" not in cells and "duration" not in cells and "starts" not in cells

    def _a_day(self, seen: Seen | None) -> bool:
        if seen is None:
            return False
        try:
            self._day(seen)
        except Unclear:
            return False
        return True

    def _row(self, row: int, cells: Mapping[str, Seen]) -> None:
        held_on = self._tried("held_on", row, cells, self._day)
        minutes = self._minutes(row, cells)
        rate = self._tried("rate", row, cells, self._pence) if "rate" in cells else None
        commission = self._commission(row, cells)
        if not isinstance(held_on, date) or minutes is None or commission is None:
            return
        if isinstance(rate, int) or "rate" not in cells:
            own = rate if isinstance(rate, int) else None
            self.made.rows.append(OwnRow(self.page.name, row, commission.commission_id, held_on, minutes, own))
            self._adds_up(row, cells, minutes, own or commission.rate_pence)

    def _tried(self, ours: str, row: int, cells: Mapping[str, Seen], read: object) -> object:
        seen = cells.get(ours)
        if seen is None:
            self._found(UNREAD, f"{WORDS[ours]}: nothing stands here.", row, self.columns[ours], "Fill it in.")
            return None
        try:
            return read(seen)  # type: ignore[operator]
        except Unclear as unclear:
            said = f"{WORDS[ours]}: {unclear}."
            self._found(UNREAD, said, row, seen.column, _WAYS.get(ours, "Write it another way."), seen.text)
            return None

    def _plain(self, seen: Seen) -> str:
        if seen.holds == "formula":
            raise Unclear("a formula stands here, and what it came to is not read")
        if seen.holds == "error":
            raise Unclear(f"the error {seen.text} stands here")
        return seen.plain

    def _day(self, seen: Seen) -> date:
        told = self._plain(seen)
        if seen.holds == "number":
            at = seen.moment(self.from_1904)
            if at is None or not 1990 <= at.year <= 2100 or seen.shown != "day":
                raise Unclear(f"“{clipped(told)}” is a number, not a day")
            return at.date()
        return day_of(told, self.around)

    def _minutes(self, row: int, cells: Mapping[str, Seen]) -> int | None:
        if "duration" in cells and (cells["duration"].holds != "formula" or not {"starts", "ends"} <= cells.keys()):
            found = self._tried("duration", row, cells, self._duration)
            return found if isinstance(found, int) else None
        if "starts" not in self.columns or "ends" not in self.columns:
            column = self.columns.get("duration", 1)
            self._found(UNREAD, f"{WORDS['duration']}: nothing stands here.", row, column, "Fill it in.")
            return None
        starts = self._tried("starts", row, cells, self._time)
        ends = self._tried("ends", row, cells, self._time)
        if not isinstance(starts, int) or not isinstance(ends, int):
            return None
        if ends <= starts:
            said = "It ends before it begins."
            self._found(UNREAD, said, row, self.columns["ends"], "Put one of the two times right.")
            return None
        return ends - starts

    def _duration(self, seen: Seen) -> int:
        told = self._plain(seen)
        if seen.holds == "number" and seen.shown == "day":
            minutes = round(seen.number * 1440)
            if not 0 < minutes <= 1440:
                raise Unclear(f"“{clipped(told)}” is no length a session can have")
            return minutes
        return minutes_of(told, self.unit)

    def _time(self, seen: Seen) -> int:
        told = self._plain(seen)
        if seen.holds == "number":
            if not 0 <= seen.number < 1:
                raise Unclear(f"“{clipped(told)}” is no time of day")
            return round(seen.number * 1440)
        found = time_of(told)
        if found is None:
            raise Unclear(f"“{clipped(told)}” is no time of day")
        return found

    def _pence(self, seen: Seen) -> int:
        return pence_of(self._plain(seen))

    def _commission(self, row: int, cells: Mapping[str, Seen]) -> Billable | None:
        seen = cells.get("who")
        if seen is None:
            if len(self.billable) == 1:
                return self.billable[0]
            column = self.columns.get("who", self.columns["held_on"])
            many = "several commissions" if self.billable else "no commission"
            said = f"It does not say whom it is for, and the mentor has {many}."
            self._found(NOBODY, said, row, column, "Write initials or reference beside each day.")
            return None
        told = folded(seen.plain)
        exact = [one for one in self.billable if told in one.told_by or _bare(told) in map(_bare, one.told_by)]
        if not exact:
            exact = [
                one
                for one in self.billable
                if any(len(each) > 5 and fuzz.token_sort_ratio(told, each) >= _ALIKE for each in one.told_by)
            ]
        if len(exact) == 1:
            return exact[0]
        known = ", ".join(one.words for one in (exact or self.billable)[:6])
        said = "may be several of the mentor's commissions" if exact else "is none of the mentor's commissions"
        way_out = f"Write one of: {known}." if known else "Look whether the mentor has a commission."
        self._found(NOBODY, f"“{clipped(seen.plain)}” {said}.", row, seen.column, way_out, seen.plain)
        return None

    def _adds_up(self, row: int, cells: Mapping[str, Seen], minutes: int, rate: int) -> None:
        seen = cells.get("amount")
        if seen is None or seen.holds not in ("number", "text"):
            return
        try:
            told = round(seen.number * 100) if seen.holds == "number" else pence_of(seen.plain)
        except (Unclear, ValueError):
            return
        comes = (minutes * rate * 2 + 60) // 120
        if told != comes:
            said = f"£{told / 100:,.2f} stands here; {minutes} minutes at £{rate / 100:,.2f} an hour are "
            said += f"£{comes / 100:,.2f}."
            self._found(NOT_ADDED, said, row, seen.column, "The draft is worked out from hours and rate.", seen.plain)

    def _found(self, check: Check, said: str, row: int, column: int, way_out: str, value: str = "") -> None:
        at = f"{self.page.name}!{letters(column)}"
        found = check.found(said, file=self.made.file, row=row, column=at, value=clipped(value), way_out=way_out)
        self.made.findings.append(found)


_WAYS = {
    "held_on": "Write the day as 12/03/2026.",
    "duration": "Write it as 1h30 or 90 min.",
    "starts": "Write it as 14:30.",
    "ends": "Write it as 16:00.",
    "rate": "Write pounds and pence: 32.00.",
}


def _bare(told: str) -> str:
    return "".join(sign for sign in told if sign.isalnum())
