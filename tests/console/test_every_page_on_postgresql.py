"""Every page there is, of the console and of its plugins, asks PostgreSQL what it can answer.

The browser walks through all pages on SQLite: here somebody follows every link on the other kind of database.
"""

from __future__ import annotations

import re
from html import unescape

import pytest
from flask import Flask

from cmcore.plugins.configured import Configured
from cmcore.plugins.register import Register, standing
from console.app import create_app
from tests.browser.test_every_page import FILES, SEEDS
from tests.browser.test_pages_of_plugins import furnished
from tests.console.autumn import Autumn


def walked(app: Flask, autumn: Autumn, who: str) -> set[str]:
    """The pages somebody comes to by following links, each opened once, by endpoint."""
    visitor, match = autumn.visitor(app, who), app.url_map.bind("localhost").match
    begin = ["/", *(one.format(**autumn.keys) for one in SEEDS)]
    waiting, known, come_to = begin[:], set(begin), set[tuple[str, str]]()
    while waiting:
        path = waiting.pop(0)
        endpoint, values = match(path.partition("?")[0])
        page = (str(endpoint), str(values.get("step") or values.get("name") or values.get("importer") or ""))
        # Files are fetched by tests of their own, on both kinds of database.
        if endpoint in FILES or endpoint.endswith((".take", "static")) or (page in come_to and path not in begin):
            continue
        come_to.add(page)
        answer = visitor.opens(path).answer
        assert answer.status_code < 500, path
        if answer.mimetype == "text/html":
            found = {unescape(link) for link in re.findall(r'href="(/[^"#]*)', answer.text)} - known
            known |= found
            waiting += sorted(found)
    return {endpoint for endpoint, _ in come_to}


@pytest.mark.databases("postgresql")
def test_every_page_that_links_lead_to_answers_on_postgresql_too(autumn: Autumn) -> None:
    known = Register()
    known.load_installed()
    known.configured = Configured(on=frozenset({"*"}))
    with standing(known):
        furnished(autumn)
        come_to = walked(create_app(autumn.stage.engine, clock=autumn.stage.clock), autumn, "coordinator")
    assert len(come_to) > 300, sorted(come_to)
