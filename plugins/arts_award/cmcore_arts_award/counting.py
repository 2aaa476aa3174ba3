"""Figures that others may count again: young people enrolled, parts passed, certificates."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import ColumnElement, func, select

from cmcore.api import Authority, Counted, Figure, Period, Work
from cmcore.api.asks import SettingKind
from cmcore_arts_award.records import AwardEnrolment, AwardPart
from cmcore_arts_award.words import Mark

#: Places in which a young person is kept or cared for, and not only taught.
_SECURE = (SettingKind.secure_unit, SettingKind.hospital)


def _within(column: object, period: Period) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = [column >= period.starts_on]  # type: ignore[operator,list-item]
    if period.ends_on is not None:
        found.append(column <= period.ends_on)  # type: ignore[operator,arg-type]
    return found


def _people(*more: Callable[[Period], list[ColumnElement[bool]]]) -> Callable[[Work, Authority, Period], Counted]:
    def counts(work: Work, authority: Authority, period: Period) -> Counted:
        asked = select(func.count(func.distinct(AwardEnrolment.young_person_id))).where(
            AwardEnrolment.authority_id == authority.id, *(one for each in more for one in each(period))
        )
        return Counted(work.db.scalar(asked) or 0)

    return counts


def _enrolled(period: Period) -> list[ColumnElement[bool]]:
    return _within(AwardEnrolment.enrolled_on, period)


def _certificated(period: Period) -> list[ColumnElement[bool]]:
    return [AwardEnrolment.state == "certificated", *_within(AwardEnrolment.ended_on, period)]


def _in_secure_places(period: Period) -> list[ColumnElement[bool]]:
    from cmcore.api import Setting

    places = select(Setting.id).where(Setting.kind_of_setting.in_(_SECURE))
    return [AwardEnrolment.setting_id.in_(places), *_within(AwardEnrolment.enrolled_on, period)]


def _certificates(work: Work, authority: Authority, period: Period) -> Counted:
    """Certificates of the period, out of the enrolments that ended in it or go on."""
    asked = select(func.count()).where(AwardEnrolment.authority_id == authority.id, *_certificated(period))
    return Counted(work.db.scalar(asked) or 0)


def _parts(work: Work, authority: Authority, period: Period) -> Counted:
    asked = select(func.count()).where(
        AwardPart.authority_id == authority.id,
        AwardPart.mark == Mark.passed.value,
        *_within(AwardPart.marked_on, period),
    )
    return Counted(work.db.scalar(asked) or 0)


FIGURES = (
    Figure(
        key="arts_award_enrolled",
        title="Young people enrolled for an award",
        meaning="Young people with an award enrolment that began in the period, whatever came of it; each once.",
        count=_people(_enrolled),
    ),
    Figure(
        key="arts_award_secure",
        title="Young people enrolled for an award in a secure unit or a hospital",
        meaning="Young people with an award enrolment that began then, in a secure unit or hospital; each once.",
        count=_people(_in_secure_places),
    ),
    Figure(
        key="arts_award_certificated",
        title="Young people with a certificate of an award",
        meaning="Young people of whom a certificate of an award was written down with a day in the period; each once.",
        count=_people(_certificated),
    ),
    Figure(
        key="arts_award_certificates",
        title="Certificates of awards",
        meaning="Certificates of awards with a day in the period; somebody with two levels counts twice.",
        count=_certificates,
    ),
    Figure(
        key="arts_award_parts",
        title="Parts of awards passed",
        meaning="Parts of awards that an adviser marked as passed on a day in the period.",
        count=_parts,
    ),
)
