"""The console with the plugins that come with it, on an autumn's database."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType

from flask import Flask

import cmcore_action_research
import cmcore_arts_award
import cmcore_artsmark
import cmcore_attachment_aware
import cmcore_derbyshire
import cmcore_epep_culture
import cmcore_mighty_creatives
import cmcore_staffordshire
from cmcore.base.migrations import upgrade
from cmcore.plugins.configured import Configured
from cmcore.testing import plugged
from cmcore_action_research import console as action_research_console
from cmcore_arts_award import console as arts_award_console
from cmcore_artsmark import console as artsmark_console
from cmcore_attachment_aware import console as attachment_aware_console
from cmcore_derbyshire import console as derbyshire_console
from cmcore_epep_culture import console as epep_culture_console
from cmcore_mighty_creatives import console as mighty_creatives_console
from cmcore_staffordshire import console as staffordshire_console
from console import plugins
from console.app import create_app
from console.framework import Console
from console.pages import register
from tests.console.autumn import Autumn

PLUGINS = (
    cmcore_action_research,
    cmcore_arts_award,
    cmcore_artsmark,
    cmcore_attachment_aware,
    cmcore_derbyshire,
    cmcore_epep_culture,
    cmcore_mighty_creatives,
    cmcore_staffordshire,
)
PARTS: dict[str, ModuleType] = {
    "action_research": action_research_console,
    "arts_award": arts_award_console,
    "artsmark": artsmark_console,
    "attachment_aware": attachment_aware_console,
    "derbyshire": derbyshire_console,
    "epep_culture": epep_culture_console,
    "mighty_creatives": mighty_creatives_console,
    "staffordshire": staffordshire_console,
}


def furnish(console: Console) -> None:
    """Register the pages that come with the console, and those of the plugins."""
    register(console)
    plugins.brought().take_in(console, [(name, lambda part=part: part) for name, part in PARTS.items()])


@contextmanager
def console_with(autumn: Autumn, **places: list[str]) -> Iterator[Flask]:
    """The console with all of them in use, each on in the authorities of these codes only."""
    with plugged(*PLUGINS, on=()) as known:
        known.configured = Configured(places={name: (frozenset(codes), frozenset()) for name, codes in places.items()})
        upgrade(autumn.stage.engine)
        app = create_app(autumn.stage.engine, clock=autumn.stage.clock, furnish=furnish)
        with app.app_context():
            assert plugins.brought().left_out == {}
        yield app
