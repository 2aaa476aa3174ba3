"""A report as an Excel workbook: a sheet for each table, and first what must be read with them."""

from __future__ import annotations

import re

from cmcore.evidence.disclosure.policies import Symbol
from cmcore.evidence.reports.report import Cell, Report
from cmcore.exchange.workbook.plain import Cell as Written
from cmcore.exchange.workbook.plain import PlainSheet, plain_workbook

#: What Excel allows in the name of a sheet.
_LONGEST = 31
_FORBIDDEN = re.compile(r"[\[\]:*?/\\]")


def as_workbook(report: Report) -> bytes:
    """The report's numbers as numbers, symbols and text as text: no cell begins a formula."""
    about: list[tuple[Written, ...]] = [("What this is", report.title), ("In short", report.lead)]
    if report.heading.about:
        about.append(("About", report.heading.about))
    about += [("Authority", report.heading.authority)] if report.heading.authority else []
    about += report.facts
    for section in report.sections:
        about += [(section.heading, text) for text in section.said]
        about += [(what, why) for what, why in section.points]
        about += [(f"{section.heading}: {when}", words) for when, words in section.voices]
    sheets = [PlainSheet(name="Read this first", columns=("What", "Says"), rows=about, widths=(34, 110))]
    names = {"read this first"}
    for section, figures in report.tables():
        said = ". ".join(part for part in (section.heading, figures.note) if part)
        sheets.append(
            PlainSheet(
                name=_name(figures.caption, names),
                about=said,
                columns=figures.heads,
                rows=[tuple(_written(cell) for cell in row) for row in figures.rows],
                widths=(38, *(max(12, min(len(head) + 2, 40)) for head in figures.heads[1:])),
            )
        )
    return plain_workbook(report.title, sheets)


def _written(cell: Cell) -> Written:
    return cell.value if isinstance(cell, Symbol) else cell


def _name(caption: str, taken: set[str]) -> str:
    """A sheet's name: the caption without what Excel forbids, cut at a word, and no two alike."""
    plain = " ".join(_FORBIDDEN.sub(" ", caption).split())
    short = plain if len(plain) <= _LONGEST else plain[:_LONGEST].rpartition(" ")[0].rstrip(" ,")
    made, number = short, 1
    while made.lower() in taken:
        number += 1
        made = f"{short[: _LONGEST - 3]} {number}"
    taken.add(made.lower())
    return made
