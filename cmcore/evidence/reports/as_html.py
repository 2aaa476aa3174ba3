"""A report as one page that needs nothing else: no script, no other file, no other host."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from cmcore.evidence.disclosure.policies import Symbol
from cmcore.evidence.reports.drawing import HATCH, bar, dumbbell
from cmcore.evidence.reports.report import Cell, Drawn, Figures, Report, in_words
from cmcore.exchange.documents.charts import Changes, in_words_of

_STYLE = (
    "body{font:16px/1.5 system-ui,sans-serif;color:#261b27;max-width:60rem;margin:2rem auto;padding:0 1rem}"
    "h1{font-size:1.75rem}h2{margin-top:2.5rem;border-top:1px solid #b8acb3;padding-top:1rem}"
    "table{border-collapse:collapse;width:100%;margin:0 0 1.5rem;font-size:15px}"
    "th,td{padding:.3rem .5rem;text-align:left;border-bottom:1px solid #d9d1cf;vertical-align:middle}"
    "td.n,th.n{text-align:right;font-variant-numeric:tabular-nums}caption{text-align:left;font-weight:600}"
    "thead th{border-bottom-color:#857884}dt{font-weight:600}dd{margin:0 0 .5rem}blockquote{font-family:serif;"
    "font-size:1.1rem;border-left:3px solid #d98e1f;margin:0 0 1rem;padding-left:1rem}.q{color:#574a57}"
    "div.t{overflow-x:auto}@media print{body{margin:0}h2{break-after:avoid}table{break-inside:avoid}}"
)


def as_html(report: Report) -> bytes:
    """The report as a page, its charts drawn in the rows that say the same in numbers and words."""
    head = report.heading
    parts = [
        "<!doctype html>",
        '<html lang="en-GB"><head><meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>{escape(report.title)}</title><style>{_STYLE}</style></head><body>{HATCH}<main>",
        f"<h1>{escape(report.title)}</h1>",
        *(f'<p class="q">{escape(one)}</p>' for one in (head.about, head.authority, head.printed) if one),
    ]
    if report.sensitive:
        parts.append("<p><b>Sensitive: keep it where only those may read it who are to.</b></p>")
    parts.append(f"<p>{escape(report.lead)}</p><dl>")
    parts += [f"<dt>{escape(label)}</dt><dd>{escape(text)}</dd>" for label, text in report.facts]
    parts.append("</dl>")
    for section in report.sections:
        parts.append(f"<section><h2>{escape(section.heading)}</h2>")
        parts += [f"<p>{escape(text)}</p>" for text in section.said]
        parts += [_table(shown) for shown in section.shown]
        parts += [
            f'<p class="q">{escape(when)}</p><blockquote>{escape(words)}</blockquote>' for when, words in section.voices
        ]
        if section.points:
            points = "".join(f"<li><b>{escape(what)}</b> {escape(why)}</li>" for what, why in section.points)
            parts.append(f"<ul>{points}</ul>")
        parts.append("</section>")
    parts.append("</main></body></html>")
    return "\n".join(parts).encode()


def _table(shown: Drawn | Figures) -> str:
    """A table; beside a chart's numbers stands one column more, with a picture in each row."""
    figures = shown.figures if isinstance(shown, Drawn) else shown
    pictures = _pictures(shown) if isinstance(shown, Drawn) else None
    numbers = [
        any(isinstance(row[place], int | float | Symbol) for row in figures.rows) for place in range(len(figures.heads))
    ]
    heads = [
        f'<th scope="col"{_n(number)}>{escape(head)}</th>' for head, number in zip(figures.heads, numbers, strict=True)
    ]
    if pictures is not None:
        heads.insert(1, '<th scope="col">Chart</th>')
    rows = []
    for place, row in enumerate(figures.rows):
        cells = _cells(row, numbers)
        if pictures is not None:
            cells.insert(1, f"<td>{pictures[place]}</td>")
        rows.append(f"<tr>{''.join(cells)}</tr>")
    notes = [in_words_of(shown.chart)] if isinstance(shown, Drawn) else []
    note = "".join(f'<p class="q">{escape(one)}</p>' for one in (*notes, figures.note) if one)
    return (
        f'<div class="t"><table><caption>{escape(figures.caption)}</caption><thead><tr>{"".join(heads)}</tr></thead>'
        f"<tbody>{''.join(rows)}</tbody></table></div>{note}"
    )


def _cells(row: Sequence[Cell], numbers: Sequence[bool]) -> list[str]:
    label, *others = row
    made = [f'<th scope="row">{escape(in_words(label))}</th>']
    made += [f"<td{_n(number)}>{escape(in_words(cell))}</td>" for cell, number in zip(others, numbers[1:], strict=True)]
    return made


def _n(number: bool) -> str:
    return ' class="n"' if number else ""


def _pictures(drawn: Drawn) -> list[str]:
    chart = drawn.chart
    return [dumbbell(row) for row in chart.rows] if isinstance(chart, Changes) else [bar(row) for row in chart.rows]
