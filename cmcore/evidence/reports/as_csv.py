"""A report as CSV: one number a line, with the table, the row and the heading it stands under."""

from __future__ import annotations

import csv
import io
from datetime import date

from cmcore.base.harmless import harmless
from cmcore.evidence.disclosure.policies import Symbol
from cmcore.evidence.reports.report import Cell, Report

HEADS = ("Part", "Table", "Row", "Column", "Value")


def as_csv(report: Report) -> bytes:
    """The report in UTF-8 with the mark Excel looks for; no cell begins a formula where it is opened.

    What is to be read with the numbers stands in it as well, under "Read this with the numbers".
    """
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(HEADS)
    lines: list[tuple[Cell, ...]] = [(report.title, "About", label, "", text) for label, text in report.facts]
    for section in report.sections:
        for figures in section.tables:
            for label, *cells in figures.rows:
                for head, cell in zip(figures.heads[1:], cells, strict=True):
                    if cell is not None:
                        lines.append((section.heading, figures.caption, label, head, cell))
        lines += [(section.heading, "", what, "", why) for what, why in section.points]
        lines += [(section.heading, "", when, "", words) for when, words in section.voices]
    for line in lines:
        writer.writerow([_harmless(cell) for cell in line])
    return out.getvalue().encode("utf-8-sig")


def _harmless(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, int | float):
        return str(cell)
    if isinstance(cell, date):
        return cell.isoformat()
    return harmless(cell.value if isinstance(cell, Symbol) else cell)
