"""Every hook there is is used by a plugin that comes with it: none is there for its own sake."""

from __future__ import annotations

from cmcore.plugins.hookspecs import FAMILIES
from console.hookspecs import Shows
from tests.plugins.consoles import PARTS, PLUGINS


def hooks(*families: type) -> set[str]:
    """The names of the hooks of these families."""
    return {name for family in families for name in vars(family) if name.startswith(("cm_", "console_"))}


def test_every_hook_of_the_core_is_used() -> None:
    used = {name for module in PLUGINS for name in vars(module)}
    assert hooks(*FAMILIES) - used == set()


def test_every_hook_of_the_console_is_used() -> None:
    used = {name for module in PARTS.values() for name in vars(module)}
    assert hooks(Shows) - used == set()
