"""Makes the pictures of the documentation from the made-up people: ``make pictures``. Needs Chromium."""

from __future__ import annotations

import os
import shutil
import tempfile
import threading
from datetime import date
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright
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
#: Each picture: its file, the address, how wide and how high, and who looks.
PICTURES = (
    ("today.png", "/", 1280, 1100, "hester.quillmarsh"),
    ("young-person.png", "/young-people/1", 1280, 1340, "hester.quillmarsh"),
    ("young-person-phone.png", "/young-people/1", 390, 1600, "hester.quillmarsh"),
    ("enrolments.png", "/enrolments/?state=active", 1280, 1000, "hester.quillmarsh"),
    ("referral-form.png", "/referrals/add?young_person_id=1", 1280, 1200, "hester.quillmarsh"),
    ("who-may-work.png", "/who-may-work/", 1280, 1000, "hester.quillmarsh"),
    ("evidence.png", "/evidence/", 1280, 1500, "hester.quillmarsh"),
    ("invoice.png", "/invoices/5", 1280, 1200, "hester.quillmarsh"),
    ("plugins.png", "/plugins/", 1280, 900, "hester.quillmarsh"),
    ("head.png", "/", 1280, 1700, "piers.dapplewood"),
    ("session-phone.png", "/sessions/add?commission_id=1", 390, 1500, "juno.tansyhurst"),
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
    """Sign in as each who looks, and take their pictures."""
    where = os.environ.get("CM_CHROMIUM") or shutil.which("chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=where, args=["--no-sandbox", "--disable-gpu", "--lang=en-GB"]
        )
        for who in dict.fromkeys(picture[-1] for picture in PICTURES):
            page: Page = browser.new_page(locale="en-GB", timezone_id="Europe/London")
            page.goto(f"{address}/sign-in")
            page.fill("input[name=username]", who)
            page.fill("input[type=password]", password)
            page.locator("main form button").first.click()
            for name, path, width, height in (picture[:-1] for picture in PICTURES if picture[-1] == who):
                page.set_viewport_size({"width": width, "height": height})
                page.goto(address + path)
                page.screenshot(path=str(HERE / name))
                if name == "today.png":
                    # The first picture shows the concern that waits; then somebody answers it, as one would.
                    page.get_by_role("link", name="Open and acknowledge").click()
                    page.locator("main").get_by_role("link", name="Acknowledge", exact=True).click()
                    page.locator("main form button.cm-button--main").first.click()
            page.close()
        components(browser)
        browser.close()


def components(browser: Browser) -> None:
    """The head of the page of components."""
    page = browser.new_page()
    page.set_viewport_size({"width": 1280, "height": 1600})
    page.goto((HERE.parent / "components.html").as_uri())
    page.screenshot(path=str(HERE / "components.png"))
    page.close()


if __name__ == "__main__":
    main()
