"""A mentor's own workbook in the console: its columns matched once, remembered for them, and a draft written of it."""

from __future__ import annotations

import re
from datetime import datetime
from io import BytesIO

from flask import Flask
from openpyxl import Workbook

from tests.console.autumn import Autumn
from tests.console.visitor import Visitor

ROWS = [["Juno, artist"], [], ["Date of visit", "Client", "Hrs"], [datetime(2026, 10, 20), "M.B.", 1.5]]


def own(*rows: list[object]) -> bytes:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    target = BytesIO()
    book.save(target)
    return target.getvalue()


def gives(visitor: Visitor, blob: bytes, number: str) -> Visitor:
    page = visitor.opens("/invoice-workbooks/").page
    chosen = re.search(r'<option value="(\d+-\d+)"', page)
    mentor = {"mentor": chosen[1]} if chosen else {}
    return visitor.sends("/invoice-workbooks/", **mentor, number=number, workbook=(BytesIO(blob), "juno.xlsx"))


def test_the_columns_of_a_mentors_workbook_are_matched_once(autumn: Autumn, shipped: Flask) -> None:
    hester = autumn.visitor(shipped)
    where = gives(hester, own(*ROWS), "J-77").answer.location
    assert "/invoice-workbooks/match/" in where, hester.page
    page = hester.opens(where).page
    assert "3 guessed" in page and "Headings in row 3" in page and "M.B." in page
    hester.sends(where, **{"c-0-0": "0", "c-0-1": "-", "c-0-4": "1"})
    assert hester.status == 422 and "No column says how long it was" in hester.page
    hester.sends(where, **{"c-0-0": "0", "c-0-1": "2", "c-0-4": "1"})
    preview = hester.answer.location
    assert "1 row read: 1 h 30" in hester.opens(preview).page
    hester.sends(preview, keep="1", number="J-77")
    assert hester.status == 303 and "/invoices/" in hester.answer.location, hester.page
    again = gives(hester, own(*ROWS), "J-78").answer.location
    assert "/preview/" in again and "matched as they were confirmed before" in hester.opens(again).page
    hester.sends(again.replace("preview", "throw-away"))
    assert hester.opens(again).status == 404


def test_a_file_without_headings_is_refused_where_it_is_chosen(autumn: Autumn, shipped: Flask) -> None:
    hester = autumn.visitor(shipped)
    assert gives(hester, own(["nothing"], [1, 2]), "J-79").status == 422
    assert "No heading was found" in hester.page


def test_words_nobody_knows_are_for_a_person_to_match(autumn: Autumn, shipped: Flask) -> None:
    hester = autumn.visitor(shipped)
    where = gives(
        hester, own(["Dyddiad", "Oriau", "Pwy"], [datetime(2026, 10, 20), 1.5, "M.B."]), "J-80"
    ).answer.location
    assert "/match/" in where and "to choose" in hester.opens(where).page
    hester.sends(where, **{"c-0-0": "0", "c-0-1": "1", "c-0-4": "2"})
    assert "1 row read: 1 h 30" in hester.opens(hester.answer.location).page
