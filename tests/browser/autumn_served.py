"""The console of two virtual schools in mid-term, served on a port of its own for a browser."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from flask import Flask
from playwright.sync_api import Browser, BrowserContext
from werkzeug.serving import make_server

from cmcore.base.engine import engine_for
from cmcore.base.migrations import upgrade
from cmcore.plugins.configured import Configured
from cmcore.plugins.register import Register, standing
from console.app import create_app
from tests.console.autumn import Autumn, found_again, settle_at
from tests.databases import filled_sqlite


@dataclass(frozen=True, eq=False)
class Served:
    """The console, answering at ``address``."""

    address: str
    app: Flask
    autumn: Autumn

    def context(self, browser: Browser, who: str = "", **more: Any) -> BrowserContext:
        """A context of the browser in which somebody has signed in."""
        made = browser.new_context(locale="en-GB", timezone_id="Europe/London", reduced_motion="reduce", **more)
        if who:
            made.add_cookies([{"name": "cm", "value": self.autumn.token(who), "url": self.address}])
        return made

    def page(self, path: str) -> tuple[str, str]:
        """Which page an address is: its endpoint, and the step or the group of the menu."""
        endpoint, values = self.app.url_map.bind("localhost").match(path.partition("?")[0])
        return str(endpoint), str(values.get("step") or values.get("name") or values.get("importer") or "")


@contextmanager
def autumn_served(
    folder: Path, *, plugins: bool = False, also: Callable[[Autumn], None] | None = None
) -> Iterator[Served]:
    """Serve it on threads while the block lasts: the console alone, or with every installed plugin on everywhere.

    ``also`` adds what is to be looked at, once the plugins are on.
    """
    with standing(Register()):
        engine = engine_for(f"sqlite:///{shutil.copy(filled_sqlite('autumn', settle_at), folder / 'cm.sqlite')}")
        autumn = found_again(engine)
    known = Register()
    if plugins:
        known.load_installed()
        known.configured = Configured(on=frozenset({"*"}))
    with standing(known):
        upgrade(engine)
        if also:
            also(autumn)
        app = create_app(engine, clock=autumn.stage.clock)
        server = make_server("127.0.0.1", 0, app, threaded=True)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield Served(f"http://127.0.0.1:{server.port}", app, autumn)
        server.shutdown()
    engine.dispose()
