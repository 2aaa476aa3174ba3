"""Lessons, clubs, what was pointed out, work experience and the council in a console: written, found, waiting, read."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from flask import Flask

from cmcore_staffordshire.life.records import Signpost
from tests.console.autumn import Autumn
from tests.console.test_statements import cost, said
from tests.plugins.consoles import console_with
from tests.plugins.test_epep_culture_in_the_console import did

LISTS = ("lessons", "clubs", "signposts", "work", "council", "decisions", "council-people")


def day(on: date, name: str) -> dict[str, str]:
    return {f"{name}.day": str(on.day), f"{name}.month": str(on.month), f"{name}.year": str(on.year)}


def lesson(today: date, **changes: Any) -> dict[str, Any]:
    told = {
        "instrument": "Cello",
        "lesson_kind": "group",
        "provider": "Tarnside Music Service",
        "how_often": "weekly",
        "instrument_from": "lent_by_service",
        **day(today - timedelta(days=60), "starts_on"),
    }
    return told | changes


def club(today: date, **changes: Any) -> dict[str, Any]:
    told = {"name": "Print club", "club_kind": "art", "how_often": "weekly", **day(today, "starts_on")}
    return told | changes


def written(autumn: Autumn, app: Flask) -> dict[str, str]:
    """One of each kind, entered by a coordinator; where each stands."""
    hester, person, today = autumn.visitor(app), autumn.main.person_id, autumn.stage.clock.today()
    about = f"add?young_person_id={person}"
    found = {"lesson": did(hester, f"/staffordshire-lessons/{about}", **lesson(today))}
    found["club"] = did(hester, f"/staffordshire-clubs/{about}", **club(today))
    pointed = {"what": "Youth theatre", "thing": "club", "told": "young_person", **day(today, "pointed_out_on")}
    found["signpost"] = did(hester, f"/staffordshire-signposts/{about}", **pointed, **day(today, "ask_again_on"))
    place = {"employer": "Lantern Yard Theatre", "employer_kind": "arts", "role": "Stage crew"}
    days = day(today, "starts_on") | day(today + timedelta(days=4), "ends_on")
    found["work"] = did(hester, f"/staffordshire-work/{about}", **place, **days)
    held = today - timedelta(days=40)
    found["council"] = did(hester, "/staffordshire-council/add", there="7", **day(held, "held_on"))
    at = f"add?staffordshire_council_id={found['council'].rpartition('/')[2]}"
    decided = {"decided": "A film day in the holidays.", "owner": "Hester Quillmarsh"}
    found["decision"] = did(
        hester, f"/staffordshire-decisions/{at}", **decided, **day(today - timedelta(days=5), "due_on")
    )
    found["person"] = did(
        hester, f"/staffordshire-council-people/{at}", young_person_id=str(person), agrees="yes", said="More films."
    )
    return found


def test_what_is_written_stands_on_the_young_persons_page_the_board_and_today(autumn: Autumn) -> None:
    with console_with(autumn, staffordshire=["990"]) as app:
        hester = autumn.visitor(app)
        assert "Nobody does yet" in hester.opens("/staffordshire-life/").page
        for each in LISTS:
            assert hester.opens(f"/staffordshire-{each}/").status == 200, each
            assert "yet" in hester.page or "Nobody is named" in hester.page, each
        found = written(autumn, app)
        page = hester.opens(f"/young-people/{autumn.main.person_id}").page
        for words in ("Cello", "Print club", "Youth theatre", "Stage crew", "Point something out"):
            assert words in page
        board = hester.opens("/staffordshire-life/").page
        assert "Tarnside Music Service" not in board and "Cello" in board and "1 decision past their day" in board
        today = hester.opens("/").page
        for waits in ("Work experience without a risk assessment", "Council decisions past their day"):
            assert waits in today
        assert "Youth theatre" in hester.opens("/staffordshire-signposts/?open=ask").page
        assert "Cello" not in hester.opens("/staffordshire-lessons/?when=ending").page
        assert "R-EVT-2" in hester.opens(found["work"]).page
        assert "R-EVT-3" in hester.opens(found["decision"]).page
        for path in found.values():
            assert hester.opens(path).status == 200, path
        assert "More films." in hester.opens(found["person"]).page
        for kind in ("lesson", "club", "signpost", "work", "council"):
            assert hester.opens(f"{found[kind]}/edit").status == 200, kind


def test_what_was_pointed_out_becomes_a_club_and_a_decision_is_told_back(autumn: Autumn) -> None:
    with console_with(autumn, staffordshire=["990"]) as app:
        hester, found, today = autumn.visitor(app), written(autumn, app), autumn.stage.clock.today()
        joined = did(hester, f"{found['signpost']}/joined-club", **club(today, name="Youth theatre", club_kind="drama"))
        assert "Joined" in hester.opens(found["signpost"]).page or "Youth theatre" in hester.opens(joined).page
        with autumn.stage.work() as work:
            assert work.get(Signpost, int(found["signpost"].rpartition("/")[2])).became == "joined"
        where = f"{found['decision']}/settle"
        hester.opens(where).sends(where, outcome="not_done", **day(today, "settled_on"))
        assert hester.status == 422 and "Say why it was not done" in hester.page
        why = {"outcome": "not_done", "what_came": "No bus on that day."}
        did(hester, where, **why, **day(today, "settled_on"))
        assert "Council decisions to tell back" in hester.opens("/").page
        did(hester, f"{found['decision']}/told-back", **day(today, "told_back_on"))
        assert "Council decisions to tell back" not in hester.opens("/").page
        assert "No bus on that day." in hester.opens(found["decision"]).page


def test_who_may_see_and_write_what(autumn: Autumn) -> None:
    with console_with(autumn, staffordshire=["990"]) as app:
        found = written(autumn, app)
        juno = autumn.visitor(app, "mentor")
        assert juno.opens(found["lesson"]).status == 200 and juno.opens(f"{found['lesson']}/edit").status == 403
        assert juno.opens(found["person"]).status == 403
        assert juno.opens(f"/staffordshire-signposts/add?young_person_id={autumn.main.person_id}").status == 200
        teacher = autumn.visitor(app, "referrer")
        assert teacher.opens(f"{found['lesson']}/edit").status in (200, 404)
        finance = autumn.visitor(app, "finance")
        assert finance.opens("/staffordshire-lessons/").status == 403
        assert finance.opens("/staffordshire-life/").status == 403


def test_where_it_is_off_nothing_of_it_is_found(autumn: Autumn) -> None:
    with console_with(autumn) as app:
        hester = autumn.visitor(app)
        assert hester.opens("/staffordshire-life/").status == 404
        assert hester.opens("/staffordshire-lessons/").status == 404
        assert "Lessons, clubs and work" not in hester.opens(f"/young-people/{autumn.main.person_id}").page


def test_pages_take_few_statements(autumn: Autumn) -> None:
    with console_with(autumn, staffordshire=["990"]) as app:
        found, hester = written(autumn, app), autumn.visitor(app)
        bounds = [("/staffordshire-life/", 13), *((f"/staffordshire-{each}/", 8) for each in LISTS)]
        bounds += [(found[kind], 14) for kind in ("lesson", "signpost", "decision", "council")]
        for path, most in bounds:
            sent = cost(hester, path, autumn.stage.engine)
            assert len(sent) <= most, f"{path}\n{said(sent)}"


def test_lists_are_brought_in_as_workbooks(autumn: Autumn) -> None:
    with console_with(autumn, staffordshire=["990"]) as app:
        hester = autumn.visitor(app)
        for kind in ("lesson", "club", "signpost", "work"):
            page = hester.opens(f"/staffordshire-{kind if kind == 'work' else kind + 's'}/").page
            assert f"/workbooks/?kind=staffordshire_{kind}" in page, kind
