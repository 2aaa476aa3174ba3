"""Who implements the hooks: the core's own declarations first, then installed plugins by entry point."""

from __future__ import annotations

from functools import lru_cache
from importlib.metadata import entry_points
from typing import Any

import pluggy

from cmcore.plugins.hookspecs import PROJECT, Declares

#: The entry-point group through which a plugin is found.
GROUP = "cmcore.plugins"


class Register:
    """The plugins that are loaded, and those that could not be, with the reason."""

    def __init__(self) -> None:
        """Begin with the hooks and nobody implementing them."""
        self.pluggy = pluggy.PluginManager(PROJECT)
        self.pluggy.add_hookspecs(Declares)
        self.failures: dict[str, str] = {}

    def load_installed(self) -> None:
        """Load what is installed; a plugin that cannot be loaded is left out and named in ``failures``."""
        for found in entry_points(group=GROUP):
            try:
                self.add(found.name, found.load())
            except Exception as broken:  # noqa: BLE001  whatever a foreign module raises, the others go on
                self.failures[found.name] = f"{type(broken).__name__}: {broken}"

    def add(self, name: str, plugin: Any) -> None:
        """Register one plugin; a function that looks like a hook but is none is an error that names it."""
        self.pluggy.register(plugin, name)
        try:
            self.pluggy.check_pending()
        except pluggy.PluginValidationError:
            self.pluggy.unregister(plugin)
            raise

    def declared(self, hook: str) -> list[Any]:
        """Everything the plugins declare through one hook, in the order they were registered."""
        lists = getattr(self.pluggy.hook, hook)()
        return [each for declared in reversed(lists) for each in declared]


@lru_cache(maxsize=1)
def register() -> Register:
    """The one register of this process, filled at first use."""
    made = Register()
    made.load_installed()
    return made
