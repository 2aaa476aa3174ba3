"""The training days of cohorts in people's calendars, and the day by which schools apply."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from sqlalchemy import select

from cmcore.api import Authority, CalendarEntry, Period, Work
from cmcore_attachment_aware.records import AwareCohort, AwareDay

_SOURCE = "Attachment Aware Schools"


def entries(work: Work, authority: Authority, period: Period) -> Iterator[CalendarEntry]:
    """What lies in a period, for whoever may see it. Two statements."""
    if not work.may("attachment_aware_day.see", authority.id):
        return
    last = period.ends_on or date(2999, 12, 31)
    days = select(AwareDay).where(
        AwareDay.authority_id == authority.id,
        AwareDay.held_on.between(period.starts_on, last),
        AwareDay.called_off_because == "",
    )
    for training in work.db.scalars(days.order_by(AwareDay.starts_at)):
        yield CalendarEntry(
            kind="attachment_aware_day",
            record_id=training.id,
            title=f"Training day: {training.title}"[:200],
            starts_at=training.starts_at,
            ends_at=training.ends_at,
            place=training.venue,
            source=_SOURCE,
            path=f"/attachment-aware-days/{training.id}",
        )
    closing = select(AwareCohort).where(
        AwareCohort.authority_id == authority.id, AwareCohort.apply_by_on.between(period.starts_on, last)
    )
    for cohort in work.db.scalars(closing):
        if cohort.apply_by_on is not None:
            yield CalendarEntry(
                kind="attachment_aware_closing",
                record_id=cohort.id,
                title=f"Schools apply by today: cohort {cohort.name}",
                starts_at=cohort.apply_by_on,
                source=_SOURCE,
                path=f"/attachment-aware-cohorts/{cohort.id}",
            )
