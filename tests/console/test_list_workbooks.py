"""Lists as workbooks in the console: downloaded, brought back, looked at row by row, kept, mended, taken back."""

from __future__ import annotations

import re
from datetime import date, time
from io import BytesIO

import pytest
from flask import Flask

from tests.cmcore.workbooks.filled import filled, listed_words, session
from tests.console.autumn import Autumn
from tests.console.visitor import Visitor

XLSX = "sessions.xlsx"


@pytest.fixture
def hester(autumn: Autumn, shipped: Flask) -> Visitor:
    return autumn.visitor(shipped)


def of(autumn: Autumn, kind: str = "session") -> str:
    return f"/workbooks/{autumn.stage.authority_id}/{kind}"


def workbook_of(visitor: Visitor, address: str) -> bytes:
    answer = visitor.opens(f"{address}/file").answer
    assert answer.status_code == 200, visitor.page
    return bytes(answer.data)


def gives(visitor: Visitor, address: str, blob: bytes, name: str = XLSX) -> Visitor:
    visitor.opens(address).sends(address, workbook=(BytesIO(blob), name))
    return visitor


def two_rows(blob: bytes) -> bytes:
    who = next(one for one in listed_words(blob) if "WR-0001" in one and "mentoring" in one)
    evening = session(who, date(2026, 6, 3), From=time(19, 0), To=time(20, 0))
    return filled(blob, "Sessions", [evening, session(who, "soon")])


def test_a_workbook_is_downloaded_filled_in_kept_mended_and_taken_back(autumn: Autumn, hester: Visitor) -> None:
    autumn.stage.authority_id = 1
    assert "Fill in a workbook" in hester.opens("/sessions/").page
    assert hester.opens("/workbooks/?kind=session").status == 302
    address = of(autumn)
    blob = two_rows(workbook_of(hester, address))
    gives(hester, address, blob)
    assert hester.status == 303, hester.page
    preview = hester.answer.location
    page = hester.opens(preview).page
    assert "1 row would be kept" in page and "Held back" in page and "soon" in page
    back = hester.opens(preview.replace("/preview/", "/back/")).answer
    assert back.status_code == 200 and back.data[:2] == b"PK"
    seen = re.search(r'name="seen" value="(\w+)"', hester.opens(preview).page)
    assert seen is not None
    hester.sends(preview.replace("/preview/", "/confirm/"), seen=seen[1])
    assert hester.status == 303
    page = hester.opens(hester.answer.location).page
    assert "1 row kept. 1 row held back" in page
    rows = hester.opens("/waiting-rows/?kind_of_record=session").page
    assert "Sessions, row 7" in rows
    found = re.search(r"/waiting-rows/(\d+)", rows)
    assert found is not None
    mending = hester.opens(f"{found[0]}/mend").page
    assert "Drew a map of the town." in mending and 'value="soon"' in mending or "soon" in mending
    undo = re.search(r"/workbooks/undo/\d+", hester.opens(address).page)
    assert undo is not None
    assert "Take it back" in hester.opens(undo[0]).page
    hester.sends(undo[0])
    assert hester.status == 303
    assert "It was taken back whole." in hester.opens(hester.answer.location).page


def test_a_wrong_workbook_is_refused_on_its_page(autumn: Autumn, hester: Visitor) -> None:
    autumn.stage.authority_id = 1
    mentors = workbook_of(hester, of(autumn, "mentor"))
    gives(hester, of(autumn), mentors)
    assert hester.status == 422 and "R-SHT-1" in hester.page
    gives(hester, of(autumn), b"GIF89a")
    assert hester.status == 422 and "Nothing was changed." in hester.page


def test_a_mentor_fills_in_sessions_and_finance_sees_no_such_list(autumn: Autumn, shipped: Flask) -> None:
    autumn.stage.authority_id = 1
    juno = autumn.visitor(shipped, "mentor")
    page = juno.opens("/workbooks/").page
    assert "Sessions" in page and "Young people" not in re.sub(r"<nav.*?</nav>", "", page, flags=re.DOTALL)
    percy = autumn.visitor(shipped, "finance")
    assert percy.opens(of(autumn)).status == 404
    assert percy.opens(of(autumn, "funding_line")).status == 200
    elsewhere = autumn.keys["quillshire"]
    assert juno.opens(f"/workbooks/{elsewhere}/session").status == 404
