"""Measure sets: what is scored, on which scale, in which version, and who declared it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

_KEY = re.compile(r"[a-z][a-z0-9_]*")
_KEY_IN_WORDS = "small letters, digits and _ only, a letter first"


class Polarity(StrEnum):
    """Which way is better on a measure's scale."""

    higher_is_better = "higher"
    lower_is_better = "lower"


@dataclass(frozen=True)
class Scale:
    """Whole numbers from ``least`` to ``most``, both included, and what the two ends mean in words."""

    least: int
    most: int
    least_means: str
    most_means: str

    def __post_init__(self) -> None:
        """Refuse a scale with fewer than two points."""
        if self.least >= self.most:
            raise ValueError(f"A scale runs from a smaller to a larger number, not from {self.least} to {self.most}.")

    def __contains__(self, score: object) -> bool:
        """Whether this is a whole number inside the scale; a truth value is not a number here."""
        return isinstance(score, int) and not isinstance(score, bool) and self.least <= score <= self.most


@dataclass(frozen=True)
class Measure:
    """One thing that is scored: key, name, definition with its source, scale, and which way is better."""

    key: str
    label: str
    definition: str
    scale: Scale
    source: str
    polarity: Polarity = Polarity.higher_is_better

    def __post_init__(self) -> None:
        """Refuse a key that could not stand in a file or an address."""
        if not _KEY.fullmatch(self.key):
            raise ValueError(f'"{self.key}" is not a key of a measure: {_KEY_IN_WORDS}.')

    @property
    def best(self) -> int:
        """The score there is no bettering: the ceiling of what can be reached."""
        return self.scale.most if self.polarity is Polarity.higher_is_better else self.scale.least

    def steps(self, baseline: int, latest: int) -> int:
        """By how many points of the scale it got better; less than nothing when it got worse."""
        return latest - baseline if self.polarity is Polarity.higher_is_better else baseline - latest


@dataclass(frozen=True)
class MeasureSet:
    """Measures scored together, in their order. A set is versioned because it changes; versions are never mixed.

    ``ref`` is how everything else names it: "eight@1". ``valid_from`` is the first day it may be used, ``valid_to``
    the last, if there is one.
    """

    key: str
    version: int
    title: str
    measures: tuple[Measure, ...]
    valid_from: date
    source: str
    valid_to: date | None = None

    def __post_init__(self) -> None:
        """Refuse an empty set, a doubled measure, a name that cannot be written, dates the wrong way round."""
        if not _KEY.fullmatch(self.key):
            raise ValueError(f'"{self.key}" is not a key of a measure set: {_KEY_IN_WORDS}.')
        if self.version < 1:
            raise ValueError(f"The version of {self.key} is a whole number from 1, not {self.version}.")
        if not self.measures:
            raise ValueError(f"The measure set {self.ref} has no measures.")
        keys = [measure.key for measure in self.measures]
        if doubled := sorted({key for key in keys if keys.count(key) > 1}):
            raise ValueError(f"The measure set {self.ref} names {', '.join(doubled)} twice.")
        if self.valid_to is not None and self.valid_to < self.valid_from:
            raise ValueError(f"The measure set {self.ref} ends before it begins.")

    @property
    def ref(self) -> str:
        """The set's full name, key and version: "eight@1"."""
        return f"{self.key}@{self.version}"

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys of its measures, in order."""
        return tuple(measure.key for measure in self.measures)

    def get(self, key: str) -> Measure | None:
        """The measure with this key, or nothing."""
        return next((measure for measure in self.measures if measure.key == key), None)

    def __getitem__(self, key: str) -> Measure:
        """The measure with this key; a KeyError names the set and what it holds."""
        if (found := self.get(key)) is None:
            raise KeyError(f'The measure set {self.ref} has no measure "{key}". It has {", ".join(self.keys)}.')
        return found

    def __contains__(self, key: object) -> bool:
        """Whether it holds a measure with this key."""
        return key in self.keys

    def in_use(self, on: date) -> bool:
        """Whether it may be used for a review held on that day."""
        return self.valid_from <= on and (self.valid_to is None or on <= self.valid_to)


class DoubledMeasureSet(ValueError):
    """Two owners declared the same set and version; the message names both."""


class MeasureSets(Mapping[str, MeasureSet]):
    """Every measure set that was declared, by its full name, in the order of declaration."""

    def __init__(self, declared: Iterable[tuple[str, Iterable[MeasureSet]]]) -> None:
        """Gather the sets of each (owner, sets) pair; refuse one that is declared twice, naming both owners."""
        self._sets: dict[str, MeasureSet] = {}
        self._owners: dict[str, str] = {}
        for owner, sets in declared:
            for one in sets:
                if one.ref in self._sets:
                    raise DoubledMeasureSet(
                        f"The measure set {one.ref} is declared by {self._owners[one.ref]} and by {owner}. "
                        "Give one of them another key or the next version."
                    )
                self._sets[one.ref] = one
                self._owners[one.ref] = owner

    def __getitem__(self, ref: str) -> MeasureSet:
        """The set with this full name, "eight@1"."""
        return self._sets[ref]

    def __iter__(self) -> Iterator[str]:
        """The full names, in the order of declaration."""
        return iter(self._sets)

    def __len__(self) -> int:
        """How many sets there are, versions counted apart."""
        return len(self._sets)

    def owner(self, ref: str) -> str:
        """Who declared it: "cmcore" or the plugin's name."""
        return self._owners[ref]
