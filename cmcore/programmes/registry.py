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


@lru_cache(maxsize=2)
def _gathered(known: Register, plugins: int) -> ProgrammeTypes:
    return ProgrammeTypes([CREATIVE_MENTORING, *known.declared("cm_programme_types")])
