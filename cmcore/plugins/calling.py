"""Calling one plugin's function for a hook, traced where that is asked for, with what it raises kept as a failure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from time import perf_counter
from typing import Any

from cmcore.plugins import trace
from cmcore.plugins.register import Implementation, place_of


@dataclass(frozen=True)
class Failure:
    """That a plugin's function raised: in which hook, what kind of error, and where in the plugin."""

    plugin: str
    title: str
    hook: str
    what: str
    place: str


def call(implementation: Implementation, arguments: Mapping[str, Any]) -> Any:
    """Call one implementation; what it raises is raised on."""
    if not trace.tracing():
        return implementation(arguments)
    began = perf_counter()
    given: Any = None
    try:
        given = implementation(arguments)
        return given
    except BaseException as raised:
        given = raised
        raise
    finally:
        wanted = {name: arguments[name] for name in implementation.wanted}
        trace.call(implementation.plugin.name, implementation.hook, wanted, began, given)


def failure(implementation: Implementation, raised: BaseException) -> Failure:
    """What is kept of an exception: its kind and place, never its words, which may repeat what was worked on."""
    plugin = implementation.plugin
    return Failure(
        plugin.name, plugin.manifest.title, implementation.hook, type(raised).__name__[:120], place_of(raised)[:200]
    )
