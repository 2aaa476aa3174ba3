"""An invoice from a mentor's own workbook: headings told, hours read as people write them, what is unclear named."""

from __future__ import annotations

from datetime import date, datetime, time
from io import BytesIO
from typing import Any

import pytest
from openpyxl import Workbook

from cmcore.exchange.columns import ALIKE, likeness
from cmcore.exchange.given import GivenFile
from cmcore.invoices.queries import lines_of
from cmcore.mentors.records import Mentor
from cmcore.testing import refused
from cmcore.virtual_schools.records import Authority
from cmcore.workbooks.headings import COLUMNS
from cmcore.workbooks.invoice_rows import OwnInvoice
from cmcore.workbooks.own_invoices import draft_own_invoice, headings_of, read_own_invoice
from cmcore.workbooks.spans import Unclear, day_of, minutes_of, pence_of
from tests.cmcore.workbooks.filled import Desk

LENGTHS = {
    **dict.fromkeys(("1.5", "1,5", "1h30", "1 h 30", "90 min", "90", "1:30", "1hr 30mins", "1½", "1 1/2 hours"), 90),
    **dict.fromkeys(("an hour and a half", "one and a half hours", "10:00-11:30", "2pm to 3.30pm", "2 x 45 min"), 90),
    **dict.fromkeys(("1 hour", "1 hr", "60'", "1h"), 60),
    **dict.fromkeys(("¾ hour", "0:45", "45m", "0.75"), 45),
    **dict.fromkeys(("two hours", "2 hrs", "2"), 120),
}


@pytest.mark.parametrize("told", LENGTHS)
def test_a_length_of_time_is_read_in_the_many_ways_it_is_written(told: str) -> None:
    assert minutes_of(told) == LENGTHS[told]


@pytest.mark.parametrize("told", ["1.30", "1.15", "18", "soon", "25:00", "1h75", "0", "", "-1"])
def test_what_can_be_read_in_two_ways_is_not_guessed(told: str) -> None:
    with pytest.raises(Unclear):
        minutes_of(told)


def test_days_and_money_are_read_too() -> None:
    around = date(2026, 11, 10)
    told = {
        "12.3.26": (2026, 3, 12),
        "Thu 12th March": (2026, 3, 12),
        "3 Nov": (2026, 11, 3),
        "2026-06-01": (2026, 6, 1),
    }
    assert {each: day_of(each, around) for each in told} == {each: date(*when) for each, when in told.items()}
    assert [pence_of(each) for each in ("£32", "32.50", "£1,200.00", "£32 per hour")] == [3200, 3250, 120000, 3200]
    with pytest.raises(Unclear):
        day_of("31/02/2026", around)


def test_headings_are_told_by_known_words_and_likeness() -> None:
    asked = {one.key: one for one in COLUMNS}
    assert likeness(asked["held_on"], "Date of visit:")[0] >= ALIKE
    assert likeness(asked["duration"], "Hours workd")[0] >= ALIKE
    assert likeness(asked["held_on"], "Mileage")[0] < ALIKE


def own(rows: list[list[Any]], name: str = "June") -> GivenFile:
    book = Workbook()
    sheet = book.active
    sheet.title = name
    for row in rows:
        sheet.append(row)
    target = BytesIO()
    book.save(target)
    return GivenFile.holding("juno.xlsx", target.getvalue())


def read(desk: Desk, given: GivenFile, **headings: str) -> OwnInvoice:
    with desk.stage.work() as work:
        return read_own_invoice(
            work,
            work.get(Authority, desk.stage.authority_id),
            work.get(Mentor, desk.story.mentor_id),
            given,
            headings or None,
        )


JUNE = [
    ["J. Tansyhurst, artist"],
    ["Invoice no", "7"],
    [],
    ["Date of visit", "Client", "Hrs", "Rate", "Total"],
    [datetime(2026, 6, 1), "MB", 1.5, 32, "=C5*D5"],
    ["8 June 2026", "M.B.", "1h30", 32, 48],
    ["15/06/26", "WR-0001", "90 min", "£32", 50],
    ["22 June", "Mossy Bramblewick", time(1, 30), 32, None],
    ["Total", None, "=SUM(C5:C8)", None, "=SUM(E5:E8)"],
]


def test_a_draft_is_written_of_a_mentors_own_workbook_and_its_headings_are_remembered(desk: Desk) -> None:
    made = read(desk, own(JUNE))
    assert [(one.held_on.day, one.minutes, one.rate_pence) for one in made.rows] == [
        (day, 90, 3200) for day in (1, 8, 15, 22)
    ]
    (amount,) = made.findings
    assert (amount.rule, amount.row, amount.column) == ("R-OWN-4", 7, "June!E")
    with desk.stage.work() as work:
        authority, mentor = work.get(Authority, desk.stage.authority_id), work.get(Mentor, desk.story.mentor_id)
        invoice = draft_own_invoice(work, authority, mentor, made, "7")
        assert (invoice.total_pence, len(lines_of(work, invoice))) == (19_200, 4)
        assert headings_of(work, authority.id, mentor.id)["held_on"] == "Date of visit"
        with refused(None, "number"):
            draft_own_invoice(work, authority, mentor, made, " ")


def test_what_could_not_be_read_is_named_by_sheet_row_and_column(desk: Desk) -> None:
    made = read(
        desk,
        own(
            [
                ["Date", "Who", "Hours", "Rate"],
                ["31/02/2026", "MB", 1.5, 32],
                [datetime(2026, 6, 8), "ZZ", 1.5, 32],
                [datetime(2026, 6, 9), "MB", "1.30", 32],
                [datetime(2026, 6, 10), "MB", "=C2*1", 32],
                [datetime(2026, 6, 11), "MB", 2, "lots"],
                [None, "MB", 2, 32],
                [datetime(2026, 6, 12), None, 2, 32],
            ]
        ),
    )
    assert [(one.rule, one.row, one.column) for one in made.findings] == [
        ("R-OWN-2", 2, "June!A"),
        ("R-OWN-3", 3, "June!B"),
        ("R-OWN-2", 4, "June!C"),
        ("R-OWN-2", 5, "June!C"),
        ("R-OWN-2", 6, "June!D"),
        ("R-OWN-2", 7, "June!A"),
    ]
    # With one commission there is nothing to choose.
    assert [one.row for one in made.rows] == [8]


def test_columns_nobody_could_tell_are_told_once_and_remembered(desk: Desk) -> None:
    given = own([["Wann", "Wie lange"], [datetime(2026, 6, 1), "1h30"]])
    made = read(desk, given)
    assert made.findings[0].rule == "R-OWN-1" and not made.rows
    made = read(desk, given, held_on="Wann", duration="Wie lange")
    assert [one.minutes for one in made.rows] == [90]
    with desk.stage.work() as work:
        authority, mentor = work.get(Authority, desk.stage.authority_id), work.get(Mentor, desk.story.mentor_id)
        draft_own_invoice(work, authority, mentor, made, "8")
    assert [one.minutes for one in read(desk, given).rows] == [90]


def test_a_file_that_is_no_workbook_is_refused_in_words(desk: Desk) -> None:
    made = read(desk, GivenFile.holding("juno.xlsx", b"GIF89a"))
    assert made.findings and not made.rows
