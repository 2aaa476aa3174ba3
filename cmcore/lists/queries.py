"""The lists that somebody keeps or is shown."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from cmcore.lists.records import SavedList
from cmcore.safekeeping.access import made_once
from cmcore.safekeeping.work import Work


@dataclass(frozen=True)
class Kept:
    """A list that is kept, as plain values: whose it is, for whom, and what stands in its address."""

    id: int
    list_key: str
    name: str
    mine: bool
    for_whom: str
    role_key: str
    asks: dict[str, Any]


_EVERY = made_once(select(SavedList).order_by(SavedList.name, SavedList.id))


def kept_lists(work: Work) -> list[Kept]:
    """Every list that whoever works keeps, or that is kept for their role or for everybody, by name."""
    return [
        Kept(one.id, one.list_key, one.name, one.login == work.actor.login, one.for_whom, one.role_key, dict(one.asks))
        for one in work.db.scalars(_EVERY)
    ]
