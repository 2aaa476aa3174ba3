"""A subgroup table as a file: JSON, CSV, a page, a workbook, a PDF. Each reads what may be shown and nothing else."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from html import escape
from typing import Any, Literal

from cmcore.base.clock import day, local
from cmcore.base.harmless import harmless
from cmcore.evidence.cohorts import Cohort
from cmcore.evidence.disclosure.policies import Symbol
from cmcore.evidence.subgroups import GroupRow, MeasureRow, Shown, Subgroups
from cmcore.exchange.documents.blocks import Document, Paragraph, Part, Table
from cmcore.exchange.documents.heading import Heading

#: The counts of who got how far, and what stands above them.
FLOW_HEADS: Mapping[str, str] = {
    "referred": "Referred",
    "started": "Started",
    "with_baseline": "Have a baseline",
    "paired": "Have both scores",
}

#: The figures of one measure, and what stands above them.
MEASURE_HEADS: Mapping[str, str] = {
    "paired": "Pairs",
    "improved": "Improved",
    "maintained": "Maintained",
    "at_ceiling": "of these at the best",
    "declined": "Declined",
    "percent": "Improved, %",
    "low": "from",
    "high": "to",
    "median_change": "Median change",
    "p": "p",
    "r": "r",
}


_RIGHT: tuple[Literal["left", "right"], ...] = ("right",) * 20


def in_words(shown: Shown) -> str:
    """A figure as it is printed: 1,300, 0.5, or the letter of a symbol."""
    if isinstance(shown, Symbol):
        return shown.value
    return f"{shown:,}" if isinstance(shown, int) else f"{shown:g}"


def head_of(table: Subgroups) -> tuple[str, ...]:
    """What a row of :func:`rows_of` says, one by one."""
    group = table.by.words if table.by else "Who"
    return (group, *FLOW_HEADS.values(), "Measure", *MEASURE_HEADS.values())


def rows_of(table: Subgroups) -> list[tuple[str | Shown, ...]]:
    """One row for each group and measure, as a program reads it; the total last."""
    return [
        (group.label, *flow_of(group), row.measure.label, *figures_of(row))
        for group in table.rows
        for row in group.measures
    ]


def flow_of(group: GroupRow) -> tuple[Shown, ...]:
    """How many of a group got how far."""
    return tuple(getattr(group, name) for name in FLOW_HEADS)


def figures_of(row: MeasureRow) -> tuple[Shown, ...]:
    """The figures of one measure in a group."""
    return tuple(getattr(row, name) for name in MEASURE_HEADS)


def as_json(table: Subgroups, authority: str, at: datetime) -> bytes:
    """The table for a program."""
    told = {"authority": authority, "drawn_on": local(at).date().isoformat(), **table.as_data()}
    return json.dumps(told, indent=2, ensure_ascii=False).encode() + b"\n"


def as_csv(table: Subgroups, authority: str, at: datetime) -> bytes:
    """The table as CSV in UTF-8, one row a group and measure; no cell begins a formula where it is opened."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(head_of(table))
    for row in rows_of(table):
        writer.writerow([_harmless(cell) for cell in row])
    return out.getvalue().encode("utf-8-sig")


def _harmless(cell: str | Shown) -> str:
    if isinstance(cell, (int, float)):
        return str(cell)
    return harmless(cell.value if isinstance(cell, Symbol) else cell)


def as_html(table: Subgroups, authority: str, at: datetime) -> bytes:
    """The table as one page that needs nothing else: a table of who got how far, and one for each measure."""
    parts = [
        "<!doctype html>",
        '<html lang="en-GB">',
        f'<head><meta charset="utf-8"><title>{escape(_title(table))}</title>',
        "<style>body{font-family:sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}",
        "table{border-collapse:collapse;margin:0 0 2rem;width:100%}th,td{padding:.25rem .5rem;text-align:right;",
        "border-bottom:1px solid #888}th:first-child{text-align:left}caption{text-align:left;font-weight:bold}</style>",
        "</head>",
        f"<body><main><h1>{escape(_title(table))}</h1>",
        f"<p>{escape(authority)}. {escape(_drawn(table, at))}</p>",
    ]
    for caption, heads, rows in tables_of(table):
        parts.append(f'<table><caption>{escape(caption)}</caption><thead><tr><th scope="col">')
        parts.append('</th><th scope="col">'.join(escape(head) for head in heads) + "</th></tr></thead><tbody>")
        for label, *cells in rows:
            figures = "".join(f"<td>{escape(cell)}</td>" for cell in cells)
            parts.append(f'<tr><th scope="row">{escape(label)}</th>{figures}</tr>')
        parts.append("</tbody></table>")
    parts.append("<h2>Read this with the numbers</h2><ul>")
    parts += [f"<li>{escape(note)}</li>" for note in (*table.notes, table.definition)]
    parts.append("</ul></main></body></html>")
    return "\n".join(parts).encode()


