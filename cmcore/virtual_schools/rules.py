"""What must hold of an authority's terms and of the places it keeps: decided over plain values."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from cmcore.base.clock import day
from cmcore.base.findings import Finding
from cmcore.base.periods import Period, Term, academic_year_name


def term_fits(term: Term, year: int, others: Iterable[Term]) -> list[Finding]:
    """A term lies in its academic year and shares no day with another one of it.

    ``year`` is the calendar year in which the academic year begins. Some authorities begin in the last week of August.
    """
    found = []
    earliest, latest = date(year, 8, 1), date(year + 1, 8, 31)
    for place, on in (("starts_on", term.starts_on), ("ends_on", term.ends_on)):
        if not earliest <= on <= latest:
            said = f"{day(on)} does not lie in the academic year {academic_year_name(year)}."
            found.append(Finding(said, place=place, way_out="Change the day, or the academic year."))
    for other in others:
        if Period(term.starts_on, term.ends_on).meets(Period(other.starts_on, other.ends_on)):
            said = f"It shares days with the {other.name} term, {day(other.starts_on)} to {day(other.ends_on)}."
            found.append(Finding(said, place="starts_on", way_out="Change the days of one of the two."))
    return found


def own_place(added_by_id: int | None) -> list[Finding]:
    """A place of the public register is one row for every authority: none of them changes it, or writes into it."""
    if added_by_id is not None:
        return []
    said = "This place comes from the public register of schools."
    return [Finding(said, way_out="Bring in a newer register to change it.")]
