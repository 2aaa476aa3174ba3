"""A list as a file: the rows and columns that are shown, for whoever sees them, written down before it leaves."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from urllib.parse import parse_qsl

from flask import flash, redirect, request
from flask_appbuilder.baseviews import expose
from markupsafe import Markup
from werkzeug.datastructures import MultiDict

from cmcore.answers.exporting import Table
from cmcore.base.clock import local
from cmcore.exchange.answers_files import table_csv, tables_book
from cmcore.lists.actions import taken_out
from cmcore.safekeeping.work import Work
from console import desk
from console.columns import Column
from console.listing import Found, Wanted
from console.printing import XLSX, download
from console.security import needs
from console.shown import State, Sub, shown

#: More rows do not leave at once: a longer list is narrowed first, or drawn up as long work.
MOST = 5_000
_CHUNK = 500


class ListFiles:
    """Taking a list out as a file; mixed into the list of a page."""

    endpoint: str
    plural: str
    list_title: str
    route_base: str
    wanted: Callable[..., Wanted]
    address: Callable[..., str]
    chosen_columns: Callable[[Wanted], tuple[Column, ...]]
    find_rows: Callable[[Work, Wanted, Sequence[Column]], Found]
    gather: Callable[[Work, Sequence[Any]], None]

    @expose("/list/file")
    @needs(like="list")
    def take_list(self) -> Any:
        """The whole list as CSV or an Excel workbook, as it is narrowed, ordered and shown."""
        work = desk.work()
        asked = request.args.get("asked")
        wanted = self.wanted(request.args if asked is None else MultiDict(parse_qsl(asked)[:60]))
        with_sensitive = "sensitive" in request.args
        columns = [one for one in self.chosen_columns(wanted) if with_sensitive or not one.sensitive]
        whole = replace(wanted, page=1, size=MOST)
        # Counted before any of them is read.
        found = self.find_rows(work, replace(whole, size=1), columns)
        if found.count <= MOST:
            found = self.find_rows(work, whole, columns)
        if found.count > MOST or found.more:
            flash(f"More than {MOST:,} {self.plural} match. Narrow the list, then take it out.", "warning")
            return redirect(self.address(wanted), 303)
        table = Table(
            self.list_title, tuple(one.label for one in columns), tuple(self._file_rows(work, found, columns))
        )
        taken_out(work, found.rows, [one.label for one in columns])
        work.commit()
        name = f"{self.route_base.strip('/').replace('/', '-')}-{work.today:%Y-%m-%d}"
        if request.args.get("as") == "csv":
            return download(table_csv(table), "text/csv; charset=utf-8", f"{name}.csv")
        who, at = desk.account(), local(work.clock.now())
        notes = [
            f"{self.list_title}: {len(found.rows):,} rows",
            f"Taken out by {who.name if who is not None else 'nobody'} on {at.day} {at:%B %Y} at {at:%H:%M}",
            *self._file_notes(work, wanted),
            "With what is sensitive." if with_sensitive else "What is sensitive is left out.",
        ]
        return download(tables_book([table], notes), XLSX, f"{name}.xlsx")

    filters: dict[str, Any]

    def _file_notes(self, work: Work, wanted: Wanted) -> list[str]:
        """What narrows the list, in words; not what was searched for."""
        said = [f"{self.filters[key].label}: {self.filters[key].say(value, work)}" for key, value in wanted.filters]
        return [*said, *(["Narrowed by a search."] if wanted.search else [])]

    def _file_rows(self, work: Work, found: Found, columns: Sequence[Column]) -> Iterator[tuple[Any, ...]]:
        for start in range(0, len(found.rows), _CHUNK):
            rows = found.rows[start : start + _CHUNK]
            self.gather(work, rows)
            for row in rows:
                yield tuple(_cell(column, row) for column in columns)


def _cell(column: Column, row: Any) -> Any:
    """A cell of a file: a day, a number, or the words that the list shows."""
    if column.value is not None:
        value = column.value(row)
        if isinstance(value, datetime):
            return f"{local(value):%Y-%m-%d %H:%M}"
        if isinstance(value, date | int | float | Decimal) and not isinstance(value, bool):
            return value
        return plainly(shown(value))
    return plainly(column.cell(row))


def plainly(said: Any) -> str:
    """What a cell shows, as text: the word of a state, a value with the line under it, a link's words."""
    if isinstance(said, State):
        return said.words
    if isinstance(said, Sub):
        return "; ".join(part for part in (plainly(said.value), said.below) if part)
    if isinstance(said, Markup):
        return said.striptags()
    if hasattr(said, "__html__"):
        return Markup(said.__html__()).striptags()
    return "" if said is None else str(said)
