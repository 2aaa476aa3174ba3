"""What the plugin counts for others to say: commitments of Artsmark journeys that were achieved."""

from __future__ import annotations

from datetime import date

from sqlalchemy import func, select

from cmcore.api import Authority, Counted, Figure, Period, Work
from cmcore_artsmark.records import ArtsmarkCommitment


def achieved(work: Work, authority: Authority, period: Period) -> Counted:
    """Commitments achieved in the period, of all that were due in it and not dropped, or achieved in it."""
    last = period.ends_on or date(2999, 12, 31)
    done = ArtsmarkCommitment.achieved_on.between(period.starts_on, last) & (ArtsmarkCommitment.state == "achieved")
    due = ArtsmarkCommitment.due_on.between(period.starts_on, last) & (ArtsmarkCommitment.state != "dropped")
    of_authority = ArtsmarkCommitment.authority_id == authority.id
    reached = select(func.count(ArtsmarkCommitment.id)).where(of_authority, done)
    whole = select(func.count(ArtsmarkCommitment.id)).where(of_authority, done | due)
    return Counted(work.db.scalar(reached) or 0, work.db.scalar(whole) or 0)


FIGURES = (
    Figure(
        key="artsmark_achieved",
        title="Artsmark commitments achieved",
        meaning="Commitments achieved in the period, of all achieved in it, or due in it and not dropped.",
        count=achieved,
        of_people=False,
    ),
)
