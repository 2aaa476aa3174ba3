"""Awards in a console: enrolled, evidenced, marked, assessed, entered and taken out; with who may and what it costs."""

from __future__ import annotations

import re
from io import BytesIO
from typing import Any

from openpyxl import load_workbook

from tests.console.autumn import Autumn
from tests.console.test_statements import cost, said
from tests.console.visitor import Visitor
from tests.plugins.awards_in_autumn import AWARD_LISTS, award_pages, furnish_awards
from tests.plugins.consoles import console_with


def did(visitor: Visitor, path: str, **fields: Any) -> str:
    """Open a page, send it, and say where it leads."""
    assert visitor.opens(path).sends(path, **fields).status == 303, visitor.page
    there: str = visitor.answer.location
    visitor.opens(there)
    return there


def test_a_young_person_is_taken_from_enrolling_to_an_entry(autumn: Autumn) -> None:
    with console_with(autumn, arts_award=["990"]) as app:
        hester, person = autumn.visitor(app), autumn.main.person_id
        for path in AWARD_LISTS:
            assert hester.opens(path).status == 200, path
        did(hester, "/arts-award-advisers/add", name="Bram Nettlefold", left_on="2026-07-31")
        assert "Nobody is enrolled yet" in hester.opens("/arts-award/").page
        adviser = did(hester, "/arts-award-advisers/add", name="Odile Farthingdale")
        assert "trained for no level today" in hester.page
        key = adviser.rpartition("/")[2]
        there = f"/arts-award-trainings/add?arts_award_adviser_id={key}"
        did(hester, there, levels=["arts_award.explore", "arts_award.bronze"], trained_on="2026-06-01")
        assert "Arts Award Explore, Bronze" in hester.opens(adviser).page

        assert f"/arts-award-enrolments/add?young_person_id={person}" in hester.opens(f"/young-people/{person}").page
        there = f"/arts-award-enrolments/add?young_person_id={person}"
        form = hester.opens(there).page
        assert "aged" in form and "Odile Farthingdale" in form and "Bram Nettlefold" not in form
        assert hester.sends(there, level="arts_award.bronze", enrolled_on="2026-13-01").status == 422
        award = did(hester, there, level="arts_award.bronze", enrolled_on="2026-11-02", arts_award_adviser_id=key)
        assert "Not yet. A Take part, B Be an audience" in hester.page
        assert "A Take part: evidence" in hester.opens(f"/young-people/{person}").page
        parts = re.findall(r'href="(/arts-award-parts/\d+)"', hester.opens(award).page)
        assert len(parts) == 4

        source = re.findall(r'value="(session:\d+)"', hester.opens(f"{parts[0]}/pick").page)[0]
        did(hester, f"{parts[0]}/pick", sources=[source], kept_at="Red folder")
        assert "Session on" in hester.page and "Red folder" in hester.page
        for part in parts[1:]:
            key_of_part = part.rpartition("/")[2]
            did(hester, f"/arts-award-evidence/add?arts_award_part_id={key_of_part}", text="A review.")
        marks = {"mark": "pass", "arts_award_adviser_id": key, "marked_on": "2026-11-10", "found_at": "Pages 1 to 4"}
        for part in parts:
            did(hester, f"{part}/mark", **marks)
        assert "Awards to assess" in hester.opens("/").page
        did(hester, f"{award}/assess", arts_award_adviser_id=key, assessed_on="2026-11-10")
        assert "Put it into an entry first" in hester.page

        entry = did(hester, "/arts-award-entries/add", scheme="arts_award", title="Autumn 2026")
        assert "Nobody is in this entry yet" in hester.page
        did(hester, f"{entry}/choose", enrolments=[award.rpartition("/")[2]])
        did(hester, f"{entry}/enter", entered_on="2026-11-10", reference="TCL-0042")
        assert "5 Jan 2027" in hester.page
        took = hester.opens(f"/arts-award-entry-list/{entry.rpartition('/')[2]}")
        assert "attachment" in took.answer.headers["Content-Disposition"]
        book = load_workbook(BytesIO(took.answer.data))
        assert [cell.value for cell in book["Entries"][5]][4:6] == ["Bronze", None]
        assert [row[6].value for row in book["Evidence locator"].iter_rows(min_row=5)] == ["Pages 1 to 4"] * 4
        paper = hester.opens(f"/arts-award-entry-list/locator/{award.rpartition('/')[2]}")
        assert paper.answer.data.startswith(b"%PDF")
        did(hester, f"{entry}/close", results_on="2026-11-10")
        assert "Certificated" in hester.opens(award).page
        assert "1 certificate" in hester.opens("/arts-award/").page


