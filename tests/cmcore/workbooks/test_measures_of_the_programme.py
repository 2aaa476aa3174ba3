"""A workbook of sessions or targets offers the measures of the programme it is for, and refuses another's (R-MEA-8)."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook

from cmcore.programmes.records import Programme
from cmcore.virtual_schools.records import Authority
from cmcore.workbooks.lists import list_of, programmes_apart
from cmcore.workbooks.sheet import template
from tests.cmcore.workbooks.filled import DAYS, Desk, filled, listed_words, session

HELPS = "What it was to help with: Confidence"


def two_programmes(desk: Desk) -> int:
    """The story's programme is scored with the SDQ alone; another one, whose key comes back, with the eight."""
    with desk.stage.work("operator") as work:
        own = work.get(Programme, desk.story.programme_id)
        own.measure_set = "sdq@1"
        told = {"key": "buddies", "title": "Reading buddies", "type_key": own.type_key, "measure_set": "eight@1"}
        other = work.add(Programme(authority_id=desk.stage.authority_id, **told))
        work.db.flush()
        return other.id


def offers(desk: Desk, programme_id: int | None = None, kind: str = "session") -> bytes:
    """The workbook as it is downloaded, for one programme or for all."""
    with desk.stage.work(desk.role, **desk.who()) as work:
        authority = work.get(Authority, desk.stage.authority_id)
        programme = work.get(Programme, programme_id) if programme_id is not None else None
        return template(work, list_of(kind, work, authority.id), authority, programme=programme)


def measures_in(blob: bytes) -> list[str]:
    """The first measure of each of the two sets, where the workbook has it anywhere."""
    book = load_workbook(BytesIO(blob))
    told = " ".join(str(cell.value) for sheet in book for row in sheet for cell in row if cell.value)
    return [one for one in ("Confidence", "Total difficulties") if one in told]


def noticed(book: Any, page: Any) -> None:
    """A thing noticed, of the second session, against a measure of the eight."""
    for column, value in {2: 2, 3: "Confidence", 4: "Showed it.", 5: "Yes"}.items():
        book["What you noticed"].cell(6, column).value = value


def test_a_workbook_offers_the_measures_and_commissions_of_the_programme_it_is_made_for(desk: Desk) -> None:
    assert measures_in(offers(desk)) == ["Confidence"]
    with desk.stage.work() as work:
        listed = list_of("session", work, desk.stage.authority_id)
        assert programmes_apart(work, listed, desk.stage.authority_id) == []
    other = two_programmes(desk)
    own, others, both = offers(desk, desk.story.programme_id), offers(desk, other), offers(desk)
    assert measures_in(own) == ["Total difficulties"] and measures_in(others) == ["Confidence"]
    assert measures_in(both) == ["Confidence", "Total difficulties"]
    assert listed_words(own) == listed_words(both) and listed_words(others) == []
    assert measures_in(offers(desk, desk.story.programme_id, "pep_target")) == ["Total difficulties"]
    with desk.stage.work() as work:
        for kind, apart in (("session", ["Reading buddies", "Creative mentoring"]), ("mentor", [])):
            found = programmes_apart(work, list_of(kind, work, desk.stage.authority_id), desk.stage.authority_id)
            assert sorted(one.title for one in found) == sorted(apart)


@pytest.mark.parametrize("of_other", [False, True], ids=["of all programmes", "of the other programme"])
def test_a_measure_of_another_programme_is_refused_with_its_sheet_row_and_column(desk: Desk, of_other: bool) -> None:
    other = two_programmes(desk)
    [who] = listed_words(offers(desk))
    rows = [session(who, DAYS[0], **{HELPS: "Yes"}), session(who, DAYS[1]), session(who, DAYS[2])]
    made = desk.preview(filled(offers(desk, other if of_other else None), "Sessions", rows, noticed))
    told = [(each.rule, each.row, each.column) for one in made.outcomes for each in one.findings if each.blocks]
    assert told == [("R-MEA-8", 6, "Sessions!P"), ("R-MEA-8", 6, "What you noticed!C")]
    assert made.counts == {"new": 1, "changed": 0, "same": 0, "refused": 2}


def test_a_workbook_for_the_programme_comes_in_and_one_whose_measures_changed_since_is_refused(desk: Desk) -> None:
    two_programmes(desk)
    blob = offers(desk, desk.story.programme_id)
    [who] = listed_words(blob)
    helps = {HELPS.replace("Confidence", "Total difficulties"): "Yes"}
    blob = filled(blob, "Sessions", [session(who, DAYS[0], **helps)])
    assert desk.preview(blob).counts["new"] == 1
    with desk.stage.work("operator") as work:
        work.get(Programme, desk.story.programme_id).measure_set = "six@2017"
    assert desk.preview(blob).reading.refused
