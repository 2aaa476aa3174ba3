"""Looking at a page of the console as everybody meets it: with axe, at three widths, in every scheme of colours."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import CDPSession, Locator, Page

from tests.browser.axe import AT_ANOTHER_WIDTH, COLOUR, EVERYTHING, ask, looking_script
from tests.browser.keyed import keyed_script, without_a_mouse

WIDTHS = (320, 768, 1280)
#: A window of 1280 by 1024 at 400 % is as narrow as a small phone, and not as high (WCAG 1.4.10).
HEIGHTS, HIGH = {320: 256}, 800
#: Everything is asked at the first, and at another of what it shows besides.
_ORDER = (320, 1280, 768)

#: What the browser says of an answer that is no 200; the page is looked at all the same.
_ANSWERED = re.compile(r"Failed to load resource: the server responded with a status of (403|404|409|422)")

#: Text, ground, size and weight that axe found nothing wrong with, as numbers: on any page it says the same of them.
_well: set[int] = set()
#: Kinds of control whose ring was seen when they had the focus, as numbers.
_ringed: set[int] = set()
#: What stands outside the main part of pages, as numbers, where everything was asked about it, at each width.
_frames: dict[int, set[int]] = {width: set() for width in WIDTHS}


@contextmanager
def unsaid() -> Iterator[None]:
    """Nothing is known of any page at the beginning of the block, and what is learned in it is forgotten."""
    learned = [_well, _ringed, *_frames.values()]
    known = [set(each) for each in learned]
    for each in learned:
        each.clear()
    try:
        yield
    finally:
        for each, before in zip(learned, known, strict=True):
            each.clear()
            each.update(before)


@dataclass
class Look:
    """A page of the browser, and everything found wrong on the pages it has been to."""

    page: Page
    home: str
    wrong: list[str] = field(default_factory=list)
    at: str = ""
    sized: CDPSession | None = field(init=False)

    def __post_init__(self) -> None:
        """Have axe in every page it goes to, listen for whatever leaves the host and what the browser complains of."""
        # A page without a size of its own goes by the browser's window: only what is shown in it takes another size.
        self.sized = self.page.context.new_cdp_session(self.page) if self.page.viewport_size is None else None
        self.page.add_init_script(looking_script() + keyed_script())
        self.page.on("request", lambda sent: self._sent(sent.url))
        self.page.on("console", lambda said: self._said(said.text))
        self.page.on("pageerror", lambda raised: self.wrong.append(f"{self.at}: {raised}"))

    def _sent(self, url: str) -> None:
        if not url.startswith(self.home):
            self.wrong.append(f"{self.at}: asked {url}")

    def _said(self, words: str) -> None:
        if not _ANSWERED.match(words):
            self.wrong.append(f"{self.at}: {words}")

    def _size(self, width: int) -> None:
        if self.sized is None:
            self.page.set_viewport_size({"width": width, "height": HEIGHTS.get(width, HIGH)})
        else:
            size = {"width": width, "height": HEIGHTS.get(width, HIGH), "deviceScaleFactor": 1, "mobile": False}
            self.sized.send("Emulation.setDeviceMetricsOverride", size)

    def opens(self, path: str, *widths: int) -> None:
        """Open a page, and look at it at each width."""
        self.at = path
        self._size((widths or _ORDER)[0])
        answer = self.page.goto(self.home + path)
        if answer is None or answer.status >= 500:
            self.wrong.append(f"{path}: {answer and answer.status}")
        self.looks(*widths)

    def follows(self, leads: Locator, key: str = "") -> None:
        """Click what leads to another page, or press a key on it, and wait until that page is all there.

        A click alone returns while the browser is between two pages, and what is looked at then is neither.
        """
        with self.page.expect_navigation():
            if key:
                leads.press(key)
            else:
                leads.click()

    def looks(self, *widths: int) -> None:
        """Look at the page as it stands at each width: by day, by night and in forced colours."""
        for width in widths or _ORDER:
            self._size(width)
            self._asks(f"at {width}", EVERYTHING, None if widths or width == _ORDER[0] else AT_ANOTHER_WIDTH, width)
            wrong, ringed = without_a_mouse(self.page, _ringed)
            self.wrong += [f"{self.at} at {width}: {one}" for one in wrong]
            _ringed.update(ringed)
            self.page.emulate_media(color_scheme="dark")
            self._asks(f"at {width}, dark")
            self.page.emulate_media(color_scheme="light", forced_colors="active")
            self._asks(f"at {width}, forced colours")
            self.page.emulate_media(forced_colors="none")

    def _asks(
        self, where: str, whole: dict[str, Any] | None = None, part: dict[str, Any] | None = None, width: int = 0
    ) -> None:
        frames = _frames.get(width, set())
        wrong, well, frame = ask(self.page, whole, part, COLOUR, _well, frames)
        self.wrong += [f"{self.at} {where}: {one}" for one in wrong]
        _well.update(well)
        if frame is not None and not wrong:
            frames.add(frame)
