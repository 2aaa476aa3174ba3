"""The page in docs that shows every component, opened from its file: it fits any width, and keys come to it all."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from tests.browser.keyed import without_a_mouse
from tests.browser.looking import HEIGHTS, WIDTHS
from tests.house import sources
from tests.house.components import FILE

pytestmark = pytest.mark.browser


def test_the_page_of_components_fits_any_width_and_needs_no_mouse(still_browser: Browser) -> None:
    with still_browser.new_context() as context:
        page = context.new_page()
        page.goto(f"file://{sources.ROOT / FILE}")
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": HEIGHTS.get(width, 800)})
            assert page.evaluate("document.scrollingElement.scrollWidth - innerWidth") <= 0, width
            assert without_a_mouse(page)[0] == [], width
