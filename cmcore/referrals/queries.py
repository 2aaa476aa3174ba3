"""What is read of referrals, and how far a referrer sees because of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, bindparam, case, or_, select

from cmcore.network.queries import adults_of
from cmcore.network.records import SupportingAdult
from cmcore.network.words import AdultRole
from cmcore.referrals.records import REFERRAL_LIFE, Referral
from cmcore.safekeeping.access import made_once
from cmcore.safekeeping.work import Work
from cmcore.young_people.records import EducationSpell, YoungPerson

#: States in which a referral still waits for something.
OPEN = REFERRAL_LIFE.live()
#: States in which the virtual school has something to decide.
WAITING = ("submitted", "triage", "more_information")
#: Who briefs a mentor beside the school: those in the social worker's place once the young person has left care too.
SOCIAL_WORKERS = (AdultRole.social_worker, AdultRole.leaving_care_worker, AdultRole.personal_adviser)
#: Ways of standing to school in which there is a school with a designated teacher.
_AT_SCHOOL = ("enrolled", "part_time", "suspended")


#: Made once: it is asked for whenever a referral is written or sent.
_OTHERS = made_once(
    select(Referral.ref)
    .where(
        Referral.young_person_id == bindparam("person"),
        Referral.programme_id == bindparam("programme"),
        Referral.state.in_(OPEN),
        Referral.id != bindparam("but"),
    )
    .order_by(Referral.id)
)


def other_open_refs(work: Work, young_person_id: int, programme_id: int, but: int | None = None) -> list[str]:
    """References of the young person's other open referrals to a programme."""
    # No record has the key 0: with nothing left out, all of them are others.
    told = {"person": young_person_id, "programme": programme_id, "but": 0 if but is None else but}
    return list(work.db.scalars(_OTHERS, told))


def around(work: Work, person: YoungPerson) -> dict[str, list[SupportingAdult]]:
    """Who may be named as "social_worker_id" and as "designated_teacher_id" (R-REF-2) around a young person today."""
    known = adults_of(work, person, (*SOCIAL_WORKERS, AdultRole.designated_teacher))
    return {
        "social_worker_id": [one for one in known if one.role in SOCIAL_WORKERS],
        "designated_teacher_id": [one for one in known if one.role == AdultRole.designated_teacher],
    }


def is_at_school(work: Work, young_person_id: int, on: date) -> bool:
    """Whether the young person has a place at a setting on a day."""
    asked = select(EducationSpell.id).where(
        EducationSpell.young_person_id == young_person_id,
        EducationSpell.setting_id.is_not(None),
        EducationSpell.status.in_(_AT_SCHOOL),
        EducationSpell.starts_on <= on,
        or_(EducationSpell.ends_on.is_(None), EducationSpell.ends_on >= on),
    )
    return work.db.scalars(asked.limit(1)).first() is not None


def waiting(work: Work, states: Sequence[str] = WAITING) -> list[Referral]:
    """Referrals that wait for a decision: crisis first (R-REF-4), then by how long they have waited."""
    asked = select(Referral).where(Referral.state.in_(states)).order_by(*first_in_line())
    return list(work.db.scalars(asked))


def first_in_line() -> tuple[ColumnElement[Any], ...]:
    """The order in which referrals are read: crisis first, then those that wait longest, then what is decided."""
    waits = Referral.state.in_(WAITING)
    place = case((waits & (Referral.urgency == "crisis"), 0), (waits, 1), (Referral.state.in_(OPEN), 2), else_=3)
    return (place, case((waits, Referral.submitted_at)).nulls_last(), Referral.id.desc())


def find(work: Work, text: str, limit: int = 20) -> list[Referral]:
    """Referrals whose reference begins so."""
    return list(
        work.db.scalars(
            select(Referral).where(Referral.ref.ilike(f"{text.strip()}%")).order_by(Referral.ref).limit(limit)
        )
    )
