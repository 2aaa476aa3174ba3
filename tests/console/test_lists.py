"""Lists and pages of records: what they show, what an address may ask for, and what they cost."""

from __future__ import annotations

import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import timedelta
from urllib.parse import quote

import pytest
from flask import Flask, get_template_attribute
from sqlalchemy import Engine, event, select

from cmcore.base.clock import StoppedClock
from cmcore.safekeeping.records import AuditEntry
from cmcore.virtual_schools.records import Setting
from console import desk
from console.framework import Line
from console.listing import Found, Wanted
from tests.console import town
from tests.console.visitor import Visitor


@contextmanager
def statements(engine: Engine) -> Iterator[list[str]]:
    """Every statement sent to the database meanwhile."""
    sent: list[str] = []

    def note(connection: object, cursor: object, statement: str, *_: object) -> None:
        sent.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        event.remove(engine, "before_cursor_execute", note)


def rows(page: str) -> list[str]:
    """The first cell of every row of the table."""
    return [re.sub(r"<[^>]+>", "", cell).strip() for cell in re.findall(r'<th scope="row"[^>]*>(.*?)</th>', page, re.S)]


def test_a_list_says_how_many_there_are_and_shows_a_page_of_them(hester: Visitor) -> None:
    page = hester.opens("/settings/").page
    assert "60 settings" in page and "1 to 25 of 60" in page
    assert len(rows(page)) == 25 and rows(page) == sorted(rows(page))
    assert "School" in page and "special_school" not in re.sub(r"<(option|a|input)[^>]*>", "", page)


def test_a_search_wants_every_word_in_one_of_the_declared_columns(hester: Visitor) -> None:
    page = hester.opens("/settings/?q=quillen+cinder").page
    assert "30 settings match" in page
    assert all("Cinderwell" in row for row in rows(page))


@pytest.mark.parametrize(
    "words", ["%", "_", "/", "'", '"', "\\", "%' OR 1=1 --", "<script>", "x\u0000y\u202e", "é" * 200]
)
def test_signs_in_a_search_are_only_signs(hester: Visitor, words: str) -> None:
    hester.opens(f"/settings/?q={quote(words)}")
    assert hester.status == 200 and "No settings match." in hester.page
    assert "<script>" not in hester.page


def test_a_filter_is_a_tag_that_takes_itself_off(hester: Visitor) -> None:
    page = hester.opens("/settings/?kind_of_setting=school&q=tarnside&sort=-name").page
    tag = re.search(r'<a class="cm-tag" href="([^"]+)">.*?Kind: <b>School</b>', page, re.S)
    assert tag and tag.group(1).replace("&amp;", "&") == "/settings/?q=tarnside&sort=-name"
    assert "10 settings match" in page
    assert 'aria-current="page">Schools</a>' in hester.opens("/settings/?kind_of_setting=school").page


def test_the_order_turns_round_at_the_head_of_its_column(hester: Visitor) -> None:
    page = hester.opens("/settings/?sort=-name").page
    assert rows(page) == sorted(rows(page), reverse=True)
    assert re.search(r'aria-sort="descending"><a href="/settings/\?sort=name">Name', page)
    assert re.search(r'aria-sort="ascending"><a href="/settings/\?sort=-name">Name', hester.opens("/settings/").page)


@pytest.mark.parametrize(
    "asked",
    [
        "sort=id",
        "sort=phone",
        "sort=__class__",
        "sort=added_by.policy",
        "page=x",
        "page=-3",
        "page=1e9",
        "size=1000000",
        "size=-1",
        "urn=3",
        "kind_of_setting=",
        "_flt_0_name=x",
        "_oc_x=y",
        "psize_TownSettings=99999",
    ],
)
def test_what_is_not_declared_cannot_be_asked_for(hester: Visitor, asked: str) -> None:
    page = hester.opens(f"/settings/?{asked}").page
    assert hester.status == 200 and len(rows(page)) == 25 and "60 settings" in page


def test_every_row_stands_on_exactly_one_page(hester: Visitor) -> None:
    for order in ("", "&sort=town", "&sort=-kind_of_setting"):
        seen = [row for page in (1, 2, 3) for row in rows(hester.opens(f"/settings/?page={page}{order}").page)]
        assert len(seen) == len(set(seen)) == 60


def test_a_page_past_the_end_says_so(hester: Visitor) -> None:
    assert "There is no page 90." in hester.opens("/settings/?page=90").page


