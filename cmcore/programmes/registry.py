"""The programme types there are: creative mentoring and what plugins declare."""

from __future__ import annotations

from functools import lru_cache

from cmcore.plugins.register import Register, register
from cmcore.programmes.creative_mentoring import CREATIVE_MENTORING
from cmcore.programmes.types import ProgrammeTypes


def programme_types() -> ProgrammeTypes:
    """Every programme type by its key, gathered at first use."""
    known = register()
    return _gathered(known, len(known.plugins))


def plugin_of_type(key: str) -> str:
    """The name of the plugin that declares a type; empty for the core's own."""
    return next((plugin.name for plugin, each in register().by_plugin("cm_programme_types") if each.key == key), "")


@lru_cache(maxsize=2)
def _gathered(known: Register, plugins: int) -> ProgrammeTypes:
    return ProgrammeTypes([CREATIVE_MENTORING, *known.declared("cm_programme_types")])
