"""What an authority has before anybody is referred: terms, a programme, money, and who may sign in."""

from __future__ import annotations

from cmcore.base.periods import financial_year
from cmcore.demo.accounts import DEMO_PEOPLE
from cmcore.demo.calendar import YEARS
from cmcore.demo.making import Making
from cmcore.demo.mentors import Staff
from cmcore.demo.places import Places
from cmcore.demo.referring import Money
from cmcore.demo.sheets import Sheet
from cmcore.funding.records import FundingLine
from cmcore.programmes.creative_mentoring import CREATIVE_MENTORING
from cmcore.programmes.records import Programme

#: Pupil Premium Plus for each child, in pence, by the year in which the financial year begins: DOMAIN §11.
_PREMIUM = {2021: 234_500, 2022: 241_000, 2023: 253_000, 2024: 257_000, 2025: 263_000}
#: The part of it that a made-up authority keeps for mentoring: before and after 16.
_KINDS = (
    (False, "ppplus", "Pupil Premium Plus", 0.12),
    (True, "ppplus_post16", "Pupil Premium Plus, post-16", 0.03),
)


def make_terms(making: Making, sheet: Sheet) -> None:
    """The terms of every year of the stories."""
    for year, terms in making.calendar.terms.items():
        for term in terms:
            sheet.add((making.authority_id, year, term.name, term.starts_on, term.ends_on))


def make_programme(making: Making, sheet: Sheet) -> int:
    """The one programme of the authority; gives its key."""
    key, terms = making.keys.next(Programme), making.calendar.terms
    kind = CREATIVE_MENTORING
    began = terms[min(terms)][0].starts_on
    sheet.add((key, making.authority_id, kind.key, kind.title, kind.key, kind.measure_sets[0], began, 24))
    return key


def make_money(making: Making, sheet: Sheet) -> Money:
    """Two lines of Pupil Premium Plus for each financial year of the stories, one of them for after 16."""
    made = {}
    newest = financial_year(making.calendar.today)
    for year in range(newest - YEARS, newest + 2):
        each = _PREMIUM.get(year, _PREMIUM[max(_PREMIUM)])
        for after_16, kind, name, part in _KINDS:
            key = made[year, after_16] = making.keys.next(FundingLine)
            amount = int(each * making.extent.children * part) // 1_000 * 1_000
            sheet.add((key, making.authority_id, name, kind, year, amount, "What the personal education plan says."))
    return Money(made)


def make_members(making: Making, sheet: Sheet, places: Places, staff: Staff) -> None:
    """A role for each of the people who may sign in."""
    for person in DEMO_PEOPLE:
        mentor_id = next((each.id for each in staff.working if each.name == person.name), None)
        setting_id = places.known["Quillen Tarn School"].id if person.role == "referrer" else None
        sheet.add((making.authority_id, person.login, person.role, mentor_id, setting_id))
