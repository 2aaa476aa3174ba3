"""What is read of concerns: what was added to one, and those nobody has answered."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import joinedload

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
