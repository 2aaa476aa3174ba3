"""The measure sets there are: those that come with the software and what plugins declare."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import lru_cache

from cmcore.base.findings import refuse
from cmcore.measures.sets import Measure, MeasureSet, MeasureSets, Scale
from cmcore.measures.shipped import SHIPPED
from cmcore.plugins.register import Register, register


def measure_sets() -> MeasureSets:
    """Every measure set by its full name, gathered at first use."""
    known = register()
    return _gathered(known, len(known.plugins))


@lru_cache(maxsize=2)
def _gathered(known: Register, plugins: int) -> MeasureSets:
    declared = [(plugin.name, [one]) for plugin, one in known.by_plugin("cm_measure_sets")]
    return MeasureSets([("cmcore", SHIPPED), *declared])


def set_of(ref: str, measures: Iterable[str]) -> MeasureSet:
    """The set with this full name; where its plugin is not in use, one that names what was scored."""
    known = measure_sets()
    if ref in known:
        return known[ref]
    scale = Scale(0, 100, "", "")
    told = tuple(Measure(key, key.replace("_", " ").capitalize(), "", scale, "") for key in measures)
    told = told or (Measure("nothing", "Nothing scored", "", scale, ""),)
    key, _, version = ref.partition("@")
    return MeasureSet(key, int(version), f"{ref} (its plugin is not in use)", told, date.min, "")


def measure_set(ref: str) -> MeasureSet:
    """The set with this full name; refuses in a sentence that lists the ones there are."""
    known = measure_sets()
    if ref not in known:
        raise refuse(f"There is no measure set “{ref}”.", way_out=f"There are {', '.join(known)}.")
    return known[ref]
