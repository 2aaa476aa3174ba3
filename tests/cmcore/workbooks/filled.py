"""Workbooks of lists as somebody fills them in: downloaded, typed into by heading, broken on purpose, saved."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from datetime import date, time
from io import BytesIO
from typing import Any

from openpyxl import load_workbook

from cmcore.exchange.given import GivenFile
from cmcore.exchange.records import ImportRun
from cmcore.testing import Stage
from cmcore.testing.story import Story
from cmcore.virtual_schools.records import Authority
from cmcore.workbooks.bringing_in import bring_in_workbook, preview_workbook, read_workbook
from cmcore.workbooks.lists import list_of
from cmcore.workbooks.outcomes import Preview
from cmcore.workbooks.sheet import template

FIRST = 6
Rows = Sequence[Mapping[str, Any]]


@dataclass
class Desk:
    """A stage with a story on it, and what somebody does with workbooks there."""

    stage: Stage
    story: Story
    kind: str = "session"
    role: str = "coordinator"

    def who(self) -> dict[str, Any]:
        """What a mentor's own work is limited to."""
        return {"mentor_id": self.story.mentor_id} if self.role == "mentor" else {}

    def empty(self) -> bytes:
        """The workbook as it is downloaded."""
        with self.stage.work(self.role, **self.who()) as work:
            authority = work.get(Authority, self.stage.authority_id)
            return template(work, list_of(self.kind, work, authority.id), authority)

    def preview(self, blob: bytes, file: str = "sessions.xlsx") -> Preview:
        """What would come of a workbook."""
        with self.stage.work(self.role, **self.who()) as work:
            authority = work.get(Authority, self.stage.authority_id)
            listed = list_of(self.kind, work, authority.id)
            reading = read_workbook(work, listed, authority, GivenFile.holding(file, blob))
            return preview_workbook(work, listed, authority, reading)

    def brings(self, blob: bytes, file: str = "sessions.xlsx", **more: Any) -> tuple[Preview, int | None]:
        """Bring a workbook in; gives the number of the run, if something came of it."""
        with self.stage.work(self.role, **self.who()) as work:
            authority = work.get(Authority, self.stage.authority_id)
            listed = list_of(self.kind, work, authority.id)
            reading = read_workbook(work, listed, authority, GivenFile.holding(file, blob))
            made, run = bring_in_workbook(work, authority, listed, reading, **more)
            return made, run.id if isinstance(run, ImportRun) else None


def listed_words(blob: bytes, has: str = "[") -> list[str]:
    """The records a workbook offers to choose from."""
    sheet = load_workbook(BytesIO(blob))["Lists"]
    return [str(cell.value) for column in sheet.columns for cell in column if cell.value and has in str(cell.value)]


def heads_of(sheet: Any) -> dict[str, int]:
    """The column of each heading."""
    return {str(cell.value): cell.column for cell in sheet[4] if cell.value}


def filled(
    blob: bytes, sheet: str, rows: Rows, change: Callable[[Any, Any], None] | None = None, first: int = FIRST
) -> bytes:
    """The workbook with these rows typed in by heading; ``change`` then gets the book and the sheet."""
    book = load_workbook(BytesIO(blob))
    page = book[sheet]
    heads = heads_of(page)
    for place, told in enumerate(rows):
        for head, value in told.items():
            page.cell(first + place, heads[head]).value = value
    if change is not None:
        change(book, page)
    target = BytesIO()
    book.save(target)
    return target.getvalue()


def each_filled(blob: bytes, sheet: str, rows: Rows) -> Iterator[bytes]:
    """A workbook for each row, with that row alone typed in: it is opened once, and each row is taken out again."""
    book = load_workbook(BytesIO(blob))
    page = book[sheet]
    heads = heads_of(page)
    for told in rows:
        cells = [(page.cell(FIRST, heads[head]), value) for head, value in told.items()]
        looked = [copy(cell._style) for cell, _ in cells]
        for cell, value in cells:
            cell.value = value
        target = BytesIO()
        book.save(target)
        yield target.getvalue()
        # A day that is typed in gives its cell the look of a day.
        for (cell, _), look in zip(cells, looked, strict=True):
            cell.value = None
            cell._style = look


def renamed(blob: bytes, sheet: str, **names: str) -> bytes:
    """The workbook with other words over some of its columns."""
    book = load_workbook(BytesIO(blob))
    for cell in book[sheet][4]:
        cell.value = names.get(str(cell.value), cell.value)
    target = BytesIO()
    book.save(target)
    return target.getvalue()


def session(who: str, on: Any, **more: Any) -> dict[str, Any]:
    """A row of a held session."""
    return {
        "Who with": who,
        "Day": on,
        "From": time(14, 0),
        "To": time(15, 30),
        "Where": "At school",
        "How did it go?": "Held",
        "What you did, and briefly why": "Drew a map of the town.",
        **more,
    }


def repacked(blob: bytes, changes: Mapping[str, Callable[[str], str]]) -> bytes:
    """The same workbook with the text of some of its parts changed."""
    target = BytesIO()
    with zipfile.ZipFile(BytesIO(blob)) as source, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as made:
        for entry in source.infolist():
            told = source.read(entry)
            for pattern, change in changes.items():
                if re.fullmatch(pattern, entry.filename):
                    told = change(told.decode()).encode()
            made.writestr(entry.filename, told)
    return target.getvalue()


DAYS = (date(2026, 6, 1), date(2026, 6, 8), date(2026, 6, 15))