def tables_of(table: Subgroups) -> list[tuple[str, tuple[str, ...], list[tuple[str, ...]]]]:
    """The table as people read it: who got how far, then one table a measure; (caption, headings, rows of text)."""
    group = table.by.words if table.by else "Who"
    flow = [(row.label, *map(in_words, flow_of(row))) for row in table.rows]
    found = [("Who can be compared", (group, *FLOW_HEADS.values()), flow)]
    for place, measure in enumerate(table.measure_set.measures):
        rows = [(row.label, *map(in_words, figures_of(row.measures[place]))) for row in table.rows]
        found.append((measure.label, (group, *MEASURE_HEADS.values()), rows))
    return found


def as_workbook(table: Subgroups, authority: str, at: datetime) -> bytes:
    """The table as an Excel workbook: the rows of :func:`rows_of`, and a sheet of notes."""
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell

    book = Workbook(write_only=True)

    def written(sheet: Any, row: Iterable[str | Shown]) -> None:
        cells = []
        for each in row:
            number = isinstance(each, (int, float))
            cell = WriteOnlyCell(sheet, each if number else str(each))
            # Text is text, so that a = at its beginning begins no formula.
            cell.data_type = "n" if number else "s"
            cells.append(cell)
        sheet.append(cells)

    sheet = book.create_sheet("Figures")
    sheet.freeze_panes = "B2"
    sheet.column_dimensions["A"].width = 34
    for row in (head_of(table), *rows_of(table)):
        written(sheet, row)
    notes = book.create_sheet("Read this")
    notes.column_dimensions["A"].width = 110
    for note in (_title(table), f"{authority}. {_drawn(table, at)}", *table.notes, table.definition):
        written(notes, [note])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def document_of(table: Subgroups, authority: str, at: datetime) -> Document:
    """The table as a document, for whoever puts it into a report of theirs."""
    blocks: list[Part | Paragraph | Table] = [Paragraph(text=_drawn(table, at))]
    for caption, heads, rows in tables_of(table):
        blocks += [
            Part(text=caption),
            Table(
                columns=heads,
                rows=tuple(rows),
                widths=(2.5, *(1.0 for _ in heads[1:])),
                align=("left", *_RIGHT[: len(heads) - 1]),
            ),
        ]
    blocks.append(Part(text="Read this with the numbers"))
    blocks += [Paragraph(text=note) for note in (*table.notes, table.definition)]
    return Document(
        title=_title(table),
        foot=f"What changed, {table.title}",
        sensitive=not table.policy.hides,
        heading=Heading(authority=authority, printed_at=at),
        blocks=tuple(blocks),
    )


def as_pdf(table: Subgroups, authority: str, at: datetime) -> bytes:
    """The table as a PDF that can be read aloud (PDF/UA-1)."""
    from cmcore.exchange.documents.press import press

    return press(document_of(table, authority, at))


#: How a table becomes a file: the table, the authority's name, the instant it is drawn.
FORMATS: Mapping[str, Callable[[Subgroups, str, datetime], bytes]] = {
    "json": as_json,
    "csv": as_csv,
    "html": as_html,
    "xlsx": as_workbook,
    "pdf": as_pdf,
}


def _title(table: Subgroups) -> str:
    split = f" by {table.by.words[:1].lower()}{table.by.words[1:]}" if table.by else ""
    return f"What changed, {table.title}{split}"


def _drawn(table: Subgroups, at: datetime) -> str:
    return f"Measure set {table.measure_set.ref}. Drawn on {day(local(at).date())}. {_only(table.cohort)}".strip()


def _only(cohort: Cohort) -> str:
    said = [f"{words.lower()} {value}" for _, words, value in cohort.in_words()]
    return f"Only: {'; '.join(said)}." if said else "Everybody in the programme."
