"""Asks a page what whoever has keys and no mouse would miss: what is never come to, or not seen when it is."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from functools import lru_cache
from pathlib import Path

from playwright.sync_api import Page

_LOOK = "known => window.cmKeyed ? cmKeyed(known) : null"


@lru_cache(maxsize=1)
def keyed_script() -> str:
    """The script that looks, to be put into a page by the browser's own tools."""
    return Path(__file__).with_name("keyed.js").read_text(encoding="utf-8")


def without_a_mouse(page: Page, known: Collection[int] = ()) -> tuple[list[str], list[int]]:
    """A line for each thing at fault, and numbers for the kinds of control whose ring was seen.

    A kind is its element with its class within another with its class, at a width: that decides how the ring is drawn.
    Those among the ``known`` are not asked again.
    """
    found = page.evaluate(_LOOK, list(known))
    if found is None:
        page.evaluate(keyed_script())
        found = page.evaluate(_LOOK, list(known))
    return list(found["wrong"]), list(found["known"])


def each_opened(page: Page, known: set[str]) -> Iterator[str]:
    """What can be opened on the page and was not seen open yet, opened in turn; closed again once all was gone through.

    A page that was put together without the script has nothing to open.
    """
    while found := page.evaluate("known => window.cmOpens ? cmOpens(known) : null", list(known)):
        known.update(found["known"])
        yield str(found["words"])
