"""The rows of a table, put together in one loop: for twenty-five rows a template takes ten times as many steps."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from markupsafe import Markup, escape

from console.shown import Sub


def table_rows(columns: Sequence[Any], rows: Iterable[tuple[str, Sequence[Any]]]) -> Markup:
    """The rows of ``cm/_lists.html``: each an address, or none, and its cells; the first cell heads the row.

    Columns say how they are called and dressed (``label``, ``css``), as :class:`console.columns.Column` does. What is
    not markup is escaped.
    """
    before = [f'</td><td role="cell"{_dressed(one)} data-label="{escape(one.label)}">' for one in columns[1:]]
    if before:
        before[0] = before[0].removeprefix("</td>")
    end = "</td></tr>" if before else "</tr>"
    made: list[str] = []
    add = made.append
    for address, cells in rows:
        add('\n<tr role="row"><th scope="row" role="rowheader">')
        first = cells[0]
        if not address:
            add(escape(first))
        elif isinstance(first, Sub):
            add(f'<a href="{escape(address)}">{escape(first.value)}</a>{first.under}')
        else:
            add(f'<a href="{escape(address)}">{escape(first or "–")}</a>')
        add("</th>")
        for start, cell in zip(before, cells[1:], strict=False):
            add(start)
            add(escape(cell))
        add(end)
    return Markup("".join(made))


def _dressed(column: Any) -> str:
    return f' class="{escape(column.css)}"' if column.css else ""
