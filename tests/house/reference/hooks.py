"""The hooks a plugin may implement: what each is for, when it is called, what it returns, since when."""

from __future__ import annotations

import inspect
import re
from typing import Any

from cmcore.plugins.hookspecs import FAMILIES
from console.hookspecs import Shows
from tests.house.reference import markdown

#: What each family is, beside its own words.
_TITLES = {"Declares": "What a plugin brings", "Checks": "What it is asked", "Told": "What it is told"}
_TITLES |= {"Shows": "What it shows in the console"}
_ROLES = {"class", "data", "func", "meth", "mod"}


def hooks_of(family: type[Any]) -> dict[str, Any]:
    """The hooks of a family, in the order they are written."""
    return {name: each for name, each in vars(family).items() if name.startswith(("cm_", "console_"))}


def page() -> str:
    """Every hook by its family."""
    parts: list[str] = []
    for family in (*FAMILIES, Shows):
        parts += [f"## {_TITLES.get(family.__name__, family.__name__)}", _plain(inspect.getdoc(family) or "")]
        for name, each in hooks_of(family).items():
            named = ", ".join(one for one in inspect.signature(each).parameters if one != "self")
            parts += [f"### `{name}({named})`", _plain(inspect.getdoc(each) or "")]
    return markdown.page(
        "Hooks",
        f"{markdown.link('cmcore/plugins/hookspecs.py')} and {markdown.link('console/hookspecs.py')}",
        "A plugin implements a hook with a function of its name, marked `@hookimpl` from `cmcore.api`, or from "
        "`console.api` in its `console.py`. It takes those of the arguments it needs. Each hook is called by the core, "
        "tried by a test, and used by a plugin that comes with it.",
        *parts,
    )


def _plain(words: str) -> str:
    """A docstring as Markdown: roles and doubled ticks as code."""
    roles = "|".join(_ROLES)
    words = re.sub(rf":(?:{roles}):`~?([^`]+)`", r"`\1`", words)
    return re.sub(r"``([^`]+)``", r"`\1`", words)
