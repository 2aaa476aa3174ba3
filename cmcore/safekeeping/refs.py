"""References people can read aloud: an authority's letters and a number that is never given twice."""

from __future__ import annotations

from typing import Any

from sqlalchemy import bindparam, update
from sqlalchemy.orm import Session

from cmcore.base.bulk import insert_unless_there
from cmcore.base.engine import run_as_written
from cmcore.safekeeping.access import beyond
from cmcore.safekeeping.records import Counter
from cmcore.safekeeping.work import Work

_REASON = beyond("references are numbered over the whole authority, whatever part of it one sees")
_counter: Any = Counter.__table__
#: Made once, of the table: it is the same for every reference, and no counter is ever held as a record.
_TAKE = (
    update(_counter)
    .where(_counter.c.prefix == bindparam("counted"))
    .values(last=_counter.c.last + bindparam("many"))
    .returning(_counter.c.last)
)


def next_refs(db: Session, prefix: str, authority_id: int, many: int = 1) -> list[str]:
    """The next references of a prefix, for example "WR-0417"; the numbers are held until the transaction ends."""
    told = {"counted": prefix, "many": many}
    last = _take(db, told)
    if last is None:
        _begin_counting(db, prefix, authority_id)
        last = _take(db, told)
    return [f"{prefix}-{number:04d}" for number in range(last - many + 1, last + 1)]


def _take(db: Session, told: dict[str, Any]) -> Any:
    found = run_as_written(db.connection(), _TAKE, told)
    return None if found is None else found[0]


def _begin_counting(db: Session, prefix: str, authority_id: int) -> None:
    begun = insert_unless_there(db.connection(), Counter, prefix=prefix, authority_id=authority_id, last=0)
    db.execute(begun, execution_options=_REASON)


def next_ref(work: Work, authority: Any, letter: str = "") -> str:
    """One reference for a record of an authority: its letters, a letter for the kind, a number ("WR-R-0012")."""
    prefix = f"{authority.prefix}-{letter}" if letter else authority.prefix
    return next_refs(work.db, prefix, authority.id)[0]
