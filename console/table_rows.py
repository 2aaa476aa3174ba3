"""The rows of a table, put together in one loop: for twenty-five rows a template takes ten times as many steps."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from markupsafe import Markup, escape

from console.shown import Sub


def table_rows(columns: Sequence[Any], rows: Iterable[tuple[str, Sequence[Any]]], keys: Sequence[int] = ()) -> Markup:
    """The rows of ``cm/_lists.html``: each an address, or none, and its cells; the first cell heads the row.

    Columns say how they are called and dressed (``label``, ``css``), as :class:`console.columns.Column` does. What is
    not markup is escaped. With ``keys`` each row can be chosen: they are sent as ``row`` with the form "together".
    """
    before = [f'</td><td role="cell"{_dressed(one)} data-label="{escape(one.label)}">' for one in columns[1:]]
    if before:
        before[0] = before[0].removeprefix("</td>")
    end = "</td></tr>" if before else "</tr>"
    made: list[str] = []
    add = made.append
    number = 0
    for address, cells in rows:
        if keys:
            add(_CHOSEN % (keys[number], number + 1))
            number += 1
        else:
            add(_ROW)
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


#: How a row begins; and with a box, which is called by its number: the name in the cell beside it may be somebody's.
_ROW = '\n<tr role="row"><th scope="row" role="rowheader">'
_CHOSEN = (
    '\n<tr role="row"><td role="cell" class="cm-table__pick"><input type="checkbox" name="row" value="%d" '
    'form="together" aria-label="Choose row %d"></td><th scope="row" role="rowheader">'
)


def _dressed(column: Any) -> str:
    return f' class="{escape(column.css)}"' if column.css else ""
