"""Which columns a list shows: as usual, as somebody keeps it for themselves, or as its address says."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, ClassVar
from urllib.parse import parse_qsl

from flask import redirect, request
from flask_appbuilder.baseviews import expose
from werkzeug.datastructures import MultiDict

from cmcore.lists.actions import choose_columns
from cmcore.safekeeping.work import Work
from console import desk, kept_lists
from console.columns import Column, may_be_added
from console.listing import Listing, Wanted
from console.said import say
from console.security import needs

#: So many choices of columns have their statements kept.
_MOST_KEPT = 40


class ListColumns:
    """The columns of a list, those it usually shows and those that may be added; mixed into the list of a page."""

    endpoint: str
    record: ClassVar[Any]
    list_columns: Sequence[str]
    show_columns: Sequence[str]
    opened_columns: Sequence[str]
    search_columns: Sequence[str]
    only_columns: Mapping[str, Sequence[str]]
    base_order: tuple[str, str] | None
    columns: tuple[Column, ...]
    listing: Listing
    column: Callable[[str], Column]
    address: Callable[..., str]
    _loaded: Callable[[], list[str]]
    _orders: Callable[[], dict[str, str]]

    #: Columns that may be added to the list beside the plain facts of a record's page, such as ``cell_…`` methods that
    #: read nothing more.
    more_columns: Sequence[str] = ()

    def every_column(self) -> tuple[Column, ...]:
        """What may stand in the list: the usual columns first. Worked out once."""
        usual = {one.name for one in self.columns}
        facts = [
            name
            for name in self.show_columns
            if name not in self.opened_columns
            and not hasattr(self, "cell_" + name.replace(".", "_"))
            and may_be_added(self.record, name)
        ]
        more = [name for name in dict.fromkeys((*self.more_columns, *facts)) if name not in usual]
        known = {one.label for one in self.columns}
        return (*self.columns, *(one for name in more if (one := self.column(name)).label not in known))

    def chosen_columns(self, wanted: Wanted) -> tuple[Column, ...]:
        """The columns that are shown: those the address names, those somebody keeps, or the usual ones.

        The first one heads its row and leads to its page: it is always there.
        """
        names = wanted.columns or self._own_columns()
        if not names:
            return self.columns
        return tuple(one for place, one in enumerate(self.offered) if place == 0 or one.name in names)

    def _own_columns(self) -> tuple[str, ...]:
        own = next((one for one in kept_lists.lists_of(self.endpoint) if one.mine and not one.name), None)
        return tuple(str(own.asks.get("cols", "")).split()) if own is not None else ()

    offered: tuple[Column, ...]
    _listings: dict[tuple[str, ...], Listing]

    def listing_with(self, columns: Sequence[Column]) -> Listing:
        """How the rows are read with what these columns show."""
        usual = {one.name for one in self.columns}
        more = tuple(one.name for one in columns if one.name not in usual)
        if not more:
            return self.listing
        known = self._listings.get(more)
        if known is None:
            if len(self._listings) >= _MOST_KEPT:
                self._listings.clear()
            known = self._listings[more] = Listing(
                self.record,
                [*self._loaded(), *more],
                self.search_columns,
                self._orders(),
                self.base_order,
                self._only_with(more),
            )
        return known

    def _only_with(self, more: Sequence[str]) -> Mapping[str, Sequence[str]]:
        """The only columns that are read, with those that were added."""
        only = {root: [*names] for root, names in self.only_columns.items()}
        for path in more:
            root, _, name = path.rpartition(".")
            if root in only:
                only[root].append(name)
            elif not root and path in self.listing.relations and "" in only:
                keys = [column.key for column in self.listing.relations[path].local_columns]
                only[""] += [key for key in keys if key not in only[""]]
        return only

    @expose("/list/columns", methods=("POST",))
    @needs(like="list")
    def choose_columns(self) -> Any:
        """Keep which columns whoever is signed in sees of this list; the usual ones where nothing is chosen."""
        work = desk.work()
        names = [one.name for one in self.offered if one.name in request.form.getlist("column")]
        usual = [one.name for one in self.columns]
        if names == usual or "usual" in request.form:
            names = []
        kept = self.kept_at(work)
        choose_columns(work, names, authority_id=kept, list_key=self.endpoint)
        work.commit()
        kept_lists.changed()
        say("You see these columns from now on." if names else "You see the usual columns again.")
        return redirect(self.came_from("cols"), 303)

    def kept_at(self, work: Work) -> int:
        """The authority in which what somebody keeps of a list is kept: the first they hold a role in."""
        return min(work.scope.authorities) if work.scope is not None else 0

    def came_from(self, *without: str) -> str:
        """The address of the list as somebody sent a form from it, read again by the rules of an address."""
        args = MultiDict(
            (key, value) for key, value in parse_qsl(request.form.get("asked", ""))[:60] if key not in without
        )
        return self.address(self.wanted(args))

    wanted: Callable[..., Wanted]
