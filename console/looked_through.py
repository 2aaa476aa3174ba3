"""What a list says of itself to whoever looks for one of its records: in a form, or in a search of everything."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property
from typing import Any, ClassVar

from sqlalchemy import ColumnElement, Select

from cmcore.safekeeping.work import Work
from console.listing import Listing


class LookedThrough:
    """How the records of a page are found by those who do not stand on it; mixed into the page."""

    record: ClassVar[Any]
    base_order: tuple[str, str] | None
    narrows: bool
    narrowed: Callable[[Select[Any], Work], Select[Any]]

    #: The columns in which a search of everything looks; none, and it does not look through this list.
    everywhere: Sequence[str] = ()
    #: Whether those are references only, which hold figures: words without any are not looked for there.
    only_references: bool = False
    #: What ``found_title`` and ``found_detail`` read beside the record's own columns.
    found_loads: Sequence[str] = ()

    @cached_property
    def everywhere_listing(self) -> Listing:
        """How the records are read for a search of everything; worked out once."""
        return Listing(self.record, [*self.found_loads], self.everywhere, {}, self.base_order)

    def found_as(self, words: str) -> ColumnElement[bool] | None:
        """How else a search of everything knows a record, such as by initials; nothing where it does not."""
        return None

    def narrowed_for(self, work: Work) -> Callable[[Select[Any]], Select[Any]] | None:
        """How a search of everything narrows what it finds: as the list does, in no order of its own."""
        return (lambda statement: self.narrowed(statement, work).order_by(None)) if self.narrows else None

    def found_title(self, record: Any) -> str:
        """What a record is called where one is chosen; how it calls itself, unless a page says it better."""
        return str(record)

    def found_detail(self, record: Any) -> str:
        """A line more about a record where it is offered to be chosen in a form."""
        return ""
