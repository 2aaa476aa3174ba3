"""The list of one kind of record: as the address asks for it, with its count, its tags and its pages."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache, partial
from typing import Any
from urllib.parse import urlencode

from flask import current_app, render_template, request
from flask_appbuilder.baseviews import expose
from markupsafe import Markup, escape
from sqlalchemy import ScalarSelect, Select, inspect
from werkzeug.datastructures import MultiDict

from cmcore.base.records import Record
from cmcore.base.words import count
from cmcore.safekeeping.work import Work
from cmcore.workbooks.lists import workbook_of
from console import desk, sought
from console.columns import Column
from console.framework import console
from console.list_columns import ListColumns
from console.list_files import ListFiles
from console.list_keeping import ListKeeping
from console.list_together import ListTogether
from console.listing import Filter, Found, Listing, Queue, Wanted
from console.plugin_parts import queues_of
from console.security import needs


class RecordList(ListColumns, ListKeeping, ListFiles, ListTogether):
    """The list of a page class; mixed into :class:`console.record_view.RecordView`, which declares what it shows."""

    appbuilder: Any
    kind: str
    endpoint: str
    list_template: str
    list_title: str
    singular: str
    plural: str
    page_size: int
    base_order: tuple[str, str] | None
    views: Sequence[tuple[str, Mapping[str, str]]]
    queues: Sequence[Queue]
    columns: tuple[Column, ...]
    filters: dict[str, Filter]
    listing: Listing
    #: Whether a page class narrows its list by itself.
    narrows: bool
    may: Callable[[str], bool]
    addresses: Callable[[], Callable[[Any], str]]
    add_address: Callable[..., str]
    hangs_on: Callable[[], tuple[str, ...]]
    narrowed: Callable[[Select[Any], Work], Select[Any]]

    @expose("/")
    @needs("{kind}.see")
    def list(self) -> Any:
        """The list, as the address asks for it."""
        work = desk.work()
        wanted = self.wanted(request.args)
        columns = self.chosen_columns(wanted)
        found = self.find_rows(work, wanted, columns)
        return render_template(self.list_template, **self.list_context(work, found, columns))

    def wanted(self, args: MultiDict[str, str]) -> Wanted:
        """What an address asks for, limited to what this list allows."""
        columns = {one.name for one in self.offered} if "cols" in args else ()
        orders = tuple(self.listing.orders)
        return Wanted.read(args, self.filters, orders, self.page_size, columns=columns, words_of=sought.words_of)

    def find_rows(self, work: Work, wanted: Wanted, columns: Sequence[Column]) -> Found:
        """The rows that are wanted, read with what these columns show."""
        narrow = partial(self._narrowed_for, work) if self.narrows else None
        return self.listing_with(columns).find(work, wanted, self.filters, narrow)

    def _narrowed_for(self, work: Work, statement: Select[Any]) -> Select[Any]:
        return self.narrowed(statement, work)

    def list_context(self, work: Work, found: Found, columns: Sequence[Column]) -> dict[str, Any]:
        """What the list's template is given; add to it in a page class."""
        wanted = found.wanted
        may_show = self.may("show")
        tags = [
            (
                self.filters[key].label,
                self.filters[key].say(value, work),
                self.address(wanted, filters=tuple(one for one in wanted.filters if one != (key, value)), page=1),
            )
            for key, value in wanted.filters
        ]
        chosen = dict(wanted.filters)
        offers = [(one, offer) for one in self.filters.values() if (offer := one.offered(work))]
        shown_keys = {one.key for one, _ in offers}
        self.gather(work, found.rows)
        cells, address = self.cells(columns), self.addresses() if may_show else lambda _: ""
        return {
            "title": self.list_title,
            "view": self,
            "found": found,
            "wanted": wanted,
            "columns": columns,
            "rows": [(address(row), [cell(row) for cell in cells]) for row in found.rows],
            "asked": urlencode(wanted.args(), doseq=True),
            "counted": self.counted(found),
            "tags": tags,
            "chosen": chosen,
            "offered": offers,
            "held": [pair for pair in wanted.filters if pair[0] not in shown_keys],
            "sorts": {name: self.sort_address(wanted, name) for name in self.listing.orders},
            "page_address": lambda number: self.address(wanted, page=number),
            "clear_address": self.address(),
            "saved": [
                *(
                    (
                        words,
                        f"{self.address()}?{urlencode(args)}",
                        all(chosen.get(key) == value for key, value in args.items()),
                    )
                    for words, args in self.views
                ),
                *self.kept_views(wanted),
            ],
            **self.many_tools(work, found),
            **self.list_tools(work, wanted, found, columns),
            # Of one young person's records, the next one is theirs too.
            "add_url": self.add_address(**{key: chosen[key] for key in self.hangs_on() if key in chosen}),
            "acts": [*self.list_acts(work), *self._workbook(work)],
        }

    def gather(self, work: Work, rows: Sequence[Any]) -> None:
        """Read at once what the cells of all these rows need, where it hangs on other records."""

    def cells(self, columns: Sequence[Column]) -> Sequence[Callable[[Any], Any]]:
        """What makes the cells of a row; the first one is the row's own link, others lead to other records' pages."""
        return [column.cell if place == 0 else self.linked(column) for place, column in enumerate(columns)]

    def linked(self, column: Column) -> Callable[[Any], Any]:
        """The cells of a column, as links where it shows a record whose page one may open."""
        root, kind = _leads_to(self.listing.record, column.name)
        if not kind:
            return column.cell
        view = self.appbuilder.page_about(kind)
        if view is None or not view.may("show"):
            return column.cell

        address, said = view.addresses(), column.cell

        def cell(record: Any) -> Any:
            there = getattr(record, root)
            shown = said(record)
            return shown if there is None else Markup(f'<a href="{escape(address(there))}">{escape(shown)}</a>')

        return cell

    def waits(self, work: Work) -> list[tuple[Queue, ScalarSelect[int], str]]:
        """The declared queues somebody's work may wait in: each with what counts it, and where its rows are listed."""
        found: list[tuple[Queue, ScalarSelect[int], str]] = []
        if not self.may("list"):
            return found
        kind = self.listing.record.kind()
        brought = queues_of(kind) if self.appbuilder.page_about(kind) is self else ()
        for queue in (*self.queues, *brought):
            if queue.act and not work.may(queue.act):
                continue
            wanted = Wanted.read(MultiDict(queue.args), self.filters, ())
            number = self.listing.counting(work, wanted, self.filters, lambda keys: self.narrowed(keys, work))
            found.append((queue, number, self.address(wanted)))
        return found

    def list_acts(self, work: Work) -> list[tuple[str, str]]:
        """More buttons above the list, as (words, address)."""
        return []

    def _workbook(self, work: Work) -> list[tuple[str, str]]:
        """Where the list is filled in as a workbook, if it can be and one may add to it."""
        listed = workbook_of(self.kind)
        # A console that was furnished with pages of its own may be without the page of workbooks.
        if listed is None or "ListWorkbooks.index" not in current_app.view_functions:
            return []
        if not work.may(listed.needs) or not work.may("workbook_row.bring_in"):
            return []
        return [("Fill in a workbook", console().address("ListWorkbooks.index", kind=self.kind))]

    def counted(self, found: Found) -> str:
        """How many there are, in words."""
        narrowed = bool(found.wanted.search or found.wanted.filters)
        said = (
            f"More than {count(found.count, self.singular, self.plural)}"
            if found.capped
            else count(found.count, self.singular, self.plural)
        )
        return f"{said} {'matches' if found.count == 1 and not found.capped else 'match'}" if narrowed else said

    def address(self, wanted: Wanted | None = None, **changes: Any) -> str:
        """The address of the list: plain, or as it was asked for with something of it changed."""
        base: str = self.appbuilder.address(f"{self.endpoint}.list")
        asked = urlencode(wanted.args(**changes), doseq=True) if wanted else ""
        return f"{base}?{asked}" if asked else base

    def sort_address(self, wanted: Wanted, name: str) -> tuple[str, str]:
        """Where a column's head leads, and how the list is ordered by it now: "ascending", "descending" or nothing."""
        usual = self.base_order if not wanted.order else None
        here = wanted.order == name or (usual is not None and usual[0] == name)
        falling = wanted.falling if wanted.order else bool(usual and usual[1] == "desc")
        now = ("descending" if falling else "ascending") if here else ""
        return self.address(wanted, order=name, falling=here and not falling, page=1), now


@lru_cache(maxsize=2_000)
def _leads_to(record: type[Record], name: str) -> tuple[str, str]:
    """The relation that a column shows and the kind of record it leads to; the kind is empty where it leads to none."""
    root = name.partition(".")[0]
    relation = inspect(record).relationships.get(root)
    return root, "" if relation is None or relation.uselist else relation.mapper.class_.kind()
