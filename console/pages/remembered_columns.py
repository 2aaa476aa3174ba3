"""Which columns of a file are which, as somebody confirmed it: what is remembered, and forgetting it."""

from __future__ import annotations

from typing import Any, ClassVar

from flask import url_for
from sqlalchemy import ColumnElement, false

from cmcore.base.clock import day
from cmcore.base.words import count
from cmcore.safekeeping.work import Work
from cmcore.workbooks.records import ColumnMapping
from cmcore.workbooks.remembered import columns_of, forget_columns, kept_until, last_used_on, what_of
from console.listing import Filter
from console.record_view import RecordView
from console.steps import Step

_WHATS = (
    ("ssda903", "Return of looked-after children"),
    ("gias", "Public register of schools"),
    ("workbook", "Lists as workbooks"),
    ("own invoice", "Mentors' own invoices"),
)


def _of_what(value: str, work: Work) -> ColumnElement[bool]:
    return ColumnMapping.importer.startswith(value) if value in dict(_WHATS) else false()


class RememberedColumns(RecordView):
    """Columns that are remembered."""

    record = ColumnMapping
    route_base = "/columns"
    list_title = "Remembered columns"
    singular = "remembered columns"
    plural = "remembered columns"
    about = (
        "Files whose headings are not ours are matched once, by hand, and read the same way from then on. Here stands "
        "what is remembered, of files you may bring in yourself. Forget what was matched wrongly: the next such file "
        "is asked about again. What nothing has come in by for two years is forgotten by itself."
    )
    list_columns: ClassVar[list[str]] = ["what", "columns", "confirmed_by", "last_used_on"]
    label_columns: ClassVar[dict[str, str]] = {
        "what": "Of which files",
        "columns": "Columns",
        "confirmed_by": "Confirmed by",
        "last_used_on": "Last used",
        "confirmed": "First confirmed",
        "until": "Forgotten by itself",
    }
    load_columns: ClassVar[list[str]] = ["mentor"]
    filter_columns: ClassVar[list[Any]] = [Filter("importer", "Of which files", _WHATS, _of_what)]
    order_columns: ClassVar[list[str]] = ["confirmed_by", "last_used_on"]
    base_order = ("changed_at", "desc")
    show_columns: ClassVar[list[str]] = ["what", "confirmed_by", "confirmed", "last_used_on", "until"]
    show_template = "cm/remembered_columns.html"
    facts_heading = "What is remembered"
    empty_words = (
        "Nothing is remembered. When a file has other headings than ours, you say which column is which while bringing "
        "it in, and it stands here from then on."
    )
    steps = (
        Step(
            "forget",
            "Forget them",
            forget_columns,
            why="What came in by them stays. The next file with these headings is asked about again, and remembered.",
            done="Forgotten. Bring such a file in again, and you are asked which column is which.",
            grave=True,
        ),
    )

    def cell_what(self, kept: ColumnMapping) -> str:
        """What is brought in by it."""
        return what_of(kept)

    def cell_columns(self, kept: ColumnMapping) -> str:
        """How many of our columns are there; the headings stand on its page."""
        told = columns_of(kept)
        return f"{sum(bool(heading) for _, heading in told)} of {count(len(told), 'column')}"

    def cell_confirmed_by(self, kept: ColumnMapping) -> str:
        """Who said so."""
        return kept.confirmed_by or "Not written down then"

    def cell_last_used_on(self, kept: ColumnMapping) -> str:
        """The day something last came in by it."""
        return day(last_used_on(kept))

    def cell_confirmed(self, kept: ColumnMapping) -> str:
        """The day it was first confirmed."""
        return day(kept.created_at.date())

    def cell_until(self, kept: ColumnMapping) -> str:
        """When it goes if nothing comes in by it."""
        until = kept_until(kept)
        return f"On {day(until)}, if nothing comes in by it before" if until is not None else "Never"

    def after(self, record: Any, doing: str) -> str:
        """What is forgotten has no page any more."""
        return url_for(f"{self.endpoint}.list") if doing == "forget" else super().after(record, doing)

    def heading(self, kept: ColumnMapping) -> str:
        """Of which files."""
        return what_of(kept)

    def show_context(self, work: Work, record: ColumnMapping, opened: bool) -> dict[str, Any]:
        """Each column beside its heading."""
        return super().show_context(work, record, opened) | {"columns": columns_of(record)}
