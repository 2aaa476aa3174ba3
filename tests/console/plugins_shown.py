"""A plugin made for tests of the console, and the console with it on an autumn's database."""

from __future__ import annotations

from collections.abc import Callable
from types import ModuleType
from typing import Any

from flask import Flask
from flask_appbuilder.baseviews import expose

from cmcore.testing import a_plugin
from console import plugins
from console.api import Bar, Chart, ChartBody, Page, Panel, PanelBody, PluginPage, PluginQueue, Queue, hookimpl, needs
from console.app import create_app
from console.framework import Console
from console.pages import register as register_pages
from tests.console.autumn import Autumn

WREN = a_plugin(title="Wrenshire")


class WrenshireVisits(Page):
    """A page of the plugin's own."""

    route_base = "/wrenshire-visits"

    @expose("/")
    @needs("young_person.see")
    def index(self) -> str:
        """One sentence."""
        return self.show_page("cm/group.html", title="Visits to studios", lines=[])


def console_part(**hooks: Callable[[], list[Any]]) -> ModuleType:
    """A console.py made of functions."""
    made = ModuleType("console_of_wrenshire")
    for name, function in hooks.items():
        setattr(made, name, hookimpl(function))
    return made


def everything() -> ModuleType:
    """A page, a panel on three kinds of page, a queue and a chart."""

    def show(work: Any, record: Any) -> PanelBody:
        return PanelBody(facts=[("Studio", "Tern Yard")], more=[("All visits", "/wrenshire-visits/")])

    return console_part(
        console_pages=lambda: [PluginPage(WrenshireVisits, "Studio visits")],
        console_panels=lambda: [Panel(on, "Studio visits", show) for on in ("young_person", "mentor", "setting")],
        console_queues=lambda: [
            PluginQueue("referral", Queue("Every referral there is", {"state": "open"}, about="All of them."))
        ],
        console_charts=lambda: [
            Chart(
                "Visits by month", lambda work, programme: ChartBody([Bar("October", 3), Bar("November", 1)], "Four.")
            )
        ],
    )


def app_with(autumn: Autumn, part: ModuleType, name: str = "wrenshire") -> Flask:
    """The console with its own pages and one plugin's part."""

    def furnish(console: Console) -> None:
        register_pages(console)
        plugins.brought().take_in(console, [(name, lambda: part)])

    return create_app(autumn.stage.engine, clock=autumn.stage.clock, furnish=furnish)


__all__ = ["WREN", "WrenshireVisits", "app_with", "console_part", "everything"]
