"""Finding a record by typing: what a form's questions ask for, always within reach of whoever asks."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, inspect

from cmcore.base.findings import NotFound
from cmcore.base.records import Record
from console import desk
from console.framework import console
from console.listing import Listing, Wanted
from console.sheet import MOST_FOUND, Found

#: Columns that are searched where no page of the console says what is.
_TELLING = ("ref", "name", "title", "key")


@lru_cache(maxsize=1)
def _classes() -> dict[str, type[Any]]:
    return {mapper.class_.kind(): mapper.class_ for mapper in Record.registry.mappers}


@lru_cache(maxsize=64)
def _plain_listing(record: type[Any]) -> Listing:
    columns = [name for name in _TELLING if name in inspect(record).columns]
    usual = (columns[0], "asc") if columns else None
    return Listing(record, (), columns, {}, usual)


def lookup(of: str, text: str, *among: ColumnElement[bool]) -> Sequence[Found]:
    """The records of a kind that match what was typed, one more than is shown; with nothing typed, the first ones.

    ``among`` narrows them further: adults to those around one young person.
    """
    record = _classes().get(of)
    if record is None:
        return ()
    work, view = desk.work(), console().page_about(of)
    listing = view.listing if view is not None and view.search_columns else _plain_listing(record)
    found = listing.first(work, Wanted(search=" ".join(text.split())[:80]), MOST_FOUND + 1, among)
    if view is not None:
        view.gather(work, found)
    return [_found(view, one) for one in found]


def shown(of: str, number: int) -> Found | None:
    """The words for one record; nothing where it is out of reach."""
    record = _classes().get(of)
    if record is None:
        return None
    try:
        return _found(console().page_about(of), desk.work().get(record, number))
    except NotFound:
        return None


def title(of: str, number: int) -> str | None:
    """The title of one record, as a form's answer says it; nothing where it is out of reach."""
    found = shown(of, number)
    return None if found is None else found.title


def _found(view: Any, record: Any) -> Found:
    title = str(record) if view is None else view.found_title(record)
    return Found(record.id, title[:1].upper() + title[1:], "" if view is None else str(view.found_detail(record)))
