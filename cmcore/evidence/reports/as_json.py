"""A report for a program: every table with its headings and rows, and what must be read with it."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from cmcore.evidence.disclosure.policies import Symbol
from cmcore.evidence.reports.report import Cell, Figures, Report


def as_json(report: Report) -> bytes:
    """The report as JSON; a symbol is its letter, a day is written 2026-11-10, a cell with nothing in it is null."""
    told: dict[str, Any] = {
        "report": report.key,
        "title": report.title,
        "about": report.heading.about or None,
        "authority": report.heading.authority or None,
        "lead": report.lead,
        "facts": dict(report.facts),
        "sections": [
            {
                "heading": section.heading,
                "said": list(section.said),
                "tables": [_table(figures) for figures in section.tables],
                "voices": [{"when": when, "words": words} for when, words in section.voices],
                "read_with_it": [f"{what} {why}" for what, why in section.points],
            }
            for section in report.sections
        ],
    }
    return json.dumps(told, indent=2, ensure_ascii=False).encode() + b"\n"


def _table(figures: Figures) -> dict[str, Any]:
    rows = [[_plain(cell) for cell in row] for row in figures.rows]
    return {"caption": figures.caption, "heads": list(figures.heads), "rows": rows, "note": figures.note or None}


def _plain(cell: Cell) -> str | int | float | None:
    if isinstance(cell, Symbol):
        return cell.value
    return cell.isoformat() if isinstance(cell, date) else cell
