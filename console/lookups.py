"""Finding a record by typing: what a form's questions ask for, always within reach of whoever asks."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Any, overload

from sqlalchemy import ColumnElement, Select, bindparam, inspect, select
from sqlalchemy.orm import joinedload
from sqlalchemy.orm.interfaces import ORMOption

from cmcore.base.findings import NotFound
from cmcore.base.records import Record
from cmcore.forms import Form, kinds
from cmcore.safekeeping.access import made_once
from cmcore.virtual_schools.records import Authority
from console import desk
from console.framework import console
from console.listing import Listing, Wanted
from console.sheet import MOST_FOUND, Found
from console.wanted import plain_text

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
    wanted = plain_text(text)[:80]

    def find() -> list[Found]:
        work, view = desk.work(), console().page_about(of)
        listing = view.listing if view is not None and view.search_columns else _plain_listing(record)
        found = listing.first(work, Wanted(search=wanted), MOST_FOUND + 1, among)
        if view is not None:
            view.gather(work, found)
        return [_found(view, one) for one in found]

    if wanted or among:
        return find()
    if desk.are_many(of):
        return _Many(find)
    if len(found := find()) > MOST_FOUND:
        desk.are_many(of, remember=True)
    return found


class _Many(Sequence[Found]):
    """More records than a form offers, as was seen a moment ago; read only once somebody looks at one of them."""

    def __init__(self, find: Callable[[], list[Found]]) -> None:
        """Keep how they are found."""
        self._find = find

    def __len__(self) -> int:
        """As many as are looked up where there are more than are shown."""
        return MOST_FOUND + 1

    def __iter__(self) -> Iterator[Found]:
        """The first ones."""
        return iter(self._find())

    @overload
    def __getitem__(self, place: int) -> Found: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[Found]: ...
    def __getitem__(self, place: int | slice) -> Found | Sequence[Found]:
        """One of the first ones."""
        return self._find()[place]


def named_by(record: type[Record], form: Form | None) -> tuple[ORMOption, ...]:
    """What is read together with a record whose form is opened: whom it is about, and the records its answers name.

    A form that is put together for each record may name any record that is related to it.
    """
    names = {one.key for one in inspect(record).relationships if not one.uselist}
    if form is not None:
        asked = (one.key.removesuffix("_id") for one in form.questions if isinstance(one.kind, kinds.Pick))
        names &= {"young_person", *asked}
    return tuple(joinedload(getattr(record, name)) for name in sorted(names))


def fetch(chosen: Iterable[tuple[str, int]]) -> None:
    """Read records of several kinds in one statement, with the first one's authority, to have them at hand.

    What is out of reach is found to be so afterwards, where each is asked for by itself.
    """
    wanted = {record: number for of, number in chosen if (record := _classes().get(of)) is not None}
    if len(wanted) < 2:
        return
    told = {each.kind(): number for each, number in wanted.items()}
    desk.work().hold(desk.work().db.execute(_together(tuple(wanted)), told).first() or ())


@lru_cache(maxsize=100)
def _together(wanted: tuple[type[Any], ...]) -> Select[Any]:
    """What reads one record of each class by its key; few combinations are asked for, by the forms there are."""
    first, *others = wanted
    statement = select(*wanted).select_from(first).where(first.id == bindparam(first.kind()))
    for each in others:
        statement = statement.join(each, each.id == bindparam(each.kind()))
    if "authority_id" in inspect(first).columns and Authority not in wanted:
        statement = statement.add_columns(Authority).join(Authority, Authority.id == first.authority_id)
    return made_once(statement.limit(1))


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
