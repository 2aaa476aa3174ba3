"""What is read of authorities, their terms and settings."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import ColumnElement, and_, case, or_, select

from cmcore.base.findings import NotFound, refuse
from cmcore.base.periods import Term, default_terms
from cmcore.safekeeping.work import Work
from cmcore.virtual_schools.records import Authority, Setting, TermDates

#: A URN has six digits, some have seven.
_URN_DIGITS = 7


def authority_for(work: Work, authority_id: int | None = None) -> Authority:
    """The authority somebody acts for: the one named, or the only one within reach; refuses to guess among several."""
    if authority_id is not None:
        return work.get(Authority, authority_id)
    within = list(work.db.scalars(select(Authority).order_by(Authority.id).limit(2)))
    if not within:
        raise NotFound(Authority.words[0])
    if len(within) > 1:
        raise refuse("You act for several authorities.", place="authority_id", way_out="Say which one this is for.")
    return within[0]


def terms_of(work: Work, authority: Authority, academic_year: int) -> list[Term]:
    """The terms of an academic year in order: those the authority entered, or the usual ones where it entered none."""
    return terms_of_years(work, authority, [academic_year])[academic_year]


def terms_of_years(work: Work, authority: Authority, years: Collection[int]) -> dict[int, list[Term]]:
    """The terms of each of some academic years, as :func:`terms_of` says them. One statement, however many years."""
    asked = (
        select(TermDates)
        .where(TermDates.authority_id == authority.id, TermDates.year.in_(years))
        .order_by(TermDates.starts_on)
    )
    entered: dict[int, list[Term]] = {year: [] for year in years}
    for each in work.db.scalars(asked):
        entered[each.year].append(Term(each.name, each.starts_on, each.ends_on))
    return {year: terms or default_terms(year) for year, terms in entered.items()}


def chosen_setting(work: Work, setting_id: int | None, place: str = "setting_id") -> Setting | None:
    """The setting somebody chose in a form, or nothing where none was; refuses one out of reach at its question."""
    if setting_id is None:
        return None
    try:
        return work.get(Setting, setting_id)
    except NotFound:
        raise refuse("That setting was not found.", place=place, way_out="Search for it again.") from None


def find(work: Work, text: str, limit: int = 20) -> list[Setting]:
    """Settings whose name, town or URN match, open ones first, then those whose name begins with the text."""
    text = " ".join(text.split())
    open_first = case((Setting.closed_on <= work.today, 1), else_=0)
    asked = select(Setting).order_by(open_first)
    if text:
        begins = Setting.name.istartswith(text, autoescape=True)
        asked = asked.where(_matches(text)).order_by(case((begins, 0), else_=1))
    return list(work.db.scalars(asked.order_by(Setting.name, Setting.id).limit(limit)))


def _matches(text: str) -> ColumnElement[bool]:
    if text.isascii() and text.isdigit() and len(text) <= _URN_DIGITS:
        # What is typed so far is the beginning of a URN.
        shifts = [10**more for more in range(_URN_DIGITS - len(text) + 1)]
        begins = [Setting.urn.between(int(text) * shift, (int(text) + 1) * shift - 1) for shift in shifts]
        return or_(*begins, Setting.name.icontains(text, autoescape=True))
    each = [
        or_(Setting.name.icontains(word, autoescape=True), Setting.town.istartswith(word, autoescape=True))
        for word in text.split()
    ]
    return and_(*each)
