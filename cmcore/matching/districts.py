"""How far apart two postcode districts are, offline: from what an authority entered, or from their letters.

No table of where districts lie could be had under a licence that lets it be shipped, so this is coarse on purpose and
says so: docs/decisions/distances-without-a-map.md.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

_OUTWARD = re.compile(r"([A-Z]{1,2})([0-9][0-9A-Z]?)")
#: Miles for each way of lying to each other [Default], and the words for it.
SAME, AREA, BESIDE = 3, 10, 25

Table = Mapping[tuple[str, str], int]


@dataclass(frozen=True)
class Apart:
    """How far apart two districts are: whole miles, or nothing where they lie further apart than can be told."""

    miles: int | None
    #: "about 10 miles: both in DE".
    words: str
    #: Whether somebody entered it, who knows the way.
    entered: bool = False


def district_of(postcode: str) -> str:
    """The first half of a postcode, or of a district as it is typed: "de4 3aa" and "DE4" are both DE4; else empty."""
    text = postcode.upper().strip()
    head = text.split()[0] if " " in text else (text[:-3] if len(text) > 4 and text[-3:-2].isdigit() else text)
    return head if _OUTWARD.fullmatch(head) else ""


def apart(one: str, other: str, entered: Table | None = None) -> Apart:
    """How far apart two districts are. What an authority entered comes first, whichever way round."""
    if not one or not other:
        return Apart(None, "not known: a postcode is missing")
    if (known := (entered or {}).get(pair(one, other))) is not None:
        return Apart(known, f"{known} miles from {one} to {other}, as you have entered", True)
    if one == other:
        return Apart(SAME, f"within {one}")
    areas = [_area(each) for each in (one, other)]
    if areas[0] == areas[1]:
        return Apart(AREA, f"about {AREA} miles: {one} and {other} are both in {areas[0]}")
    if areas[1] in beside(areas[0]):
        return Apart(BESIDE, f"about {BESIDE} miles: {areas[0]} and {areas[1]} lie beside each other")
    return Apart(None, f"far: {one} and {other} are not in neighbouring areas")


def pair(one: str, other: str) -> tuple[str, str]:
    """Two districts in the order of the alphabet, as a distance is kept."""
    return (one, other) if one <= other else (other, one)


def beside(area: str) -> frozenset[str]:
    """The areas that lie beside one."""
    return _neighbours().get(area, frozenset())


def _area(district: str) -> str:
    found = _OUTWARD.fullmatch(district)
    return found[1] if found else district


@lru_cache(maxsize=1)
def _neighbours() -> dict[str, frozenset[str]]:
    told = tomllib.loads(files("cmcore.matching").joinpath("areas.toml").read_text("utf-8"))
    found: dict[str, set[str]] = {}
    for area, others in told.items():
        for other in others.split():
            found.setdefault(area, set()).add(other)
            found.setdefault(other, set()).add(area)
    return {area: frozenset(others) for area, others in found.items()}
