"""The measure sets there are: those shipped and what plugins declare."""

from __future__ import annotations

from functools import lru_cache

from cmcore.measures.sets import MeasureSets
from cmcore.measures.shipped import SHIPPED
from cmcore.plugins.register import register


@lru_cache(maxsize=1)
def measure_sets() -> MeasureSets:
    """Every measure set by its full name ("eight@1"), gathered at first use."""
    return MeasureSets([("core", SHIPPED), ("plugins", register().declared("cm_measure_sets"))])
