"""The frame of a page is drawn once for all who see it alike; what is somebody's own is theirs on every page."""

from __future__ import annotations

import re
from datetime import timedelta

from flask import Flask
from sqlalchemy import Engine, select

from cmcore.base.clock import StoppedClock
from cmcore.safekeeping.records import Membership
from cmcore.virtual_schools.records import Authority
from console import accounts
from tests.console import town
from tests.console.autumn import Autumn
from tests.console.visitor import Visitor

ODILE = "odile.marrowfen@wrenshire.example"


def _tokens(page: str) -> set[str]:
    return set(re.findall(r'name="csrf_token" value="([^"]*)"', page))


def _masthead(page: str) -> str:
    found = re.search(r'<header class="cm-masthead">.*</header>', page, re.S)
    assert found
    return found.group()


def test_a_masthead_that_was_drawn_for_one_bears_the_name_and_the_token_of_the_next(
    app: Flask, engine: Engine, hester: Visitor
) -> None:
    accounts.open_account(engine, login=ODILE, name="Odile <b>Marrowfen", password=town.PASSWORD)
    with town.looking(engine) as work:
        work.add(Membership(authority_id=1, login=ODILE, role="coordinator", active=True))
    odile = Visitor(app).signs_in(ODILE)
    hers, other = (_masthead(each.opens("/settings/").page) for each in (hester, odile))
    assert hers.count("Hester Quillmarsh") == other.count("Odile &lt;b&gt;Marrowfen") == 2
    assert "Hester" not in other and "<b>" not in other
    assert len(_tokens(hers)) == len(_tokens(other)) == 1 and not _tokens(hers) & _tokens(other)
    assert odile.sends("/sign-out").status == 303, "the token is one that its own sign-in takes"
    known = _masthead(hester.opens("/settings/").page)
    assert known == hers


def test_a_role_that_was_taken_takes_its_lines_of_the_menu_at_once(hester: Visitor, engine: Engine) -> None:
    assert 'href="/settings/"' in _masthead(hester.opens("/").page)
    with town.looking(engine) as work:
        for one in work.db.scalars(select(Membership).where(Membership.login == town.HESTER)):
            work.change(one, active=False)
    assert 'href="/settings/"' not in _masthead(hester.opens("/").page)


def test_a_virtual_school_that_is_called_or_rung_otherwise_stands_so_two_minutes_later(
    hester: Visitor, engine: Engine, clock: StoppedClock
) -> None:
    assert hester.opens("/settings/").page.count("01632 960 111") == 1
    with town.looking(engine) as work:
        work.change(work.get(Authority, 1), school_name="Wrenshire and Tarnside", duty_phone="01632 960 333")
    clock.at += timedelta(minutes=2)
    page = hester.opens("/settings/").page
    assert "Wrenshire and Tarnside</span>" in _masthead(page)
    assert page.count("01632 960 333") == 1 and "01632 960 111" not in page


def test_a_concern_is_raised_about_whom_the_page_is_about_and_of_nobody_on_the_next(
    autumn: Autumn, shipped: Flask
) -> None:
    visitor, links = autumn.visitor(shipped), []
    other = next(iter(autumn.others.values())).person_id
    for path in (f"/young-people/{autumn.main.person_id}", f"/young-people/{other}", "/settings/", "/concerns/add"):
        page = visitor.opens(path).page
        links.append(re.findall(r'cm-button--concern" href="([^"]*)"', page.rpartition('<aside class="cm-reach"')[2]))
    about = "/concerns/add?young_person_id="
    assert links == [[f"{about}{autumn.main.person_id}"], [f"{about}{other}"], ["/concerns/add"], []]


def test_somebody_who_is_not_signed_in_is_shown_nobody_elses_frame(hester: Visitor, visitor: Visitor) -> None:
    assert "Hester Quillmarsh" in hester.opens("/accessibility").page
    page = visitor.opens("/accessibility").page
    assert "Hester" not in page and 'id="keys"' not in page and not _tokens(_masthead(page))
