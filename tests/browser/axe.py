"""Asks axe-core what on a page keeps people out: WCAG 2.2 at A and AA, and axe's own good practice."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from importlib.resources import files
from typing import Any

from playwright.sync_api import Page

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@lru_cache(maxsize=1)
def _script() -> str:
    return (files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")


def axe_violations(page: Page, but: Sequence[str] = ()) -> list[str]:
    """What axe finds wrong with the page as it stands: a line for each rule and place, empty when all is well.

    ``but`` names rules to leave out where they were asked already.
    """
    # Evaluated through the browser's own tools, so the page's content security policy stays as it is.
    if not page.evaluate("'axe' in window"):
        page.evaluate(_script())
    # What stands half under the bar at the foot of a phone is all there once it is scrolled: it is measured so.
    page.evaluate("document.querySelectorAll('.cm-reach').forEach(bar => { bar.style.position = 'static'; })")
    asked = {
        "runOnly": {"type": "tag", "values": TAGS},
        "resultTypes": ["violations"],
        "rules": {rule: {"enabled": False} for rule in but},
    }
    found: dict[str, Any] = page.evaluate("asked => axe.run(document, asked)", asked)
    page.evaluate("document.querySelectorAll('.cm-reach').forEach(bar => { bar.style.position = ''; })")
    return [
        f"{rule['id']}: {rule['help']} — {' '.join(str(part) for part in node['target'])}: {node['html'][:200]}"
        for rule in found["violations"]
        for node in rule["nodes"]
    ]
