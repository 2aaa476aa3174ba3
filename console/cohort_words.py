"""A cohort on a page: its filters in words, with the names of schools, mentors and funding lines, and its address."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from flask import url_for

from cmcore.evidence.cohorts import Cohort
from cmcore.programmes.records import Programme
from console import lookups

#: Filters whose value is a record: which kind it is.
_RECORDS = {"setting_id": "setting", "mentor_id": "mentor", "funding_line_id": "funding_line"}


def filters_in_words(cohort: Cohort) -> Iterator[tuple[str, str, str]]:
    """The filters in force as (name, words, value in words); a record out of reach is "not found"."""
    for name, words, value in cohort.in_words():
        if of := _RECORDS.get(name):
            found = lookups.shown(of, int(value))
            yield name, words, found.title if found else "not found"
        else:
            yield name, words, value


def said(cohort: Cohort) -> str:
    """Who is counted, in one line: "Key stage at the start: Key stage 4; Care status: Looked after"."""
    told = "; ".join(f"{words}: {value}" for _, words, value in filters_in_words(cohort))
    return told or "Everybody in the programme"


def read_together(cohorts: Iterable[Cohort]) -> None:
    """Read what the filters of all these cohorts name, before each is asked for."""
    lookups.fetch(
        (of, int(value)) for each in cohorts for name, value in each.as_data().items() if (of := _RECORDS.get(name))
    )


def cohort_address(
    programme: Programme | int, cohort: Cohort | None = None, page: str = "Evidence.index", **also: str | int
) -> str:
    """Where a cohort of a programme is shown; what is ``also`` asked for stands after its filters, unless empty."""
    number = programme if isinstance(programme, int) else programme.id
    more = {name: value for name, value in also.items() if value}
    return url_for(page, programme=number, **(cohort or Cohort()).as_data(), **more)
