"""By what a cohort can be split: each way puts every enrolment into exactly one group, so that groups add up to all."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, String, case, cast, extract, func, literal, or_, select

from cmcore.base.findings import refuse
from cmcore.base.periods import academic_year_name
from cmcore.commissions.records import Commission
from cmcore.enrolments.records import Enrolment
from cmcore.evidence.filters import age_at, key_stage_at
from cmcore.evidence.words import AgeBand, KeyStage
from cmcore.funding.records import FundingLine
from cmcore.mentors.records import Mentor
from cmcore.referrals.records import Referral
from cmcore.virtual_schools.records import Authority, Setting
from cmcore.young_people.records import EducationSpell, SendStatus, YoungPerson
from cmcore.young_people.words import CareStatus, SendLevel

#: The group of those of whom it is not known, or to whom it does not apply.
NOT_KNOWN = "-"

#: One expression over an enrolment, another over a referral that led to no start.
Expression = Callable[[], ColumnElement[Any]]


@dataclass(frozen=True)
class Grouping:
    """One way of splitting a cohort.

    ``started`` and ``referred`` give the group of an enrolment and of a referral without a start, as text. ``says``
    puts a group into words; where a record names it, ``named_by`` is that record, and ``name`` its column.
    ``of_somebody`` marks a split by persons: such a table is for the authority's own use only.
    """

    key: str
    words: str
    started: Expression
    referred: Expression
    says: Callable[[str], str] = str
    named_by: Any = None
    order: tuple[str, ...] = ()
    of_somebody: bool = False


def _of_person(made: Callable[[Any], Any]) -> tuple[Expression, Expression]:
    """The same expression for an enrolment and for a referral; ``made`` is given the day it is asked about."""

    def on(person: Any, day: Any) -> ColumnElement[Any]:
        found: ColumnElement[Any] = select(made(day)).where(YoungPerson.id == person).scalar_subquery()
        return func.coalesce(found, NOT_KNOWN)

    return (
        lambda: on(Enrolment.young_person_id, Enrolment.started_on),
        lambda: on(Referral.young_person_id, Referral.received_on),
    )


def _of_spell(record: Any, column: Any, otherwise: str = NOT_KNOWN) -> tuple[Expression, Expression]:
    """What the latest spell in force on the day says."""

    def on(person: Any, day: Any) -> ColumnElement[Any]:
        in_force = (
            select(cast(column, String))
            .where(
                record.young_person_id == person,
                record.starts_on <= day,
                or_(record.ends_on.is_(None), record.ends_on >= day),
            )
            .order_by(record.starts_on.desc(), record.id.desc())
            .limit(1)
            .scalar_subquery()
        )
        return func.coalesce(in_force, otherwise)

    return (
        lambda: on(Enrolment.young_person_id, Enrolment.started_on),
        lambda: on(Referral.young_person_id, Referral.received_on),
    )


def _of_commission(column: Any) -> Expression:
    """What the latest commission of an enrolment says: an enrolment with two mentors counts once, under the later."""

    def latest() -> ColumnElement[Any]:
        found = (
            select(cast(column, String))
            .where(Commission.enrolment_id == Enrolment.id)
            .order_by(Commission.starts_on.desc(), Commission.id.desc())
            .limit(1)
            .scalar_subquery()
        )
        return func.coalesce(found, NOT_KNOWN)

    return latest


def _age_band(day: Any) -> ColumnElement[Any]:
    age = age_at(YoungPerson.born_on, day)
    return case((age < 5, "0-4"), (age < 10, "5-9"), (age < 16, "10-15"), else_="16+")


def _year(day: Any) -> ColumnElement[Any]:
    return cast(extract("year", day) - case((extract("month", day) < 9, 1), else_=0), String)


def _say_year(value: str) -> str:
    return academic_year_name(int(float(value)))


def _theme() -> ColumnElement[Any]:
    found = select(Referral.theme).where(Referral.id == Enrolment.referral_id).scalar_subquery()
    return func.coalesce(func.nullif(found, ""), NOT_KNOWN)


_KEY_STAGE = _of_person(lambda day: key_stage_at(YoungPerson.born_on, day))
_CARE = _of_person(lambda day: YoungPerson.care_status)
_AGE = _of_person(_age_band)
_SETTING = _of_spell(EducationSpell, EducationSpell.setting_id)
_SEND = _of_spell(SendStatus, SendStatus.level, "none")

#: Every way, by its key. Bands of age are those of the statistics of looked-after children (DfE, SSDA903).
GROUPINGS: Mapping[str, Grouping] = {
    one.key: one
    for one in (
        Grouping("setting", "School or setting at the start", *_SETTING, named_by=Setting),
        Grouping(
            "key_stage",
            "Key stage at the start",
            *_KEY_STAGE,
            says=KeyStage.say,
            order=tuple(one.value for one in KeyStage),
        ),
        Grouping("age_band", "Age at the start", *_AGE, says=AgeBand.say, order=tuple(one.value for one in AgeBand)),
        Grouping(
            "care_status", "Care status", *_CARE, says=CareStatus.say, order=tuple(one.value for one in CareStatus)
        ),
        Grouping("send", "SEND at the start", *_SEND, says=SendLevel.say, order=tuple(one.value for one in SendLevel)),
        Grouping(
            "funding",
            "Funding",
            _of_commission(Commission.funding_line_id),
            lambda: func.coalesce(cast(Referral.funding_line_id, String), NOT_KNOWN),
            named_by=FundingLine,
        ),
        Grouping("theme", "Theme", _theme, lambda: func.coalesce(func.nullif(Referral.theme, ""), NOT_KNOWN)),
        Grouping(
            "mentor",
            "Mentor",
            _of_commission(Commission.mentor_id),
            lambda: literal(NOT_KNOWN),
            named_by=Mentor,
            of_somebody=True,
        ),
        Grouping(
            "year",
            "Academic year of the start",
            lambda: _year(Enrolment.started_on),
            lambda: _year(Referral.received_on),
            says=_say_year,
        ),
        Grouping(
            "authority",
            "Authority",
            lambda: cast(Enrolment.authority_id, String),
            lambda: cast(Referral.authority_id, String),
            named_by=Authority,
        ),
    )
}


def grouping(key: str) -> Grouping:
    """The way of splitting with this key; refuses another with the ones there are."""
    if key not in GROUPINGS:
        raise refuse(f"A cohort is not split by “{key}”.", way_out=f"Split it by one of {', '.join(GROUPINGS)}.")
    return GROUPINGS[key]
