"""What tests of the core and of plugins start from: a clock, a work, made-up people, the contract of a plugin."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cmcore.testing.plugged import a_plugin, plugged
from cmcore.testing.refusals import refused
from cmcore.testing.stage import Stage
from cmcore.testing.story import Story

if TYPE_CHECKING:
    from cmcore.testing.contract import PluginContract

__all__ = ["PluginContract", "Stage", "Story", "a_plugin", "plugged", "refused"]


def __getattr__(name: str) -> Any:
    """Load the contract when it is first named: it brings sheets and documents with it."""
    if name != "PluginContract":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from cmcore.testing.contract import PluginContract

    return PluginContract
