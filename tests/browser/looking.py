"""Looking at a page of the console as everybody meets it: with axe, at three widths, in every scheme of colours."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from playwright.sync_api import CDPSession, Locator, Page

from tests import run_folder
from tests.browser.axe import ask, looking_script
from tests.browser.keyed import each_opened, keyed_script, without_a_mouse

WIDTHS = (320, 768, 1280)
#: A window of 1280 by 1024 at 400 % is as narrow as a small phone, and not as high (WCAG 1.4.10).
HEIGHTS = {320: 256, 768: 800, 1280: 800}

#: What the browser says of an answer that is no 200; the page is looked at all the same.
_ANSWERED = re.compile(r"Failed to load resource: the server responded with a status of (403|404|409|422)")

#: Parts of pages, how they stand to one another, and colours of text on its ground, as numbers: nothing was wrong with
#: them on some page, and nothing can be on any other. `shapes.js` and `colours.js` say what stands in a number.
_well: set[str] = set()
#: The file of the run in which its workers tell one another, and what of it this one read or wrote already.
_TOLD = "well.txt"
_told: set[str] = set()
_alone: list[bool] = []
#: Kinds of control whose ring was seen when they had the focus, as numbers.
_ringed: set[int] = set()
#: What was looked at open: folded parts, menus, dialogs.
_opened: set[str] = set()


@contextmanager
def unsaid() -> Iterator[None]:
    """Nothing is known of any page at the beginning of the block, and what is learned in it is forgotten."""
    well, ringed = set(_well), set(_ringed)
    _alone.append(True)
    _well.clear()
    _ringed.clear()
    try:
        yield
    finally:
        _alone.pop()
        _well.clear()
        _well.update(well)
        _ringed.clear()
        _ringed.update(ringed)


def _tells() -> None:
    """Tell the other workers of this run what was found to be well, and take in what they told."""
    if _alone or run_folder.VARIABLE not in os.environ:
        return
    told = run_folder.path() / _TOLD
    with told.open("a", encoding="ascii") as file:
        file.write("".join(f"{one}\n" for one in _well - _told))
    # Of a line that is being written this moment there may be a part: it is nobody's number.
    _well.update(told.read_text(encoding="ascii").split())
    _told.update(_well)


def follows(leads: Locator, key: str = "") -> None:
    """Click what leads to another page, or press a key on it, and wait until that page is all there.

    A click alone returns while the browser is between two pages: what comes next may be done on the one it leaves, and
    another page opened then takes back what was sent.
    """
    with leads.page.expect_navigation():
        if key:
            leads.press(key)
        else:
            leads.click()


@dataclass
class Look:
    """A page of the browser, and everything found wrong on the pages it has been to."""

    page: Page
    home: str
    wrong: list[str] = field(default_factory=list)
    at: str = ""
    sized: CDPSession | None = field(init=False)
    width: int = 0

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
            self.page.set_viewport_size({"width": width, "height": HEIGHTS.get(width, 800)})
        elif width != self.width:
            size = {"width": width, "height": HEIGHTS.get(width, 800), "deviceScaleFactor": 1, "mobile": False}
            self.sized.send("Emulation.setDeviceMetricsOverride", size)
            self.width = width

    def opens(self, path: str, *widths: int) -> None:
        """Open a page, and look at it at each width."""
        self.at = path
        _tells()
        self._size((widths or WIDTHS)[0])
        answer = self.page.goto(self.home + path)
        if answer is None or answer.status >= 500:
            self.wrong.append(f"{path}: {answer and answer.status}")
        self.looks(*widths)

    def follows(self, leads: Locator, key: str = "") -> None:
        """Click what leads to another page, or press a key on it, and wait until that page is all there."""
        follows(leads, key)

    def looks(self, *widths: int) -> None:
        """Look at the page as it stands at each width: by day, by night and in forced colours."""
        for number, width in enumerate(widths or WIDTHS):
            self._size(width)
            self._in_each_scheme(f"at {width}", told=number > 0)
            for what in each_opened(self.page, _opened):
                self._in_each_scheme(f"at {width}, open: {what}", told=True)

    def _in_each_scheme(self, where: str, *, told: bool) -> None:
        by_day = self._asks(where, everything=True, told=told)
        wrong, ringed = without_a_mouse(self.page, _ringed)
        self.wrong += [f"{self.at} {where}: {one}" for one in wrong]
        _ringed.update(ringed)
        if not by_day:
            return
        before = len(self.wrong)
        self.page.emulate_media(color_scheme="dark")
        self._asks(f"{where}, dark")
        self.page.emulate_media(color_scheme="light", forced_colors="active")
        self._asks(f"{where}, forced colours")
        self.page.emulate_media(forced_colors="none")
        if len(self.wrong) == before:
            _well.update(by_day)

    def _asks(self, where: str, *, everything: bool = False, told: bool = True) -> set[str]:
        wrong, by_day = ask(self.page, everything=everything, known=_well, told=told)
        self.wrong += [f"{self.at} {where}: {one}" for one in wrong]
        return by_day
