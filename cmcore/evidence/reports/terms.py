"""The terms a return can be drawn up for: those of an authority that have begun, the latest first."""

from __future__ import annotations

from datetime import date

from cmcore.base.findings import refuse
from cmcore.base.periods import Term, academic_year, academic_year_name
from cmcore.safekeeping.work import Work
from cmcore.virtual_schools.queries import terms_of_years
from cmcore.virtual_schools.records import Authority

#: So many academic years are offered, this one included.
YEARS = 3


def terms_begun(work: Work, authority: Authority) -> list[Term]:
    """The terms that have begun, of this academic year and those before it, the latest first."""
    this = academic_year(work.today)
    years = terms_of_years(work, authority, range(this - YEARS + 1, this + 1))
    begun = (one for terms in years.values() for one in terms if one.starts_on <= work.today)
    return sorted(begun, key=lambda one: one.starts_on, reverse=True)


def term_on(work: Work, authority: Authority, asked: str = "") -> Term:
    """The term that begins on the day asked for, or the latest that has begun.

    Refuses what is no day, and a day no term begins on.
    """
    begun = terms_begun(work, authority)
    if not asked and begun:
        return begun[0]
    for term in begun:
        if term.starts_on.isoformat() == asked:
            return term
    known = ", ".join(f"{one.starts_on.isoformat()} ({title(one)})" for one in begun[:3])
    raise refuse(f"No term begins on “{asked}”.", place="term", way_out=f"Choose one by the day it begins: {known}.")


def title(term: Term) -> str:
    """The term in words: "Autumn term 2026-27"."""
    name = term.name.strip()
    named = name if "term" in name.lower() else f"{name} term"
    return f"{named[:1].upper()}{named[1:]} {academic_year_name(academic_year(term.starts_on))}"


def last_day(term: Term, today: date) -> date:
    """The last day that is counted: that of the term, or today while it goes on."""
    return min(term.ends_on, today)