def test_a_deep_page_shows_what_the_plain_way_would(hester: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    plain = rows(hester.opens("/settings/?page=3&sort=-town").page)
    monkeypatch.setattr("console.listing.DEEP", 10)
    assert rows(hester.opens("/settings/?page=3&sort=-town").page) == plain
    for name in ("MANY", "COUNTRY", "COUNT_CAP"):
        monkeypatch.setattr(f"console.listing.{name}", 0)
    assert rows(hester.opens("/settings/?page=3&sort=-town").page) == plain
    assert "There is no page 90." in hester.opens("/settings/?page=90").page


def test_counting_stops_at_its_cap_and_the_page_says_more_than(
    hester: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("console.listing.Listing.find.__kwdefaults__", {"cap": 30})
    page = hester.opens("/settings/?page=2").page
    assert "More than 30 settings" in page and "26 to 50 of more than 30" in page
    assert 'href="/settings/?page=3">Next</a>' in page


def test_page_numbers_show_the_first_those_around_and_the_last() -> None:
    def numbers(page: int, count: int, *, capped: bool = False) -> list[int | None]:
        return Found([None] * 25, count, capped, Wanted(page=page), more=True).numbers()

    assert numbers(1, 60) == [1, 2, 3]
    assert numbers(10, 25 * 30) == [1, None, 8, 9, 10, 11, 12, None, 30]
    assert numbers(600, 10_000, capped=True)[-3:] == [599, 600, 601]


def test_a_list_shows_ones_own_authority_only_in_rows_counts_and_searches(hester: Visitor, app: Flask) -> None:
    mine = hester.opens("/young-people/?size=100").page
    theirs = Visitor(app).signs_in(town.PIERS).opens("/young-people/?size=100").page
    assert "15 young people" in mine and "15 young people" in theirs
    assert all(ref.startswith("WR-") for ref in rows(mine)) and all(ref.startswith("OT-") for ref in rows(theirs))
    assert "No young people match." in hester.opens("/young-people/?q=OT-0001").page


def test_a_list_costs_six_statements_at_most_and_does_not_grow_with_its_rows(hester: Visitor, engine: Engine) -> None:
    for path in (
        "/young-people/",
        "/spells/",
        "/settings/?q=tarn&kind_of_setting=school&size=100&page=1",
        "/young-people/?q=brindle",
    ):
        hester.opens(path)
        with statements(engine) as sent:
            hester.opens(path)
        assert hester.status == 200
        assert len(sent) <= 6, sent
        assert not [each for each in sent if "ab_permission" in each or "ab_role" in each]


def test_opening_a_young_persons_page_is_written_down_before_it_is_shown(hester: Visitor, engine: Engine) -> None:
    hester.opens("/young-people/1")
    hester.sends("/young-people/1")
    with town.looking(engine) as work:
        kept = work.db.scalars(
            select(AuditEntry).where(AuditEntry.young_person_id == 1, AuditEntry.what == "read").order_by(AuditEntry.id)
        ).all()
    assert [(line.login, line.what, line.why) for line in kept] == [
        (town.HESTER, "read", ""),
        (town.HESTER, "read", "Show name and date of birth"),
    ]


def test_a_name_is_shown_only_when_asked_for_and_never_in_a_title(hester: Visitor) -> None:
    page = hester.opens("/young-people/1").page
    assert "Marlo" not in page and "M.B. WR-0000" in page
    opened = hester.sends("/young-people/1").page
    assert "Marlo Brindle0" in opened and "1 Mar 2012" in opened
    title = re.search(r"<title>(.*?)</title>", opened)
    assert title and title.group(1) == "Young person WR-0000 · Creative Mentoring"


def test_a_page_lists_what_hangs_on_the_record(hester: Visitor) -> None:
    page = hester.opens("/young-people/1").page
    assert '<h2 id="h-townspells-young_person_id">' in page and "Quillen Tarnside 00" in page


def test_the_menu_holds_what_one_may_open(hester: Visitor, app: Flask) -> None:
    nell = Visitor(app).signs_in(town.NOBODY)
    assert 'href="/young-people/">Young people</a>' in hester.page and 'href="/settings/">Schools</a>' in hester.page
    assert 'href="/young-people/">' not in nell.page and 'href="/settings/">' not in nell.page
    assert 'href="/young-people/" aria-current="page"' in hester.opens("/young-people/").page


def test_a_group_of_the_menu_leads_to_its_first_page_and_shows_the_others_inside_it(app: Flask) -> None:
    with app.test_request_context("/settings/"):
        lines = [Line("Schools", "/settings/", "page"), Line("Terms", "/terms/")]
        group = Line("Set-up", "/settings/", "true", "Schools, Terms", tuple(lines))
        said = str(get_template_attribute("cm/_menu.html", "group")(group))
    assert 'aria-label="Set-up"' in said
    assert 'href="/settings/" aria-current="page">Schools</a>' in said and 'href="/terms/">Terms</a>' in said


def test_threads_share_nothing_of_what_each_asked_for(app: Flask) -> None:
    people = {login: Visitor(app).signs_in(login).cookie() or "" for login in (town.HESTER, town.PIERS)}

    def look(number: int) -> bool:
        login = (town.HESTER, town.PIERS)[number % 2]
        kind = ("early_years", "school", "special_school")[number % 3]
        visitor = Visitor(app).holds(people[login])
        own = rows(visitor.opens("/young-people/?size=100").page)
        schools = visitor.opens(f"/settings/?kind_of_setting={kind}&q={number:02d}").page
        return (
            len(own) == 15
            and all(ref.startswith("WR" if login == town.HESTER else "OT") for ref in own)
            and f'value="{kind}" selected' in schools
            and all(f"{number:02d}" in row for row in rows(schools))
        )

    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(look, range(60)))


def test_what_is_not_committed_is_undone_when_the_request_ends(app: Flask, engine: Engine) -> None:
    @app.get("/spoils")
    def spoils() -> str:
        work = desk.work()
        work.begin_writing()
        work.get(Setting, 1).notes = "spoilt"
        work.db.flush()
        return "done"

    assert Visitor(app).signs_in(town.HESTER).opens("/spoils").page == "done"
    with town.looking(engine) as work:
        assert work.get(Setting, 1).notes == ""


def test_the_frame_names_the_virtual_school_and_whom_to_ring(hester: Visitor, app: Flask) -> None:
    assert "Wrenshire Virtual School" in hester.page and 'href="tel:01632960111"' in hester.page
    piers = Visitor(app).signs_in(town.PIERS)
    assert "Otherham Virtual School" in piers.page and 'href="tel:01632960222"' in piers.page


def test_a_page_that_is_looked_at_often_writes_its_being_seen_once_a_minute(
    hester: Visitor, engine: Engine, clock: StoppedClock
) -> None:
    clock.at += timedelta(seconds=61)
    with statements(engine) as sent:
        for _ in range(5):
            hester.opens("/my-account/")
    assert len([each for each in sent if each.startswith("UPDATE console_session")]) == 1
