"""Plugins in the console: shown where they are on, not found where they are off, and never the console's end."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import select

from cmcore.api import CREATIVE_MENTORING, Answers, Enrolment, Programme, ask, form
from cmcore.plugins.records import PluginHealth
from cmcore.plugins.register import Register
from cmcore.safekeeping import plugin_accounts
from cmcore.safekeeping.plugin_actions import switch_plugin
from cmcore.testing import a_plugin, plugged
from console.api import Page, Panel, PanelBody, PluginPage, expose, needs
from console.forms_panel import of_its_type
from console.plugins import brought
from tests.console.autumn import Autumn
from tests.console.plugins_shown import WREN, WrenshireVisits, app_with, console_part, everything


@pytest.fixture
def wren() -> Iterator[Register]:
    """The plugin, on in every authority."""
    with plugged(WREN) as known:
        yield known


@pytest.fixture
def nothing_left_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    """No tables of a plugin that is gone: the databases of the tests hold those of every plugin that is installed."""
    monkeypatch.setattr(plugin_accounts, "owners_in", lambda _: ["core", "console"])


def _switch(autumn: Autumn, on: bool) -> None:
    with autumn.stage.work("administrator") as work:
        switch_plugin(work, autumn.stage.authority_id, "wrenshire", on)


def test_its_page_panel_queue_and_chart_are_shown_where_it_is_on(autumn: Autumn, wren: Register) -> None:
    visitor = autumn.visitor(app_with(autumn, everything()))
    assert ">Studio visits</a>" in visitor.opens("/mentors/").page
    assert "Visits to studios" in visitor.opens("/wrenshire-visits/").page
    assert "Every referral there is" in visitor.opens("/").page
    page = visitor.opens("/young-people/1").page
    assert "Tern Yard" in page and 'href="#plugin-wrenshire-1"' in page
    assert "Tern Yard" in visitor.opens("/mentors/1").page
    evidence = visitor.opens("/evidence/").page
    assert "Visits by month" in evidence and 'width="33.3"' in evidence


def test_switched_off_nothing_of_it_appears_and_its_page_is_not_found(autumn: Autumn, wren: Register) -> None:
    visitor = autumn.visitor(app_with(autumn, everything()))
    assert visitor.opens("/wrenshire-visits/").status == 200
    _switch(autumn, False)
    missing = visitor.opens("/wrenshire-visits/")
    assert missing.status == 404 and "What is this page for?" not in missing.page
    assert "Studio visits" not in visitor.opens("/mentors/").page
    for address in ("/", "/young-people/1", "/mentors/1", "/evidence/"):
        page = visitor.opens(address).page
        assert "Studio visits" not in page and "Tern Yard" not in page and "Every referral there is" not in page
        assert "Visits by month" not in page
    _switch(autumn, True)
    assert "Tern Yard" in visitor.opens("/young-people/1").page


def test_a_panel_that_raises_is_left_out_of_the_page_and_written_to_its_health(autumn: Autumn, wren: Register) -> None:
    def breaks(work: Any, record: Any) -> PanelBody:
        raise KeyError(record.family_name)

    part = console_part(console_panels=lambda: [Panel("young_person", "Studio visits", breaks)])
    visitor = autumn.visitor(app_with(autumn, part))
    page = visitor.opens("/young-people/1")
    assert page.status == 200 and "Wrenshire could not show this now." in page.page and "Timeline" in page.page
    with autumn.stage.work() as work:
        ill = work.db.scalars(select(PluginHealth)).one()
        assert (ill.plugin, ill.hook, ill.what, ill.failures) == ("wrenshire", "console_panels", "KeyError", 1)
        assert "test_plugins.py, line" in ill.place


@form("wrenshire-visit", version=1, title="Visit to a studio")
class VisitAnswers(Answers):
    """How a visit went."""

    again: bool = ask("Would you go again?")


class WrenshireBroken(Page):
    """A page that always breaks."""

    route_base = "/wrenshire-broken"

    @expose("/")
    @needs("young_person.see")
    def index(self) -> str:
        """Nothing but a fault."""
        raise LookupError("Juno Tansyhurst")


def test_a_page_that_raises_says_so_and_its_plugin_is_named_on_the_plugins_page(autumn: Autumn, wren: Register) -> None:
    part = console_part(console_pages=lambda: [PluginPage(WrenshireBroken, "Broken")])
    visitor = autumn.visitor(app_with(autumn, part))
    page = visitor.opens("/wrenshire-broken/")
    assert page.status == 500 and "Number of this fault" in page.page and visitor.opens("/mentors/").status == 200
    with autumn.stage.work() as work:
        ill = work.db.scalars(select(PluginHealth)).one()
        assert (ill.plugin, ill.hook, ill.what, ill.failures) == ("wrenshire", "console_pages", "LookupError", 1)
        assert "test_plugins.py, line" in ill.place


def test_the_forms_a_type_names_for_stages_of_its_own_are_offered_on_its_enrolments_where_it_is_on(
    autumn: Autumn,
) -> None:
    stages = {**CREATIVE_MENTORING.forms, "visit": "wrenshire-visit"}
    week = replace(CREATIVE_MENTORING, key="wrenshire-week", forms=stages)
    wren = a_plugin(cm_forms=lambda: [VisitAnswers], cm_programme_types=lambda: [week])
    for on, offered in (("*",), ["wrenshire-visit"]), ((), []):
        with plugged(wren, on=on), autumn.stage.work() as work:
            place = autumn.stage.authority_id
            its_own = Enrolment(authority_id=place, programme=Programme(type_key="wrenshire-week"))
            cores = Enrolment(authority_id=place, programme=Programme(type_key="creative-mentoring"))
            assert [one.key for _, one in of_its_type(work, its_own)] == offered
            assert of_its_type(work, cores) == []


def test_a_panel_that_writes_writes_nothing(autumn: Autumn, wren: Register) -> None:
    from cmcore.virtual_schools.records import Setting

    def writes(work: Any, record: Any) -> PanelBody:
        work.add(Setting(name="Nowhere Hall", kind_of_setting="school", la_code="991"))
        return PanelBody(words="Written.")

    part = console_part(console_panels=lambda: [Panel("young_person", "Studio visits", writes)])
    assert "Written." in autumn.visitor(app_with(autumn, part)).opens("/young-people/1").page
    with autumn.stage.work() as work:
        assert work.db.scalars(select(Setting).where(Setting.name == "Nowhere Hall")).all() == []


class WrenshireStray(Page):
    """A page at an address that is not the plugin's."""

    route_base = "/young-people-too"


