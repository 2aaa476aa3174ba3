"""What is read of the adults around young people."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import or_, select

from cmcore.network.records import SupportingAdult
from cmcore.network.words import AdultRole
from cmcore.safekeeping.work import Work
from cmcore.young_people.records import YoungPerson


def find(work: Work, text: str, limit: int = 20, person: YoungPerson | None = None) -> list[SupportingAdult]:
    """Adults whose name or organisation match; of one young person where one is given."""
    asked = select(SupportingAdult).order_by(SupportingAdult.name, SupportingAdult.id)
    if person is not None:
        asked = asked.where(SupportingAdult.young_person_id == person.id)
    for word in text.split():
        named = SupportingAdult.name.icontains(word, autoescape=True)
        asked = asked.where(or_(named, SupportingAdult.organisation.icontains(word, autoescape=True)))
    return list(work.db.scalars(asked.limit(limit)))


def adults_of(
    work: Work, person: YoungPerson, roles: Sequence[AdultRole] = (), on: date | None = None
) -> list[SupportingAdult]:
    """The adults around a young person on a day (today unless said otherwise), in these roles where some are named.

    Emergency contacts come first.
    """
    at = on or work.today
    asked = select(SupportingAdult).where(
        SupportingAdult.young_person_id == person.id,
        or_(SupportingAdult.starts_on.is_(None), SupportingAdult.starts_on <= at),
        or_(SupportingAdult.ends_on.is_(None), SupportingAdult.ends_on >= at),
    )
    if roles:
        asked = asked.where(SupportingAdult.role.in_([str(role) for role in roles]))
    order = (SupportingAdult.emergency_contact.desc(), SupportingAdult.role, SupportingAdult.name, SupportingAdult.id)
    return list(work.db.scalars(asked.order_by(*order)))
