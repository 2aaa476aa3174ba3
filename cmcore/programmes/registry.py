"""The programme types there are: creative mentoring and what plugins declare."""

from __future__ import annotations

from functools import lru_cache

from cmcore.plugins.register import register
from cmcore.programmes.creative_mentoring import CREATIVE_MENTORING
from cmcore.programmes.types import ProgrammeTypes


@lru_cache(maxsize=1)
def programme_types() -> ProgrammeTypes:
    """Every programme type by its key, gathered at first use."""
    return ProgrammeTypes([CREATIVE_MENTORING, *register().declared("cm_programme_types")])
