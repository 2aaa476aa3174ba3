"""What plugins bring to parts of the core that stand below them: rules and lines of tables, asked for by name.

The ground may not know who stands on it. So it asks here, and whoever has something to bring has said so before.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

_sources: dict[str, Callable[[], Iterable[Any]]] = {}


def bring(what: str, source: Callable[[], Iterable[Any]]) -> None:
    """Say who is asked for things of a name; the last one said is asked."""
    _sources[what] = source


def brought(what: str) -> tuple[Any, ...]:
    """Everything of that name, or nothing where nobody brings any."""
    source = _sources.get(what)
    return tuple(source()) if source else ()
