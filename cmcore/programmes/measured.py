"""What programmes that take referrals are measured with, and how often one was written: for whoever remembers it."""

from __future__ import annotations

from itertools import count
from typing import Any

from sqlalchemy import event, select
from sqlalchemy.orm import object_session

from cmcore.programmes.records import Programme
from cmcore.safekeeping.work import Work

_writes = count(1)
_written = 0


def sets_in_use(work: Work, authority_id: int | None) -> tuple[str, ...]:
    """The full names of the measure sets of programmes open to referrals, of one authority or all within reach."""
    asked = select(Programme.measure_set).where(Programme.open_to_referrals).distinct()
    if authority_id is not None:
        asked = asked.where(Programme.authority_id == authority_id)
    return tuple(work.db.scalars(asked.order_by(Programme.measure_set)))


def sets_written_with(work: Work) -> tuple[str, ...]:
    """The full names of the measure sets of every programme within reach, closed ones included."""
    return tuple(work.db.scalars(select(Programme.measure_set).distinct().order_by(Programme.measure_set)))


def programmes_written() -> int:
    """How often a programme was written and kept in this process."""
    return _written


def _kept(*_: Any) -> None:
    global _written
    _written = next(_writes)


@event.listens_for(Programme, "after_insert")
@event.listens_for(Programme, "after_update")
@event.listens_for(Programme, "after_delete")
def _will_be_kept(_: Any, __: Any, programme: Programme) -> None:
    # Counted once it is kept: whoever looks before that finds what stood, and must look again after.
    if (session := object_session(programme)) is not None:
        event.listen(session, "after_commit", _kept, once=True)
