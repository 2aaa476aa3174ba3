"""Makes the pictures of the README from the made-up people: ``make pictures``. Needs Chromium."""

from __future__ import annotations

import os
import shutil
import tempfile
import threading
from datetime import date
from pathlib import Path

from playwright.sync_api import Page, sync_playwright
from werkzeug.serving import make_server

import cmcore.records  # noqa: F401  every record is mapped before a page is drawn
from cmcore.base.clock import StoppedClock
from cmcore.base.engine import engine_for
from cmcore.base.migrations import settle, upgrade
from cmcore.demo import load_demo
from console import demo_accounts
from console.app import create_app

HERE = Path(__file__).parent
#: The day the pictures are taken on, so that they are the same whenever they are made.
ON = date(2026, 11, 10)
#: Each picture: its file, the address, how wide and how high.
PICTURES = (
    ("today.png", "/", 1280, 1100),
    ("young-person.png", "/young-people/1", 1280, 1340),
    ("evidence.png", "/evidence/", 1280, 1500),
    ("invoice.png", "/invoices/5", 1280, 1200),
    ("plugins.png", "/plugins/", 1280, 900),
    ("young-person-phone.png", "/young-people/1", 390, 1600),
)


def main() -> None:
    """Draw every picture anew."""
    with tempfile.TemporaryDirectory() as folder:
        engine = engine_for(f"sqlite:///{folder}/cm.db")
        clock = StoppedClock.on(ON, 11)
        upgrade(engine)
        load_demo(engine, "small", seed=1, clock=clock)
        settle(engine)
        password = demo_accounts.open_accounts(engine)
        server = make_server("127.0.0.1", 0, create_app(engine, clock=clock), threaded=True)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            draw(f"http://127.0.0.1:{server.port}", password)
        finally:
            server.shutdown()
            engine.dispose()


def draw(address: str, password: str) -> None:
    """Sign in as the coordinator, and take each picture."""
    where = os.environ.get("CM_CHROMIUM") or shutil.which("chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=where, args=["--no-sandbox", "--disable-gpu"])
        page: Page = browser.new_page(locale="en-GB", timezone_id="Europe/London")
        page.goto(f"{address}/sign-in")
        page.fill("input[name=username]", "hester.quillmarsh")
        page.fill("input[type=password]", password)
        page.locator("main form button").first.click()
        for name, path, width, height in PICTURES:
            page.set_viewport_size({"width": width, "height": height})
            page.goto(address + path)
            page.screenshot(path=str(HERE / name))
            if path == "/":
                # The first picture shows the concern that waits; then somebody answers it, as one would.
                page.get_by_role("link", name="Open and acknowledge").click()
                page.locator("main").get_by_role("link", name="Acknowledge", exact=True).click()
                page.locator("main form button.cm-button--main").first.click()
        browser.close()


if __name__ == "__main__":
    main()
