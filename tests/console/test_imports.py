"""Bringing files in from the console: nothing before it is confirmed, all or nothing after, and back again."""

from __future__ import annotations

import re
from io import BytesIO

import pytest
from flask import Flask
from sqlalchemy import Engine, func, select

from cmcore.exchange.records import ImportRun
from cmcore.safekeeping.memberships import give_role
from cmcore.testing import Stage
from cmcore.young_people.records import YoungPerson
from console import accounts, desk
from console.app import create_app
from tests.console import town
from tests.console.visitor import Visitor
from tests.databases import Beginning

HEADER = "CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB\n101,1,27/03/2012,WBRI,UN1,,\n102,2,09/09/2011,WBRI,UN1,,\n"
EPISODES = (
    "CHILD,DECOM,RNE,LS,CIN,PLACE,PLACE_PROVIDER,DEC,REC,REASON_PLACE_CHANGE,HOME_POST,PL_POST,URN\n"
    "101,01/05/2026,S,C2,N1,U1,PR1,,,,,,\n102,02/06/2026,S,C2,N1,U1,PR1,,,,,,\n"
)


@pytest.fixture
def engine(bare_engine: Engine) -> Engine:
    """A database of this test's own people."""
    return bare_engine


def settled(made: Stage) -> None:
    """Two authorities, each with a coordinator, and a referrer in the first."""
    other = made.authority("991", "Quillshire", "QU")
    for login, role, authority in (
        ("hester", "coordinator", made.authority_id),
        ("wilf", "referrer", made.authority_id),
        ("fern", "coordinator", other),
    ):
        with made.work("operator", authority_id=authority) as work:
            give_role(work, authority, f"{login}.quillmarsh", role)
        accounts.open_account(made.engine, login=f"{login}.quillmarsh", name=login.capitalize(), password=town.PASSWORD)


@pytest.fixture
def beginning() -> Beginning:
    """What these tests begin with."""
    return settled


@pytest.fixture
def console(begun: None, stage: Stage) -> Flask:
    return create_app(stage.engine, clock=stage.clock)


@pytest.fixture
def hester(console: Flask) -> Visitor:
    return Visitor(console).signs_in("hester.quillmarsh")


def gives(visitor: Visitor, *files: tuple[str, str], importer: str = "ssda903") -> Visitor:
    visitor.opens(f"/imports/bring-in/{importer}")
    return visitor.sends(
        f"/imports/bring-in/{importer}", files=[(BytesIO(text.encode()), name) for name, text in files]
    )


def preview_of(visitor: Visitor) -> str:
    found = re.search(r"/imports/preview/[\w-]+", visitor.answer.location or "")
    assert found, visitor.page
    return found.group()


def people(stage: Stage, authority_id: int | None = None) -> int:
    with stage.work("operator", authority_id=authority_id or stage.authority_id) as work:
        return work.db.scalar(select(func.count(YoungPerson.id))) or 0


def confirms(visitor: Visitor, preview: str) -> Visitor:
    visitor.opens(preview)
    seen = re.search(r'name="seen" value="(\w+)"', visitor.page)
    assert seen, visitor.page
    return follows(visitor.sends(preview.replace("preview", "confirm"), seen=seen.group(1)))


def follows(visitor: Visitor) -> Visitor:
    """The page of the long work that was asked for, once it has ended."""
    there = visitor.answer.location
    assert visitor.status == 303 and "/tasks/" in there, visitor.page
    with visitor.client.application.app_context():
        desk.premises().attendant.wait()
    return visitor.opens(there)


def test_nothing_is_changed_before_it_is_confirmed(stage: Stage, hester: Visitor) -> None:
    preview = preview_of(gives(hester, ("header.csv", HEADER), ("episodes.csv", EPISODES)))
    page = hester.opens(preview).page
    assert "Nothing has been changed yet" in page and "27 Mar 2012" in page and "C2 full care order" in page
    assert people(stage) == 0


def test_what_is_confirmed_comes_in_and_can_be_taken_back(stage: Stage, hester: Visitor) -> None:
    preview = preview_of(gives(hester, ("header.csv", HEADER), ("episodes.csv", EPISODES)))
    assert "Everything is in" in confirms(hester, preview).page
    assert people(stage) == 2
    assert hester.opens(preview).status == 404, "the files are gone once they are in"
    assert "Return of looked-after children" in hester.opens("/imports/").page
    with stage.work("operator") as work:
        key = work.db.scalars(select(ImportRun.id)).one()
    assert "Take it back" in hester.opens(f"/imports/{key}").page
    hester.opens(f"/imports/{key}/undo")
    hester.sends(f"/imports/{key}/undo")
    assert people(stage) == 0


def test_the_same_files_again_change_nothing(stage: Stage, hester: Visitor) -> None:
    for _ in range(2):
        preview = preview_of(gives(hester, ("header.csv", HEADER), ("episodes.csv", EPISODES)))
        page = hester.opens(preview).page
        if "Everything is as these files say" not in page:
            confirms(hester, preview)
    assert "There is nothing to bring in" in page and people(stage) == 2


