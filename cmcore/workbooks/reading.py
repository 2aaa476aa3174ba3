"""Reads the workbook of a list: its rows as they were typed, each with its place, and what is odd about the sheet."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from cmcore.base.findings import Finding, Refused
from cmcore.exchange.checks import Check, clipped
from cmcore.exchange.tables import folded
from cmcore.exchange.workbook import layout, sheet_checks
from cmcore.exchange.workbook.form_sheet import about_of, identity_of, outside, refuse_another, sheet_book
from cmcore.exchange.workbook.reading import SheetReader, Where
from cmcore.exchange.workbook.seen import Book, Page, Seen, letters, number_of
from cmcore.forms import Form, Question, kinds
from cmcore.workbooks import checks
from cmcore.workbooks.list_columns import LOOKED_THROUGH
from cmcore.workbooks.lists import MOST_ROWS
from cmcore.workbooks.sheet import ROWS

_RANGE = re.compile(r"([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})", re.ASCII)
#: So many of its headings tell a row of headings.
_TELLING = 3
#: A word that mixes these with our own letters was typed, or pasted, with letters that only look alike.
_LATIN, _ALIKE = re.compile(r"[A-Za-z]"), re.compile("[\u0370-\u03ff\u0400-\u04ff]")
_ROW = re.compile(rf"{ROWS}\.(\d+)(?:\.(.*))?")
#: Texts shorter than this are codes and numbers, in which a lost zero matters.
_A_CODE = 40


@dataclass
class SheetRow:
    """One row that is filled in: where it stands, what was typed by question, and what the sheet says against it."""

    sheet: str
    row: int
    raw: dict[str, Any]
    findings: list[Finding] = field(default_factory=list)
    where: Mapping[str, Where] = field(default_factory=dict, repr=False)
    #: What stands where a record is picked, in full: its words and its number have to belong together.
    picked: dict[str, str] = field(default_factory=dict)

    @property
    def refused(self) -> bool:
        """Whether a finding blocks."""
        return any(one.blocks for one in self.findings)

    def placed(self, findings: Iterable[Finding], file: str) -> list[Finding]:
        """Findings about the answers, each with its row, its column and what stands there."""
        return [self._placed(one, file) for one in findings]

    def _placed(self, finding: Finding, file: str) -> Finding:
        place = finding.place or ""
        while place and place not in self.where:
            place = place.rpartition(".")[0]
        at = self.where.get(place) if place else None
        if finding.row is not None:
            return finding
        if at is None:
            return replace(finding, file=file, row=self.row, column=self.sheet)
        column = f"{at.sheet}!{letters(at.column)}"
        return replace(finding, file=file, row=at.row, column=column, value=at.value or None)


@dataclass
class ListReading:
    """What came of reading a list's workbook: its rows, and what is said of the file as a whole."""

    file: str
    rows: list[SheetRow] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    @property
    def refused(self) -> bool:
        """Whether the file as a whole is refused: then none of its rows is looked at."""
        return any(one.blocks for one in self.findings)


def read_list(form: Form, blob: bytes | Book, *, file: str, edition: str, authority: str) -> ListReading:
    """What stands in a workbook of a list; ``form`` is its :func:`sheet_form`. What the file causes is a finding.

    ``edition`` and ``authority`` are what it must have been made for.
    """
    made = ListReading(file)
    try:
        book = blob if isinstance(blob, Book) else sheet_book(blob, file)
        refuse_another(form, identity_of(book, file), file, edition)
        _refuse_elsewhere(book, file, authority)
    except Refused as refused:
        made.findings = list(refused.findings)
        return made
    _Reading(form, book, made).run()
    return made


def _refuse_elsewhere(book: Book, file: str, authority: str) -> None:
    told = about_of(book).get("authority", "")
    if told != authority:
        said = f"This workbook was made for the authority {clipped(told) or 'of no code'}, not for {authority}."
        way_out = "Download one here, and copy the rows into it."
        raise Refused([checks.ELSEWHERE.found(said, file=file, way_out=way_out)])


