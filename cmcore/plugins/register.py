"""Who implements the hooks: the plugins that were taken in, and those left out with the reason.

Nothing is loaded when the software is imported: :func:`register` finds the installed plugins when it is first asked.
"""

from __future__ import annotations

import traceback
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from importlib.metadata import EntryPoint, entry_points
from threading import RLock
from typing import Any

import pluggy

from cmcore.base.brought import bring
from cmcore.plugins.configured import Configured
from cmcore.plugins.declared import DECLARING, Acts, Plugin, clash, declarations, misspelt
from cmcore.plugins.hookspecs import FAMILIES
from cmcore.plugins.manifest import Manifest, PluginFault, refuse_api
from cmcore.plugins.marks import PROJECT

#: The entry-point group through which a plugin is found.
GROUP = "cmcore.plugins"
_HOOKS = frozenset(name for family in FAMILIES for name in vars(family) if name.startswith("cm_"))


@dataclass(frozen=True)
class LeftOut:
    """A plugin that is installed and not in use: its name, what people call it, and why, in one sentence."""

    name: str
    title: str
    why: str
    #: Where in the plugin it happened, for its maker; without any value.
    where: str = ""


@dataclass(frozen=True)
class Implementation:
    """One plugin's function for one hook, called with those of the arguments it names."""

    plugin: Plugin
    hook: str
    function: Callable[..., Any]
    wanted: tuple[str, ...]

    def __call__(self, arguments: Mapping[str, Any]) -> Any:
        """Call it."""
        return self.function(**{name: arguments[name] for name in self.wanted})


class Register:
    """The plugins that are loaded, and those that could not be, with the reason."""

    def __init__(self) -> None:
        """Begin with the hooks and nobody implementing them."""
        self.plugins: dict[str, Plugin] = {}
        self.left_out: dict[str, LeftOut] = {}
        self.configured = Configured()
        #: What roles may do with the plugins' own records; asked at every step, so it is kept at hand.
        self.acts: tuple[Acts, ...] = ()
        #: How far roles see the plugins' own records, where that is said of single kinds.
        self.reaches: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = ()
        self._implementing: dict[str, tuple[Implementation, ...]] = {}

    @cached_property
    def pluggy(self) -> pluggy.PluginManager:
        """Knows every hook and who implements it; made for the first plugin, as reading all the hooks takes a while."""
        made = pluggy.PluginManager(PROJECT)
        for family in FAMILIES:
            made.add_hookspecs(family)
        return made

    # ---- taking in
    def load_installed(self) -> None:
        """Take in what is installed, those that others need first; what cannot be taken in is left out and named."""
        waiting: dict[str, tuple[EntryPoint, Any, Manifest]] = {}
        for found in sorted(entry_points(group=GROUP), key=lambda each: each.name):
            if found.name in waiting:
                self._leave(found.name, PluginFault(f"Two installed packages are both called {found.name}."))
                continue
            try:
                module = found.load()
                waiting[found.name] = (found, module, manifest_of(found.name, module))
            except Exception as broken:  # noqa: BLE001  whatever a foreign module raises, the others go on
                self._leave(found.name, broken)
        while waiting:
            ready = [name for name, (_, _, told) in waiting.items() if not set(told.requires) & set(waiting)]
            for name in ready or list(waiting):
                _, module, told = waiting.pop(name)
                try:
                    self.add(told, module)
                except Exception as broken:  # noqa: BLE001  whatever a foreign module raises, the others go on
                    self._leave(name, broken, told.title)

    def add(self, manifest: Manifest, module: Any) -> Plugin:
        """Take one plugin in, or refuse it in a sentence and leave everything as it was."""
        refuse_api(manifest)
        if manifest.name in self.plugins:
            raise PluginFault(f"There is a plugin called {manifest.name} already. Rename one of them.")
        for other in self.plugins.values():
            if other.manifest.table_prefix.startswith(manifest.table_prefix) or manifest.table_prefix.startswith(
                other.manifest.table_prefix
            ):
                raise PluginFault(
                    f"The names {manifest.name} and {other.name} begin alike, so their tables could not be told apart. "
                    "Rename one of them."
                )
        if missing := [name for name in manifest.requires if name not in self.plugins]:
            raise PluginFault(
                f"{manifest.title} needs the plugin {missing[0]}, which is not in use. Install it, or put it right."
            )
        if wrong := misspelt(module, FAMILIES):
            raise PluginFault(f"In {manifest.title}: {wrong}")
        try:
            self.pluggy.register(module, manifest.name)
            self.pluggy.check_pending()
            mine = {
                hook: each.function
                for hook in DECLARING
                for each in getattr(self.pluggy.hook, hook).get_hookimpls()
                if each.plugin is module
            }
            declared = declarations(manifest, mine)
            clash(manifest, declared, self.plugins.values())
        except BaseException:
            self._withdraw(module)
            raise
        made = self.plugins[manifest.name] = Plugin(manifest, module, declared)
        self.left_out.pop(manifest.name, None)
        self._changed()
        return made

    def _withdraw(self, module: Any) -> None:
        if self.pluggy.is_registered(module):
            self.pluggy.unregister(module)

    def leave_out(self, name: str, why: str) -> None:
        """Take a plugin out of use after it was taken in, with what needs it: its tables are not there, for one."""
        gone = self.plugins.pop(name, None)
        if gone is None:
            return
        self._withdraw(gone.module)
        self._changed()
        self.left_out[name] = LeftOut(name, gone.manifest.title, why)
        for other in [each for each in self.plugins.values() if name in each.manifest.requires]:
            self.leave_out(other.name, f"{other.manifest.title} needs {gone.manifest.title}, which is not in use.")

    def _leave(self, name: str, broken: BaseException, title: str = "") -> None:
        if isinstance(broken, PluginFault):
            self.left_out[name] = LeftOut(name, title or name, str(broken))
            return
        why = f"{title or name} could not be loaded: {reason(broken)}. Ask its maker, or install another version."
        self.left_out[name] = LeftOut(name, title or name, why, place_of(broken))

    def _changed(self) -> None:
        self._implementing.clear()
        self.acts = tuple(self.declared("cm_acts"))
        self.reaches = tuple((one.role, one.reach) for one in self.acts if one.reach)

    # ---- asking
    def declared(self, hook: str) -> list[Any]:
        """Everything the plugins declare through one hook, in the order they were taken in."""
        return [one for _, one in self.by_plugin(hook)]

    def by_plugin(self, hook: str) -> Iterator[tuple[Plugin, Any]]:
        """Everything the plugins declare through one hook, each with its plugin."""
        for plugin in self.plugins.values():
            for one in plugin.declared.get(hook, ()):
                yield plugin, one

    def hooks_of(self, name: str) -> tuple[str, ...]:
        """The hooks a plugin implements."""
        plugin = self.plugins.get(name)
        if plugin is None:
            return ()
        return tuple(sorted(each.name for each in self.pluggy.get_hookcallers(plugin.module) or ()))

    def implementing(self, hook: str) -> tuple[Implementation, ...]:
        """Who implements a hook, in the order they were taken in, those marked ``trylast`` after all others."""
        found = self._implementing.get(hook)
        if found is None:
            assert hook in _HOOKS, f"there is no hook {hook}"
            if not self.plugins:
                return ()
            modules = {id(plugin.module): plugin for plugin in self.plugins.values()}
            found = self._implementing[hook] = tuple(
                Implementation(modules[id(each.plugin)], hook, each.function, each.argnames)
                for each in sorted(getattr(self.pluggy.hook, hook).get_hookimpls(), key=lambda one: one.trylast)
                if id(each.plugin) in modules
            )
        return found


