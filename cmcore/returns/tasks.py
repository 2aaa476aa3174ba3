"""Bringing files in as long work: the return of looked-after children, and the public register of schools."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from cmcore.exchange.columns import ABSENT, Column, Matched
from cmcore.exchange.gias.read import ASKED, open_register
from cmcore.exchange.ssda903.layout import BY_KEY
from cmcore.exchange.ssda903.read import read_return
from cmcore.jobs.actions import ask_for
from cmcore.jobs.doing import Doing
from cmcore.jobs.kinds import Result, task
from cmcore.jobs.records import Task
from cmcore.returns.gias import bring_in_register
from cmcore.returns.plan import BroughtIn
from cmcore.returns.ssda903 import bring_in_return
from cmcore.safekeeping.work import Work
from cmcore.virtual_schools.records import Authority

RETURN, REGISTER = "import.ssda903", "import.gias"
_AGAIN = "Choose the files again: nothing was brought in."


def ask_to_bring_in(
    work: Work,
    authority_id: int,
    kind: str,
    files: Sequence[tuple[str, bytes]],
    *,
    seen: str,
    largest: int,
    neighbours: Sequence[str] = (),
    once: str = "",
    matched: Sequence[Matched | None] = (),
) -> Task:
    """Ask for files to be brought in as they were seen: all of it or none, with a receipt.

    ``seen`` is the digest of the plan somebody confirmed, ``largest`` the most bytes that are read of a file,
    ``matched`` where each file's columns stand, where somebody said so.
    """
    told: dict[str, Any] = {"seen": seen, "largest": largest, "neighbours": list(neighbours)}
    if any(matched):
        told["matched"] = [_by_numbers(one) if one is not None else None for one in matched]
    return ask_for(work, authority_id, kind, told, given=files, once=once)


@task(RETURN, "Bring in the return of looked-after children", "import.ssda903", way_out=_AGAIN)
def return_brought_in(doing: Doing) -> Result:
    """Bring the files of a return in, in one step: a kill leaves all of it or nothing."""

    def bring(work: Work, authority: Authority) -> BroughtIn:
        told = doing.parameters
        made = read_return(doing.given(), today=work.today, most_bytes=told["largest"], matched=_matched(told))
        return bring_in_return(work, authority, made, seen=doing.parameters["seen"], progress=doing.tell)

    return _brought_in(doing, bring)


@task(REGISTER, "Bring in the public register of schools", "import.settings", way_out=_AGAIN)
def register_brought_in(doing: Doing) -> Result:
    """Bring settings of the register in, in one step."""

    def bring(work: Work, authority: Authority) -> BroughtIn:
        told, matched = doing.parameters, _matched(doing.parameters)
        first = matched[0] if matched else None
        register = open_register(doing.given()[0], most_bytes=told["largest"], matched=first)
        return bring_in_register(work, authority, register, told["neighbours"], seen=told["seen"], progress=doing.tell)

    return _brought_in(doing, bring)


def _asked(part: str) -> tuple[Column, ...]:
    return BY_KEY[part].asked if part in BY_KEY else ASKED


def _by_numbers(one: Matched) -> list[Any]:
    """A matching without a heading in it, since long work is told no text: the part, the row, a place a column."""
    return [one.part, one.row, *(one.places.get(column.key, ABSENT) for column in _asked(one.part))]


def _matched(told: Mapping[str, Any]) -> list[Matched | None]:
    made: list[Matched | None] = []
    for one in told.get("matched", ()):
        if one is None:
            made.append(None)
            continue
        part, row, *places = one
        keys = [column.key for column in _asked(part)]
        made.append(Matched(part, dict(zip(keys, places, strict=True)), row))
    return made


def _brought_in(doing: Doing, bring: Callable[[Work, Authority], BroughtIn]) -> Result:
    if "run" not in doing.checkpoint:
        with doing.step() as work:
            made = bring(work, work.get(Authority, doing.authority_id))
            work.db.flush()
            counts = {what: sum(each.get(what, 0) for each in made.plan.counts().values()) for what in _TOLD}
            doing.checkpoint = {"run": made.run.id if made.run is not None else None, "counts": counts}
    key, counts = doing.checkpoint["run"], doing.checkpoint["counts"]
    if key is None:
        return Result("Everything was as these files say already: nothing had to be changed.")
    told = ", ".join(f"{many:,} {what}" for what, many in counts.items() if many)
    return Result(f"Everything is in: {told or 'as it was'}.", counts, "import_run", key)


_TOLD = ("new", "changed", "ended")