class Mentors(Page):
    """A page class of a name the console has."""

    route_base = "/wrenshire-mentors"


@pytest.mark.parametrize(
    ("part", "words"),
    [
        (console_part(console_pages=lambda: [PluginPage(WrenshireStray)]), "its address begins with “/wrenshire”"),
        (console_part(console_pages=lambda: [PluginPage(Mentors)]), "Wrenshire and the console both have a page class"),
        (console_part(console_panel=lambda: None), "Did you mean console_panels?"),
        (console_part(console_panels=lambda: ["a panel"]), "something else than a list of Panel"),
        (console_part(console_pages=lambda: 1 / 0), "could not be loaded: ZeroDivisionError"),
    ],
)
def test_a_part_that_cannot_be_shown_is_left_out_whole_and_named_on_the_plugins_page(
    autumn: Autumn, wren: Register, part: Any, words: str
) -> None:
    app = app_with(autumn, part)
    with app.app_context():
        assert brought().shown == {} and words in brought().left_out["wrenshire"].why
    visitor = autumn.visitor(app)
    assert visitor.opens("/").status == 200
    assert "The pages and panels of Wrenshire are left out" in visitor.opens("/plugins/").page


@pytest.mark.usefixtures("nothing_left_behind")
def test_the_plugins_page_says_what_each_adds_and_switches_it(autumn: Autumn, wren: Register) -> None:
    app = app_with(autumn, everything())
    head = autumn.visitor(app, "head")
    page = head.opens("/plugins/").page
    assert "One in all: one on." in page and "wrenshire 1.0" in page and "Turn off" in page
    key = str(autumn.stage.authority_id)
    after = head.sends("/plugins/wrenshire/switch", authority_id=key, on="0").opens("/plugins/").page
    assert "Turn on" in after and "Off" in after
    assert head.opens("/wrenshire-visits/").status == 404
    one = head.opens("/plugins/wrenshire").page
    assert "On Today: Every referral there is." in one and "With the evidence: Visits by month." in one


def test_a_coordinator_reads_the_page_and_switches_nothing(autumn: Autumn, wren: Register) -> None:
    visitor = autumn.visitor(app_with(autumn, WrenshireVisits and everything()))
    assert "Turn off" not in visitor.opens("/plugins/").page
    key = str(autumn.stage.authority_id)
    assert visitor.sends("/plugins/wrenshire/switch", authority_id=key, on="0").status == 403
    assert visitor.opens("/wrenshire-visits/").status == 200


def test_nobody_switches_a_plugin_of_an_authority_out_of_their_reach(autumn: Autumn, wren: Register) -> None:
    head = autumn.visitor(app_with(autumn, everything()), "head")
    assert head.sends("/plugins/wrenshire/switch", authority_id="777", on="0").status == 404


def test_a_plugin_that_could_not_start_is_named_with_the_way_out(autumn: Autumn, wren: Register) -> None:
    old = a_plugin("reading_buddies", title="Reading buddies", api=99)
    try:
        wren.add(old.MANIFEST, old)
    except ValueError as fault:
        wren._leave("reading_buddies", fault, "Reading buddies")
    page = autumn.visitor(app_with(autumn, everything())).opens("/plugins/").page
    assert "Reading buddies could not start, so it is left out" in page
    assert "was built for version 99 of the front doors" in page and "Everything else works." in page


@pytest.mark.usefixtures("nothing_left_behind")
def test_without_plugins_the_page_says_how_to_get_one(autumn: Autumn) -> None:
    with plugged():
        page = autumn.visitor(app_with(autumn, everything())).opens("/plugins/").page
    assert "No plugin is installed." in page
