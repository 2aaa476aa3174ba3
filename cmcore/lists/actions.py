"""What people do with the lists they keep: save one, choose its columns, take one away."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select

from cmcore.base.findings import refuse
from cmcore.base.records import authority_of
from cmcore.lists.forms import SavedListAnswers
from cmcore.lists.records import SavedList
from cmcore.lists.words import ForWhom
from cmcore.safekeeping import audit
from cmcore.safekeeping.audit import Line
from cmcore.safekeeping.work import Work, action

#: What of an address is never kept: the words of a search may be somebody's name, a page is where one happens to be.
NOT_KEPT = frozenset({"q", "sought", "page"})
#: So many lists of one page a person keeps.
MOST = 40


@action("saved_list.keep")
def save_list(
    work: Work, answers: SavedListAnswers, *, authority_id: int, list_key: str, asks: Mapping[str, Any]
) -> SavedList:
    """Keep a list under a name, in place of an earlier one of that name. Refuses to share it where one may not.

    ``asks`` is what stands in its address; the words of a search and the page are left out of it.
    """
    if answers.for_whom is not ForWhom.me:
        work.require("saved_list.share", authority_id)
    role = answers.role.value if answers.role is not None and answers.for_whom is ForWhom.role else ""
    kept = {key: value for key, value in asks.items() if key not in NOT_KEPT}
    own = list(
        work.db.scalars(
            select(SavedList).where(
                SavedList.authority_id == authority_id,
                SavedList.login == work.actor.login,
                SavedList.list_key == list_key,
            )
        )
    )
    name = " ".join(answers.name.split())
    for one in own:
        if (one.name, one.for_whom, one.role_key) == (name, answers.for_whom.value, role):
            work.change(one, asks=kept)
            return one
    if len(own) >= MOST:
        raise refuse(f"You keep {MOST} lists of this page already.", way_out="Take one away first.")
    return _add(work, authority_id, list_key, name, kept, for_whom=answers.for_whom.value, role=role)


@action("saved_list.keep")
def choose_columns(work: Work, columns: Sequence[str], *, authority_id: int, list_key: str) -> SavedList:
    """Keep which columns a list shows whoever acts, whenever nothing else is asked for. None of them: the usual ones.

    It is theirs alone, in whichever authority they look at the list.
    """
    asked = select(SavedList).where(
        SavedList.login == work.actor.login, SavedList.list_key == list_key, SavedList.name == ""
    )
    kept = {"cols": " ".join(columns)} if columns else {}
    if (found := work.db.scalars(asked).first()) is not None:
        work.change(found, asks=kept)
        return found
    return _add(work, authority_id, list_key, "", kept)


def _add(
    work: Work,
    authority_id: int,
    list_key: str,
    name: str,
    asks: dict[str, Any],
    *,
    for_whom: str = ForWhom.me.value,
    role: str = "",
) -> SavedList:
    return work.add(
        SavedList(
            authority_id=authority_id,
            list_key=list_key,
            name=name,
            login=work.actor.login,
            for_whom=for_whom,
            role_key=role,
            asks=asks,
        )
    )


def taken_out(work: Work, records: Sequence[Any], columns: Sequence[str]) -> None:
    """Write down that rows of a list leave as a file: each young person's record, and of other lists one line."""
    if not records:
        return
    kind = type(records[0])
    why = f"in a file of {kind.words[1]}: {', '.join(columns)}"
    if kind.about == "child":
        for one in records:
            work.opened(one, why)
        return
    counted: dict[int, int] = {}
    for one in records:
        chain = authority_of(one) or 0
        counted[chain] = counted.get(chain, 0) + 1
    work.begin_writing()
    for chain, rows in counted.items():
        audit.note(work.db, Line("read", kind.kind(), None, chain, detail={"rows": rows}, why=why))


@action("saved_list.remove")
def remove_saved_list(work: Work, saved: SavedList) -> None:
    """Take a list away: one's own, or one that is shared, for who may share."""
    if saved.login != work.actor.login:
        work.require("saved_list.share", saved.authority_id)
    work.db.delete(saved)
