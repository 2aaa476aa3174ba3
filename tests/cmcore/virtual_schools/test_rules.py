"""Terms lie in their academic year and share no day."""

from __future__ import annotations

from datetime import date

import pytest

from cmcore.base.periods import Term, default_terms
from cmcore.virtual_schools.rules import term_fits

AUTUMN = Term("autumn", date(2026, 9, 2), date(2026, 12, 18))


@pytest.mark.parametrize(
    ("term", "places"),
    [
        (AUTUMN, []),
        (Term("autumn", date(2026, 8, 27), date(2026, 12, 18)), []),
        (Term("autumn", date(2026, 7, 31), date(2026, 12, 18)), ["starts_on"]),
        (Term("summer", date(2027, 4, 12), date(2027, 9, 1)), ["ends_on"]),
        (Term("autumn", date(2025, 9, 2), date(2025, 12, 18)), ["starts_on", "ends_on"]),
    ],
)
def test_a_term_lies_in_its_academic_year(term: Term, places: list[str]) -> None:
    assert [one.place for one in term_fits(term, 2026, [])] == places


@pytest.mark.parametrize(("begins", "shares"), [(date(2026, 12, 18), True), (date(2026, 12, 19), False)])
def test_two_terms_share_no_day(begins: date, shares: bool) -> None:
    found = term_fits(Term("spring", begins, date(2027, 3, 25)), 2026, [AUTUMN])
    assert bool(found) is shares
    assert all("shares days with the autumn term, 2 September 2026 to 18 December 2026" in one.message for one in found)


@pytest.mark.parametrize("year", range(2020, 2040))
def test_the_usual_terms_cover_the_year_and_keep_the_rule(year: int) -> None:
    terms = default_terms(year)
    for place, term in enumerate(terms):
        assert term_fits(term, year, terms[:place] + terms[place + 1 :]) == []
    assert (terms[0].starts_on, terms[-1].ends_on) == (date(year, 9, 1), date(year + 1, 8, 31))