def manifest_of(name: str, module: Any) -> Manifest:
    """The manifest of a plugin's package; refuses one without, and one of another name than its entry point."""
    found = getattr(module, "MANIFEST", None)
    if not isinstance(found, Manifest):
        raise PluginFault(f"{name} says nothing of itself: give its package a MANIFEST = Manifest(...).")
    if found.name != name:
        raise PluginFault(f"{found.title} calls itself {found.name} and is installed as {name}. Use one name for both.")
    return found


def reason(broken: BaseException) -> str:
    """What went wrong, by the kind of error. Its own words may repeat a value, and are said only where they cannot."""
    if isinstance(broken, ImportError):
        return f"{broken.name or 'a module it needs'} is not installed" if broken.name else str(broken)
    if isinstance(broken, SyntaxError):
        return f"line {broken.lineno} of {str(broken.filename).rpartition('/')[2]} is not Python"
    return type(broken).__name__


def place_of(broken: BaseException) -> str:
    """The file and line where it went wrong: the innermost of a plugin's own, or the innermost of all."""
    frames = traceback.extract_tb(broken.__traceback__)
    if not frames:
        return ""
    own = [each for each in frames if any(part.startswith("cmcore_") for part in each.filename.split("/")[:-1])]
    last = (own or frames)[-1]
    parts = last.filename.replace("\\", "/").split("/")
    return f"{'/'.join(parts[-2:])}, line {last.lineno}"


_lock = RLock()
_current: Register | None = None


def register() -> Register:
    """The register of this process, filled from what is installed when it is first asked for."""
    global _current
    if _current is None:
        with _lock:
            if _current is None:
                made = Register()
                made.load_installed()
                _current = made
    return _current


@contextmanager
def standing(other: Register) -> Iterator[Register]:
    """Put another register in the place of this process's own for a while: for tests."""
    global _current
    before, _current = _current, other
    try:
        yield other
    finally:
        _current = before


def _of(hook: str) -> Callable[[], Iterable[Any]]:
    return lambda: register().declared(hook)


bring("rules", _of("cm_rules"))
bring("acts", lambda: register().acts)
bring("reaches", lambda: register().reaches)
bring("lines", _of("cm_tables"))
bring("left_out", lambda: register().left_out)
