"""Fixtures: a real Chromium, started once by each worker, and a page of it that starts with no cookies."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from typing import NoReturn

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

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


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A headless Chromium: the one CM_CHROMIUM names, or the one on this machine."""
    where = os.environ.get("CM_CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    if where is None or shutil.which(where) is None:
        _do_without(f"there is no Chromium at {where}" if where else "this machine has no Chromium")
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=where, headless=True, args=ARGUMENTS)
        yield launched
        launched.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page in a context of its own, 1280 pixels wide, in English time."""
    context = browser.new_context(
        viewport={"width": 1280, "height": 900}, locale="en-GB", timezone_id="Europe/London", reduced_motion="reduce"
    )
    yield context.new_page()
    context.close()


def _do_without(reason: str) -> NoReturn:
    said = f"{reason}; install it, or name one in CM_CHROMIUM"
    if os.environ.get("CM_REQUIRE_BROWSER") == "1":
        pytest.fail(said)
    pytest.skip(said)
