"""The award schemes there are: what plugins declare through ``cm_award_schemes``."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from cmcore.awards.schemes import AwardScheme
from cmcore.plugins.register import register
from cmcore.safekeeping.work import Work


def award_schemes() -> Mapping[str, AwardScheme]:
    """Every award scheme by its key, in the order in which the plugins were taken in. The core brings none."""
    return MappingProxyType({one.key: one for one in register().declared("cm_award_schemes")})


def award_schemes_in_use(work: Work, authority_id: int) -> list[AwardScheme]:
    """The award schemes of the plugins that are on in an authority: those somebody can be enrolled for there."""
    return [
        one
        for plugin, one in register().by_plugin("cm_award_schemes")
        if work.plugin_is_on(plugin.manifest.name, authority_id)
    ]
