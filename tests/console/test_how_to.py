"""The page class that the documentation shows is one that works."""

from __future__ import annotations

import re
from typing import Any

from cmcore.base.clock import StoppedClock
from cmcore.virtual_schools.records import Federation
from console.app import create_app, shipped_pages
from console.framework import Console
from tests.console import town
from tests.console.visitor import Visitor
from tests.house import sources


def shown(page: str) -> dict[str, Any]:
    """What the first Python block of a how-to page makes."""
    [block, *_] = re.findall(r"(?s)```python\n(.*?)```", sources.read(sources.Path(f"docs/how-to/{page}")))
    made: dict[str, Any] = {"__name__": "tests.console.shown"}
    exec(compile(block, page, "exec"), made)
    return made


def test_the_page_class_of_the_how_to_shows_a_list_and_a_page(engine: Any, clock: StoppedClock) -> None:
    federations = shown("console-page.md")["Federations"]

    def furnish(console: Console) -> None:
        shipped_pages(console)
        console.add_view(federations, "Federations", category="Set-up")

    with town.looking(engine) as work:
        work.add(Federation(code="F1", name="The Wrenshire Eleven"))
    hester = Visitor(create_app(engine, clock=clock, furnish=furnish)).signs_in(town.HESTER)
    assert "The Wrenshire Eleven" in hester.opens("/federations/").page
    assert "Its schools" in hester.opens("/federations/1").page
    assert hester.opens("/federations/?q=nothing-of-the-kind").page.count("The Wrenshire Eleven") == 0
