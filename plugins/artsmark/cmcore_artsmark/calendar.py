"""The days of a journey in people's calendars: statements that are due, awards that run out, commitments and plan."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import select

from cmcore.api import Authority, CalendarEntry, Period, Work
from cmcore_artsmark.lives import OPEN
from cmcore_artsmark.records import ArtsmarkCommitment, ArtsmarkItem, ArtsmarkJourney

_SOURCE = "Artsmark"


def entries(work: Work, authority: Authority, period: Period) -> Iterator[CalendarEntry]:
    """What of an authority's journeys lies in a period, for whoever may see them. Three statements."""
    if not work.may("artsmark_journey.see", authority.id):
        return
    going_on = select(ArtsmarkJourney).where(
        ArtsmarkJourney.authority_id == authority.id, ArtsmarkJourney.state.in_(ArtsmarkJourney.life.live())
    )
    for journey in work.db.scalars(going_on):
        path = f"/artsmark-journeys/{journey.id}"
        due = journey.impact_due_on if journey.state in ("committed", "not_awarded") else None
        days = (("artsmark_impact_due", "Artsmark: Statement of Impact due", due),) + (
            ("artsmark_award_ends", "Artsmark: the award runs out", journey.award_until),
        )
        for kind, title, on in days:
            if on is not None and period.covers(on):
                yield CalendarEntry(
                    kind=kind, record_id=journey.id, title=title, starts_at=on, source=_SOURCE, path=path
                )
    promised = (
        select(ArtsmarkCommitment)
        .join(ArtsmarkJourney, ArtsmarkJourney.id == ArtsmarkCommitment.artsmark_journey_id)
        .where(
            ArtsmarkCommitment.authority_id == authority.id,
            ArtsmarkCommitment.state.in_(("planned", "under_way")),
            ArtsmarkJourney.state.in_(OPEN),
        )
    )
    still: set[int] = set()
    for commitment in work.db.scalars(promised):
        still.add(commitment.id)
        if period.covers(commitment.due_on):
            yield CalendarEntry(
                kind="artsmark_commitment",
                record_id=commitment.id,
                title=f"Artsmark: {commitment.goal}"[:200],
                starts_at=commitment.due_on,
                source=_SOURCE,
                path=f"/artsmark-commitments/{commitment.id}",
            )
    planned = select(ArtsmarkItem).where(
        ArtsmarkItem.artsmark_commitment_id.in_(still),
        ArtsmarkItem.done_on.is_(None),
        ArtsmarkItem.due_on >= period.starts_on,
    )
    for item in work.db.scalars(planned):
        if period.covers(item.due_on):
            yield CalendarEntry(
                kind="artsmark_item",
                record_id=item.id,
                title=f"Artsmark: {item.what}"[:200],
                starts_at=item.due_on,
                source=_SOURCE,
                path=f"/artsmark-items/{item.id}",
            )