def test_what_waits_stands_on_the_board_and_on_today(autumn: Autumn) -> None:
    with console_with(autumn, arts_award=["990"]) as app:
        furnish_awards(autumn)
        hester = autumn.visitor(app)
        board = hester.opens("/arts-award/").page
        assert "Autumn 2026: send the sample" in board and "By level" in board
        today = hester.opens("/").page
        # console_finders: an adviser is found by whoever may see one, in at most as many statements as any page.
        there = hester.sends("/search/", q="farthingdale hospital").answer.location
        assert "Advisers for awards" in hester.opens(there).page and "Odile Farthingdale" in hester.page
        assert len(sent := cost(hester, there, autumn.stage.engine)) <= 20, said(sent)
        percy = autumn.visitor(app, "finance")
        there = percy.sends("/search/", q="farthingdale").answer.location
        assert "Advisers for awards" not in percy.opens(there).page
        assert "Award samples to send" in today and "Trainings of advisers that run out soon" in board
        entry = hester.opens(f"/arts-award-entries/{autumn.keys['award_entry']}").page
        assert "Entry list (Excel)" in entry and "Say that the sample was sent" in entry


def test_each_page_takes_few_statements(autumn: Autumn) -> None:
    with console_with(autumn, arts_award=["990"]) as app:
        furnish_awards(autumn)
        hester = autumn.visitor(app)
        for path in AWARD_LISTS:
            sent = cost(hester, path, autumn.stage.engine)
            assert len(sent) <= 9, f"{path}\n{said(sent)}"
        for path in award_pages(autumn):
            sent = cost(hester, path, autumn.stage.engine)
            assert len(sent) <= 18, f"{path}\n{said(sent)}"


def test_a_mentor_gathers_evidence_and_has_no_board(autumn: Autumn) -> None:
    with console_with(autumn, arts_award=["990"]) as app:
        furnish_awards(autumn)
        juno, part = autumn.visitor(app, "mentor"), autumn.keys["award_part"]
        assert "Pick evidence" in juno.opens(f"/arts-award-parts/{part}").page
        did(juno, f"/arts-award-evidence/add?arts_award_part_id={part}", text="They told me who inspires them.")
        assert "They told me who inspires them." in juno.page
        for path in ("/arts-award/", "/arts-award-entries/", f"/arts-award-entry-list/{autumn.keys['award_entry']}"):
            assert juno.opens(path).status == 403, path
        assert juno.opens(f"/arts-award-enrolments/{autumn.keys['award']}/edit").status == 403
        assert juno.opens(f"/arts-award-entry-list/locator/{autumn.keys['award']}").status == 403
        # A mentor who is no adviser marks nothing in the name of one.
        path = f"/arts-award-parts/{part}/mark"
        told = {"mark": "pass", "arts_award_adviser_id": autumn.keys["award_adviser"], "marked_on": "2026-11-10"}
        assert juno.opens(path).sends(path, **told).status == 403


def test_where_it_is_off_nothing_of_it_is_found(autumn: Autumn) -> None:
    with console_with(autumn) as app:
        hester = autumn.visitor(app)
        assert hester.opens("/arts-award/").status == 404
        assert hester.opens("/arts-award-enrolments/").status == 404
        there = hester.opens("/").sends("/search/", q="farthingdale").answer.location
        assert "Advisers for awards" not in hester.opens(there).page
        assert "Enrol for an award" not in hester.opens(f"/young-people/{autumn.main.person_id}").page
