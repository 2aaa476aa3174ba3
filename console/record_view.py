"""Our ``ModelView``: lists and pages of one kind of record, with the faults of the framework's own left out.

A page class declares what is shown, searched, narrowed by and ordered by; nothing that is not declared can be asked
for in the address. Adding, changing and removing stand in :mod:`console.record_forms`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, ClassVar

from flask import make_response, render_template, request, url_for
from flask_appbuilder.baseviews import expose
from flask_appbuilder.views import ModelView
from sqlalchemy import Select

from cmcore.base.findings import Finding
from cmcore.base.lifecycle import Stateful
from cmcore.base.records import Record
from cmcore.base.words import Choice
from cmcore.safekeeping.work import Work
from console import desk
from console.columns import (
    Column,
    Records,
    Related,
    cell_of,
    filter_for,
    is_number,
    is_sensitive,
    mapped,
    reader,
    words_of,
)
from console.forms_panel import forms_panel
from console.framework import Page
from console.listing import Filter, Listing, Queue
from console.looked_through import LookedThrough
from console.plugin_parts import panels_for
from console.record_forms import ONE, RecordForms
from console.record_list import RecordList
from console.security import needs
from console.shown import state_of
from console.steps import NextStep, Step, offered
from console.together_acts import Together

#: Routes of the framework's own view that do not exist on ours.
STOCK_ROUTES = frozenset(
    {
        "delete",
        "action",
        "action_post",
        "download",
        "api",
        "api_read",
        "api_get",
        "api_create",
        "api_update",
        "api_delete",
    }
)


class RecordView(LookedThrough, RecordList, RecordForms, Page, ModelView):  # type: ignore[misc]
    """The base of every page class about one kind of record. See docs/how-to for a whole one; the least is::

    class Settings(RecordView):
        record = Setting
        route_base = "/settings"
        list_columns = ["name", "kind_of_setting", "town"]
        choice_columns = {"kind_of_setting": SettingKind}
        search_columns = ["name", "town"]
        filter_columns = ["kind_of_setting"]
        base_order = ("name", "asc")
    """

    default_view = "list"
    list_template = "cm/list.html"
    show_template = "cm/show.html"
    page_size = 25

    record: ClassVar[type[Record]]
    #: What one and many of it are called; the record's own words unless said otherwise.
    singular: str = ""
    plural: str = ""
    #: What the page is for, in a sentence or two, behind "What is this page for?".
    about: str = ""

    #: Attribute paths ("name", "setting.name") or names of methods ``cell_<name>`` of the page class.
    list_columns: Sequence[str] = ()
    search_columns: Sequence[str] = ()
    #: Paths with a usual filter, or filters of one's own.
    filter_columns: Sequence[str | Filter] = ()
    #: Columns that may be ordered by; those of the list that stand in a table, unless said otherwise.
    #: A dict maps a column to another path.
    order_columns: Sequence[str] | Mapping[str, str] | None = None
    base_order: tuple[str, str] | None = None
    choice_columns: Mapping[str, type[Choice]] = {}
    number_columns: Sequence[str] = ()
    #: Saved views: words, and what stands in the address, such as {"state": "open"}.
    views: Sequence[tuple[str, Mapping[str, str]]] = ()

    #: Rows of this list that wait for somebody: they are counted on Today.
    queues: Sequence[Queue] = ()

    show_columns: Sequence[str] = ()
    facts_heading: str = "What is known"
    #: Columns shown only after "Show name and date of birth" was pressed, which is written down.
    opened_columns: Sequence[str] = ()
    opened_words: str = "Show name and date of birth"
    related_views: Sequence[type[Any] | Related] = ()
    #: What an empty list says instead of the usual words.
    empty_words: str = ""

    def __init__(self) -> None:
        """Work out columns, filters and orders once; after that only requests' own values change."""
        self.singular = self.singular or self.record.words[0]
        self.plural = self.plural or self.record.words[1]
        self.datamodel = Records(self.record)
        self.exclude_route_methods = STOCK_ROUTES | self.missing_routes() | self.missing_list_routes()
        super().__init__()
        self.columns = tuple(self.column(name) for name in self.list_columns)
        self.facts = tuple(self.column(name) for name in self.show_columns)
        self.opened_facts = tuple(self.column(name) for name in self.opened_columns)
        self.filters = {one.key: one for one in (self._filter(each) for each in self.filter_columns)}
        self.listing = Listing(
            self.record, self._loaded(), self.search_columns, self._orders(), self.base_order, self.only_columns
        )
        self.offered, self._listings = self.every_column(), {}
        self.narrows = type(self).narrowed is not RecordView.narrowed
        self.read_with = Listing(self.record, self.show_columns, (), {}, None).together()

    # ---- the framework's own set-up, replaced: it builds forms and filters of every column
    def _init_properties(self) -> None:
        self.label_columns = dict(self.label_columns or {})
        self.formatters_columns = dict(self.formatters_columns or {})
        self._related_views: list[Any] = []

    def _init_forms(self) -> None:
        """No forms are made from tables; see :mod:`console.record_forms`."""

    def _init_titles(self) -> None:
        self.list_title = self.list_title or self.plural[:1].upper() + self.plural[1:]
        self.title = self.list_title

    def get_uninit_inner_views(self) -> list[Any]:
        """Lists on this page are found when they are shown."""
        return []

    def act_of(self, method: str, act: str) -> str:
        """The library's act that a method needs; the action's own where it declares one."""
        return self.form_act(method) or act.format(kind=self.kind)

    @property
    def kind(self) -> str:
        """The kind of record, as the library's roles name it."""
        return self.record.kind()

    # ---- columns
    def column(self, name: str) -> Column:
        """The column of that name: its words and cells."""
        own: Callable[[Any], Any] | None = getattr(self, "cell_" + name.replace(".", "_"), None)
        cell = cell_of(name, choices=self.choice_columns, formatters=self.formatters_columns, own=own)
        number = name in self.number_columns or (
            own is None and name not in self.choice_columns and is_number(self.record, name)
        )
        plain = own is None and name not in self.choice_columns and name not in self.formatters_columns
        value = reader(name) if plain and mapped(self.record, name) is not None and name != "state" else None
        label = self.label_columns.get(name) or words_of(name)
        return Column(name, label, cell, number, is_sensitive(self.record, name), value)

    def _filter(self, given: str | Filter) -> Filter:
        if isinstance(given, Filter):
            return given
        return filter_for(self.record, given, self.label_columns.get(given) or words_of(given), self.choice_columns)

    def _orders(self) -> dict[str, str]:
        if isinstance(self.order_columns, Mapping):
            return dict(self.order_columns)
        names = self.list_columns if self.order_columns is None else self.order_columns
        return {name: name for name in names if mapped(self.record, name) is not None}

    def _loaded(self) -> list[str]:
        return [*self.list_columns, *self.load_columns]

    #: Paths whose to-one relations a ``cell_…`` method reads, so that they are loaded with the rows.
    load_columns: Sequence[str] = ()

    #: Of a relation that rows show, or of the rows themselves under "": the only columns a page of the list reads.
    #: For lists of a million; what a cell asks for beyond them costs a statement for each row.
    only_columns: Mapping[str, Sequence[str]] = {}

    def narrowed(self, statement: Select[Any], work: Work) -> Select[Any]:
        """Narrow every list of this page further; what may be seen at all is the library's business, not this."""
        return statement

    def address_of(self, record: Any) -> str:
        """Where a record's page is."""
        return f"{self.address()}{record.id}"

    def addresses(self) -> Callable[[Any], str]:
        """What gives each record of a list the address of its page."""
        if type(self).address_of is not RecordView.address_of:
            return self.address_of
        base = self.address()
        return lambda record: f"{base}{record.id}"

    def may(self, method: str) -> bool:
        """Whether whoever is signed in may open a page of this class."""
        return method not in self.exclude_route_methods and bool(
            self.appbuilder.sm.has_access(f"can_{method}", self.class_permission_name)
        )

    # ---- one record
    @expose(f"/{ONE}", methods=("GET", "POST"))
    @needs("{kind}.see")
    def show(self, pk: int) -> Any:
        """One record's page. Reading a young person's record is written down before anything is shown.

        A POST asks for what is kept closed, a name or a date of birth; that too is written down.
        """
        work = desk.work()
        record = self.record_at(work, pk)
        opened = request.method == "POST" and bool(self.opened_columns)
        context = self.show_context(work, record, opened)
        context["panels"] = [*forms_panel(work, record), *panels_for(work, record)]
        page = render_template(self.show_template, **context)
        # After all is read, the frame of the page too, so that it is one transaction; and before anything is shown.
        if self.record.about == "child":
            work.opened(record, why=self.opened_words if opened else "")
            work.commit()
        return make_response(page)

    def record_at(self, work: Work, pk: int) -> Any:
        """The record of a page with what its facts name, or not found; a page class may read more together with it."""
        return work.get(self.record, pk, *self.read_with)

    def show_context(self, work: Work, record: Any, opened: bool) -> dict[str, Any]:
        """What the page's template is given; everything it shows is read here, before the reading is written down."""
        # The state stands under the heading.
        told = [one for one in self.facts if one.name != "state"]
        facts = [(one.label, said) for one in told if (said := self.linked(one)(record)) != ""]
        return {
            "title": self.page_title(record),
            "heading": self.heading(record),
            "view": self,
            "record": record,
            "facts": facts,
            "state": self.state(record),
            "opened": [(one.label, one.cell(record)) for one in self.opened_facts] if opened else [],
            "findings": self.findings(work, record),
            "steps": self.next_steps(work, record),
            "parts": [part for each in self.related_views if (part := self._related(work, record, each))],
            "crumbs": [*self.crumbs_before(record), (self.list_title, self.address()), (self.named(record), "")],
            "edit_url": self.edit_address(record),
            "remove_url": self.remove_address(record),
        }

    def state(self, record: Any) -> Any:
        """Where it stands, under the heading: the cell of the state, where the page class has one of its own."""
        own = getattr(self, "cell_state", state_of)
        return own(record) if isinstance(record, Stateful) else ""

    def heading(self, record: Any) -> str:
        """The page's heading: how the record calls itself, which for a young person is initials and reference."""
        said = str(record)
        return said[:1].upper() + said[1:]

    def named(self, record: Any) -> str:
        """The record in few words: on the way to its page, and behind what is done with it."""
        return self.heading(record)

    def page_title(self, record: Any) -> str:
        """The title in the browser: never a name."""
        return f"{self.singular[:1].upper()}{self.singular[1:]} {getattr(record, 'ref', '')}".strip()

    def crumbs_before(self, record: Any) -> list[tuple[str, str]]:
        """What stands before the list in the way to this page."""
        return []

    def findings(self, work: Work, record: Any) -> list[Finding]:
        """What the rules have to say about the record, shown above everything else."""
        return []

    def next_steps(self, work: Work, record: Any) -> list[NextStep]:
        """What can be done next: the declared steps that state and role allow, refused ones with their reason."""
        steps = [self.step_for(one, record) for one in self.steps]
        return offered(steps, work, record, lambda step: self.step_address(record, step))

    def _related(self, work: Work, record: Any, given: type[Any] | Related) -> dict[str, Any] | None:
        related = given if isinstance(given, Related) else Related(given)
        view = next((one for one in self.appbuilder.baseviews if isinstance(one, related.view)), None)
        if view is None or not view.may("list"):
            return None
        by = related.by or f"{self.kind}_id"
        rows, more = view.listing.few(work, getattr(view.record, by) == record.id, related.most)
        columns = [view.column(name) for name in (related.columns or view.list_columns[:5])]
        may_show = view.may("show")
        view.gather(work, rows)
        cells, address = view.cells(columns), view.addresses() if may_show else lambda _: ""
        return {
            "heading": related.heading or view.list_title,
            "columns": columns,
            "id": f"{view.endpoint}-{by}".lower(),
            "rows": [(address(row), [cell(row) for cell in cells]) for row in rows],
            "all_url": url_for(f"{view.endpoint}.list", **{by: record.id}) if by in view.filters and more else "",
            "add_url": view.add_address(**{by: record.id}),
            "add_words": view.add_words,
            "empty": view.empty_words or f"No {view.plural} yet.",
        }


__all__ = ["Column", "Filter", "NextStep", "RecordView", "Related", "Step", "Together"]
