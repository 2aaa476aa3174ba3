"""The plugins' part of the console: taken in when it starts, kept out of sight where a plugin is switched off."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from importlib.metadata import EntryPoint, entry_points
from pathlib import Path
from time import monotonic
from typing import Any

import pluggy
from flask import Flask, abort, current_app, g, request
from jinja2 import ChoiceLoader, FileSystemLoader
from sqlalchemy import inspect

from cmcore.base.findings import NotFound
from cmcore.plugins.configured import times_switched
from cmcore.plugins.declared import Plugin, misspelt
from cmcore.plugins.manifest import PluginFault
from cmcore.plugins.register import LeftOut, place_of, reason, register
from cmcore.safekeeping.work import Work
from console import desk
from console.brought import Chart, Panel, PluginPage, PluginQueue, Shown
from console.everywhere import Finder
from console.framework import Console, Page
from console.hookspecs import PROJECT, Shows

#: The entry-point group through which a plugin's console.py is found.
GROUP = "cmcore.console"
#: The group of the menu for pages that name none.
ELSEWHERE = "Extras"
#: Seconds after which it is read again where plugins are on: another worker may have switched one.
AT_HAND = 5.0

_HOOKS = tuple(name for name in vars(Shows) if name.startswith("console_"))
_KINDS: dict[str, type[Any]] = {
    "console_pages": PluginPage,
    "console_panels": Panel,
    "console_queues": PluginQueue,
    "console_charts": Chart,
    "console_finders": Finder,
}


@dataclass(frozen=True)
class On:
    """Where plugins are on for somebody: the keys of authorities by plugin, and the plugins that are on anywhere."""

    where: dict[str, frozenset[int]]
    names: frozenset[str]


_NOWHERE = On({}, frozenset())


class ConsolePlugins:
    """What the plugins show in one console, and what could not be shown, with the reason."""

    def __init__(self) -> None:
        """Begin with nothing shown."""
        self.shown: dict[str, Shown] = {}
        #: The kinds of record on whose pages a plugin may have a panel.
        self.panels_on: set[str] = set()
        self.left_out: dict[str, LeftOut] = {}
        self.owner_of: dict[str, str] = {}
        self.at_hand: dict[frozenset[int], tuple[float, int, On]] = {}
        self._pluggy = pluggy.PluginManager(PROJECT)
        self._pluggy.add_hookspecs(Shows)

    def take_in(self, console: Console, found: Iterable[tuple[str, Callable[[], Any]]]) -> None:
        """Take in the console parts of plugins that are in use; one that cannot be is left out whole and named."""
        known = register()
        for name, load in found:
            plugin = known.plugins.get(name)
            if plugin is None:
                continue
            try:
                module = load()
                shown = self._gathered(plugin, module)
                views = [(page, page.view()) for page in shown.pages]
                self._refuse_clashes(console, plugin, [view for _, view in views])
                self._add(console, plugin, shown, views)
            except Exception as broken:  # noqa: BLE001  whatever a foreign module raises, the others go on
                title = plugin.manifest.title
                why = (
                    str(broken)
                    if isinstance(broken, PluginFault)
                    else f"What {title} shows could not be loaded: {reason(broken)}. Its forms and rules are in use. "
                    "Ask its maker, or install another version."
                )
                self.left_out[name] = LeftOut(name, title, why, place_of(broken))

    def _gathered(self, plugin: Plugin, module: Any) -> Shown:
        if wrong := misspelt(module, (Shows,), prefix="console_", mark=f"{PROJECT}_impl"):
            raise PluginFault(f"In the console.py of {plugin.manifest.title}: {wrong}")
        self._pluggy.register(module, plugin.name)
        try:
            self._pluggy.check_pending()
            gathered: dict[str, tuple[Any, ...]] = {}
            for hook in _HOOKS:
                for each in getattr(self._pluggy.hook, hook).get_hookimpls():
                    if each.plugin is module:
                        gathered[hook] = self._listed(plugin, hook, each.function())
        except BaseException:
            self._pluggy.unregister(module)
            raise
        return Shown(
            plugin.name,
            plugin.manifest.title,
            gathered.get("console_pages", ()),
            gathered.get("console_panels", ()),
            gathered.get("console_queues", ()),
            gathered.get("console_charts", ()),
            gathered.get("console_finders", ()),
        )

    def _listed(self, plugin: Plugin, hook: str, given: Any) -> tuple[Any, ...]:
        kind = _KINDS[hook]
        if not isinstance(given, list | tuple) or not all(isinstance(one, kind) for one in given):
            raise PluginFault(
                f"{plugin.manifest.title} answers {hook} with something else than a list of {kind.__name__}."
            )
        return tuple(given)

    def _refuse_clashes(self, console: Console, plugin: Plugin, views: list[Page]) -> None:
        title = plugin.manifest.title
        own = f"/{plugin.name.replace('_', '-')}"
        taken = {type(each).__name__: each for each in console.baseviews}
        for view in views:
            name, route = type(view).__name__, view.route_base or ""
            if route != own and not route.startswith((f"{own}-", f"{own}/")):
                raise PluginFault(f"The page {name} of {title} stands at “{route}”: its address begins with “{own}”.")
            if name in taken:
                other = self.owner_of.get(name)
                whose = self.shown[other].title if other else "the console"
                raise PluginFault(f"{title} and {whose} both have a page class {name}. One of them renames it.")
            taken[name] = view

    def _add(self, console: Console, plugin: Plugin, shown: Shown, views: list[tuple[PluginPage, Page]]) -> None:
        for page, view in views:
            # Known before it is registered: should that fail half-way, what is there already is not found.
            self.owner_of[type(view).__name__] = plugin.name
            if page.words:
                console.add_view(view, page.words, category=page.category or ELSEWHERE)
            else:
                console.add_view_no_menu(view)
            _keep_to_authorities(plugin.name, view)
        folder = Path(str(plugin.module.__file__)).parent / "templates" if hasattr(plugin.module, "__file__") else None
        if folder is not None and folder.is_dir():
            app = console.app
            app.jinja_loader = ChoiceLoader([app.jinja_loader, FileSystemLoader(str(folder))])
        self.shown[plugin.name] = shown
        self.panels_on.update(panel.on for panel in shown.panels)

    def is_shown(self, endpoint: str) -> bool:
        """Whether a page may be seen: it is the console's own, or its plugin is on for whoever asks."""
        owner = self.owner_of.get(endpoint)
        return owner is None or (owner in self.shown and owner in plugins_on())

    def on(self) -> frozenset[str]:
        """The plugins with a part in this console that are on for whoever asks."""
        return plugins_on() if self.shown else frozenset()


