"""What the settings say about plugins: which are on where, and the settings of their own."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

from cmcore.base.settings import Settings, SettingsError

if TYPE_CHECKING:
    from cmcore.plugins.declared import PluginSetting
    from cmcore.plugins.register import Register


@dataclass(frozen=True)
class Configured:
    """The ``[plugins]`` part of the settings.

    ``on`` names plugins that are on in every authority ("*" is every plugin), ``off`` those that are off whatever else
    is said. ``places`` maps a plugin to where it is on and where it is off: codes of authorities ("990"), or a
    programme of one ("990/creative-mentoring"). ``values`` maps a plugin to its own settings.
    """

    on: frozenset[str] = frozenset()
    off: frozenset[str] = frozenset()
    places: Mapping[str, tuple[frozenset[str], frozenset[str]]] = field(default_factory=dict)
    values: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    origin: str = "default.toml"

    def says(self, name: str, code: str, programme: str = "") -> bool | None:
        """What the settings say for a place: on, off, or nothing about it. A programme's own word is asked apart."""
        place = f"{code}/{programme}" if programme else code
        on, off = self.places.get(name, (frozenset(), frozenset()))
        if place in off:
            return False
        return True if place in on else None

    def everywhere(self, name: str) -> bool:
        """Whether a plugin is on wherever nothing else is said."""
        return name in self.on or "*" in self.on


#: What was said on the Plugins page or with ``cm plugin on``: (plugin, programme or "") to on or off, of one authority.
Switched = Mapping[tuple[str, str], bool]


def is_on(name: str, code: str, programme: str, configured: Configured, switched: Switched) -> bool:
    """Whether a plugin is on for an authority, and for one of its programmes where that is named.

    The nearest word wins: the switch of the programme, the settings of the programme, the switch of the authority, the
    settings of the authority, the settings for all. What the settings put off for all stays off. Without a word a
    plugin is off: installing it changes nothing that anybody sees.
    """
    if name in configured.off:
        return False
    words: list[bool | None] = []
    if programme:
        words += [switched.get((name, programme)), configured.says(name, code, programme)]
    words += [switched.get((name, "")), configured.says(name, code)]
    said = next((each for each in words if each is not None), None)
    return configured.everywhere(name) if said is None else said


def is_on_anywhere(name: str, code: str, configured: Configured, switched: Switched) -> bool:
    """Whether a plugin is on in an authority as a whole, or for at least one of its programmes."""
    if is_on(name, code, "", configured, switched):
        return True
    places = configured.places.get(name, (frozenset(), frozenset()))[0]
    programmes: Collection[str] = {
        *(place.partition("/")[2] for place in places if place.startswith(f"{code}/")),
        *(key for plugin, key in switched if plugin == name and key),
    }
    return any(is_on(name, code, each, configured, switched) for each in programmes)


def configured_by(settings: Settings, known: Register) -> Configured:
    """The ``[plugins]`` part of the settings, held against the plugins there are.

    Refuses a plugin nobody installed, a setting the plugin does not declare, and a value of another type, each in a
    sentence that names the file. What is said of a plugin that was left out is kept aside until it is put right.
    """
    origin = settings.rules_origin
    names = {*known.plugins, *known.left_out}
    for place in ("on", "off"):
        for name in settings["plugins", place]:
            if name != "*" or place == "off":
                _is_known(name, names, f"{settings.origin('plugins', place)}: plugins.{place}")
    places: dict[str, tuple[frozenset[str], frozenset[str]]] = {}
    values: dict[str, dict[str, Any]] = {}
    for name, said in settings.plugins.items():
        _is_known(name, names, f"{origin}: plugins.{name}")
        on, off = (_codes(said.get(word, []), f"{origin}: plugins.{name}.{word}") for word in ("on", "off"))
        places[name] = (on, off)
        own = {key: value for key, value in said.items() if key not in ("on", "off")}
        if name in known.plugins:
            declared = {one.key: one for one in known.plugins[name].declared.get("cm_settings", ())}
            for key, value in own.items():
                _fits(declared, key, value, f"{origin}: plugins.{name}")
        values[name] = own
    return Configured(
        frozenset(settings["plugins", "on"]), frozenset(settings["plugins", "off"]), places, values, origin
    )


def configure(settings: Settings, known: Register) -> None:
    """Let the settings say where plugins are on, in this process."""
    known.configured = configured_by(settings, known)


def _is_known(name: str, names: Collection[str], where: str) -> None:
    if name not in names:
        near = get_close_matches(name, names, n=1)
        there = f"There are {', '.join(sorted(names))}." if names else "None is installed."
        raise SettingsError(f"{where}: there is no plugin {name}. " + (f"Did you mean {near[0]}?" if near else there))


def _codes(said: Any, where: str) -> frozenset[str]:
    if not isinstance(said, list) or not all(isinstance(each, str) and each for each in said):
        raise SettingsError(f'{where} is a list of authorities by code, such as ["990"] or ["990/creative-mentoring"].')
    return frozenset(said)


def _fits(declared: Mapping[str, PluginSetting], key: str, value: Any, where: str) -> None:
    if key not in declared:
        near = get_close_matches(key, declared, n=1)
        there = f"It has {', '.join(['on', 'off', *declared])}."
        raise SettingsError(f"{where}: there is no setting {key}. " + (f"Did you mean {near[0]}?" if near else there))
    default = declared[key].default
    if not isinstance(value, type(default)) or isinstance(value, bool) != isinstance(default, bool):
        raise SettingsError(f"{where}.{key} takes a value like {default!r}, not {value!r}.")


_times = 0


def switched_anew() -> None:
    """Say that a plugin was switched, so that what this process keeps at hand about it is read again."""
    global _times
    _times += 1


def times_switched() -> int:
    """How often a plugin was switched in this process."""
    return _times
