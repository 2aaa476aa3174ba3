"""The lists that somebody keeps or is shown, remembered for a minute: no statement for each page."""

from __future__ import annotations

from time import time

from flask import session

from cmcore.lists.queries import Kept, kept_lists
from console import desk

#: For how many seconds, and for how many people, they are remembered.
_REMEMBERED_FOR, _MOST_REMEMBERED = 60.0, 2_000
#: Under this key a session holds when whoever is signed in last changed a list of theirs.
_CHANGED = "lists_changed_at"


def lists_of(list_key: str) -> list[Kept]:
    """What is kept of one list for whoever is signed in, by name: their own, their role's, everybody's.

    What they changed themselves shows at once, in every process; what others shared, within a minute.
    """
    work = desk.work()
    if work.scope is None or not work.may("saved_list.see"):
        return []
    known, now = desk.premises().kept_lists, time()
    read_at, kept = known.get(work.scope, (0.0, ()))
    if now - read_at > _REMEMBERED_FOR or read_at <= float(session.get(_CHANGED, 0.0)):
        if len(known) >= _MOST_REMEMBERED:
            known.clear()
        kept = tuple(kept_lists(work))
        known[work.scope] = (now, kept)
    return [one for one in kept if one.list_key == list_key]


def changed() -> None:
    """Have everybody of this process read them again, and whoever is signed in, wherever they are served next."""
    desk.premises().kept_lists.clear()
    session[_CHANGED] = time()
