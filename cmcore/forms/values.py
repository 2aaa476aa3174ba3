"""What some answers are made of: a score, and a file that was handed in."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from cmcore.forms.kinds import Measured, Scores


@dataclass(frozen=True)
class Score:
    """The score of one measure: a whole number of its scale, or nothing and the reason why; and a note."""

    value: int | None
    why_not: str = ""
    note: str = ""


@dataclass(frozen=True)
class FileAnswer:
    """A file that was handed in and put away: ``ref`` finds it again, ``size`` is in bytes."""

    ref: str
    name: str
    media_type: str
    size: int


class _ScaleLike(Protocol):
    @property
    def least(self) -> int: ...
    @property
    def most(self) -> int: ...
    @property
    def least_means(self) -> str: ...
    @property
    def most_means(self) -> str: ...


class MeasureLike(Protocol):
    """What a measure has to say to be scored on a form; a measure of a measure set says it."""

    @property
    def key(self) -> str: ...
    @property
    def label(self) -> str: ...
    @property
    def definition(self) -> str: ...
    @property
    def scale(self) -> _ScaleLike: ...


def scores_of(measures: Iterable[MeasureLike]) -> Scores:
    """The kind that asks for a score of each of these measures, in their order."""
    return Scores(
        measures=tuple(
            Measured(
                key=one.key,
                label=one.label,
                definition=one.definition,
                least=one.scale.least,
                most=one.scale.most,
                low=one.scale.least_means,
                high=one.scale.most_means,
            )
            for one in measures
        )
    )
