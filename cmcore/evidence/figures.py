"""Figures: numbers that are stored queries, each with what it counts in plain words, of the core and of plugins.

A figure is counted anew whenever it is asked for. Whoever writes a number down keeps the key and the period with it,
so that anybody can count it again.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from cmcore.base.findings import Refused, refuse
from cmcore.base.periods import Period
from cmcore.evidence.disclosure.policies import Disclosure, PolicyKey, Symbol, disclosure
from cmcore.plugins.calling import Failure
from cmcore.plugins.declared import Plugin
from cmcore.plugins.register import Register, place_of, register
from cmcore.safekeeping.work import Work
from cmcore.virtual_schools.records import Authority

#: How a number is told outside where no authority says otherwise: 1 to 5 hidden, nothing rounded.
USUAL = Disclosure(PolicyKey.dfe, 5, 1, 10)


@dataclass(frozen=True)
class Counted:
    """What was counted, and out of how many where the figure is a part of something; both are whole numbers."""

    number: int
    of: int | None = None

    @property
    def words(self) -> str:
        """As it is read on the authority's own screens: "12", or "12 of 40"."""
        return f"{self.number:,}" if self.of is None else f"{self.number:,} of {self.of:,}"


@dataclass(frozen=True, kw_only=True)
class Figure:
    """A number and how it is counted.

    ``meaning`` says in plain words which rows are counted: it stands beside the number wherever it is read. ``count``
    counts within the reach of whoever asks, in one authority and over one period, both of whose days are included.
    ``of_people`` says that what is counted is young people, or things from which one could be known again: such a
    number is hidden in what leaves the authority while it is from 1 to 5.
    """

    key: str
    title: str
    meaning: str
    count: Callable[[Work, Authority, Period], Counted]
    of_people: bool = True

    def outside(self, counted: Counted, policy: Disclosure = USUAL) -> str:
        """As it is read outside the authority (R-SUP-1): a small number is "c", and so is one that tells a small rest.

        ``policy`` is that of :func:`for_others`. It guards each number by itself.
        """
        if not self.of_people:
            return counted.words
        small = policy.is_small(counted.number)
        if counted.of is None:
            return _told(counted.number, small, policy)
        small = small or policy.is_small(counted.of - counted.number)
        return f"{_told(counted.number, small, policy)} of {_told(counted.of, policy.is_small(counted.of), policy)}"


def _told(number: int, small: bool, policy: Disclosure) -> str:
    return Symbol.hidden.value if small else f"{policy.shown(number):,}"


def for_others(work: Work, authority: Authority) -> Disclosure:
    """How an authority tells numbers to readers outside: its own R-SUP-1, for whoever reads a statement or a report."""
    return disclosure(work.policy_of(authority), PolicyKey.dfe)


def figures() -> Mapping[str, Figure]:
    """Every figure there is by its key: the core's own, then those that plugins declare."""
    known = register()
    return _gathered(known, len(known.plugins))


@lru_cache(maxsize=2)
def _gathered(known: Register, plugins: int) -> Mapping[str, Figure]:
    from cmcore.evidence.own_figures import OWN

    return {one.key: one for one in (*OWN, *(one for _, one in known.by_plugin("cm_figures")))}


def figures_in_use(work: Work, authority: Authority) -> list[Figure]:
    """The figures that can be counted in an authority: the core's, and those of the plugins that are on there."""
    owners = _owners()
    return [
        one
        for one in figures().values()
        if one.key not in owners or work.plugin_is_on(owners[one.key].name, authority.id)
    ]


def _owners() -> dict[str, Plugin]:
    return {one.key: plugin for plugin, one in register().by_plugin("cm_figures")}


def counted(work: Work, key: str, authority: Authority, period: Period) -> Counted:
    """A figure counted now, within reach of whoever asks.

    Refuses whoever may not see the authority's evidence, a figure nobody declares, one whose plugin is not on there,
    and one whose plugin fails: that is written to its health.
    """
    work.require("evidence.see", authority.id)
    figure, plugin = figures().get(key), _owners().get(key)
    if figure is None or (plugin is not None and not work.plugin_is_on(plugin.name, authority.id)):
        raise refuse(
            f"The figure “{key}” cannot be counted here.",
            way_out="Switch the plugin on that brings it, or choose another figure.",
        )
    if plugin is None:
        return figure.count(work, authority, period)
    try:
        return figure.count(work, authority, period)
    except Refused:
        raise
    except Exception as raised:  # noqa: BLE001  whatever a foreign count raises is a number that is not known
        work.plugin_failed(
            Failure(
                plugin.name, plugin.manifest.title, "cm_figures", type(raised).__name__[:120], place_of(raised)[:200]
            )
        )
        raise refuse(
            f"“{figure.title}” could not be counted: {plugin.manifest.title} failed.",
            way_out="Ask the administrator to look at the Plugins page: it says what failed.",
        ) from None
