"""Asks axe-core what on a page keeps people out: WCAG 2.2 at A and AA, and axe's own good practice."""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
#: The rules that go by colours. They are asked in every scheme, of each pair of colours once.
COLOUR = ["color-contrast", "link-in-text-block"]
#: The rules that go by where things stand: asked on every page at every width of what may be too small, or scrolls.
PLACED = ["scrollable-region-focusable", "target-size"]
#: These go by whether what an element names can be seen, and nothing more of where it stands: `shapes.js` says it.
#: ``test_looking.py`` holds these lists to what the rules really measure.
NAMED = ["label", "skip-link"]
#: The rules that go by how the parts of a page stand to one another: asked where they stand in a way not seen before.
TOGETHER = [
    "accesskeys",
    "bypass",
    "duplicate-id-aria",
    "frame-title-unique",
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

_LOOK = "asked => window.cmLook ? cmLook(asked) : null"
_PLAINLY = """async tags => (await axe.run(document, { runOnly: { type: "tag", values: tags } })).violations.flatMap(
    ({ id, help, nodes }) => nodes.map(({ target, html }) => `${id}: ${help} — ${target}: ${html.slice(0, 200)}`))"""


@lru_cache(maxsize=1)
def script() -> str:
    """The script of axe, to be put into a page by the browser's own tools: the page's content policy stays as it is."""
    return (files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")


@lru_cache(maxsize=1)
def looking_script() -> str:
    """The script of axe, and what looks at a page with it."""
    ours = (Path(__file__).with_name(name) for name in ("shapes.js", "colours.js", "looking.js"))
    return "\n".join([script(), *(one.read_text(encoding="utf-8") for one in ours)])


def ask(page: Page, *, everything: bool, known: set[str], told: bool = False) -> tuple[list[str], set[str]]:
    """Ask about the page as it stands: a line for each rule and place. What turns out to be well is ``known`` then.

    Of everything, the second value is what stands there that was not seen by night and in forced colours yet.

    Everything, or its colours alone; of what is not known to be well. A page that was ``told`` what is known, and has
    not been left since, learns no more by being told again.
    """
    asked: dict[str, Any] = {"everything": everything, "tags": TAGS, "whole": TOGETHER, "colour": COLOUR}
    if not told:
        page.wait_for_load_state("load")
    found: dict[str, Any] | None = page.evaluate(_LOOK, asked | {"told": "" if told else " ".join(known)})
    if found is None:
        # Evaluated through the browser's own tools, so the page's content security policy stays as it is.
        page.evaluate(looking_script())
        found = page.evaluate(_LOOK, asked | {"told": " ".join(known)})
    assert found is not None
    known.update(found["well"].split())
    # What was seen by night at another width the page was not told of since.
    return list(found["wrong"]), set(found["day"].split()) - known


def axe_violations(page: Page) -> list[str]:
    """What axe finds wrong with the page as it stands, colours and width and all; empty when all is well."""
    page.evaluate(script() + "\nvoid 0;")
    return list(page.evaluate(_PLAINLY, TAGS))
