"""What is read of young people: finding them, opening their record, where they are at school."""

from __future__ import annotations

from datetime import date
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import joinedload

from cmcore.base.clock import day
from cmcore.base.periods import Period
from cmcore.safekeeping.work import Work
from cmcore.virtual_schools.records import Setting
from cmcore.young_people.records import CareEpisode, EducationSpell, SendStatus, YoungPerson
from cmcore.young_people.rules import clean_upn

SpellT = TypeVar("SpellT", CareEpisode, EducationSpell, SendStatus)


def find(work: Work, text: str, limit: int = 20) -> list[YoungPerson]:
    """Young people whose reference, child id, UPN, names or initials ("M.B.", "mb") match, by family name."""
    asked = select(YoungPerson).order_by(YoungPerson.family_name, YoungPerson.given_name, YoungPerson.id)
    if words := text.split():
        every_word = and_(*[_matches(word) for word in words])
        asked = asked.where(or_(every_word, *_initials(text)))
    return list(work.db.scalars(asked.limit(limit)))


def open_record(work: Work, young_person_id: int, why: str = "") -> YoungPerson:
    """Open a young person's record; who opened it, when and why is written to the audit when the work commits."""
    work.begin_writing()
    person = work.get(YoungPerson, young_person_id)
    work.opened(person, why)
    return person


def current_setting(work: Work, person: YoungPerson, on: date | None = None) -> Setting | None:
    """Where a young person is at school on a day, today unless said otherwise; the latest where there are two."""
    at = on or work.today
    asked = (
        select(EducationSpell)
        .where(
            EducationSpell.young_person_id == person.id,
            EducationSpell.setting_id.is_not(None),
            EducationSpell.starts_on <= at,
            or_(EducationSpell.ends_on.is_(None), EducationSpell.ends_on >= at),
        )
        .order_by(EducationSpell.starts_on.desc(), EducationSpell.id.desc())
        .options(joinedload(EducationSpell.setting))
        .limit(1)
    )
    spell = work.db.scalars(asked).first()
    return spell.setting if spell is not None else None


def spells_of(work: Work, kept: type[SpellT], person: YoungPerson) -> list[SpellT]:
    """A young person's care episodes, education spells or SEND statuses, the latest first."""
    asked = select(kept).where(kept.young_person_id == person.id)
    return list(work.db.scalars(asked.order_by(kept.starts_on.desc(), kept.id.desc())))


def other_spells(work: Work, kept: type[SpellT], person: YoungPerson, but: int | None) -> list[tuple[str, Period]]:
    """The other spells of the kind, each with its name: "care episode from 3 May 2026"."""
    found = [each for each in spells_of(work, kept, person) if each.id != but]
    return [(f"{kept.words[0]} from {day(each.starts_on)}", Period(each.starts_on, each.ends_on)) for each in found]


def with_number(work: Work, authority_id: int, column: Any, number: str, but: int | None) -> YoungPerson | None:
    """Another young person of the authority with the same number in a column."""
    asked = select(YoungPerson).where(YoungPerson.authority_id == authority_id, column == number)
    return work.db.scalars(asked.where(YoungPerson.id != (but or 0)).limit(1)).first()


def _matches(word: str) -> ColumnElement[bool]:
    begins = [
        column.istartswith(word, autoescape=True)
        for column in (
            YoungPerson.given_name,
            YoungPerson.preferred_name,
            YoungPerson.family_name,
            YoungPerson.child_id,
        )
    ]
    return or_(YoungPerson.ref.icontains(word, autoescape=True), YoungPerson.upn == clean_upn(word), *begins)


def _initials(text: str) -> list[ColumnElement[bool]]:
    """Two letters, with stops or without, as the first letters of the name somebody goes by and of the family name."""
    letters = [letter for letter in text if letter not in ". "]
    if len(letters) != 2 or not all(letter.isalpha() for letter in letters):
        return []
    first, last = letters
    called = func.coalesce(func.nullif(YoungPerson.preferred_name, ""), YoungPerson.given_name)
    return [
        and_(called.istartswith(first, autoescape=True), YoungPerson.family_name.istartswith(last, autoescape=True))
    ]
