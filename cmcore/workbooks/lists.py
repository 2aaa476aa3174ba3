"""What a list declares so that it can be filled in as a workbook: its form, and the acts that make and change a record.

Nothing of a list is decided here: a row goes through the declared form and the declared act, as a page does.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from functools import cached_property
from inspect import signature
from typing import Any, Protocol

from sqlalchemy import select

from cmcore.base.findings import refuse
from cmcore.base.records import Record
from cmcore.forms import Form, form_of
from cmcore.plugins.register import register
from cmcore.programmes.records import Programme
from cmcore.safekeeping.work import Work

#: The most rows that are read of one workbook.
MOST_ROWS = 5_000


class AtHand(Protocol):
    """What a list keeps at hand while thousands of its rows are entered."""

    def read(self) -> None:
        """Read again what stands now: something was undone."""

    def kept(self, one: Any) -> None:
        """Take a record in that was just made."""

    def found(self, columns: Mapping[str, Any]) -> bool:
        """Whether a record may be held already that has these columns, as ``known_by`` gives them."""


@dataclass(frozen=True)
class ListWorkbook:
    """A list that can be filled in as a workbook.

    ``add`` is an action, called as (work, answers), or (work, parent, answers) with a ``parent``; ``change``, where
    there is one, as (work, record, answers, version), with ``answers_of`` to say what is held. ``form`` is a declared
    form, or a function of (work, authority's key) that gives one. ``known_by`` says of answers by which columns a
    record that is held already is known again, and gives nothing where there is none. ``at_hand`` has what many rows
    will need read beforehand, as an :class:`AtHand`; it may change no decision.
    """

    record: type[Record]
    form: Any
    add: Callable[..., Any]
    change: Callable[..., Any] | None = None
    answers_of: Callable[[Any], Any] | None = None
    parent: type[Record] | None = None
    act: str = ""
    about: str = ""
    known_by: Callable[[Any], Mapping[str, Any]] | None = None
    at_hand: Callable[[Work, Sequence[Any]], AbstractContextManager[AtHand]] | None = None
    #: Other words people write over a column, by question: a workbook with changed headings is matched by them.
    synonyms: Mapping[str, Sequence[str]] = field(default_factory=dict)
    #: Whether ``form`` is asked for one programme too, as (work, authority's key, programme's key or nothing).
    by_programme: bool = False
    #: The plugin that brought it; empty for the core.
    plugin: str = ""

    @property
    def key(self) -> str:
        """The kind of record: "session"."""
        return self.record.kind()

    @property
    def one(self) -> str:
        """What one record is called."""
        return self.record.words[0]

    @property
    def title(self) -> str:
        """What the list is called: "Sessions"."""
        return self.record.words[1][:1].upper() + self.record.words[1][1:]

    @cached_property
    def needs(self) -> str:
        """The act a role must include to bring rows in."""
        return self.act or str(getattr(self.add, "act", f"{self.key}.add"))

    @cached_property
    def asks_authority(self) -> bool:
        """Whether the act must be told for which authority."""
        return "authority_id" in signature(self.add).parameters

    def form_for(self, work: Work, authority_id: int, programme_id: int | None = None) -> Form:
        """The form as it is asked in an authority; where its programmes ask other things, in one of them."""
        declared = self.form
        if self.by_programme:
            declared = declared(work, authority_id, programme_id)
        elif callable(declared) and not isinstance(declared, type | Form):
            declared = declared(work, authority_id)
        return form_of(declared)

    def make(self, work: Work, authority_id: int, parent: Any, answers: Any) -> Any:
        """Make a record of answers, by the declared act."""
        more = {"authority_id": authority_id} if self.asks_authority else {}
        before = (work, parent) if self.parent is not None else (work,)
        return self.add(*before, answers, **more)


def programmes_apart(work: Work, listed: ListWorkbook, authority_id: int) -> list[Programme]:
    """The programmes for which a list has a workbook each: where those of an authority are measured differently."""
    if not listed.by_programme:
        return []
    asked = select(Programme).where(Programme.authority_id == authority_id).order_by(Programme.title, Programme.id)
    found = list(work.db.scalars(asked))
    return found if len({one.measure_set for one in found}) > 1 else []


def list_workbooks() -> dict[str, ListWorkbook]:
    """Every list that can be filled in as a workbook, by the kind of its records: the core's, then plugins'."""
    from cmcore.workbooks.shipped import SHIPPED

    found = {one.key: one for one in SHIPPED}
    for plugin, one in register().by_plugin("cm_workbooks"):
        found.setdefault(one.key, _of_plugin(one, plugin.manifest.name))
    return found


def workbook_of(kind: str) -> ListWorkbook | None:
    """The same for one kind of record, or nothing: every list asks, of its own kind."""
    from cmcore.workbooks.shipped import SHIPPED

    shipped = next((one for one in SHIPPED if one.key == kind), None)
    if shipped is not None:
        return shipped
    brought = register().by_plugin("cm_workbooks")
    return next((_of_plugin(one, plugin.manifest.name) for plugin, one in brought if one.key == kind), None)


def _of_plugin(one: ListWorkbook, name: str) -> ListWorkbook:
    from dataclasses import replace

    return replace(one, plugin=name)


def lists_for(work: Work, authority_id: int) -> Iterator[ListWorkbook]:
    """The lists whoever works may add to in an authority; a plugin's only where it is on."""
    for one in list_workbooks().values():
        if work.may(one.needs, authority_id) and (not one.plugin or work.plugin_is_on(one.plugin, authority_id)):
            yield one


def list_of(kind: str, work: Work, authority_id: int) -> ListWorkbook:
    """The list of a kind of record; refuses one that is not filled in as a workbook, or that one may not add to."""
    for one in lists_for(work, authority_id):
        if one.key == kind:
            return one
    known = ", ".join(sorted(one.key for one in lists_for(work, authority_id))) or "none"
    raise refuse(f"There is no workbook for “{kind[:60]}”.", way_out=f"Those you may bring in: {known}.")
