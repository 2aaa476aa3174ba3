"""Opening the plans of a term: who is to have one, which one, and by when. Opening twice changes nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import ColumnElement, and_, or_, select

from cmcore.base.findings import refuse
from cmcore.base.periods import Term, academic_year, academic_year_name, years_after
from cmcore.base.policy import Policy
from cmcore.peps import rules
from cmcore.peps.records import PepCycle
from cmcore.peps.rules import Due, InCare
from cmcore.safekeeping.work import Work
from cmcore.virtual_schools.queries import terms_of_years
from cmcore.virtual_schools.records import Authority
from cmcore.young_people.records import EducationSpell, YoungPerson
from cmcore.young_people.words import CareStatus


@dataclass(frozen=True)
class Termly:
    """A term, the academic year it belongs to by the calendar year it begins in, and the last day of the one before."""

    year: int
    term: Term
    before: date

    @staticmethod
    def say(name: str, year: int) -> str:
        """A term as people say it: "autumn term 2026-27"."""
        return f"{name.lower()} term {academic_year_name(year)}"

    @property
    def words(self) -> str:
        """The term as people say it."""
        return self.say(self.term.name, self.year)

    @property
    def starts_on(self) -> date:
        """Its first day."""
        return self.term.starts_on

    @property
    def ends_on(self) -> date:
        """Its last day."""
        return self.term.ends_on


def term_at(work: Work, authority: Authority, on: date) -> Termly:
    """The term a day lies in, or the one that comes next in a holiday; by the authority's own dates, if it has any."""
    year = academic_year(on)
    around = terms_of_years(work, authority, (year - 1, year, year + 1))
    years = [(each, one) for each, terms in around.items() for one in terms]
    years.sort(key=lambda pair: pair[1].starts_on)
    for number, (each, term) in enumerate(years):
        if term.ends_on >= on:
            before = years[number - 1][1].ends_on if number else term.starts_on - timedelta(days=1)
            return Termly(each, term, before)
    raise refuse("There is no term on that day or after it.", place="on", way_out="Enter the terms of that year first.")


def in_care_during(at: Termly, authority_id: int, policy: Policy) -> list[ColumnElement[bool]]:
    """The young people of an authority who may be due a plan in a term, as conditions: in care and of the age."""
    least = policy.threshold("R-PEP-2", "from_age")
    return [
        YoungPerson.authority_id == authority_id,
        YoungPerson.looked_after_from <= at.ends_on,
        or_(
            and_(YoungPerson.ceased_on.is_(None), YoungPerson.care_status == CareStatus.looked_after),
            YoungPerson.ceased_on > at.starts_on,
        ),
        YoungPerson.died_on.is_(None),
        YoungPerson.born_on > years_after(at.starts_on, -rules.OF_AGE) - timedelta(days=1),
        YoungPerson.born_on <= years_after(at.ends_on, -least),
    ]


def due_of(work: Work, authority: Authority, at: Termly, only: Iterable[int] = ()) -> dict[int, Due]:
    """Whoever is to have a plan in a term and has none yet, by key. Two statements, however many there are."""
    policy, chosen = work.policy_of(authority), list(only)
    asked = select(YoungPerson.id, YoungPerson.born_on, YoungPerson.looked_after_from, YoungPerson.ceased_on).where(
        *in_care_during(at, authority.id, policy)
    )
    kept = select(PepCycle.young_person_id, PepCycle.term).where(
        PepCycle.authority_id == authority.id, PepCycle.year == at.year
    )
    if chosen:
        asked, kept = asked.where(YoungPerson.id.in_(chosen)), kept.where(PepCycle.young_person_id.in_(chosen))
    this_year: Counter[int] = Counter()
    there: set[int] = set()
    for key, term in work.db.execute(kept):
        this_year[key] += 1
        if term == at.term.name:
            there.add(key)
    found: dict[int, Due] = {}
    for key, born_on, since, ceased_on in work.db.execute(asked.order_by(YoungPerson.id)):
        person = InCare(born_on, since, ceased_on)
        due = rules.due_in_term(person, at.starts_on, at.ends_on, at.before, this_year[key], policy)
        if due is not None and key not in there:
            found[key] = due
    return found


def settings_of(work: Work, authority: Authority, on: date, only: Iterable[int] = ()) -> dict[int, int]:
    """Where each young person is at school on a day, by key; the latest spell where there are two. One statement."""
    chosen = list(only)
    asked = select(EducationSpell.young_person_id, EducationSpell.setting_id).where(
        EducationSpell.authority_id == authority.id,
        EducationSpell.setting_id.is_not(None),
        EducationSpell.starts_on <= on,
        or_(EducationSpell.ends_on.is_(None), EducationSpell.ends_on >= on),
    )
    if chosen:
        asked = asked.where(EducationSpell.young_person_id.in_(chosen))
    rows = work.db.execute(asked.order_by(EducationSpell.starts_on, EducationSpell.id))
    return {key: setting for key, setting in rows if setting is not None}


def cycle_for(authority_id: int, person_id: int, at: Termly, due: Due, setting_id: int | None) -> PepCycle:
    """The record of a plan that is to be."""
    return PepCycle(
        authority_id=authority_id,
        young_person_id=person_id,
        plan=due.plan,
        year=at.year,
        term=at.term.name,
        term_starts_on=at.starts_on,
        term_ends_on=at.ends_on,
        first=due.first,
        due_on=due.due_on,
        setting_id=setting_id,
        attended_by=[],
    )
