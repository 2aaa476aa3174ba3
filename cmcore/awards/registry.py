"""The award schemes there are: what plugins declare through ``cm_award_schemes``."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from cmcore.awards.schemes import AwardScheme
from cmcore.plugins.register import register


def award_schemes() -> Mapping[str, AwardScheme]:
    """Every award scheme by its key, in the order in which the plugins were taken in. The core brings none."""
    return MappingProxyType({one.key: one for one in register().declared("cm_award_schemes")})
