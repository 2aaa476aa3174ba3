"""Charts on paper: a picture is one column of a table that says the same in words, so that nothing is only drawn.

They follow the console's: a hollow ring where it began, a disc, a diamond or a ring with a dot where it is now; a
cohort left to right as solid, edged and hatched. A number that is not shown is given in as None, and its part of a
bar is drawn together with every other that is not shown.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from cmcore.exchange.documents.blocks import Block, Data

Mark = Literal["improved", "maintained", "at_ceiling", "declined", "unpaired"]
_MARKS = ("improved", "maintained", "at_ceiling", "declined", "unpaired")
#: What stands for a number that is not shown.
HIDDEN = "c"


@dataclass(frozen=True, kw_only=True)
class ChangeRow:
    """One measure of one young person: where it began and where it is now, on its scale, and what that is called.

    ``words`` say the change or why there is none. ``hoped`` marks what the referral hoped for. ``rising`` is false
    where less is better: the mark still points the way the number went. Refuses a score outside the scale.
    """

    label: str
    least: int
    most: int
    baseline: int | None
    latest: int | None
    mark: Mark
    words: str
    hoped: bool = False
    rising: bool = True

    def __post_init__(self) -> None:
        """Refuse what could not be drawn where it belongs."""
        for score in (self.baseline, self.latest):
            if score is not None and not self.least <= score <= self.most:
                raise ValueError(f"{self.label}: {score} is not a score from {self.least} to {self.most}.")
        if self.mark != "unpaired" and (self.baseline is None or self.latest is None):
            raise ValueError(f"{self.label}: a change needs two scores.")


@dataclass(frozen=True, kw_only=True)
class Changes(Block):
    """What became of each measure, baseline to latest; all rows stand on scales of their own, never cut."""

    block = "changes"
    rows: tuple[ChangeRow, ...]

    def as_data(self) -> Data:
        """As the template reads it."""
        scales = {(row.least, row.most) for row in self.rows}
        shared = scales.pop() if len(scales) == 1 else None
        return {
            "block": self.block,
            "axis": ticks(*shared) if shared else [],
            "least": shared[0] if shared else 0,
            "most": shared[1] if shared else 1,
            "marks": [one for one in _MARKS[:4] if any(row.mark == one for row in self.rows)],
            "rows": [_drawn(row) for row in self.rows],
        }


def _drawn(row: ChangeRow) -> Data:
    return {
        "label": row.label,
        "hoped": row.hoped,
        "least": row.least,
        "most": row.most,
        "ticks": ticks(row.least, row.most),
        "from": row.baseline,
        "to": row.latest,
        "mark": row.mark,
        "rightwards": (row.latest or 0) > (row.baseline or 0),
        "rising": row.rising,
        "words": row.words,
    }


def ticks(least: int, most: int) -> list[int]:
    """The scores that get a line: each of a short scale, five of a long one, the ends always."""
    if most - least <= 10:
        return list(range(least, most + 1))
    return [least + round((most - least) / 4 * part) for part in range(5)]


@dataclass(frozen=True, kw_only=True)
class MovedRow:
    """How many of a cohort improved, maintained and declined on one measure; None is a number that is not shown.

    ``maintained`` includes ``at_ceiling``. ``share`` is the improved share in words, with its range, or why there is
    none. Refuses shown numbers that do not add up to the pairs.
    """

    label: str
    paired: int | None
    improved: int | None
    maintained: int | None
    declined: int | None
    at_ceiling: int | None
    share: str

    def __post_init__(self) -> None:
        """Refuse numbers that cannot all be right."""
        parts = [one for one in (self.improved, self.maintained, self.declined) if one is not None]
        if self.paired is not None and (sum(parts) > self.paired or (len(parts) == 3 and sum(parts) != self.paired)):
            raise ValueError(f"{self.label}: {sum(parts)} do not make up {self.paired} pairs.")


@dataclass(frozen=True, kw_only=True)
class Moved(Block):
    """How a cohort moved, measure by measure, with every count in the table."""

    block = "moved"
    rows: tuple[MovedRow, ...]

    def as_data(self) -> Data:
        """As the template reads it."""
        hidden = any(None in (row.paired, row.improved, row.maintained, row.declined) for row in self.rows)
        return {"block": self.block, "hidden": hidden, "rows": [_moved(row) for row in self.rows]}


def _moved(row: MovedRow) -> Data:
    counts = (row.paired, row.improved, row.maintained, row.at_ceiling, row.declined)
    return {
        "label": row.label,
        "counts": [HIDDEN if one is None else f"{one:,}" for one in counts],
        "parts": list(bar_parts(row)),
        "share": row.share,
    }


def bar_parts(row: MovedRow) -> Iterable[Data]:
    """The pieces of a bar; what is not shown is one piece, whose size gives nothing away that the table hides."""
    if not row.paired:
        return
    named = (("up", row.improved), ("same", row.maintained), ("down", row.declined))
    for name, count in named:
        if count:
            yield {"part": name, "share": count / row.paired, "count": str(count)}
    rest = row.paired - sum(count for _, count in named if count is not None)
    if rest and any(count is None for _, count in named):
        yield {"part": "hidden", "share": rest / row.paired, "count": ""}


def in_words_of(chart: Changes | Moved) -> str:
    """The legend of a chart as a sentence, for files that draw none."""
    if isinstance(chart, Changes):
        return (
            "In the chart a hollow ring is the baseline; the latest score is a disc where it improved, a diamond where "
            "it declined, a ring with a dot where it was maintained, with a bar beside it where there was no room."
        )
    hidden = any(None in (row.paired, row.improved, row.maintained, row.declined) for row in chart.rows)
    end = "; what is not shown is one dashed piece" if hidden else ""
    return f"In the chart improved is solid, maintained plain with an edge, declined hatched{end}."
