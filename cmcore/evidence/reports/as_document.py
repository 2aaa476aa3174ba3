"""A report as a document of plain parts, which the PDF and the Word file are laid out from."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from cmcore.evidence.disclosure.policies import Symbol
from cmcore.evidence.reports.report import Cell, Drawn, Figures, Report, in_words
from cmcore.exchange.documents.blocks import Block, Document, Fact, Paragraph, Part, Table, Voice, answer


def document_of(report: Report) -> Document:
    """The report as a document; a chart stands in place of its table, since it says every number of it."""
    return Document(
        title=report.title,
        lead=report.lead,
        foot=report.title,
        sensitive=report.sensitive,
        heading=report.heading,
        blocks=tuple(_blocks(report)),
    )


def _blocks(report: Report) -> Iterator[Block]:
    for label, text in report.facts:
        yield Fact(label=label, answer=answer(text), level=2)
    for section in report.sections:
        yield Part(text=section.heading)
        for text in section.said:
            # A sentence stays on the page of the table it speaks of.
            yield Paragraph(text=text, leads=bool(section.shown))
        for shown in section.shown:
            yield from _shown(shown)
        for when, words in section.voices:
            yield Paragraph(text=when, quiet=True, leads=True)
            yield Voice(text=words)
        for label, text in section.points:
            yield Fact(label=label, answer=answer(text))


def _shown(shown: Drawn | Figures) -> Iterator[Block]:
    if isinstance(shown, Drawn):
        yield shown.chart
        return
    yield Part(text=shown.caption, level=3, ruled=False)
    yield table_of(shown)
    if shown.note:
        yield Paragraph(text=shown.note, quiet=True)


def table_of(figures: Figures) -> Table:
    """Figures as a table of text, numbers to the right, each column as wide as what stands in it asks for."""
    columns = range(len(figures.heads))
    numbers = [_is_of_numbers([row[place] for row in figures.rows]) for place in columns]
    rows = tuple(tuple(in_words(cell) for cell in row) for row in figures.rows)
    align: tuple[Literal["left", "right"], ...] = tuple("right" if one else "left" for one in numbers)
    return Table(
        columns=figures.heads,
        rows=rows,
        widths=tuple(_width(figures.heads[place], [row[place] for row in rows], numbers[place]) for place in columns),
        align=align,
        together=len(rows) <= _TOGETHER,
    )


#: A table of no more rows stands on one page.
_TOGETHER = 16


def _width(head: str, cells: list[str], number: bool) -> float:
    longest = max((len(cell) for cell in cells), default=0)
    # The heading of a number may take two or three lines; a text wants room.
    words = max(len(word) for word in head.split() or [""])
    return float(max(8, words, longest) if number else max(12, len(head), min(longest, 60)))


def _is_of_numbers(cells: list[Cell]) -> bool:
    return any(isinstance(cell, int | float | Symbol) for cell in cells)
