"""Derbyshire's terms as far as they were known, and entering them into an authority's own."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from sqlalchemy import select

from cmcore.api import Term, TermDates, Work
from cmcore.api.acts import add_term_dates
from cmcore.api.asks import TermDatesAnswers


@dataclass(frozen=True)
class Year:
    """The terms of one academic year: the calendar year it begins in, whether they are settled, where they are from."""

    begins: int
    standing: str
    source: str
    terms: tuple[Term, ...]


@lru_cache(maxsize=1)
def years() -> tuple[Year, ...]:
    """Every year in terms.toml."""
    told = tomllib.loads(files("cmcore_derbyshire").joinpath("terms.toml").read_text("utf-8"))
    return tuple(
        Year(
            each["begins"],
            each["standing"],
            each["source"],
            tuple(Term(one["name"], one["starts_on"], one["ends_on"]) for one in each["term"]),
        )
        for each in told["year"]
    )


def entered(work: Work, authority_id: int) -> set[int]:
    """The years for which an authority has terms of its own already."""
    asked = select(TermDates.year).where(TermDates.authority_id == authority_id).distinct()
    return set(work.db.scalars(asked))


def enter(work: Work, authority_id: int) -> list[TermDates]:
    """Enter the years an authority has no terms for; years it has are left as they are. Gives the terms entered."""
    there = entered(work, authority_id)
    return [made for year in years() if year.begins not in there for made in _entered(work, authority_id, year)]


def _entered(work: Work, authority_id: int, year: Year) -> Iterable[TermDates]:
    for term in year.terms:
        answers = TermDatesAnswers(year=year.begins, name=term.name, starts_on=term.starts_on, ends_on=term.ends_on)
        yield add_term_dates(work, answers, authority_id)
        work.db.flush()
