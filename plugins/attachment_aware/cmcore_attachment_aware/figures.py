"""What the plugin counts for others to say: schools in the programme, those that graduated, staff who were trained."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ColumnElement, and_, func, select

from cmcore.api import Authority, Counted, Figure, Period, Work
from cmcore_attachment_aware.records import AwareAttendance, AwareCohort, AwareDay, AwarePlace

_LATEST = date(2999, 12, 31)


def _in_years(authority: Authority, period: Period) -> ColumnElement[bool]:
    last = period.ends_on or _LATEST
    meets = and_(AwareCohort.starts_on <= last, AwareCohort.ends_on >= period.starts_on)
    return and_(AwarePlace.authority_id == authority.id, meets)


def schools(work: Work, authority: Authority, period: Period) -> Counted:
    """Schools that took part in a cohort whose year meets the period, of those that applied for one."""
    asked = select(func.count(func.distinct(AwarePlace.setting_id)))
    asked = asked.join(AwareCohort, AwareCohort.id == AwarePlace.attachment_aware_cohort_id)
    asked = asked.where(_in_years(authority, period))
    took_part = asked.where(AwarePlace.joined_on.is_not(None))
    return Counted(work.db.scalar(took_part) or 0, work.db.scalar(asked) or 0)


def graduated(work: Work, authority: Authority, period: Period) -> Counted:
    """Schools that graduated in the period."""
    asked = select(func.count(AwarePlace.id)).where(
        AwarePlace.authority_id == authority.id,
        AwarePlace.state == "graduated",
        AwarePlace.graduated_on.between(period.starts_on, period.ends_on or _LATEST),
    )
    return Counted(work.db.scalar(asked) or 0)


def trained(work: Work, authority: Authority, period: Period) -> Counted:
    """Staff of schools who came to at least one training day in the period."""
    asked = (
        select(func.count(func.distinct(AwareAttendance.attachment_aware_staff_id)))
        .join(AwareDay, AwareDay.id == AwareAttendance.attachment_aware_day_id)
        .where(
            AwareAttendance.authority_id == authority.id,
            AwareAttendance.came.is_(True),
            AwareDay.held_on.between(period.starts_on, period.ends_on or _LATEST),
        )
    )
    return Counted(work.db.scalar(asked) or 0)


FIGURES = (
    Figure(
        key="attachment_aware_schools",
        title="Attachment Aware Schools",
        meaning="Schools that took part in a cohort whose year meets the period, of those that applied for one.",
        count=schools,
        of_people=False,
    ),
    Figure(
        key="attachment_aware_graduated",
        title="Attachment Aware Schools that graduated",
        meaning="Schools that graduated in the period.",
        count=graduated,
        of_people=False,
    ),
    Figure(
        key="attachment_aware_staff",
        title="Staff of schools trained on attachment",
        meaning="Staff of schools who came to at least one training day of the programme in the period.",
        count=trained,
    ),
)
