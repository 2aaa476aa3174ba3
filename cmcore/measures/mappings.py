"""How the measures of an earlier set stand to those of a later one: declared as data, and never used to mix scores.

A mapping lets what was counted with either set stand side by side, measure by measure. It never turns a score of one
set into a score of the other, and a change is still only told between two reviews of one set.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from cmcore.measures.registry import measure_sets
from cmcore.measures.sets import Measure, MeasureSet
from cmcore.plugins.register import Register, register
from cmcore.safekeeping.work import Work


@dataclass(frozen=True)
class MeasureMapping:
    """Which measures of two sets are the same, by key, and which are not comparable, with the reason.

    ``earlier`` and ``later`` name the sets ("six@2017", "eight@1"). ``same`` maps a measure of the earlier set to one
    of the later; ``not_comparable`` says of every other measure of either set why it stands alone.
    """

    earlier: str
    later: str
    same: Mapping[str, str]
    source: str
    not_comparable: Mapping[str, str] = field(default_factory=dict)

    @property
    def key(self) -> str:
        """What it is known by: two mappings of the same two sets clash."""
        return f"{self.earlier} to {self.later}"

    def faults(self, sets: Mapping[str, MeasureSet]) -> list[str]:
        """What is wrong with it, held against the sets there are, one sentence each."""
        if missing := [ref for ref in (self.earlier, self.later) if ref not in sets]:
            return [f"The mapping {self.key} names {missing[0]}, which nobody declares."]
        before, after = sets[self.earlier], sets[self.later]
        said = []
        for old, new in self.same.items():
            if old not in before or new not in after:
                said.append(f"The mapping {self.key} says {old} is {new}, and one of the two is not in its set.")
            elif (before[old].scale, before[old].polarity) != (after[new].scale, after[new].polarity):
                said.append(f"The mapping {self.key} says {old} is {new}, which is scored on another scale.")
        spoken = {*self.same, *self.same.values(), *self.not_comparable}
        silent = [one for one in dict.fromkeys((*before.keys, *after.keys)) if one not in spoken]
        if silent:
            said.append(f"The mapping {self.key} says nothing of {', '.join(silent)}.")
        return said

    def in_both(self, sets: Mapping[str, MeasureSet]) -> list[tuple[Measure, Measure]]:
        """The measures that stand side by side, in the order of the later set."""
        before, after = sets[self.earlier], sets[self.later]
        old_of = {new: old for old, new in self.same.items()}
        return [(before[old_of[one.key]], one) for one in after.measures if one.key in old_of]


def mappings() -> tuple[MeasureMapping, ...]:
    """Every mapping that plugins declared and that fits the sets there are; :func:`mapping_faults` names the others."""
    known = register()
    return _gathered(known, len(known.plugins))


def mapping_faults() -> list[str]:
    """What is wrong with the mappings that plugins declared, one sentence each: such a mapping is not used."""
    return [said for one in register().declared("cm_measure_mappings") for said in one.faults(measure_sets())]


@lru_cache(maxsize=2)
def _gathered(known: Register, plugins: int) -> tuple[MeasureMapping, ...]:
    return tuple(one for one in known.declared("cm_measure_mappings") if not one.faults(measure_sets()))


def mapping_between(one: str, other: str) -> MeasureMapping | None:
    """The mapping of two sets, whichever is the earlier; nothing where nobody declared one."""
    return next((each for each in mappings() if {each.earlier, each.later} == {one, other}), None)


def mapping_for(work: Work, authority_id: int, one: str, other: str) -> MeasureMapping | None:
    """The mapping of two sets that a plugin brings which is on in an authority; nothing where none does."""
    for plugin, each in register().by_plugin("cm_measure_mappings"):
        asked = each in mappings() and {each.earlier, each.later} == {one, other}
        if asked and work.plugin_is_on(plugin.name, authority_id):
            found: MeasureMapping = each
            return found
    return None
