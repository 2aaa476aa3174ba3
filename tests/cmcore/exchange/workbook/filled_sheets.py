"""A form for tests of its sheet, and ways to fill one in as people do: by typing, by breaking, by unpacking it."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from typing import Any

import openpyxl

from cmcore.exchange.workbook.form_sheet import SheetReading, read_sheet, write_sheet
from cmcore.forms import Answers, FileAnswer, Score, ask, form, group, note, scores_of, when
from tests.cmcore.forms.at_random import Outcome, measure


@group
class Stop:
    """Where a visit went."""

    place: str = ask("Where to")
    cost: int | None = ask("What it cost", money=True)


@group
class Visit:
    """One visit."""

    on: date = ask("Day of the visit")
    reasons: list[Outcome] = ask("Why", required=False)
    stops: list[Stop] = ask("Stops", required=False, one="stop")


@form("journal-page", version=3, title="Journal page")
class JournalPage(Answers):
    """What happened this week."""

    outcome: Outcome = ask("What happened?", section="The week")
    why: str | None = ask("Why it was put off", show_when=when("outcome").is_("unsettled"), required=True)
    notes: str = ask("What you did", long=True, sensitive=True)
    telephone: str | None = ask("Telephone", holds="telephone")
    code: str | None = ask("Code of the room")
    minutes: int | None = ask("Minutes", least=5, most=720, unit="minutes", section="Numbers")
    cost: int | None = ask("What it cost", money=True)
    warmth: int | None = ask("Warmth", least=1, most=5, low="cold", high="warm")
    held_on: date | None = ask("Held on", section="Days")
    begins: time | None = ask("Began at")
    at: datetime | None = ask("Told at")
    joint: bool | None = ask("Joint?", section="People")
    reasons: list[Outcome] = ask("Reasons", required=False)
    mentor: int | None = ask("Mentor", of="mentor")
    adults: list[int] = ask("Adults", of="adult", required=False)
    scores: dict[str, Score] | None = ask("Scores", kind=scores_of([measure("confidence"), measure("ambition")]))
    plan: FileAnswer | None = ask("Plan", accept=(".pdf",))
    thanks: None = note("Thank you.")
    visits: list[Visit] = ask("Visits", required=False, one="visit", section="Visits")


FORM = JournalPage.form
FILE = "journal.xlsx"
ANSWERED = {"outcome": "held", "notes": "Printed."}

PEOPLE = {"mentor": [(4, "Juno Tansyhurst"), (5, "Hester Quillmarsh")], "adult": [(9, "Callum Wetherspindle")]}


def records(of: str) -> list[tuple[int, str]]:
    """The people one may choose from."""
    return PEOPLE.get(of, [])


def row_of(sheet: Any, label: str) -> int:
    """The row of the form's own sheet on which a label stands."""
    return next(row for row in range(1, sheet.max_row + 1) if sheet.cell(row, 2).value == label)


def filled(
    typed: Mapping[str, Any] | None = None, change: Callable[[Any], None] | None = None, values: Any = None
) -> bytes:
    """A sheet with something typed into the answer beside each label, and changed as a whole."""
    book = openpyxl.load_workbook(io.BytesIO(write_sheet(FORM, ANSWERED if values is None else values)))
    sheet = book["Form"]
    for label, value in (typed or {}).items():
        cell = sheet.cell(row_of(sheet, label), 4)
        cell.value = value
        if isinstance(value, int | float) and not isinstance(value, bool) and "y" in cell.number_format:
            # Somebody took the format of a day away.
            cell.number_format = "General"
    if change:
        change(book)
    saved = io.BytesIO()
    book.save(saved)
    return saved.getvalue()


def reading(typed: Mapping[str, Any] | None = None, change: Callable[[Any], None] | None = None) -> SheetReading:
    """What is read from such a sheet."""
    return read_sheet(FORM, filled(typed, change), file=FILE)


def only(given: SheetReading) -> Any:
    """The one finding of a reading."""
    (found,) = given.findings
    return found


def repacked(blob: bytes, parts: Mapping[str, Any]) -> bytes:
    """The same workbook with parts put in, changed by a function of their text, or taken out (None)."""
    saved = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(blob)) as old,
        zipfile.ZipFile(saved, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as made,
    ):
        for name in old.namelist():
            if name not in parts:
                made.writestr(name, old.read(name))
        for name, change in parts.items():
            if callable(change):
                made.writestr(name, change(old.read(name).decode()))
            elif change is not None:
                made.writestr(name, change)
    return saved.getvalue()
