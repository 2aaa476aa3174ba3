"""The columns of a page about one kind of record: their words, their cells, and how they can narrow a list."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask_appbuilder.models.sqla.interface import SQLAInterface
from sqlalchemy import JSON, Boolean, Date, DateTime, Integer, Text, inspect

from cmcore.base.findings import NotFound
from cmcore.base.lifecycle import Stateful
from cmcore.base.words import Choice
from cmcore.safekeeping.work import Work
from console import desk
from console.listing import Filter
from console.shown import shown, state_of


class Records(SQLAInterface):  # type: ignore[misc]
    """The framework's view of one kind of record: reads through the request's work, and cannot write."""

    @property
    def session(self) -> Any:
        """The database session of the request's work, limited to what whoever asks may see."""
        return desk.work().db

    def _only_actions_write(self, *_: Any, **__: Any) -> None:
        raise PermissionError("Records are changed by the library's actions only.")

    add = edit = delete = delete_all = _only_actions_write


@dataclass(frozen=True)
class Column:
    """One column: its path, its words, whether it holds numbers, and what stands in its cells."""

    name: str
    label: str
    cell: Callable[[Any], Any]
    numeric: bool = False
    #: Whether it holds what is sensitive, and is left out of a file unless it is asked for.
    sensitive: bool = False
    #: The value itself, where the cell shows it as it is: a file holds a day as a day and a number as a number.
    value: Callable[[Any], Any] | None = None

    @property
    def css(self) -> str:
        """The class of its cells."""
        return "cm-table__n" if self.numeric else ""


def words_of(path: str) -> str:
    """Words for an attribute path: "setting.name" becomes "Setting", "born_on" "Born on", "mentor_id" "Mentor"."""
    root, _, rest = path.partition(".")
    name = root if rest in ("name", "title", "ref", "initials", "full_name") else path.rpartition(".")[2]
    text = name.removesuffix("_id").removesuffix("_at").removesuffix("_of_setting").replace("_", " ").strip()
    return text[:1].upper() + text[1:]


def cell_of(
    path: str,
    *,
    choices: Mapping[str, type[Choice]],
    formatters: Mapping[str, Callable[[Any], Any]],
    own: Callable[[Any], Any] | None,
) -> Callable[[Any], Any]:
    """What stands in the cells of a column: the page's own method, else a formatter, else the value in words."""
    if own is not None:
        return lambda record: shown(own(record))
    value = reader(path)
    if formatter := formatters.get(path):
        return lambda record: shown(formatter(value(record)))
    if choice := choices.get(path):
        return lambda record: choice.say(value(record))
    if path == "state":
        return lambda record: state_of(record) if isinstance(record, Stateful) else shown(record.state)
    return lambda record: shown(value(record))


def reader(path: str) -> Callable[[Any], Any]:
    """What reads the value at a path, worked out once for a column."""
    root, _, rest = path.partition(".")
    further = reader(rest) if rest else None

    def read(record: Any) -> Any:
        found = getattr(record, root)
        if further is not None:
            return None if found is None else further(found)
        return found() if callable(found) else found

    return read


def mapped(record: type[Any], path: str) -> Any:
    """The table's column behind a path, or nothing where it is worked out."""
    owner: Any = record
    *relations, name = path.split(".")
    for each in relations:
        relation = inspect(owner).relationships.get(each)
        if relation is None or relation.uselist:
            return None
        owner = relation.mapper.class_
    return inspect(owner).columns.get(name)


def is_number(record: type[Any], path: str) -> bool:
    """Whether a column holds whole numbers that are read as numbers: no keys, no years of birth."""
    column = mapped(record, path)
    return (
        column is not None
        and type(column.type) is Integer
        and not column.foreign_keys
        and not path.endswith("_id")
        and not column.primary_key
    )


def is_sensitive(record: type[Any], path: str) -> bool:
    """Whether a path leads to a column that the record calls sensitive."""
    column = mapped(record, path)
    return column is not None and bool(column.info.get("sensitive"))


def may_be_added(record: type[Any], path: str) -> bool:
    """Whether a fact of a record's page can stand in its list as well: a plain column, or a record it belongs to.

    Long texts and lists are left unread in lists; what is worked out may cost a statement for each row.
    """
    relation = inspect(record).relationships.get(path)
    if relation is not None:
        return not relation.uselist
    column = mapped(record, path)
    return column is not None and not isinstance(column.type, Text | JSON)


def filter_for(record: type[Any], path: str, label: str, choices: Mapping[str, type[Choice]]) -> Filter:
    """The usual filter of a column: a choice, a state, yes or no, since a day, or a record that a link names."""
    column = getattr(record, path)
    if choice := choices.get(path):
        return Filter(path, label, tuple((one.value, one.label) for one in choice), lambda value, _: column == value)
    if path == "state" and getattr(record, "life", None) is not None:
        life = record.life
        offered = (("open", "Not ended"), *((state.key, state.label) for state in life.states))
        return Filter(
            path, label, offered, lambda value, _: column.in_(life.live()) if value == "open" else column == value
        )
    kind = mapped(record, path).type
    if isinstance(kind, Boolean):
        return Filter(path, label, (("yes", "Yes"), ("no", "No")), lambda value, _: column.is_(value == "yes"))
    if isinstance(kind, Integer):
        return Filter(
            path,
            label,
            (),
            lambda value, _: column == _whole(value),
            lambda value, work: _name_of(record, path, value, work),
        )
    if isinstance(kind, Date | DateTime):
        raise TypeError(
            f"{record.__name__}.{path}: give a Filter of your own for a day; what may be chosen depends on the list."
        )
    return Filter(path, label, (), lambda value, _: column == value)


def _whole(value: str) -> int:
    return int(value) if value.isascii() and value.isdigit() and len(value) < 10 else -1


def _name_of(record: type[Any], path: str, value: str, work: Work) -> str:
    relation = inspect(record).relationships.get(path.removesuffix("_id"))
    if relation is None:
        return value
    try:
        return str(work.get(relation.mapper.class_, _whole(value)))
    except NotFound:
        return "not found"


@dataclass(frozen=True)
class Related:
    """A list on another record's page: which page class it comes from, by which key, under which heading."""

    view: type[Any]
    by: str = ""
    heading: str = ""
    columns: Sequence[str] = ()
    most: int = 8
