"""What a report looks like on a page: its charts drawn in the rows that say the same in numbers and words."""

from __future__ import annotations

from dataclasses import dataclass

from flask import current_app, url_for
from markupsafe import Markup

from cmcore.evidence.disclosure.policies import Symbol
from cmcore.evidence.reports.report import Cell, Drawn, Figures, Report, Section, in_words
from cmcore.exchange.documents.charts import Moved, MovedRow
from cmcore.safekeeping.work import Work
from cmcore.young_people.records import YoungPerson
from console import charts
from console.measure_rows import MeasuresView, rows_of_changes


@dataclass(frozen=True)
class Shown:
    """One cell of a row: what is read, the heading it stands under, whether it is a number, a symbol, a picture."""

    words: str
    head: str
    number: bool = False
    quiet: bool = False
    picture: Markup = Markup("")


@dataclass(frozen=True)
class Lines:
    """One table: its caption, its headings (words, whether of numbers), each row with its label, a note below."""

    caption: str
    heads: list[tuple[str, bool]]
    rows: list[tuple[str, list[Shown]]]
    note: str = ""
    key: tuple[tuple[Markup, str], ...] = ()


@dataclass(frozen=True)
class Part:
    """One section of a report; ``shown`` are tables, or the measures of one young person."""

    id: str
    section: Section
    shown: list[Lines | MeasuresView]


def parts_of(report: Report) -> list[Part]:
    """The sections of a report, ready for ``cm/_report.html``."""
    return [
        Part(f"part-{number}", section, [_shown(one) for one in section.shown])
        for number, section in enumerate(report.sections, 1)
    ]


def _shown(shown: Drawn | Figures) -> Lines | MeasuresView:
    if isinstance(shown, Figures):
        return lines(shown)
    if isinstance(shown.chart, Moved):
        return _with_bars(shown.figures, shown.chart)
    hoped = [change.measure.key for change, row in zip(shown.changes, shown.chart.rows, strict=True) if row.hoped]
    return rows_of_changes(shown.changes, hoped, shown.figures.caption)


def lines(figures: Figures) -> Lines:
    """A table without a picture."""
    numbers = [_of_numbers([row[place] for row in figures.rows]) for place in range(len(figures.heads))]
    return Lines(
        caption=figures.caption,
        heads=list(zip(figures.heads, numbers, strict=True)),
        rows=[
            (
                in_words(row[0]),
                [
                    Shown(in_words(cell), head, number, isinstance(cell, Symbol))
                    for cell, head, number in zip(row[1:], figures.heads[1:], numbers[1:], strict=True)
                ],
            )
            for row in figures.rows
        ],
        note=figures.note,
    )


def _of_numbers(cells: list[Cell]) -> bool:
    return any(isinstance(cell, int | float | Symbol) for cell in cells)


def _with_bars(figures: Figures, chart: Moved) -> Lines:
    plain = lines(figures)
    hidden = any(None in (row.paired, row.improved, row.maintained, row.declined) for row in chart.rows)
    return Lines(
        caption=plain.caption,
        heads=[plain.heads[0], ("How they moved", False), *plain.heads[1:]],
        rows=[
            (label, [Shown("", "How they moved", picture=_bar(row)), *cells])
            for (label, cells), row in zip(plain.rows, chart.rows, strict=True)
        ],
        note=plain.note,
        key=tuple(charts.cohort_key(hidden=hidden)),
    )


def _bar(row: MovedRow) -> Markup:
    """The bar of one measure. What is not shown is one piece, from the shown counts alone."""
    if not row.paired:
        return Markup("")
    return charts.cohort_bar(row.improved, row.maintained, row.declined, of=row.paired)


def journey_address(work: Work, person: YoungPerson) -> str:
    """Where somebody's journey is drawn up as a report, for whoever may read it."""
    there = "EvidenceReports.journey"
    may = work.may("review.see", person.authority_id) and work.may("enrolment.see", person.authority_id)
    return url_for(there, pk=person.id) if may and there in current_app.view_functions else ""
