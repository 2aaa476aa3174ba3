"""Fixtures: a real Chromium, once a worker, one that draws nothing, and a page with no cookies."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from typing import NoReturn

import pytest
from playwright.sync_api import Browser, BrowserType, Page, sync_playwright

#: Without them a Chromium at rest talks to hosts of its own, and one run by root refuses to start.
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
#: With the first no frame is ever drawn, which is half of the work; what is measured and computed stays the same.
#: Pages stay for a moment: their scripts are not worth compiling twice.
STILL = ["--disable-threaded-compositing", "--js-flags=--always-sparkplug --no-maglev --no-opt"]


@pytest.fixture(scope="session")
def browsers() -> Iterator[BrowserType]:
    """What starts browsers in this process."""
    with sync_playwright() as playwright:
        yield playwright.chromium


@pytest.fixture(scope="session")
def browser(browsers: BrowserType) -> Iterator[Browser]:
    """A headless Chromium: the one CM_CHROMIUM names, or the one on this machine."""
    with browsers.launch(executable_path=_chromium(), headless=True, args=ARGUMENTS) as launched:
        yield launched


@pytest.fixture(scope="session")
def still_browser(browsers: BrowserType) -> Iterator[Browser]:
    """The same, drawing nothing: for pages that are opened and measured. A click would wait for a frame for ever."""
    with browsers.launch(executable_path=_chromium(), headless=True, args=[*ARGUMENTS, *STILL]) as launched:
        yield launched


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page in a context of its own, 1280 pixels wide, in English time."""
    context = browser.new_context(
        viewport={"width": 1280, "height": 900}, locale="en-GB", timezone_id="Europe/London", reduced_motion="reduce"
    )
    yield context.new_page()
    context.close()


def _chromium() -> str:
    where = os.environ.get("CM_CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    found = where and shutil.which(where)
    if not found:
        _do_without(f"there is no Chromium at {where}" if where else "this machine has no Chromium")
    return found


def _do_without(reason: str) -> NoReturn:
    said = f"{reason}; install it, or name one in CM_CHROMIUM"
    if os.environ.get("CM_REQUIRE_BROWSER") == "1":
        pytest.fail(said)
    pytest.skip(said)
