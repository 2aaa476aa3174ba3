"""What a plugin says of itself: its name, who made it, which version of the front doors it was built for."""

from __future__ import annotations

import re
from dataclasses import dataclass

from cmcore.base.migrations.lines import OF_PLUGINS

#: The version of the front doors and hooks. It is raised when a plugin built for the one before would no longer work.
API = 1

_NAME = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")
_RULES = re.compile(r"[A-Z][A-Z0-9]*")


class PluginFault(ValueError):
    """A plugin that cannot be taken in: one sentence that names it, the reason and the way out."""


@dataclass(frozen=True, kw_only=True)
class Manifest:
    """What a plugin says of itself, as ``MANIFEST`` in its package.

    ``name`` is that of its entry point; its package is ``cmcore_<name>``, its tables begin with ``cmp_<name>_``.
    ``api`` is the version of the front doors it was built for (:data:`cmcore.api.API`, written as a number). Keys it
    brings begin with ``prefix`` (its name, if not given); ``keys`` lists those that do not. ``rules`` is the middle of
    its rules' ids: "WREN" makes "R-WREN-" and a number. ``requires`` names plugins it cannot do without. ``sensitive``
    says in a sentence which sensitive things it asks or keeps.
    """

    name: str
    title: str
    version: str
    api: int
    maker: str
    about: str = ""
    prefix: str = ""
    keys: tuple[str, ...] = ()
    rules: str = ""
    requires: tuple[str, ...] = ()
    sensitive: str = ""

    def __post_init__(self) -> None:
        """Refuse a name that could not stand in a table's name, and an empty title."""
        if not _NAME.fullmatch(self.name):
            raise PluginFault(f"“{self.name}” is not a plugin's name: small letters, digits and single _ only.")
        if not self.title.strip():
            raise PluginFault(f"The plugin {self.name} has no title: say what people call it.")
        if not isinstance(self.api, int) or isinstance(self.api, bool):
            raise PluginFault(f"The plugin {self.name} gives no version of the front doors: write api={API}.")
        if self.rules and not _RULES.fullmatch(self.rules):
            raise PluginFault(f"The plugin {self.name} calls its rules “{self.rules}”: use capitals and digits only.")

    @property
    def table_prefix(self) -> str:
        """What the name of each of its tables begins with."""
        return f"{OF_PLUGINS}{self.name}_"

    def owns(self, key: str) -> bool:
        """Whether a key of a form, a programme type or a measure set is this plugin's to use."""
        if key in self.keys or key.partition("@")[0] in self.keys:
            return True
        own = (self.prefix or self.name).replace("-", "_")
        told = key.partition("@")[0].replace("-", "_")
        return told == own or told.startswith(f"{own}_")

    def owns_rule(self, rule_id: str) -> bool:
        """Whether a rule's id is this plugin's to use."""
        return bool(self.rules) and rule_id.startswith(f"R-{self.rules}-")


def refuse_api(manifest: Manifest) -> None:
    """Refuse a plugin that was built for another version of the front doors."""
    if manifest.api != API:
        way_out = (
            "Install a version of it that was built for this one."
            if manifest.api < API
            else "Bring Creative Mentoring up to date, or install an older version of the plugin."
        )
        raise PluginFault(
            f"{manifest.title} {manifest.version} was built for version {manifest.api} of the front doors, "
            f"and this is version {API}. {way_out}"
        )
