"""Attachment Aware Schools in a console: applied, decided in order, the roll tapped, drawn, told."""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO

import pytest
from flask import Flask
from PIL import Image
from sqlalchemy import select

from cmcore_attachment_aware.records import AwarePlace
from tests.console.autumn import Autumn
from tests.console.test_statements import cost, said
from tests.console.visitor import Visitor
from tests.plugins.aware_shown import AWARE_PATHS, aware_pages, furnish_aware
from tests.plugins.consoles import console_with
from tests.plugins.test_artsmark_in_the_console import on
from tests.plugins.test_epep_culture_in_the_console import did


@pytest.fixture
def app(autumn: Autumn) -> Iterator[Flask]:
    """The console with the plugin on and three years of cohorts."""
    with console_with(autumn, attachment_aware=["990"]) as made:
        furnish_aware(autumn)
        yield made


def test_every_page_opens_for_a_coordinator_and_none_for_a_mentor(autumn: Autumn, app: Flask) -> None:
    hester, mentor = autumn.visitor(app), Visitor(app).holds(autumn.token("mentor"))
    for path in (*AWARE_PATHS, *aware_pages(autumn)):
        assert hester.opens(path).status == 200, f"{path}\n{hester.page[-2000:]}"
    for path in AWARE_PATHS[::3]:
        assert mentor.opens(path).status in (403, 404), path
    assert "Attachment Aware" not in mentor.opens("/").page


def test_the_network_is_a_picture_and_a_table_that_says_the_same(autumn: Autumn, app: Flask) -> None:
    page = autumn.visitor(app).opens("/attachment-aware/").page
    drawn = page[page.index("<svg viewBox") : page.index("</svg>", page.index("<svg viewBox"))]
    marks = len(re.findall(r"cm-ch-fill|cm-ch-from", drawn))
    numbers = [int(one) for one in re.findall(r'data-label="Number on the map">(\d+)</td>', page)]
    assert numbers and numbers == sorted({int(one) for one in re.findall(r'middle">(\d+)</text>', drawn)})
    assert marks == len(numbers)
    assert "style=" not in drawn and 'aria-hidden="true"' in drawn
    assert "Not known where" in page and "The register does not say where" in page
    assert f"{len(numbers) + 1} schools" in page and "cm-ch-line" in drawn


def test_a_place_goes_to_who_waited_longest_and_the_school_is_told(autumn: Autumn, app: Flask) -> None:
    hester, keys = autumn.visitor(app), autumn.keys
    assert "Schools that applied" in hester.opens("/").page
    full = hester.opens(f"/attachment-aware-places/{keys['aware_applied']}").page
    assert "would be taken" in full and "R-AAS-1" in full
    working = f"/attachment-aware-places/{keys['aware_working']}"
    assert "What graduation takes" in hester.opens(working).page and "R-AAS-8" in hester.page
    did(hester, f"{working}/withdraw", reason="The school closes.")
    assert "Free places that a school waits for" in hester.opens("/").page
    applied = f"/attachment-aware-places/{keys['aware_applied']}/offer"
    assert "comes first" in hester.opens(f"/attachment-aware-places/{keys['aware_applied']}").page
    hester.sends(applied, out_of_turn="")
    assert "R-AAS-3" in hester.page and "waited longer" in hester.page
    did(hester, f"/attachment-aware-cohorts/{keys['aware_cohort']}/offer-next", out_of_turn="")
    with autumn.stage.work() as work:
        (offered,) = work.db.scalars(select(AwarePlace).where(AwarePlace.state == "offered"))
        place = f"/attachment-aware-places/{offered.id}"
    assert "Schools to be told" in hester.opens("/").page
    did(hester, f"{place}/told", **on("told_on", 10, 11, 2026))
    assert "10 Nov 2026" in hester.opens(place).page
    did(hester, f"{place}/accept")
    assert "In the cohort" in hester.opens(place).page


def test_the_roll_is_tapped_and_a_tap_sent_twice_is_one(autumn: Autumn, app: Flask) -> None:
    hester, there = autumn.visitor(app), f"/attachment-aware-roll/{autumn.keys['aware_held']}"
    key = re.findall(r'name="mark" value="(\d+):yes"', hester.opens(there).page)[0]
    for _ in range(2):
        assert hester.opens(there).sends(there, mark=f"{key}:no").status == 303
    pressed = hester.opens(there).page
    assert f'value="{key}:no" aria-pressed="true"' in pressed and "Take it back" in pressed
    assert hester.sends(there, mark="1;drop:yes").status == 303
    ahead = f"/attachment-aware-roll/{autumn.keys['aware_ahead']}"
    assert "Not yet" in hester.opens(ahead).page
    hester.sends(ahead, mark=f"{key}:yes")
    assert hester.status == 422 and "still to come" in hester.page


