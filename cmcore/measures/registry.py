"""The measure sets there are: those that come with the software and what plugins declare."""

from __future__ import annotations

from functools import lru_cache
from typing import cast

from cmcore.base.findings import refuse
from cmcore.measures.sets import MeasureSet, MeasureSets
from cmcore.measures.shipped import SHIPPED
from cmcore.plugins.register import register


@lru_cache(maxsize=1)
def measure_sets() -> MeasureSets:
    """Every measure set by its full name, gathered at first use; a doubled one is refused and names both owners."""
    implemented = register().pluggy.hook.cm_measure_sets.get_hookimpls()
    declared = [(each.plugin_name, cast("list[MeasureSet]", each.function())) for each in implemented]
    return MeasureSets([("cmcore", SHIPPED), *declared])


def measure_set(ref: str) -> MeasureSet:
    """The set with this full name; refuses in a sentence that lists the ones there are."""
    known = measure_sets()
    if ref not in known:
        raise refuse(f"There is no measure set “{ref}”.", way_out=f"There are {', '.join(known)}.")
    return known[ref]
