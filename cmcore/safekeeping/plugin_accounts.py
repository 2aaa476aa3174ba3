"""An account of each plugin: what it brings, its tables and rows, where it is on, its health."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from cmcore.base.words import count, in_words
from cmcore.plugins.declared import Plugin, key_of
from cmcore.plugins.records import PluginHealth
from cmcore.plugins.register import register
from cmcore.plugins.tables import owners_in, rows_in, standing, tables_of
from cmcore.safekeeping.work import Work

#: What each declaration is called, one and many.
_WORDS = {
    "cm_forms": ("form", "forms"),
    "cm_programme_types": ("programme type", "programme types"),
    "cm_measure_sets": ("measure set", "measure sets"),
    "cm_measure_mappings": ("mapping of measures", "mappings of measures"),
    "cm_award_schemes": ("award", "awards"),
    "cm_figures": ("figure", "figures"),
    "cm_glossary": ("word explained", "words explained"),
    "cm_rules": ("rule", "rules"),
    "cm_workbooks": ("list as a workbook", "lists as workbooks"),
    "cm_settings": ("setting", "settings"),
}


@dataclass(frozen=True)
class Failing:
    """How often a hook of a plugin failed, when last, with which kind of error and where."""

    hook: str
    failures: int
    last_at: datetime
    what: str
    place: str


@dataclass(frozen=True)
class PluginAccount:
    """One plugin as it stands. ``state`` is "in use", "left out" or "not installed"; ``why`` says why it is not in use.

    ``declared`` maps a hook to the keys it declares; ``tables`` a table to its rows within reach; ``on_for`` lists the
    codes of the authorities in reach it is on for, and ``programmes`` what was said of single programmes of them.
    """

    name: str
    title: str
    version: str
    state: str
    why: str
    where: str
    maker: str
    about: str
    sensitive: str
    api: int
    declared: dict[str, tuple[str, ...]]
    hooks: tuple[str, ...]
    tables: dict[str, int]
    on_for: tuple[str, ...]
    health: tuple[Failing, ...]

    @property
    def brings(self) -> str:
        """What it brings, in a sentence."""
        said = [count(len(self.declared[hook]), *words) for hook, words in _WORDS.items() if self.declared.get(hook)]
        held = f"{count(len(self.tables), 'table')}, {count(sum(self.tables.values()), 'row')}"
        first = f"{in_words(said)}." if said else ("" if self.state != "in use" else "No forms, rules or types.")
        return f"{first} {f'{held}.' if self.tables else ''}".strip()

    def as_data(self) -> dict[str, Any]:
        """The account as plain values, for JSON."""
        told = {**asdict(self), "brings": self.brings}
        told["health"] = [{**asdict(one), "last_at": one.last_at.isoformat()} for one in self.health]
        return told


def accounts_of(work: Work) -> list[PluginAccount]:
    """Every plugin that is in use, left out, or gone with its tables still here; those with something wrong first."""
    known = register()
    tables = standing(work.engine)
    owners = [each for each in owners_in(tables) if each not in ("core", "console")]
    names = [*known.plugins, *known.left_out, *owners]
    reached = sorted(work.scope.authorities) if work.scope else []
    own = {name: tables_of(tables, name, names) for name in dict.fromkeys(names)}
    rows = rows_in(work.engine, [each for of_one in own.values() for each in of_one], reached)
    ill: dict[str, list[Failing]] = {}
    for one in work.db.scalars(select(PluginHealth).order_by(PluginHealth.last_at.desc())):
        ill.setdefault(one.plugin, []).append(Failing(one.hook, one.failures, one.last_at, one.what, one.place))
    codes = work.authority_codes()
    found = []
    for name in own:
        plugin = known.plugins.get(name)
        state, title, why, where = _stands(name, plugin)
        told = plugin.manifest if plugin else None
        found.append(
            PluginAccount(
                name=name,
                title=title,
                version=told.version if told else "",
                state=state,
                why=why,
                where=where,
                maker=told.maker if told else "",
                about=told.about if told else "",
                sensitive=told.sensitive if told else "",
                api=told.api if told else 0,
                declared=_declared(plugin),
                hooks=known.hooks_of(name),
                tables={table: rows[table] for table in own[name]},
                on_for=tuple(codes[each] for each in reached if work.plugin_wanted(name, each)),
                health=tuple(ill.get(name, ())),
            )
        )
    return sorted(found, key=lambda one: (one.state == "in use", one.title.lower()))


def _stands(name: str, plugin: Plugin | None) -> tuple[str, str, str, str]:
    if plugin is not None:
        return "in use", plugin.manifest.title, "", ""
    gone = register().left_out.get(name)
    if gone is not None:
        return "left out", gone.title, gone.why, gone.where
    why = (
        "It is not installed, and its tables are still here. "
        f"Install it again, or take them out with “cm plugin remove {name} --export FILE”."
    )
    return "not installed", name, why, ""


def _declared(plugin: Plugin | None) -> dict[str, tuple[str, ...]]:
    given: dict[str, Sequence[Any]] = dict(plugin.declared) if plugin else {}
    return {hook: tuple(key_of(hook, one) for one in declared) for hook, declared in given.items()}
