"""What people do to a sheet is read where it can be, and otherwise named with its cell and the way out."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest

from cmcore.base.findings import Severity
from cmcore.exchange.workbook.form_sheet import read_sheet, write_sheet
from cmcore.forms import Answers, ask, form, load, read
from tests.cmcore.exchange.workbook.filled_sheets import (
    ANSWERED,
    FILE,
    FORM,
    JournalPage,
    filled,
    only,
    reading,
    repacked,
    row_of,
)


@pytest.mark.parametrize(
    ("label", "typed", "key", "answer"),
    [
        ("Held on", "12/03/2026", "held_on", date(2026, 3, 12)),
        ("Held on", "12 March 2026", "held_on", date(2026, 3, 12)),
        ("Held on", datetime(2026, 3, 12), "held_on", date(2026, 3, 12)),
        ("Began at", "2.30 pm", "begins", time(14, 30)),
        ("Began at", time(14, 30), "begins", time(14, 30)),
        ("Minutes", "90", "minutes", 90),
        ("Minutes", 90.0, "minutes", 90),
        ("What it cost", "£1,019.50", "cost", 101950),
        ("What it cost", 19.5, "cost", 1950),
        ("What it cost", 1.1, "cost", 110),
        ("What it cost", 7, "cost", 700),
        ("Joint?", "y", "joint", True),
        ("Joint?", False, "joint", False),
        ("What happened?", "young person  ABSENT", "outcome", "absent"),
        ("What happened?", "unsettled", "outcome", "unsettled"),
        ("Mentor", "Juno Tansyhurst [4]", "mentor", 4),
        ("Mentor", 4, "mentor", 4),
        ("Code of the room", 7, "code", "7"),
        ("Code of the room", "007", "code", "007"),
        ("Told at", "25/10/2026 01:30 second", "at", datetime.fromisoformat("2026-10-25T01:30+00:00")),
    ],
)
def test_what_can_be_understood_is_read(label: str, typed: Any, key: str, answer: Any) -> None:
    given = reading({label: typed})
    assert [one for one in given.findings if one.blocks] == []
    raw = given.raw | ({"why": "rain"} if answer == "unsettled" else {})
    assert getattr(load(JournalPage, raw), key) == answer


@pytest.mark.parametrize(
    ("label", "typed", "said", "way_out"),
    [
        ("Held on", "31/02/2014", "Held on: 31 February 2014 is not a day.", "Use day, month, year"),
        (
            "Held on",
            46336,
            "holds the number 46336, not a day, which may stand for 10 November 2026.",
            "Write the day",
        ),
        ("Held on", "soon", "“soon” is not a day.", "Use day, month, year"),
        ("Began at", 9, "holds the number 9, not a time.", "Write the time out: 14:30."),
        (
            "Minutes",
            datetime(2026, 3, 1),
            "holds the day 1 March 2026, where a number is asked for.",
            "Format the cell",
        ),
        ("Minutes", "ninety", "“ninety” is not a whole number.", "Write it in figures"),
        ("Minutes", 1000, "1000 is not between 5 and 720.", "Write 5 to 720."),
        (
            "Code of the room",
            datetime(2026, 2, 1),
            "was made a day of, 1 February 2026, by the spreadsheet.",
            "Format the cell as text",
        ),
        ("Minutes", "=60+30", "holds a formula.", "Write the answer itself in its place."),
        ("Minutes", "#N/A", "shows the error #N/A.", "Write the answer in its place."),
        ("Joint?", "perhaps", "“perhaps” is neither yes nor no.", "Choose one of the two."),
        ("Held", "sometimes", "“sometimes” beside “Held” is neither Yes nor empty.", "Put Yes beside what fits"),
        ("Mentor", "Juno", "“Juno” does not say which record it is.", "Choose it from the list"),
        ("Confidence", 9, "Confidence: 9 is not on the scale.", "Choose 1 to 5 for confidence"),
    ],
)
def test_what_cannot_be_read_is_named_with_its_cell(label: str, typed: Any, said: str, way_out: str) -> None:
    finding = only(reading({label: typed}))
    assert said in finding.message
    assert finding.way_out.startswith(way_out)
    assert (finding.file, finding.column) == (FILE, "Form!D")
    assert finding.row and finding.value
    assert finding.blocks


def test_a_name_is_kept_to_be_searched_for() -> None:
    assert reading({"Mentor": "Juno"}).raw["mentor"] == {"search": "Juno"}
    assert reading({"1": "Callum [9]", "2": "Ada"}).raw["adults"] == {"id": [9], "search": "Ada"}


def test_what_is_missing_is_placed_when_it_is_asked_for() -> None:
    given = reading({"What happened?": "Postponed, unsettled"})
    assert given.findings == ()
    (missing,) = given.placed(read(FORM, given.raw).findings)
    assert (missing.row, missing.column, missing.place) == (8, "Form!D", "why")


def test_an_answer_to_what_is_not_asked_is_told() -> None:
    finding = only(reading({"Why it was put off": "Rain"}))
    assert finding.severity is Severity.warn
    assert finding.message == (
        "Why it was put off: this is asked only if the answer to “What happened?” is “Postponed, unsettled”, "
        "so the answer is left out."
    )


def test_a_telephone_number_kept_as_a_number_is_looked_at_again() -> None:
    given = reading({"Telephone": 1632960111})
    assert given.raw["telephone"] == "1632960111"
    assert "loses a zero at its beginning" in only(given).message
    assert not given.refused


def test_zeros_that_are_only_shown_are_read() -> None:
    def change(book: Any) -> None:
        cell = book["Form"].cell(row_of(book["Form"], "Code of the room"), 4)
        cell.value, cell.number_format = 42, "00000"

    assert reading(change=change).raw["code"] == "00042"


def test_a_workbook_that_counts_from_1904_has_the_same_days() -> None:
    blob = repacked(
        filled({"Held on": datetime(2026, 3, 12) - timedelta(days=1462)}),
        {"xl/workbook.xml": lambda text: re.sub(r"<workbookPr\b", '<workbookPr date1904="1"', text)},
    )
    assert read_sheet(FORM, blob).raw["held_on"] == "2026-03-12"


def test_an_answer_in_a_hidden_row_is_told() -> None:
    def change(book: Any) -> None:
        book["Form"].row_dimensions[row_of(book["Form"], "Minutes")].hidden = True

    given = reading({"Minutes": 90}, change)
    assert "is hidden and holds an answer" in only(given).message
    assert given.raw["minutes"] == "90" and not given.refused


def test_a_changed_heading_is_named_and_its_row_is_not_read() -> None:
    def change(book: Any) -> None:
        book["Form"].cell(row_of(book["Form"], "Minutes"), 2).value = "Hours"

    given = reading({"Minutes": 2}, change)
    finding = only(given)
    assert finding.message == "B13 reads “Hours” where “Minutes” stood, so the row was not read."
    assert (finding.row, finding.column, finding.value) == (13, "Form!B", "Hours")
    assert "minutes" not in given.raw


def test_rows_that_were_moved_are_found_by_their_words() -> None:
    def change(book: Any) -> None:
        book["Form"].insert_rows(10, 2)

    given = reading({"Minutes": 90, "Held": "Yes", "Confidence": 3}, change)
    assert given.findings == ()
    assert (given.raw["minutes"], given.raw["reasons"]) == ("90", ["held"])
    assert given.raw["scores"] == {"confidence": {"value": "3"}}


def test_columns_of_a_group_that_were_moved_are_found_and_changed_ones_named() -> None:
    def change(book: Any) -> None:
        sheet = book["Stops"]
        sheet["C4"], sheet["D4"] = sheet["D4"].value, sheet["C4"].value
        sheet["B6"], sheet["C6"], sheet["D6"] = 1, 4.5, "the mill"
        book["Visits"]["B6"] = datetime(2026, 11, 2)
        book["Visits"]["C4"] = "Because"

    given = reading(change=change)
    assert given.raw["visits"] == [{"on": "2026-11-02", "stops": [{"place": "the mill", "cost": "4.5"}]}]
    assert only(given).message == (
        "A heading of “Visits” reads “Because” where “Why: Held” stood, so its column was not read."
    )


def test_a_row_of_an_inner_group_says_where_it_belongs() -> None:
    def change(book: Any) -> None:
        book["Visits"]["B6"], book["Visits"]["B7"] = "2/11/2026", "3/11/2026"
        sheet = book["Stops"]
        sheet["C6"], sheet["C7"], sheet["C8"] = "the mill", "the quay", "home"
        sheet["B7"], sheet["B8"] = 700, 2

    given = reading(change=change)
    assert [one.message for one in given.findings] == [
        "Row 6 of “Stops” belongs to no visit, so it was not read.",
        "Row 7 of “Stops” belongs to visit 700, which is not there, so it was not read.",
    ]
    assert given.raw["visits"] == [{"on": "2/11/2026"}, {"on": "3/11/2026", "stops": [{"place": "home"}]}]


def test_what_is_wrong_in_a_group_is_named_by_its_sheet() -> None:
    def change(book: Any) -> None:
        book["Visits"]["B9"] = "31/02/2014"

    finding = only(reading(change=change))
    assert finding.message == "Visit 1, day of the visit: 31 February 2014 is not a day."
    assert (finding.row, finding.column, finding.value, finding.place) == (9, "Visits!B", "31/02/2014", "visits.0.on")


def test_what_is_written_beside_the_form_is_told() -> None:
    def change(book: Any) -> None:
        for row in range(20, 30):
            book["Form"].cell(row, 9).value = "Please ring."

    found = reading(change=change).findings
    assert len(found) == 5
    assert not any(one.blocks for one in found)
    assert found[0].message == "I20 of “Form” stands outside of the cells for answers and was not read."
    assert found[-1].message.endswith("So do 5 other cells.")


def test_a_sheet_that_was_taken_out_is_missed() -> None:
    finding = only(reading(change=lambda book: book.remove(book["Visits"])))
    assert finding.message == "There is no sheet “Visits” in the workbook."


@form("journal-page", version=4, title="Journal page")
class Newer(Answers):
    """The same, a year later."""

    notes: str = ask("What you did, and why", long=True)


@form("diary", version=1, title="Diary")
class Diary(Answers):
    """Another form."""

    notes: str = ask("What you did")


def test_a_sheet_of_another_form_or_version_is_named() -> None:
    blob = write_sheet(FORM, ANSWERED)
    older = read_sheet(Newer, blob, file=FILE)
    assert only(older).message == (
        "This is an older sheet of “Journal page”, version 3, not of “Journal page”, version 4."
    )
    assert (older.raw, older.version) == ({}, 3)
    other = read_sheet(Diary, blob, file=FILE)
    assert only(other).message == "This is a sheet of “Journal page”, version 3, not of “Diary”, version 1."
    assert only(other).way_out == "Bring it in where its own form is filled in."
    one = read_sheet(FORM, write_sheet(FORM, edition="spring"), edition="autumn")
    assert "version 3 (spring), not of “Journal page”, version 3 (autumn)" in only(one).message
