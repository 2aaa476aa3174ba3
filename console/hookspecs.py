"""The hooks of the console that a plugin's ``console.py`` may implement."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pluggy

if TYPE_CHECKING:
    from console.brought import Chart, Panel, PluginPage, PluginQueue
    from console.everywhere import Finder

#: The project name of the console's hooks.
PROJECT = "cmcore_console"
hookspec = pluggy.HookspecMarker(PROJECT)
#: The mark above every function of a plugin's ``console.py`` that implements a hook.
hookimpl = pluggy.HookimplMarker(PROJECT)

_NEVER = "a specification is not called"


class Shows:
    """What a plugin shows in the console: its own pages, and parts of the core's pages.

    The module is found by the entry-point group ``cmcore.console`` under the plugin's name, and loaded only with the
    console. All of it counts or none. Where the plugin is switched off nothing of it is shown, and its pages are not
    found. What raises while a page is made is left out of that page, and written to the plugin's health.
    """

    @hookspec
    def console_pages(self) -> list[PluginPage]:
        """Pages of the plugin's own, and the lines of the menu that lead to them.

        **When:** once, when the console starts. **Return:** a list of :class:`console.api.PluginPage`; a page's
        ``route_base`` begins with ``/`` and the plugin's name, written with hyphens: ``"/wrenshire-visits"``.
        **Since:** 0.2.
        """
        raise AssertionError(_NEVER)

    @hookspec
    def console_panels(self) -> list[Panel]:
        """Parts of the page of a young person, a mentor, a school, or any other kind of record.

        **When:** once, when the console starts; the panel's ``show`` each time such a page is made, with the reader's
        own reach. **Return:** a list of :class:`console.api.Panel`. **Since:** 0.2.
        """
        raise AssertionError(_NEVER)

    @hookspec
    def console_queues(self) -> list[PluginQueue]:
        """Work that waits, counted on Today: rows of a list of the core, or of the plugin's own pages.

        **When:** once, when the console starts; counted each time Today is made. **Return:** a list of
        :class:`console.api.PluginQueue`. **Since:** 0.2.
        """
        raise AssertionError(_NEVER)

    @hookspec
    def console_charts(self) -> list[Chart]:
        """Pictures on the evidence page, each with the numbers it shows in a table beside it.

        **When:** once, when the console starts; the chart's ``draw`` each time the evidence of a programme is shown
        in which the plugin is on. **Return:** a list of :class:`console.api.Chart`. **Since:** 0.2.
        """
        raise AssertionError(_NEVER)

    @hookspec
    def console_finders(self) -> list[Finder]:
        """What of the plugin's is looked through when somebody searches everything they may see.

        **When:** once, when the console starts; the finder's ``find`` with each search by somebody for whom the plugin
        is on, with their own reach. **Return:** a list of :class:`console.api.Finder`; each ``find`` costs one
        statement. **Since:** 0.3.
        """
        raise AssertionError(_NEVER)
