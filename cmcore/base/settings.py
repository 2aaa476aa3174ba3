"""Settings in layers: what the software ships, the authority's own file over it, the environment over both."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from importlib.resources import files
from pathlib import Path
from typing import Any

from cmcore.base.policy import Policy, PolicyError


class SettingsError(ValueError):
    """A setting that cannot be used: the sentence names the file, the key and the way out."""


@dataclass(frozen=True)
class Setting:
    """One value in force and where it came from."""

    value: Any
    origin: str


#: Environment variables with names of their own; every other setting is CM_SECTION_KEY.
_SHORT = {"PORT": ("console", "port"), "CM_DATABASE_URL": ("database", "url")}


class Settings:
    """Every setting by section and key. ``settings["console", "port"]`` is the value in force."""

    def __init__(
        self,
        values: Mapping[tuple[str, str], Setting],
        rules: Mapping[str, Any],
        rules_origin: str,
        plugins: Mapping[str, Mapping[str, Any]] | None = None,
    ) -> None:
        """Hold values with their origins, the changes to the rules, and what is said of each plugin by its name."""
        self._values = dict(values)
        self.rules = dict(rules)
        self.rules_origin = rules_origin
        self.plugins = dict(plugins or {})

    @classmethod
    def load(cls, file: str | Path | None = None, environ: Mapping[str, str] | None = None) -> Settings:
        """Read the layers. ``file`` (or CM_CONFIG) is the authority's own; ``environ`` is the environment."""
        environ = os.environ if environ is None else environ
        shipped = tomllib.loads(files("cmcore.base").joinpath("default.toml").read_text("utf-8"))
        known: dict[tuple[str, str], Setting] = {
            (section, key): Setting(value, "default.toml")
            for section, entries in shipped.items()
            if section != "rules"
            for key, value in entries.items()
        }
        rules: dict[str, Any] = {}
        plugins: dict[str, Any] = {}
        named = file or environ.get("CM_CONFIG") or None
        if named:
            rules, plugins = _lay_over(known, Path(named))
        _from_environment(known, environ)
        made = cls(known, rules, Path(named).name if named else "default.toml", plugins)
        made.policy()
        return made

    def __getitem__(self, key: tuple[str, str]) -> Any:
        """The value in force."""
        return self._values[key].value

    def origin(self, section: str, key: str) -> str:
        """Where the value in force came from."""
        return self._values[section, key].origin

    def everything(self) -> list[tuple[str, Setting]]:
        """Every setting as ("section.key", setting), in the order they are shipped."""
        return [(f"{section}.{key}", setting) for (section, key), setting in self._values.items()]

    @property
    def overrides(self) -> tuple[tuple[str, Mapping[str, Any]], ...]:
        """The changes to the rules, as :class:`~cmcore.safekeeping.work.Work` takes them."""
        return ((self.rules_origin, self.rules),) if self.rules else ()

    def policy(self) -> Policy:
        """The rules with these changes. Refuses a change that cannot be made."""
        try:
            return Policy.load(*self.overrides)
        except PolicyError as wrong:
            raise SettingsError(str(wrong)) from None


def _lay_over(known: dict[tuple[str, str], Setting], file: Path) -> tuple[dict[str, Any], dict[str, Any]]:
    try:
        told = tomllib.loads(file.read_text("utf-8"))
    except FileNotFoundError:
        raise SettingsError(f"There is no settings file {file.name}. CM_CONFIG names one that is not there.") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as wrong:
        raise SettingsError(f"{file.name} cannot be read: {wrong}.") from None
    rules = told.pop("rules", {})
    # A table under [plugins] is one plugin's: what may stand in it is that plugin's to say.
    said = told.get("plugins", {})
    plugins = {key: said.pop(key) for key in [key for key, value in said.items() if isinstance(value, dict)]}
    sections = {section for section, _ in known}
    for section, entries in told.items():
        if section not in sections or not isinstance(entries, dict):
            raise SettingsError(_unknown(file.name, section, [*sections, "rules"]))
        for key, value in entries.items():
            if (section, key) not in known:
                raise SettingsError(_unknown(file.name, f"{section}.{key}", [f"{a}.{b}" for a, b in known]))
            fitting = _like(known[section, key].value, value, f"{file.name}: {section}.{key}")
            known[section, key] = Setting(fitting, file.name)
    return dict(rules), plugins


def _from_environment(known: dict[tuple[str, str], Setting], environ: Mapping[str, str]) -> None:
    names = {f"CM_{section}_{key}".upper(): (section, key) for section, key in known} | _SHORT
    for name, place in names.items():
        if environ.get(name):
            known[place] = Setting(_from_text(known[place].value, environ[name], name), name)


def _unknown(where: str, said: str, choices: list[str]) -> str:
    near = get_close_matches(said, choices, n=1, cutoff=0.5)
    way_out = f"Did you mean {near[0]}?" if near else f"There are {', '.join(sorted(choices))}."
    return f"{where}: there is no setting {said}. {way_out}"


def _like(shipped: Any, value: Any, where: str) -> Any:
    same = isinstance(value, type(shipped)) and not (isinstance(value, bool) and not isinstance(shipped, bool))
    if not same:
        raise SettingsError(f"{where} takes a value like {shipped!r}, not {value!r}.")
    return value


def _from_text(shipped: Any, text: str, name: str) -> Any:
    if isinstance(shipped, bool):
        if text.lower() not in ("true", "false", "1", "0", "yes", "no"):
            raise SettingsError(f"{name} is true or false, not {text!r}.")
        return text.lower() in ("true", "1", "yes")
    if isinstance(shipped, int):
        try:
            return int(text)
        except ValueError:
            raise SettingsError(f"{name} is a whole number, not {text!r}.") from None
    if isinstance(shipped, list):
        return [part.strip() for part in text.split(",") if part.strip()]
    return text
