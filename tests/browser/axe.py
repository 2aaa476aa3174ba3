"""Asks axe-core what on a page keeps people out: WCAG 2.2 at A and AA, and axe's own good practice."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
#: The rules that go by colours. They are asked in every scheme, of each pair of colours once.
COLOUR = ["color-contrast", "link-in-text-block"]
#: The rules that go by where things stand: at another width nothing else can differ in what is shown at both.
#: ``test_looking.py`` holds this list to what the rules really measure.
LAYOUT = ["label", "scrollable-region-focusable", "skip-link", "target-size"]
#: The rules that go by how the parts of a page stand to one another: they are asked again where some were not shown.
TOGETHER = [
    "aria-required-children",
    "bypass",
    "duplicate-id-aria",
    "heading-order",
    "landmark-banner-is-top-level",
    "landmark-complementary-is-top-level",
    "landmark-contentinfo-is-top-level",
    "landmark-main-is-top-level",
    "landmark-no-duplicate-banner",
    "landmark-no-duplicate-contentinfo",
    "landmark-no-duplicate-main",
    "landmark-one-main",
    "landmark-unique",
    "page-has-heading-one",
    "region",
]

#: Everything but colours; and what depends on the width.
EVERYTHING: dict[str, Any] = {
    "runOnly": {"type": "tag", "values": TAGS},
    "rules": {rule: {"enabled": False} for rule in COLOUR},
}
AT_ANOTHER_WIDTH: dict[str, Any] = {"runOnly": {"type": "rule", "values": [*LAYOUT, *TOGETHER]}}

_LOOK = "asked => window.cmLook ? cmLook(asked) : null"


@lru_cache(maxsize=1)
def script() -> str:
    """The script of axe, to be put into a page by the browser's own tools: the page's content policy stays as it is."""
    return (files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")


@lru_cache(maxsize=1)
def looking_script() -> str:
    """The script of axe, and what looks at a page with it."""
    return script() + Path(__file__).with_name("looking.js").read_text(encoding="utf-8")


def ask(
    page: Page,
    whole: dict[str, Any] | None,
    part: dict[str, Any] | None = None,
    colour: Sequence[str] = (),
    known: Collection[int] = (),
    frames: Collection[int] = (),
) -> tuple[list[str], list[int], int | None]:
    """Ask about the page as it stands: a line for each rule and place, and the colours that turned out to be well.

    ``part`` is asked instead of ``whole`` where all that is shown was shown when the whole was asked, or stands outside
    the main part and looks like one of the ``frames``; where the whole was asked, the last value is the page's frame.
    ``colour`` is asked where something is written in colours that are not among the ``known``.
    """
    asked = {"whole": whole, "part": part, "colour": list(colour), "known": list(known), "frames": list(frames)}
    page.wait_for_load_state("load")
    found: dict[str, Any] | None = page.evaluate(_LOOK, asked)
    if found is None:
        # Evaluated through the browser's own tools, so the page's content security policy stays as it is.
        page.evaluate(looking_script())
        found = page.evaluate(_LOOK, asked)
    assert found is not None
    return list(found["wrong"]), list(found["well"]), found["frame"]


def axe_violations(page: Page) -> list[str]:
    """What axe finds wrong with the page as it stands, colours and width and all; empty when all is well."""
    return ask(page, {"runOnly": EVERYTHING["runOnly"]})[0]
