"""A report before it is a page or a file: what it says, part by part, and nothing of how it looks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from cmcore.base.clock import short_day
from cmcore.evidence.disclosure.policies import Symbol
from cmcore.exchange.documents.charts import Changes, Moved
from cmcore.exchange.documents.heading import NO_HEADING, Heading
from cmcore.measures.change import Change

#: What stands in a table: text, a number, a day, the symbol of a number that is not shown, or nothing.
Cell = str | int | float | date | Symbol | None


@dataclass(frozen=True, kw_only=True)
class Figures:
    """Numbers under headings; the first cell of a row says what the row is. Refuses rows that do not fit."""

    caption: str
    heads: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    note: str = ""

    def __post_init__(self) -> None:
        """Refuse a row that is not as long as its headings."""
        for row in self.rows:
            if len(row) != len(self.heads):
                raise ValueError(f"{self.caption}: {len(row)} cells stand under {len(self.heads)} headings.")


@dataclass(frozen=True, kw_only=True)
class Drawn:
    """A chart and the numbers it draws: where pictures can be shown it stands in place of the table.

    ``changes`` are what a chart of one young person is drawn from.
    """

    chart: Changes | Moved
    figures: Figures
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Section:
    """One part of a report: a heading that says what it shows, sentences, charts, numbers, words somebody said.

    ``points`` are (what, why) pairs to be read with the numbers; ``voices`` are (when, a young person's own words).
    """

    heading: str
    said: tuple[str, ...] = ()
    shown: tuple[Drawn | Figures, ...] = ()
    points: tuple[tuple[str, str], ...] = ()
    voices: tuple[tuple[str, str], ...] = ()

    @property
    def tables(self) -> tuple[Figures, ...]:
        """Every table of it, those behind the charts included."""
        return tuple(one.figures if isinstance(one, Drawn) else one for one in self.shown)


@dataclass(frozen=True, kw_only=True)
class Report:
    """A whole report. ``key`` is its kind, ``name`` what a file of it is called, without ending and without a person.

    ``facts`` stand under the title: what was counted, when, under which policy. ``sensitive`` marks what is about one
    person, or shows small numbers.
    """

    key: str
    name: str
    title: str
    lead: str
    facts: tuple[tuple[str, str], ...]
    sections: tuple[Section, ...]
    sensitive: bool
    heading: Heading = NO_HEADING

    def tables(self) -> Iterator[tuple[Section, Figures]]:
        """Every table of it, those behind the charts included, each with the section it stands in."""
        for section in self.sections:
            for one in section.tables:
                yield section, one


def in_words(cell: Cell) -> str:
    """A cell as it is printed: 1,300, 0.5, 10 Nov 2026, the letter of a symbol, or nothing."""
    if cell is None:
        return ""
    if isinstance(cell, Symbol):
        return cell.value
    if isinstance(cell, str):
        return cell
    if isinstance(cell, date):
        return short_day(cell)
    return f"{cell:,}" if isinstance(cell, int) else f"{cell:g}".replace("-", "−")
