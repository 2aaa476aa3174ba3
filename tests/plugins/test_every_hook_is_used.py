"""Every hook there is is used by a plugin that comes with it: none is there for its own sake."""

from __future__ import annotations

import cmcore_derbyshire
import cmcore_epep_culture
import cmcore_mighty_creatives
from cmcore.plugins.hookspecs import FAMILIES
from cmcore_derbyshire import console as derbyshire_console
from cmcore_mighty_creatives import console as mighty_creatives_console
from console.hookspecs import Shows


def hooks(*families: type) -> set[str]:
    """The names of the hooks of these families."""
    return {name for family in families for name in vars(family) if name.startswith(("cm_", "console_"))}


def test_every_hook_of_the_core_is_used() -> None:
    modules = (cmcore_derbyshire, cmcore_epep_culture, cmcore_mighty_creatives)
    used = {name for module in modules for name in vars(module)}
    assert hooks(*FAMILIES) - used == set()


def test_every_hook_of_the_console_is_used() -> None:
    used = {name for module in (derbyshire_console, mighty_creatives_console) for name in vars(module)}
    assert hooks(Shows) - used == set()