def test_files_without_rows_and_rows_held_back_are_not_called_the_same_as_what_is_held(hester: Visitor) -> None:
    first = HEADER.splitlines()[0]
    assert "These files hold no rows" in hester.opens(preview_of(gives(hester, ("header.csv", first)))).page
    held = first + "\n103,1,31/11/2012,WBRI,UN1,,\n"
    page = hester.opens(preview_of(gives(hester, ("header.csv", held)))).page
    assert "Nothing would change" in page and "Rows are held back" in page and "as these files say" not in page


def test_what_is_only_told_of_a_whole_file_is_neither_a_warning_nor_a_row(hester: Visitor) -> None:
    page = hester.opens(preview_of(gives(hester, ("header.csv", HEADER), ("episodes.csv", EPISODES)))).page
    warned = re.search(r"<li><b>(\d+)</b>(?:(?!</li>).)*With a warning", page, re.S)
    assert warned and warned.group(1) == "0"
    assert "2 files: What a file would have told" in page


def test_every_finding_can_be_taken_out_to_be_worked_through(hester: Visitor, console: Flask) -> None:
    wrong = HEADER.splitlines()[0] + "\n" + "".join(f"{each},1,31/11/2012,WBRI,UN1,,\n" for each in range(200, 208))
    preview = preview_of(gives(hester, ("header.csv", wrong)))
    assert "and 3 more" in hester.opens(preview).page and f"{preview}/findings.csv" in hester.page
    rows = hester.opens(f"{preview}/findings.csv").page.splitlines()
    assert sum("held back,R-903-3," in row for row in rows) == 8
    assert any(row.startswith("header.csv,9,DOB,held back") for row in rows)
    assert Visitor(console).opens(f"{preview}/findings.csv").status == 303


def test_what_came_in_with_a_warning_can_be_taken_out_from_the_receipt_too(
    stage: Stage, hester: Visitor, console: Flask
) -> None:
    wrong = HEADER + "".join(f"{each},1,31/11/2012,WBRI,UN1,,\n" for each in range(200, 203))
    preview = preview_of(gives(hester, ("header.csv", wrong), ("episodes.csv", EPISODES)))
    before = hester.opens(f"{preview}/findings.csv").page
    confirms(hester, preview)
    with stage.work("operator") as work:
        key = work.db.scalars(select(ImportRun.id)).one()
    assert f"/imports/{key}/findings.csv" in hester.opens(f"/imports/{key}").page
    assert hester.opens(f"/imports/{key}/findings.csv").page == before and "held back" in before and "to know" in before
    assert Visitor(console).opens(f"/imports/{key}/findings.csv").status == 303


def test_stopping_throws_the_files_away(stage: Stage, hester: Visitor) -> None:
    preview = preview_of(gives(hester, ("header.csv", HEADER), ("episodes.csv", EPISODES)))
    hester.opens(preview)
    hester.sends(preview.replace("preview", "throw-away"))
    assert hester.opens(preview).status == 404 and people(stage) == 0


def test_files_wait_an_hour_and_no_longer(stage: Stage, hester: Visitor, console: Flask) -> None:
    from datetime import timedelta

    preview = preview_of(gives(hester, ("header.csv", HEADER), ("episodes.csv", EPISODES)))
    stage.clock.at += timedelta(minutes=61)
    assert Visitor(console).signs_in("hester.quillmarsh").opens(preview).status == 404


def test_nobody_else_finds_the_files(stage: Stage, hester: Visitor, console: Flask) -> None:
    preview = preview_of(gives(hester, ("header.csv", HEADER), ("episodes.csv", EPISODES)))
    assert Visitor(console).signs_in("fern.quillmarsh").opens(preview).status == 404


def test_a_referrer_brings_nothing_in(console: Flask) -> None:
    visitor = Visitor(console).signs_in("wilf.quillmarsh")
    assert visitor.opens("/imports/bring-in/ssda903").status in (403, 404)
    assert visitor.opens("/imports/").status in (403, 404)


@pytest.mark.parametrize(
    ("files", "words"),
    [
        ([], "Choose the file to bring in"),
        ([("header.csv", "")], "header.csv"),
        ([("header.csv", "CHILD,SEX\n1,1\n")], "header.csv"),
        ([("workbook.xlsx", "PK\x03\x04")], "workbook.xlsx"),
        ([("return.xml", "<?xml version='1.0'?><Message/>")], "XML"),
        ([("episodes.csv", EPISODES)], "header"),
    ],
)
def test_a_file_that_cannot_be_read_is_named_with_the_way_out(
    hester: Visitor, stage: Stage, files: list[tuple[str, str]], words: str
) -> None:
    gives(hester, *files)
    assert hester.status == 422 and words in hester.page and "Nothing was changed" in hester.page
    assert people(stage) == 0


def test_what_changed_since_it_was_looked_at_is_looked_at_again(stage: Stage, hester: Visitor) -> None:
    preview = preview_of(gives(hester, ("header.csv", HEADER), ("episodes.csv", EPISODES)))
    hester.opens(preview)
    follows(hester.sends(preview.replace("preview", "confirm"), seen="0" * 64))
    assert "Somebody changed records since you looked" in hester.page and people(stage) == 0
