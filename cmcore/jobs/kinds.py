"""The kinds of long work there are: each is a function that is given its work step by step, declared by a decorator."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from cmcore.base.findings import refuse
from cmcore.plugins.register import register

if TYPE_CHECKING:
    from cmcore.jobs.doing import Doing

#: What may stand in the parameters of long work: keys, days, and codes of a few signs; no text, and so no name.
_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.:-]{0,79}\Z")


@dataclass(frozen=True)
class Result:
    """What came of long work: a sentence without a name, numbers by word, and the record it made, where it made one."""

    said: str
    counts: Mapping[str, int] = field(default_factory=dict)
    kind: str = ""
    key: int | None = None


@dataclass(frozen=True)
class TaskKind:
    """One kind of long work: its key, what it is called, the act whoever asks for it needs, and what it does.

    ``does`` may be called again after it was killed: it goes on where ``doing.checkpoint`` says. ``daily`` work nobody
    asks for: it is done once a day in each authority, from the morning on; ``by_mail`` only where mail is on.
    """

    key: str
    words: str
    act: str
    does: Callable[[Doing], Result]
    daily: bool = False
    by_mail: bool = False
    #: What can be done where it failed, said beside its reason.
    way_out: str = "Try it again."


_kinds: dict[str, TaskKind] = {}

Does = Callable[["Doing"], Result]


def task(
    key: str, words: str, act: str, *, daily: bool = False, by_mail: bool = False, way_out: str = "Try it again."
) -> Callable[[Does], Does]:
    """Declare a kind of long work. Refuses a key that is taken."""

    def declare(does: Does) -> Does:
        if key in _kinds:
            raise ValueError(f"There is long work called {key} already.")
        _kinds[key] = TaskKind(key, words, act, does, daily=daily, by_mail=by_mail, way_out=way_out)
        return does

    return declare


def task_kinds() -> Mapping[str, TaskKind]:
    """Every kind of long work by its key: those of the core, and those that plugins bring."""
    return MappingProxyType({**{one.key: one for one in register().declared("cm_long_work")}, **_kinds})


def references_only(parameters: Mapping[str, Any]) -> dict[str, Any]:
    """The parameters as they are kept. Refuses whatever is no key, day, yes or no, or code: a text may hold a name."""
    return {str(key): _plain(value) for key, value in parameters.items()}


def _plain(value: Any) -> Any:
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    if isinstance(value, str) and _CODE.match(value):
        return str(value)
    raise refuse("Long work is told keys, days and codes, and no text.", way_out="Name the records by their keys.")
