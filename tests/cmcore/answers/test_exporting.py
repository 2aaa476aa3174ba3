"""Taking answers out over all editions: no column is lost, nothing runs, no name or secret comes along unasked."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook
from sqlalchemy import func, select

from cmcore.answers.exporting import Export, export_answers
from cmcore.answers.filling import finish
from cmcore.answers.sensitive import NOT_SHOWN
from cmcore.base.findings import NotAllowed
from cmcore.evidence.outputs import _harmless as as_shown
from cmcore.evidence.reports.as_csv import _harmless as as_told
from cmcore.exchange.answers_files import as_csv, as_workbook, guarded
from cmcore.plugins.taking_out import _cell as as_kept
from cmcore.safekeeping.access import open_session
from cmcore.safekeeping.records import AuditEntry
from cmcore.testing import Stage
from cmcore.young_people.records import YoungPerson
from tests.cmcore.answers.wrenshire import GOOD, KEY, finished, newer, person, published, told
from tests.cmcore.answers.wrenshire import begun as begin_form
from tests.databases import Beginning


def settled(stage: Stage) -> None:
    """Answers to two editions: about a young person, and about nobody."""
    story = told(stage)
    stops = [{"where": "The mill", "minutes": "20"}, {"where": "=SUM(1)", "minutes": "5"}]
    with stage.work() as work:
        finished(work, stage, person(work, story), people="7", worry="A quiet one.", stops=stops)
        published(work, stage, newer())
        later = {name: value for name, value in GOOD.items() if name != "people"}
        made = begin_form(work, stage)
        finish(work, made, later | {"place": "+44 Mossgrave"})
        begin_form(work, stage)


@pytest.fixture
def beginning() -> Beginning:
    """What these tests begin with."""
    return settled


@pytest.fixture
def two_editions(begun: None, stage: Stage) -> Stage:
    """The stage with answers to two editions."""
    return stage


def taken(stage: Stage, role: str = "coordinator", **more: bool) -> Export:
    with stage.work(role) as work:
        return export_answers(work, stage.authority_id, KEY, **more)


def test_every_question_ever_asked_has_a_column_and_its_head_says_what_became_of_it(two_editions: Stage) -> None:
    heads = taken(two_editions).answers.heads
    assert "Where did you go? [edition 1: Where was it?]" in heads
    assert "How many came? [not asked since edition 2]" in heads
    assert "Was there anything to worry about?" in heads


def test_each_row_says_its_edition_and_keeps_what_was_answered(two_editions: Stage) -> None:
    made = taken(two_editions).answers
    people = made.heads.index("How many came? [not asked since edition 2]")
    assert [(row[1], row[people]) for row in made.rows] == [(1, 7), (2, None)]


def test_drafts_come_only_when_they_are_asked_for(two_editions: Stage) -> None:
    assert len(taken(two_editions).answers.rows) == 2
    assert [row[2] for row in taken(two_editions, drafts=True).answers.rows] == ["Finished", "Finished", "Draft"]


def test_young_people_stand_by_initials_unless_names_are_asked_for(two_editions: Stage) -> None:
    assert taken(two_editions).answers.rows[0][3] == "M.B. WR-0001"
    assert taken(two_editions, names=True).answers.rows[0][3] == "Mossy Bramblewick WR-0001"


def test_what_is_sensitive_is_not_shown_unless_it_is_asked_for(two_editions: Stage) -> None:
    column = taken(two_editions).answers.heads.index("Was there anything to worry about?")
    assert [row[column] for row in taken(two_editions).answers.rows] == [NOT_SHOWN, None]
    assert [row[column] for row in taken(two_editions, sensitive=True).answers.rows] == ["A quiet one.", None]


def test_a_repeated_group_is_a_table_of_its_own(two_editions: Stage) -> None:
    group = taken(two_editions).groups[0]
    assert group.heads == ("Reference", "Stop", "Where did you stop?", "How long, in minutes")
    assert group.rows == (("WR-F-0001", 1, "The mill", 20), ("WR-F-0001", 2, "=SUM(1)", 5))


def test_no_cell_of_the_workbook_is_a_formula(two_editions: Stage) -> None:
    book = load_workbook(io.BytesIO(as_workbook(taken(two_editions, sensitive=True))))
    assert book.sheetnames == ["Answers", "Stops on the way", "Editions", "About"]
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert all(cell.data_type != "f" for cell in cells)
    assert {"=SUM(1)", "+44 Mossgrave"} <= {cell.value for cell in cells}


def test_no_cell_of_the_csv_begins_like_a_formula(two_editions: Stage) -> None:
    rows = list(csv.reader(io.StringIO(as_csv(taken(two_editions, sensitive=True)).decode("utf-8-sig"))))
    assert "'+44 Mossgrave" in rows[2]
    assert not [cell for row in rows for cell in row if cell.startswith(("=", "+", "-", "@", "\t"))]


@given(st.text())
def test_no_text_is_ever_taken_for_a_formula(text: str) -> None:
    assert not str(guarded(text)).lstrip().startswith(("=", "+", "-", "@", "＝", "＋", "－", "＠"))
    assert not str(guarded(text)).startswith(("\t", "\r", "\n"))


@pytest.mark.parametrize("text", ["=1", " =1", "\xa0=1", "\n=1", "＝1", "＠SUM(1)", "\u2003-1", "\tx"])
def test_whatever_a_formula_hides_behind_every_file_puts_an_apostrophe_before_it(text: str) -> None:
    assert [guarded(text), as_shown(text), as_told(text), as_kept(text)] == [f"'{text}"] * 4


@pytest.mark.parametrize("text", ["", "Juno = J.T.", "3 - 4", "a@example.invalid", "−2"])
def test_other_texts_stay_as_they_are(text: str) -> None:
    assert guarded(text) == text


def test_that_they_were_taken_out_is_written_down_for_each(two_editions: Stage) -> None:
    taken(two_editions)
    with open_session(two_editions.engine, two_editions.scope("operator")) as db:
        asked = select(func.count()).where(
            AuditEntry.what == "read", AuditEntry.why == f"export of the form {KEY}", AuditEntry.young_person_id > 0
        )
        assert db.scalar(asked) == 1


@pytest.mark.parametrize("role", ["mentor", "referrer", "finance", "evaluator", "administrator"])
def test_only_who_answers_for_the_authority_takes_answers_out(two_editions: Stage, role: str) -> None:
    with two_editions.work(role, mentor_id=1, setting_id=1) as work, pytest.raises(NotAllowed):
        export_answers(work, two_editions.authority_id, KEY)


def test_another_authority_takes_out_nothing_of_it(two_editions: Stage) -> None:
    other = two_editions.authority("991", "Quillshire", "QU")
    with two_editions.work(authority_id=other) as work:
        with pytest.raises(NotAllowed):
            export_answers(work, two_editions.authority_id, KEY)
        assert export_answers(work, other, KEY).answers.rows == ()
        assert work.db.scalar(select(func.count()).select_from(YoungPerson)) == 0
