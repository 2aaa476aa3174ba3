"""What an award is made of: scheme, levels, units and parts, as data that a plugin brings."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Need:
    """One thing that the evidence of a part must show, such as an artist: a key, and what it is called."""

    key: str
    words: str


@dataclass(frozen=True, kw_only=True)
class Part:
    """One part of a level: what it asks, what its evidence must show, and whether that may serve another part too."""

    key: str
    title: str
    #: What it asks of the young person, in a sentence.
    asks: str
    needs: tuple[Need, ...] = ()
    #: Whether evidence of this part may not be evidence of another part of the same level.
    not_reused: bool = False

    def __post_init__(self) -> None:
        """Refuse two needs of one key."""
        _once(f"the needs of part {self.key}", (each.key for each in self.needs))

    @property
    def words(self) -> str:
        """What it is called: "B Be an audience"."""
        return f"{self.key} {self.title}"


@dataclass(frozen=True, kw_only=True)
class Unit:
    """Parts that belong together; a level without units has one without a title."""

    key: str
    title: str
    parts: tuple[Part, ...]


@dataclass(frozen=True, kw_only=True)
class Level:
    """One level of a scheme. ``age_from`` and ``age_to`` are whole years, both included; hours are whole hours.

    What is not known is ``None``: nobody is told a number that no source gives.
    """

    key: str
    title: str
    #: What it counts as: "Level 2", "Entry 3", "introductory".
    standing: str
    units: tuple[Unit, ...]
    age_from: int
    age_to: int
    #: The ages it was made for, which keep nobody out.
    meant_from: int
    meant_to: int
    #: Whether the awarding body looks at a sample of what advisers assessed.
    moderated: bool = True
    qualification_number: str = ""
    hours: int | None = None
    guided_hours: int | None = None
    ucas_points: int | None = None

    def __post_init__(self) -> None:
        """Refuse ages out of order, more guided hours than hours, parts of one key, and a level without parts."""
        if not self.age_from <= self.meant_from <= self.meant_to <= self.age_to:
            raise ValueError(f"The ages of {self.title} are not in order.")
        if self.guided_hours is not None and (self.hours is None or self.guided_hours > self.hours):
            raise ValueError(f"{self.title} has more guided hours than hours.")
        if not self.parts:
            raise ValueError(f"{self.title} has no parts.")
        _once(f"the units of {self.title}", (each.key for each in self.units))
        _once(f"the parts of {self.title}", (each.key for each in self.parts))

    @property
    def parts(self) -> tuple[Part, ...]:
        """Its parts, unit by unit."""
        return tuple(part for unit in self.units for part in unit.parts)

    def part(self, key: str) -> Part | None:
        """The part of this key, or nothing."""
        return next((part for part in self.parts if part.key == key), None)

    @property
    def meant_for(self) -> str:
        """The ages it was made for, in words: "7 to 11, open to 25"."""
        open_to = f", open to {self.age_to}" if self.meant_to < self.age_to else ""
        return f"{self.meant_from} to {self.meant_to}{open_to}"


@dataclass(frozen=True, kw_only=True)
class AwardScheme:
    """An award with its levels, lowest first. ``key`` begins with the name of the plugin that brings it."""

    key: str
    title: str
    awarding_body: str
    levels: tuple[Level, ...]
    #: Days in which what was asked for as a sample is sent, and weeks until certificates come.
    sample_days: int = 14
    certificate_weeks: int = 8

    def __post_init__(self) -> None:
        """Refuse a scheme without levels, and two levels of one key."""
        if not self.levels:
            raise ValueError(f"{self.title} has no levels.")
        _once(f"the levels of {self.title}", (each.key for each in self.levels))

    def level(self, key: str) -> Level | None:
        """The level of this key, or nothing."""
        return next((level for level in self.levels if level.key == key), None)


def _once(what: str, keys: Iterable[str]) -> None:
    """Refuse a key that stands twice, or holds anything but letters, digits and underscores."""
    seen: set[str] = set()
    for key in keys:
        if key in seen:
            raise ValueError(f"{key} stands twice among {what}.")
        if not key.replace("_", "a").isalnum():
            raise ValueError(f"“{key}” among {what}: use letters, digits and _ only.")
        seen.add(key)
