"""The filters of a cohort in SQL that both databases understand: age, key stage, care, setting and SEND as at a day."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, case, exists, extract, or_

from cmcore.base.periods import KEY_STAGES
from cmcore.evidence.cohorts import Cohort
from cmcore.young_people.records import EducationSpell, SendStatus, YoungPerson


def of_the_person(cohort: Cohort, person_id: Any, on: Any) -> list[ColumnElement[bool]]:
    """The conditions on the young person, as at a day."""
    of_person: list[ColumnElement[bool]] = []
    if cohort.care_status:
        of_person.append(YoungPerson.care_status == cohort.care_status)
    if cohort.least_age is not None:
        of_person.append(age_at(YoungPerson.born_on, on) >= cohort.least_age)
    if cohort.most_age is not None:
        of_person.append(age_at(YoungPerson.born_on, on) <= cohort.most_age)
    if cohort.key_stage:
        of_person.append(key_stage_at(YoungPerson.born_on, on) == cohort.key_stage)
    found: list[ColumnElement[bool]] = []
    if of_person:
        found.append(exists().where(YoungPerson.id == person_id, *of_person))
    if cohort.setting_id is not None:
        found.append(_during(EducationSpell, person_id, on, EducationSpell.setting_id == cohort.setting_id))
    if cohort.send == "none":
        found.append(~_during(SendStatus, person_id, on, SendStatus.level != "none"))
    elif cohort.send:
        found.append(_during(SendStatus, person_id, on, SendStatus.level == cohort.send))
    return found


def _during(record: Any, person_id: Any, on: Any, condition: ColumnElement[bool]) -> ColumnElement[bool]:
    in_force = or_(record.ends_on.is_(None), record.ends_on >= on)
    return exists().where(record.young_person_id == person_id, record.starts_on <= on, in_force, condition)


def age_at(born_on: Any, on: Any) -> ColumnElement[int]:
    """Whole years of age on a day, as :func:`cmcore.base.periods.age_on` counts them, in SQL of both databases."""
    years = extract("year", on) - extract("year", born_on)
    return years - case((_day_of_year(on) < _day_of_year(born_on), 1), else_=0)


def key_stage_at(born_on: Any, on: Any) -> ColumnElement[str]:
    """The key stage on a day, as :func:`cmcore.base.periods.key_stage` tells it, in SQL of both databases."""
    academic_year = extract("year", on) - case((extract("month", on) < 9, 1), else_=0)
    age = academic_year - extract("year", born_on) - case((_day_of_year(born_on) > 831, 1), else_=0)
    return case(*[(age - 4 <= last, name) for last, name in KEY_STAGES], else_="post-18")


def _day_of_year(on: Any) -> ColumnElement[int]:
    return extract("month", on) * 100 + extract("day", on)
