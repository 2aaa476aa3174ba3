"""Rows as a workbook: text stays text, days are days, and every row fits its headings."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import pytest
from openpyxl import load_workbook

from cmcore.exchange.workbook.plain import PlainSheet, plain_workbook


def test_text_is_never_a_formula_and_a_day_is_a_day() -> None:
    rows = [("=HYPERLINK(1)", date(2026, 11, 24), 7, None), ("+44", None, 0, "a\x01b")]
    sheet = PlainSheet(name="Entries", columns=("What", "When", "How many", "Note"), rows=rows, about="All of them.")
    read = load_workbook(BytesIO(plain_workbook("Autumn 2026", [sheet])))["Entries"]
    assert (read["A1"].value, read["A2"].value) == ("Autumn 2026", "All of them.")
    assert [cell.value for cell in read[4]] == ["What", "When", "How many", "Note"]
    assert (read["A5"].data_type, read["A5"].value) == ("s", "=HYPERLINK(1)")
    assert read["B5"].value.date() == date(2026, 11, 24) and read["B5"].is_date
    assert (read["C5"].value, read["C6"].value, read["A6"].value) == (7, 0, "+44")
    assert read["D6"].value == "a_x0001_b" and read.auto_filter.ref == "A4:D6"


def test_a_row_of_another_length_and_a_workbook_without_a_sheet_are_refused() -> None:
    with pytest.raises(ValueError, match="Row 5 of Entries has 1 cells for 2 headings"):
        plain_workbook("Autumn", [PlainSheet(name="Entries", columns=("A", "B"), rows=[("x",)])])
    with pytest.raises(ValueError, match="at least one sheet"):
        plain_workbook("Autumn", [])
