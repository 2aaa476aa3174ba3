"""Looking at a page of the console as everybody meets it: with axe, at three widths, and at what it asks for."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from playwright.sync_api import Page

from tests.browser.axe import axe_violations

WIDTHS = (320, 768, 1280)

#: What the browser says of an answer that is no 200; the page is looked at all the same.
_ANSWERED = re.compile(r"Failed to load resource: the server responded with a status of (403|404|409|422)")

#: What sticks out furthest, as it is written.
_WIDEST = """() => [...document.querySelectorAll("body *")]
    .sort((one, other) => other.getBoundingClientRect().right - one.getBoundingClientRect().right)[0]
    .outerHTML.slice(0, 200)"""


@dataclass
class Look:
    """A page of the browser, and everything found wrong on the pages it has been to."""

    page: Page
    home: str
    wrong: list[str] = field(default_factory=list)
    at: str = ""

    def __post_init__(self) -> None:
        """Listen for whatever leaves the host, and for what the browser complains of."""
        self.page.on("request", lambda sent: self._sent(sent.url))
        self.page.on("console", lambda said: self._said(said.text))
        self.page.on("pageerror", lambda raised: self.wrong.append(f"{self.at}: {raised}"))

    def _sent(self, url: str) -> None:
        if not url.startswith(self.home):
            self.wrong.append(f"{self.at}: asked {url}")

    def _said(self, words: str) -> None:
        if not _ANSWERED.match(words):
            self.wrong.append(f"{self.at}: {words}")

    def opens(self, path: str, *widths: int) -> None:
        """Open a page, and look at it at each width."""
        self.at = path
        self.page.set_viewport_size({"width": (widths or WIDTHS)[0], "height": 800})
        answer = self.page.goto(self.home + path)
        if answer is None or answer.status >= 500:
            self.wrong.append(f"{path}: {answer and answer.status}")
        self.looks(*widths)

    def looks(self, *widths: int) -> None:
        """Look at the page as it stands, at each width."""
        for width in widths or WIDTHS:
            self.page.set_viewport_size({"width": width, "height": 800})
            # At 768 the colours are those of 320: asking for their contrast takes half of the time, and once is enough.
            but = ["color-contrast"] if width == 768 and not widths else []
            self.wrong += [f"{self.at} at {width}: {one}" for one in axe_violations(self.page, but)]
            wide = self.page.evaluate("document.scrollingElement.scrollWidth - window.innerWidth")
            if wide > 0:
                self.wrong.append(f"{self.at} at {width}: {wide} px too wide: {self.page.evaluate(_WIDEST)}")
