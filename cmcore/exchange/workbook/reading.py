"""Reads a form's workbook that was filled in: follows the plan it was written by, and checks that it still holds.

Nothing the workbook says is trusted: which form it is decides only whether it is read, and every answer goes through
the form's own schema afterwards.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from cmcore.base.findings import Finding
from cmcore.exchange.checks import Check, clipped
from cmcore.exchange.tables import folded
from cmcore.exchange.workbook import layout
from cmcore.exchange.workbook import sheet_checks as checks
from cmcore.exchange.workbook.layout import ANSWER, LABEL, NUMBER, Line, Plan, Table
from cmcore.exchange.workbook.rounds import Rounds, Row, gather
from cmcore.exchange.workbook.seen import Book, Page, Seen
from cmcore.exchange.workbook.spots import Setting
from cmcore.exchange.workbook.take import Cells, Kept, column_name, take
from cmcore.forms import Form, Question, kinds
from cmcore.forms.schema import is_blank

NEW_SHEET = "Download the sheet again and copy the answers into it."


@dataclass(frozen=True)
class Where:
    """The cell an answer stands in, and what stands there."""

    sheet: str
    row: int
    column: int
    value: str = ""


@dataclass
class SheetReader:
    """One workbook of one form while it is read: what was typed, where each answer stands, what is odd."""

    form: Form
    book: Book
    about: Mapping[str, str]
    file: str
    kept: Kept | None = None
    raw: dict[str, Any] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    where: dict[str, Where] = field(default_factory=dict)
    read_cells: set[tuple[str, int, int]] = field(default_factory=set)

    def __post_init__(self) -> None:
        """Make the plan the sheet was written by."""
        room = {
            name.removeprefix("room "): int(value)
            for name, value in self.about.items()
            if name.startswith("room ") and value.isdecimal() and len(value) < 6
        }
        self.plan: Plan = layout.plan_of(self.form, Setting(room=room))

    def run(self) -> None:
        """Read every answer."""
        page = self.book.page(layout.FORM_SHEET)
        if page is None:
            self.found(checks.HEADING, f"There is no sheet “{layout.FORM_SHEET}” in the workbook.", NEW_SHEET)
            return
        self.read_form(page)
        missing: list[Table] = []
        for table in self.plan.tables_in(""):
            rounds = gather(self.book, self.plan, table, missing)
            if rounds is not None:
                self.judge_rounds(rounds)
                made = self.read_rounds(rounds, [one for one in rounds.rows if one.used], table.question.key)
                if made:
                    self.raw[table.question.key] = made
        for table in missing:
            message = f"There is no sheet “{table.sheet}” in the workbook."
            self.found(checks.HEADING, message, NEW_SHEET, place=table.place.partition(".")[0])

    def found(self, check: Check, message: str, way_out: str, where: Where | None = None, place: str = "") -> None:
        """A finding about the sheet."""
        row, column, value = (where.row, self.column(where), where.value) if where else (None, None, None)
        self.findings.append(
            Finding(message, check.id, check.severity, place or None, way_out, self.file, row, column, value or None)
        )

    def column(self, where: Where) -> str:
        """A column as a finding names it: after its sheet's name where there are several sheets."""
        return column_name(where.sheet if self.plan.tables else "", where.column)

    # -- the form's own sheet

    def read_form(self, page: Page) -> None:
        """Read the questions of the form's own sheet."""
        gathered: dict[str, dict[str, Seen]] = {}
        moved = 0
        for line in self.plan.lines:
            question = line.question
            if question is None or line.kind == "note":
                continue
            if line.kind == "question":
                moved = self.moved(page, line)
                self.where[question.key] = Where(page.name, line.row + moved, ANSWER)
                self.read_cells |= {(page.name, line.row + moved, ANSWER + at) for at in range(len(line.shown) or 1)}
            row = line.row + moved
            if not self.stands(page, row, line):
                continue
            for spot in line.spots:
                self.read_cells.add((page.name, row, ANSWER + spot.column))
                seen = page.get(row, ANSWER + spot.column)
                if seen is not None:
                    gathered.setdefault(question.key, {})[spot.name] = seen
                if not spot.column:
                    scored = isinstance(question.kind, kinds.Scores)
                    place = f"{question.key}.{spot.name}" if scored else question.key
                    self.stood(place, Where(page.name, row, ANSWER, clipped(seen.text) if seen else ""))
        for key, seen_by_name in gathered.items():
            self.answer(self.raw, self.form.question(key), seen_by_name, page, key)

    def stood(self, place: str, where: Where) -> None:
        """Remember where an answer stands: of several cells the first that holds something."""
        if place not in self.where or (where.value and not self.where[place].value):
            self.where[place] = where

    def moved(self, page: Page, line: Line) -> int:
        """How far a question stands below where it was written; 0 where it still is, or is nowhere."""
        if folded(page.text(line.row, LABEL)) == folded(line.label):
            return 0
        rows = [
            row
            for (row, column), seen in page.cells.items()
            if column == LABEL
            and folded(seen.plain) == folded(line.label)
            and folded(page.text(row, NUMBER)) == folded(line.number)
        ]
        return rows[0] - line.row if len(rows) == 1 else 0

    def stands(self, page: Page, row: int, line: Line) -> bool:
        """Whether the words of a row are those it was written with; a finding where they are not."""
        told = page.text(row, LABEL)
        if folded(told) == folded(line.label):
            return True
        here = f"reads “{clipped(told)}”" if told else "is empty"
        self.found(
            checks.HEADING,
            f"B{row} {here} where “{clipped(line.label)}” stood, so the row was not read.",
            f"Put the words back, or start afresh: {NEW_SHEET[:1].lower()}{NEW_SHEET[1:]}",
            Where(page.name, row, LABEL, clipped(told)),
            line.question.key if line.question else "",
        )
        return False

    def answer(
        self, into: dict[str, Any], question: Question, seen: Mapping[str, Seen], page: Page, place: str
    ) -> None:
        """Read one question's cells into the answers."""
        if question.calculate is not None:
            return
        sheet = page.name if self.plan.tables else ""
        told = self.noted(place) if isinstance(question.kind, kinds.File) else None
        cells = Cells(question, self.file, sheet, seen, self.book.from_1904, self.kept, told, place=place)
        given = take(question.kind, cells)
        self.findings += cells.findings
        if not is_blank(given):
            into[question.key] = given
        for one in seen.values():
            if one.text.strip() and (one.row in page.hidden_rows or one.column in page.hidden_columns):
                self.found(
                    checks.HIDDEN,
                    f"{question.label.rstrip('?:. ')}: {one.at} is hidden and holds an answer, which was read.",
                    "Show the row or column, and look whether it is right.",
                    Where(page.name, one.row, one.column, clipped(one.text)),
                    place,
                )

    def noted(self, place: str) -> Mapping[str, Any] | None:
        """What the hidden sheet says of the file whose name stands in a cell."""
        try:
            told = json.loads(self.about.get(f"file {place}", "null"))
        except (ValueError, RecursionError):
            return None
        return told if isinstance(told, Mapping) else None

    # -- repeated groups

    def judge_rounds(self, rounds: Rounds) -> None:
        """What is odd about the sheet of a group: changed headings, rows that belong to none; and of those within."""
        table, page = rounds.table, rounds.page
        for column, told in rounds.changed:
            here = f"reads “{clipped(told)}”" if told else "is empty"
            where = Where(page.name, layout.headings_row(page), column.column, clipped(told))
            self.found(
                checks.HEADING,
                f"A heading of “{page.name}” {here} where “{clipped(column.label)}” stood, so its column was not read.",
                f"Put the heading back, or start afresh: {NEW_SHEET[:1].lower()}{NEW_SHEET[1:]}",
                where,
                table.place.partition(".")[0],
            )
        for one in rounds.lost:
            self.read_cells |= {(page.name, one.row, column) for column in (table.parent_column, *one.seen)}
            told = one.parent.plain if one.parent else ""
            named = f"{table.parent_one} {clipped(told)}, which is not there" if told else f"no {table.parent_one}"
            self.found(
                checks.ROUND,
                f"Row {one.row} of “{page.name}” belongs to {named}, so it was not read.",
                f"Write the number of the {table.parent_one} into column B.",
                Where(page.name, one.row, table.parent_column, clipped(told)),
                table.place.partition(".")[0],
            )
        for inner in rounds.inner:
            self.judge_rounds(inner)

    def read_rounds(self, rounds: Rounds, rows: list[Row], place: str) -> list[dict[str, Any]]:
        """The answers of some rows of a group, in their order, with those of the groups within it."""
        made: list[dict[str, Any]] = []
        page = rounds.page
        for row in rows:
            here = f"{place}.{len(made)}"
            values: dict[str, Any] = {}
            gathered: dict[str, dict[str, Seen]] = {}
            self.where[here] = Where(page.name, row.row, 1)
            self.read_cells.add((page.name, row.row, rounds.table.parent_column))
            for at, column in rounds.columns:
                key = column.question.key
                seen = row.seen.get(at)
                self.read_cells.add((page.name, row.row, at))
                if seen is not None:
                    gathered.setdefault(key, {})[column.spot.name] = seen
                if not column.spot.column:
                    scored = isinstance(column.question.kind, kinds.Scores)
                    inner = f"{here}.{key}.{column.spot.name}" if scored else f"{here}.{key}"
                    self.stood(inner, Where(page.name, row.row, at, clipped(seen.text) if seen else ""))
            asked = {column.question.key: column.question for _, column in rounds.columns}
            for key, seen_by_name in gathered.items():
                self.answer(values, asked[key], seen_by_name, page, f"{here}.{key}")
            for below in rounds.inner:
                key = below.table.question.key
                if found := self.read_rounds(below, row.under.get(key, []), f"{here}.{key}"):
                    values[key] = found
            made.append(values)
        return made