def _keep_to_authorities(name: str, view: Any) -> None:
    """Let a page about records show those of authorities only in which its plugin is on."""
    if not hasattr(view, "record_at"):
        return
    narrowed, record_at, may = view.narrowed, view.record_at, view.may
    # A column of its own: a mentor's authority is worked out, and every list of theirs is limited already.
    of_authority = "authority_id" in inspect(view.record).columns

    def only_where_on(statement: Any, work: Any) -> Any:
        statement = narrowed(statement, work)
        return statement.where(view.record.authority_id.in_(sorted(where_on(name)))) if of_authority else statement

    def at(work: Any, pk: int) -> Any:
        found = record_at(work, pk)
        if of_authority and found.authority_id not in where_on(name):
            raise NotFound(view.record.words[0])
        return found

    view.narrowed, view.record_at = only_where_on, at
    view.narrows = True
    view.may = lambda method: name in plugins_on() and may(method)


def where_on(name: str) -> frozenset[int]:
    """The keys of the authorities of whoever is signed in for which a plugin is on."""
    return _on_here().where.get(name, frozenset())


def _on_here() -> On:
    kept: On | None = g.get("cm_plugins_on")
    if kept is None:
        kept = g.cm_plugins_on = _on_for(desk.work())
    return kept


def _on_for(work: Work) -> On:
    """Where each plugin is on, kept at hand for a moment: every page asks, and it changes a few times a year."""
    here = brought()
    reached = work.scope.authorities if work.scope else frozenset[int]()
    if not here.shown or not reached:
        return _NOWHERE
    known = here.at_hand.get(reached)
    if known is None or known[0] < monotonic() or known[1] != times_switched():
        found = {name: frozenset(each for each in reached if work.plugin_is_on(name, each)) for name in here.shown}
        on = On(found, frozenset(name for name, where in found.items() if where))
        known = here.at_hand[reached] = (monotonic() + AT_HAND, times_switched(), on)
    return known[2]


def plugins_on() -> frozenset[str]:
    """The plugins with a part in this console that are on for at least one authority of whoever is signed in."""
    return _on_here().names


def brought() -> ConsolePlugins:
    """What plugins show in the console of the app that is running."""
    found: ConsolePlugins = current_app.extensions["cm_plugins"]
    return found


def installed() -> list[tuple[str, Callable[[], Any]]]:
    """The console parts of what is installed, by name, each with what loads it."""
    found: list[EntryPoint] = sorted(entry_points(group=GROUP), key=lambda each: each.name)
    return [(each.name, each.load) for each in found]


def open_to(app: Flask) -> ConsolePlugins:
    """Make an app ready for plugins: their pages are not found where they are switched off."""
    made = app.extensions["cm_plugins"] = ConsolePlugins()

    @app.before_request
    def not_found_where_off() -> None:
        if request.blueprint is not None and not made.is_shown(request.blueprint):
            abort(404)

    return made
