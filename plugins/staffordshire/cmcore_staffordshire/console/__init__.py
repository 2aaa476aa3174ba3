"""What it shows in the console: events in ``events``, lessons, clubs, work experience and the council in ``life``."""

from __future__ import annotations

from cmcore_staffordshire.console import events, life
from console.api import Panel, PluginPage, hookimpl


@hookimpl
def console_pages() -> list[PluginPage]:
    """Pages of events, then those of lessons, clubs, work experience and the council."""
    return [*events.PAGES, *life.PAGES]


@hookimpl
def console_panels() -> list[Panel]:
    """On a young person's page: what they do."""
    return [*events.PANELS, *life.PANELS]
