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
from cmcore.money.queries import shipped_rates
from cmcore.programmes.creative_mentoring import CREATIVE_MENTORING
from cmcore.programmes.records import Programme

#: The part of Pupil Premium Plus that a made-up authority keeps for mentoring: before and after 16.
_KINDS = (
    (False, "ppplus", "Pupil Premium Plus", 0.12),
    (True, "ppplus_post16", "Pupil Premium Plus, post-16", 0.03),
)
#: Where nothing is told of plans, money of the same worth that needs no target of one (R-PPP-1).
_WITHOUT_PLANS = (
    (False, "social_care", "Creative mentoring", 0.12),
    (True, "grant", "Creative mentoring, post-16", 0.03),
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
    """Two lines for each financial year of the stories, one of them for after 16: Pupil Premium Plus, or like it."""
    made = {}
    rates = shipped_rates()
    kinds = _KINDS if making.extent.hero else _WITHOUT_PLANS
    newest = financial_year(making.calendar.today)
    for year in range(newest - YEARS, newest + 2):
        each = rates.get(year, rates[max(rates)])
        for after_16, kind, name, part in kinds:
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