def test_the_account_leaves_with_small_numbers_hidden(autumn: Autumn, app: Flask) -> None:
    hester = autumn.visitor(app)
    inside, outside = (hester.opens(f"/attachment-aware-account/{more}").page for more in ("", "?for=others"))
    assert "do not pass this on" in inside and "All years" in inside and "per 100 pupils" in inside
    assert ">c</td>" in outside and "not why" in outside and "2026-27" not in outside
    assert "As at" in outside and "10 November 2026" in outside and "As at" not in inside
    for file, begins in (("pdf", b"%PDF"), ("csv", b"Indicator,Year")):
        hester.opens(f"/attachment-aware-account/take/{file}")
        assert hester.answer.data.startswith(begins) and "attachment" in hester.answer.headers["Content-Disposition"]
    assert ",c,c,c" in hester.answer.get_data(as_text=True)
    assert hester.opens("/attachment-aware-account/take/exe").status == 404


def test_a_schools_own_staff_find_their_school_and_what_is_shared_and_no_more(autumn: Autumn, app: Flask) -> None:
    with autumn.stage.work() as work:
        own = AwarePlace.setting_id == autumn.main.setting_id
        mine = work.db.scalars(select(AwarePlace.id).where(own)).one()
        other = work.db.scalars(select(AwarePlace.id).where(~own)).first()
    teacher = autumn.visitor(app, "referrer")
    page = teacher.opens("/attachment-aware/").page
    assert "Your school" in page and "Quillen Tarn School" in page and "Bramblewick 7 School" not in page
    assert (
        teacher.opens(f"/attachment-aware-places/{mine}").status == 200
        and "Take the graduation back" not in teacher.page
    )
    assert teacher.opens(f"/attachment-aware-places/{other}").status == 404
    assert teacher.opens("/attachment-aware-account/").status == 403
    assert teacher.opens(f"/attachment-aware-roll/{autumn.keys['aware_held']}").status == 403
    there = did(
        teacher,
        f"/attachment-aware-pieces/add?attachment_aware_place_id={mine}",
        title="A quiet corner",
        kind_of_piece="practice",
        told="Cushions, and a lamp.",
        **on("written_on", 9, 11, 2026),
    )
    drawn = BytesIO()
    Image.new("RGB", (8, 8), "teal").save(drawn, "PNG")
    choose = there.replace("pieces", "pictures") + "/choose"
    sent = {"shows": "A corner.", "nobody_in_it": "yes"}
    teacher.sends(choose, picture=(BytesIO(b"no picture"), "corner.png"), **sent)
    assert teacher.status == 422 and "no picture" in teacher.page
    teacher.sends(choose, picture=(BytesIO(drawn.getvalue()), "corner.png"), **sent)
    assert teacher.status == 303, teacher.page
    shown = choose.replace("choose", "shown")
    assert f'src="{shown}" alt="A corner."' in teacher.opens(there).page
    assert teacher.opens(shown).answer.mimetype.startswith("image/")
    did(teacher, there.replace("pieces", "pictures") + "/remove")
    assert teacher.opens(shown).status == 404


def test_a_school_shows_where_it_stands_and_nothing_where_the_plugin_is_off(autumn: Autumn) -> None:
    with console_with(autumn, attachment_aware=["990"]) as app:
        hester = autumn.visitor(app)
        assert "No cohort yet" in hester.opens("/attachment-aware/").page
        furnish_aware(autumn)
        with autumn.stage.work() as work:
            setting = work.get(AwarePlace, autumn.keys["aware_graduated"]).setting_id
        assert "Attachment Aware Schools" in hester.opens(f"/settings/{setting}").page
    with console_with(autumn) as app:
        assert autumn.visitor(app).opens("/attachment-aware/").status == 404


def test_the_pages_take_few_statements_however_many_schools(autumn: Autumn, app: Flask) -> None:
    hester = autumn.visitor(app)
    for path, most in (
        ("/attachment-aware/", 12),
        (f"/attachment-aware-cohorts/{autumn.keys['aware_cohort']}", 12),
        (f"/attachment-aware-places/{autumn.keys['aware_working']}", 24),
        ("/attachment-aware-places/", 9),
        ("/attachment-aware-account/", 16),
        (f"/attachment-aware-roll/{autumn.keys['aware_held']}", 9),
    ):
        spent = cost(hester, path, autumn.stage.engine)
        assert len(spent) <= most, f"{path} {len(spent)}\n{said(spent)}"
