"""Terms an authority is known to have, as a plugin brings them, and entering them into the authority's own.

A plugin keeps them in a ``terms.toml`` beside its ``__init__.py``: for each year the calendar year it begins in, how
settled its terms are, where they are from, and the terms themselves.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from sqlalchemy import select

from cmcore.base.periods import Term
from cmcore.safekeeping.work import Work
from cmcore.virtual_schools.actions import add_term_dates, remove_term_dates
from cmcore.virtual_schools.forms import TermDatesAnswers
from cmcore.virtual_schools.records import TermDates


@dataclass(frozen=True)
class KnownYear:
    """The terms of one academic year: the calendar year it begins in, whether they are settled, where they are from."""

    begins: int
    standing: str
    source: str
    terms: tuple[Term, ...]


@lru_cache(maxsize=16)
def known_years(package: str) -> tuple[KnownYear, ...]:
    """Every year in a package's ``terms.toml``."""
    told = tomllib.loads(files(package).joinpath("terms.toml").read_text("utf-8"))
    return tuple(
        KnownYear(
            each["begins"],
            each["standing"],
            each["source"],
            tuple(Term(one["name"], one["starts_on"], one["ends_on"]) for one in each["term"]),
        )
        for each in told["year"]
    )


def years_entered(work: Work, authority_id: int) -> set[int]:
    """The years for which an authority has terms of its own already."""
    asked = select(TermDates.year).where(TermDates.authority_id == authority_id).distinct()
    return set(work.db.scalars(asked))


def enter_known_terms(work: Work, authority_id: int, package: str, *, instead: bool = False) -> list[TermDates]:
    """Enter the years an authority has no terms for; gives the terms entered.

    Years it has are left as they are, or with ``instead`` entered in place of what stands.
    """
    if instead:
        _take_away(work, authority_id, {year.begins for year in known_years(package)})
    there = years_entered(work, authority_id)
    made = []
    for year in known_years(package):
        for term in year.terms if year.begins not in there else ():
            answers = TermDatesAnswers(year=year.begins, name=term.name, starts_on=term.starts_on, ends_on=term.ends_on)
            made.append(add_term_dates(work, answers, authority_id))
            work.db.flush()
    return made


def _take_away(work: Work, authority_id: int, years: set[int]) -> None:
    asked = select(TermDates).where(TermDates.authority_id == authority_id, TermDates.year.in_(years))
    for term in work.db.scalars(asked).all():
        remove_term_dates(work, term)
    work.db.flush()