class _Reading:
    """One workbook of a list while it is read."""

    def __init__(self, form: Form, book: Book, made: ListReading) -> None:
        self.form = form
        self.book = book
        self.made = made
        self.reader = SheetReader(form, book, about_of(book), made.file)
        self.table = self.reader.plan.tables_in("")[0]
        self.questions: dict[str, Question] = {one.key: one for one in self.table.kind.questions}

    def found(
        self, check: Check, message: str, page: str, row: int, column: int, way_out: str, value: str = ""
    ) -> None:
        """A finding about the file as a whole, at one place."""
        at = f"{page}!{letters(column)}" if column else page
        told = check.found(message, file=self.made.file, row=row, column=at, value=value or None, way_out=way_out)
        self.made.findings.append(told)

    def run(self) -> None:
        """Look at the sheets, then read the rows."""
        pages = {table.sheet: self.book.page(table.sheet) for table in self.reader.plan.tables}
        for page in pages.values():
            if page is not None:
                self._headings(page)
                self._joined(page)
        self._sheets(pages)
        if self.book.from_1904:
            said = "The workbook counts days from 1904; they were read so."
            self.made.findings.append(checks.FROM_1904.found(said, file=self.made.file))
        if self.made.refused:
            return
        self.reader.run()
        self._take_rows()

    # ---- the sheets
    def _joined(self, page: Page) -> None:
        for told in page.merged:
            span = _RANGE.fullmatch(told)
            if span is not None and int(span[4]) >= layout.headings_row(page):
                said = f"The cells {told} of “{page.name}” are joined, so it cannot be told what belongs to which row."
                way_out = "Take the joining away, and fill in each cell by itself."
                self.found(checks.MERGED, said, page.name, int(span[2]), number_of(span[1]), way_out, told)

    def _headings(self, page: Page) -> None:
        columns = [one for table in self.reader.plan.tables if table.sheet == page.name for one in table.columns]
        wanted = {folded(one.label) for one in columns}
        rows: dict[int, int] = {}
        for (row, _), seen in page.cells.items():
            if row <= LOOKED_THROUGH and folded(seen.plain) in wanted:
                rows[row] = rows.get(row, 0) + 1
        several = [row for row, many in sorted(rows.items()) if many >= min(_TELLING, len(wanted))]
        if not several:
            return
        at = layout.TABLE_HEADINGS if layout.TABLE_HEADINGS in several else several[0]
        page.lower = at - layout.TABLE_HEADINGS
        how = {folded(one.how) for one in columns if one.how}
        below = {folded(seen.plain) for (row, _), seen in page.cells.items() if row == at + 1}
        page.without_how = bool(how and below) and not how & below
        if page.lower:
            said = f"The headings of “{page.name}” were found in row {at}; what stands above them was not read."
            way_out = "Look whether that row names the columns."
            self.found(checks.MOVED, said, page.name, at, 0, way_out)
        for row in several:
            if row != at:
                said = f"Row {row} of “{page.name}” repeats the headings."
                self.found(checks.HEADINGS, said, page.name, row, 1, "Delete that row.")

    def _sheets(self, pages: Mapping[str, Page | None]) -> None:
        page = pages[self.table.sheet]
        if page is not None and page.hidden:
            said = f"The sheet “{page.name}” is hidden; its rows were read."
            self.found(checks.HIDDEN_SHEET, said, page.name, 1, 0, "Show it, and look whether they are right.")
        read = {name.casefold() for name in pages} | {
            each.casefold() for each in (layout.FORM_SHEET, layout.LISTS_SHEET, layout.ABOUT_SHEET)
        }
        for other in self.book.pages:
            if other.name.casefold() not in read and (first := min(other.cells.values(), default=None)):
                said = f"The sheet “{clipped(other.name)}” is none of this workbook's and was not read."
                way_out = f"Put its rows into “{self.table.sheet}”."
                self.found(
                    checks.STRAY_SHEET, said, clipped(other.name), first.row, first.column, way_out, clipped(first.text)
                )

    # ---- the rows
    def _take_rows(self) -> None:
        rows: dict[int, SheetRow] = {}
        where: dict[int, dict[str, Where]] = {}
        for place, at in self.reader.where.items():
            if (found := _ROW.fullmatch(place)) is not None:
                where.setdefault(int(found[1]), {})[found[2] or ""] = at
        for index, raw in enumerate(self.reader.raw.get(ROWS, ())):
            stands = where[index]
            rows[index] = SheetRow(self.table.sheet, stands[""].row, raw, [], stands)
        for finding in (*self.reader.findings, *outside(self.reader)):
            found = _ROW.match(finding.place or "")
            row = rows.get(int(found[1])) if found else None
            if row is None:
                row = next((one for one in rows.values() if finding.row == one.row and not finding.blocks), None)
            told = replace(finding, place=found[2] if found else finding.place)
            (row.findings if row is not None else self.made.findings).append(told)
        self.made.rows = list(rows.values())
        for row in self.made.rows:
            self._signs(row)
            # Which record is meant is found out by whoever may read them.
            row.findings = [
                one for one in row.findings if one.place not in row.picked or one.rule != sheet_checks.NOT_LISTED.id
            ]
        if not rows and not self.made.refused:
            said = f"Nothing is filled in in “{self.table.sheet}”."
            self.found(checks.EMPTY, said, self.table.sheet, layout.TABLE_FIRST, 1, "Fill in a row, and save it.")
        if len(rows) > MOST_ROWS:
            said = f"There are {len(rows):,} rows; {MOST_ROWS:,} are read of one workbook."
            way_out = "Divide them over several workbooks."
            self.found(checks.EMPTY, said, self.table.sheet, layout.TABLE_FIRST + MOST_ROWS, 1, way_out)

    def _signs(self, row: SheetRow) -> None:
        """Letters that only look alike, and figures that may have lost a zero, in what was typed."""
        for key, at in row.where.items():
            question = self.questions.get(key)
            if question is None or not at.value:
                continue
            seen = self._page(at.sheet).get(at.row, at.column)
            if seen is None:
                continue
            if isinstance(question.kind, kinds.Pick):
                row.picked[key] = seen.plain
            if seen.holds == "text":
                self._look_alike(row, question, at, seen)
            elif seen.holds == "number" and _is_code(question) and not seen.shown:
                self._lost_zero(row, question, at, seen)

    def _page(self, name: str) -> Page:
        return self.reader.book.page(name) or Page(name)

    def _look_alike(self, row: SheetRow, question: Question, at: Where, seen: Seen) -> None:
        if seen.text.isascii():
            return
        mixed = next((one for one in seen.text.split() if _LATIN.search(one) and _ALIKE.search(one)), None)
        if mixed is not None:
            wrong = next(sign for sign in mixed if _ALIKE.match(sign))
            said = f"{question.label.rstrip('?:. ')}: “{clipped(mixed)}” holds “{wrong}”, which only looks like ours."
            row.findings.append(self._at(checks.LOOKALIKE, said, question, at, "Type the word again."))

    def _lost_zero(self, row: SheetRow, question: Question, at: Where, seen: Seen) -> None:
        if any(
            one.rule == sheet_checks.LOST_FIGURES.id and one.row == at.row and one.place == question.key
            for one in row.findings
        ):
            return
        said = (
            f"{question.label.rstrip('?:. ')}: {seen.at} is kept as a number, {clipped(seen.plain)}, which loses a "
            "zero at its beginning."
        )
        way_out = "Look whether it is whole. If not, format the cell as text and write it again."
        row.findings.append(self._at(sheet_checks.LOST_FIGURES, said, question, at, way_out))

    def _at(self, check: Check, said: str, question: Question, at: Where, way_out: str) -> Finding:
        column = f"{at.sheet}!{letters(at.column)}"
        told = check.found(said, file=self.made.file, row=at.row, column=column, value=at.value, way_out=way_out)
        return replace(told, place=question.key)


def _is_code(question: Question) -> bool:
    kind = question.kind
    return isinstance(kind, kinds.ShortText) and kind.most is not None and kind.most <= _A_CODE
