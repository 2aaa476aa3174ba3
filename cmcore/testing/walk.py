"""The whole way of a made-up young person, on which a plugin is asked, told and read as the core does it."""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta
from types import ModuleType
from typing import Any

from sqlalchemy import select

from cmcore.awards.standings import award_standings
from cmcore.base.engine import engine_for
from cmcore.base.findings import Refused
from cmcore.base.migrations import upgrade
from cmcore.base.periods import Period
from cmcore.evidence.figures import counted
from cmcore.evidence.happened import happened
from cmcore.feeds.entries import calendar_entries
from cmcore.peps.culture import cultural_lines
from cmcore.plugins.hooks_around_acts import Checks, Told
from cmcore.plugins.hookspecs import Offers
from cmcore.plugins.records import PluginHealth
from cmcore.plugins.register import Register, register
from cmcore.safekeeping.work import Work
from cmcore.testing.plugged import a_plugin
from cmcore.testing.stage import Stage
from cmcore.testing.story import Story
from cmcore.virtual_schools.records import Authority

_CALLED = (*vars(Checks), *vars(Told), *vars(Offers))


def failures_on_the_way(url: str) -> dict[str, list[str]]:
    """Take a made-up young person the whole way, as far as rules let them, and read what plugins say of it.

    Gives what failed, by plugin: the hook, the kind of error, and where in the plugin.
    """
    engine = engine_for(url)
    try:
        upgrade(engine)
        stage = Stage(engine)
        stage.authority()
        story = Story.begin(stage)
        today = stage.clock.today()
        # A plugin may refuse what is made up here: that is its right, and the way ends there.
        with suppress(Refused):
            with stage.work() as work:
                story.started(work)
            stage.on(today + timedelta(days=7))
            with stage.work() as work:
                story.scored(work, today + timedelta(days=6))
                story.logged(work, today + timedelta(days=6))
            with stage.work() as work:
                story.ended(work, "end_early", "Moved to another part of the country.")
        with stage.work() as work:
            _read(work, work.get(Authority, stage.authority_id), story.person_id)
        told: dict[str, list[str]] = {}
        with stage.work() as work:
            for one in work.db.scalars(select(PluginHealth)):
                told.setdefault(one.plugin, []).append(f"{one.hook}: {one.what} at {one.place}")
        return told
    finally:
        engine.dispose()


def _read(work: Work, authority: Authority, person_id: int) -> None:
    """Ask for everything a plugin may offer of a young person and of the days around today, and for its figures."""
    period = Period(work.today - timedelta(days=400), work.today + timedelta(days=400))
    calendar_entries(work, authority, period)
    cultural_lines(work, authority, [person_id], period)
    award_standings(work, [person_id])
    happened(work, authority.id, [person_id])
    for figure in register().declared("cm_figures"):
        with suppress(Refused):
            counted(work, figure.key, authority, period)


def failing_neighbour() -> Any:
    """A plugin that raises in every told-hook."""

    def raises() -> None:
        raise RuntimeError("A neighbour that fails.")

    told: dict[str, Any] = {name: raises for name in vars(Told) if name.startswith("cm_")}
    return a_plugin("neighbour_that_fails", **told)


def noted_calls(known: Register, plugin: ModuleType) -> list[str]:
    """Put a note in the place of each function of a plugin that is asked, told or read: the hooks that are called."""
    asked: list[str] = []
    for hook in known.hooks_of(plugin.MANIFEST.name):
        if hook in _CALLED:
            known._implementing[hook] = tuple(_noted(each, asked) for each in known.implementing(hook))
    return asked


def _noted(each: Any, asked: list[str]) -> Any:
    def noting(**arguments: Any) -> list[Any]:
        asked.append(each.hook)
        return []

    return type(each)(each.plugin, each.hook, noting, each.wanted)
