"""Cultural entitlement pages in a console: drafted on a PEP, edited, taken out, and counted on the board."""

from __future__ import annotations

import json
import re
from typing import Any

from sqlalchemy import select

from cmcore.peps.records import PepCycle
from cmcore_epep_culture.drafting import draft_page
from cmcore_epep_culture.records import CultureLine
from tests.console.autumn import Autumn
from tests.console.test_statements import cost, said
from tests.console.visitor import Visitor
from tests.plugins.consoles import console_with


def did(visitor: Visitor, path: str, **fields: Any) -> str:
    """Open a page, send it, and say where it leads."""
    assert visitor.opens(path).sends(path, **fields).status == 303, visitor.page
    there: str = visitor.answer.location
    visitor.opens(there)
    return there


def test_a_page_is_drafted_edited_and_taken_out_and_coverage_moves_by_one(autumn: Autumn) -> None:
    with console_with(autumn, epep_culture=["990"]) as app:
        hester, pep = autumn.visitor(app), autumn.keys["pep"]
        assert "0 of 1" in hester.opens("/epep-culture-coverage/").page
        assert "PEPs without a cultural page" in hester.opens("/epep-culture-missing/").page.replace("1 PEP", "1 PEP")
        assert f"/epep-culture-page/{pep}/draft" in hester.opens(f"/peps/{pep}").page
        page = did(hester, f"/epep-culture-page/{pep}/draft")
        assert "with a creative mentor" in hester.page and "Juno Tansyhurst" in hester.page
        line = re.findall(r'href="(/epep-culture-lines/\d+)"', hester.page)[0]
        did(hester, f"{line}/edit", part="now", text="Prints, and shows others how.", **{"cm-version": "1"})
        did(hester, f"{page}/draft")
        assert "Prints, and shows others how." in hester.opens(page).page and "changed by hand" in hester.page
        assert "1 of 1" in hester.opens("/epep-culture-coverage/").page
        key = page.rpartition("/")[2]
        for file, begins in (("pdf", b"%PDF"), ("docx", b"PK"), ("json", b"{")):
            hester.opens(f"/epep-culture-page/{key}/{file}")
            assert hester.status == 200 and hester.answer.data.startswith(begins)
            assert "attachment" in hester.answer.headers["Content-Disposition"]
        assert json.loads(hester.opens("/epep-culture-page/schema.json").answer.data)["title"]
        assert hester.opens(f"/epep-culture-page/{key}/exe").status == 404
        for file in ("csv", "json"):
            assert "Prints, and shows others how." in hester.opens(f"/epep-culture-coverage/take/{file}").answer.text


def test_the_terms_pages_are_asked_for_and_drafted_in_the_background(autumn: Autumn) -> None:
    with console_with(autumn, epep_culture=["990"]) as app:
        hester = autumn.visitor(app)
        did(hester, "/epep-culture-coverage/draft")
        assert "1 page will be drafted" in hester.page


def test_the_board_takes_twelve_statements_and_a_page_few(autumn: Autumn) -> None:
    with console_with(autumn, epep_culture=["990"]) as app:
        with autumn.stage.work() as work:
            page = draft_page(work, work.get(PepCycle, autumn.keys["pep"]))
            work.db.flush()
            key, line = page.id, work.db.scalars(select(CultureLine.id)).first()
        hester = autumn.visitor(app)
        for path, most in (
            ("/epep-culture-coverage/", 12),
            ("/epep-culture-missing/", 9),
            (f"/epep-culture-pages/{key}", 14),
            (f"/epep-culture-lines/{line}", 14),
            (f"/peps/{autumn.keys['pep']}", 16),
        ):
            sent = cost(hester, path, autumn.stage.engine)
            assert len(sent) <= most, f"{path}\n{said(sent)}"


def test_a_mentor_reads_the_page_and_writes_a_line_and_sees_no_board(autumn: Autumn) -> None:
    with console_with(autumn, epep_culture=["990"]) as app:
        with autumn.stage.work() as work:
            page = draft_page(work, work.get(PepCycle, autumn.keys["pep"]))
            work.db.flush()
            key = page.id
        juno = autumn.visitor(app, "mentor")
        assert "Write a line" in juno.opens(f"/epep-culture-pages/{key}").page
        did(juno, f"/epep-culture-lines/add?epep_culture_page_id={key}", part="clubs", text="Came to the print club.")
        # The page it stands on is found by its key, which the form does not ask for.
        assert "Came to the print club." in juno.opens(f"/epep-culture-pages/{key}").page
        assert juno.opens("/epep-culture-coverage/").status == 403
        assert juno.opens(f"/epep-culture-page/{key}/json").status == 403


def test_where_it_is_off_nothing_of_it_is_found(autumn: Autumn) -> None:
    with console_with(autumn) as app:
        hester = autumn.visitor(app)
        assert "Cultural entitlement page" not in hester.opens(f"/peps/{autumn.keys['pep']}").page
        assert hester.opens("/epep-culture-coverage/").status == 404
