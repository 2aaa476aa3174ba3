"""What is read of concerns: what was added to one, and those nobody has answered."""

from __future__ import annotations

from itertools import count
from typing import Any

from sqlalchemy import event, select
from sqlalchemy.orm import joinedload, object_session

from cmcore.concerns.records import Concern, ConcernNote
from cmcore.safekeeping.work import Work


def notes_of(work: Work, concern: Concern) -> list[ConcernNote]:
    """What was added to a concern, the oldest first."""
    asked = (
        select(ConcernNote).where(ConcernNote.concern_id == concern.id).order_by(ConcernNote.noted_at, ConcernNote.id)
    )
    return list(work.db.scalars(asked))


def told_of(work: Work, concern: Concern) -> set[str]:
    """Who was told of a concern."""
    asked = select(ConcernNote.told).where(ConcernNote.concern_id == concern.id, ConcernNote.told.is_not(None))
    return {str(each) for each in work.db.scalars(asked)}


#: Made once: it is asked for with every page.
_UNANSWERED = (
    select(Concern)
    .where(Concern.state == "raised")
    .options(joinedload(Concern.young_person))
    .order_by(Concern.raised_at, Concern.id)
    .limit(10)
)


def unanswered(work: Work) -> list[Concern]:
    """The concerns within reach that nobody has acknowledged, the one that waits longest first; at most ten."""
    return list(work.db.scalars(_UNANSWERED))


_writes = count(1)
_written = 0


def times_written() -> int:
    """How often a concern was written and kept in this process: who remembers what is unanswered asks this first."""
    return _written


def _kept(*_: Any) -> None:
    global _written
    _written = next(_writes)


@event.listens_for(Concern, "after_insert")
@event.listens_for(Concern, "after_update")
@event.listens_for(Concern, "after_delete")
def _will_be_kept(_: Any, __: Any, concern: Concern) -> None:
    # Counted once it is kept: whoever looks before that finds nothing yet, and must look again after.
    if (session := object_session(concern)) is not None:
        event.listen(session, "after_commit", _kept, once=True)
