"""A line of migrations: whose tables it makes, where its scripts lie, which prefixes are its own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import entry_points
from importlib.resources import files
from pathlib import Path

from sqlalchemy import Engine, MetaData

from cmcore.base.brought import brought

#: The entry-point group through which an owner's line is found.
GROUP = "cmcore.lines"
#: What the name of every plugin's table begins with; its own name follows.
OF_PLUGINS = "cmp_"


@dataclass(frozen=True)
class Line:
    """One owner's line. ``scripts`` is "package:folder"; ``metadata`` gives its tables when they are needed."""

    owner: str
    scripts: str
    prefixes: tuple[str, ...]
    metadata: Callable[[], MetaData]
    #: What the owner does once its tables stand, given the engine: the console writes its pages and roles.
    settle: Callable[[Engine], None] | None = None

    @property
    def folder(self) -> Path:
        """The folder of its scripts."""
        package, _, folder = self.scripts.partition(":")
        return Path(str(files(package).joinpath(folder)))

    @property
    def version_table(self) -> str:
        """The table that says how far it has been taken."""
        return f"cm_version_{self.owner}"

    def owns(self, table: str) -> bool:
        """Whether a table's name carries one of its prefixes."""
        return table.startswith(self.prefixes) and not table.startswith("cm_version_")


class StrayTable(ValueError):
    """A line declares a table that does not carry its prefix."""


def lines() -> list[Line]:
    """Every line of what is installed: the core's first, the console's, then the plugins' as they were taken in."""
    found: list[Line] = [each.load() for each in entry_points(group=GROUP)]
    found.sort(key=lambda line: (line.owner != "core", line.owner != "console", line.owner))
    return [*found, *brought("lines")]
