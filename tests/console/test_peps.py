"""PEPs in the console: the board of a term, opening it, and a plan's way for those who take it."""

from __future__ import annotations

from typing import Any

from flask import Flask

from tests.console.autumn import Autumn
from tests.console.test_statements import cost, said
from tests.console.visitor import Visitor


def did(visitor: Visitor, path: str, **fields: Any) -> None:
    """Open a form, send it, and go where it leads."""
    assert visitor.opens(path).sends(path, **fields).status == 303, visitor.page
    visitor.opens(visitor.answer.location)


def test_the_board_says_how_the_term_stands_and_opens_who_is_missing(shipped: Flask, autumn: Autumn) -> None:
    visitor = autumn.visitor(shipped)
    page = visitor.opens("/pep-board/").page
    assert "autumn term 2026-27" in page and "Quillen Tarn School" in page and "In area" in page
    did(visitor, "/pep-board/open", on="2027-09-20")
    assert "1 PEP opened." in visitor.page and "Autumn term 2027-28" in visitor.page
    did(visitor, "/pep-board/open", on="2027-09-20")
    assert "Everybody who is to have a PEP has one already." in visitor.page


def test_the_board_and_the_pages_of_plans_take_few_statements(shipped: Flask, autumn: Autumn) -> None:
    visitor = autumn.visitor(shipped)
    for path, most in (("/pep-board/", 12), ("/peps/?term=now", 6), (f"/peps/{autumn.keys['pep']}", 14)):
        sent = cost(visitor, path, autumn.stage.engine)
        assert len(sent) <= most, f"{path}\n{said(sent)}"


def test_a_plan_is_held_submitted_judged_and_complete(shipped: Flask, autumn: Autumn) -> None:
    visitor, there = autumn.visitor(shipped), f"/peps/{autumn.keys['pep']}"
    assert "Not yet. Nobody has met yet." in visitor.opens(there).page
    did(visitor, f"{there}/hold", held_on="2026-11-10", attended_by=["young_person", "mentor"], agreed="Art club.")
    assert "The young person, Creative mentor" in visitor.page
    did(visitor, f"{there}/submit")
    did(visitor, f"{there}/judge", quality="red")
    assert "Its quality mark is red" in visitor.opens(there).page
    did(visitor, f"{there}/review_again", reason="Write targets.")
    assert "To review again" in visitor.page


def test_a_mentor_sees_the_plans_of_their_own_and_brings_something(shipped: Flask, autumn: Autumn) -> None:
    visitor, there = autumn.visitor(shipped, "mentor"), f"/peps/{autumn.keys['pep']}"
    page = visitor.opens(there).page
    assert "Show two prints." in page and "Write down the meeting" not in page and "Mark its quality" not in page
    did(visitor, f"/pep-contributions/add?pep_cycle_id={autumn.keys['pep']}", seen="A steady hand now.", comes="yes")
    assert "A steady hand now." in visitor.page
    assert visitor.opens("/pep-board/").status == 403


def test_a_term_or_a_view_that_is_not_there_finds_nothing_and_no_fault(shipped: Flask, autumn: Autumn) -> None:
    visitor = autumn.visitor(shipped)
    for path in ("/peps/?term=nonsense", "/peps/?waits=nonsense", "/peps/?waits=late"):
        assert "No PEPs match" in visitor.opens(path).page
    assert visitor.opens("/pep-board/?term=nonsense").status == 200
    assert visitor.opens("/pep-board/?authority_id=999").status == 404
