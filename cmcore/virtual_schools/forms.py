"""What is asked about an authority, its terms, and the places it adds itself."""

from __future__ import annotations

from datetime import date

from cmcore.forms import Answers, ask, form
from cmcore.forms.checks import days_in_order, numbers_in_order
from cmcore.virtual_schools.words import SettingKind


@form("authority", version=1, title="Authority")
class AuthorityAnswers(Answers):
    """The authority, its virtual school, and whom people ring when they are worried about a young person."""

    name: str = ask("Name of the authority", most=120, section="Names")
    school_name: str = ask("Name of its virtual school", most=120)
    region: str = ask("Region", required=False, most=60)
    duty_name: str = ask(
        "Who is rung when somebody is worried", most=120, section="In an emergency", hint="It stands on every page."
    )
    duty_phone: str = ask("Their number", required=False, holds="telephone", most=40)


@form("term-dates", version=1, title="Term", checks=[days_in_order()])
class TermDatesAnswers(Answers):
    """One term of one academic year. Until you enter any for a year, the terms are cut at Christmas and Easter."""

    year: int = ask("Academic year that begins in", least=2000, most=2100, hint="2026 for the year 2026-27.")
    name: str = ask("Name of the term", most=40, hint="Autumn, spring or summer, or what you call it.")
    starts_on: date = ask("First day")
    ends_on: date = ask("Last day")


@form(
    "setting",
    version=1,
    title="Setting",
    checks=[
        days_in_order("opened_on", "closed_on", "The day it closed"),
        numbers_in_order("low_age", "high_age", "The oldest age is below the youngest."),
    ],
)
class SettingAnswers(Answers):
    """A place where young people learn or live that is not in the public register. Only your authority sees it."""

    name: str = ask("Name", most=200, section="What it is")
    kind_of_setting: SettingKind = ask("What kind of place is it?")
    in_area: bool = ask("Is it in your authority's area?")
    low_age: int | None = ask("Youngest age it takes", least=0, most=25, unit="years")
    high_age: int | None = ask("Oldest age it takes", least=0, most=25, unit="years")
    opened_on: date | None = ask("Opened on")
    closed_on: date | None = ask("Closed on")
    street: str = ask("Street", required=False, most=200, section="Where it is")
    locality: str = ask("Village or part of town", required=False, most=200)
    town: str = ask("Town", required=False, most=100)
    county: str = ask("County", required=False, most=100)
    postcode: str = ask("Postcode", required=False, most=10)
    phone: str = ask("Telephone", required=False, holds="telephone", most=40)
    notes: str = ask(
        "Notes", required=False, long=True, section="Notes", hint="About the place, not about a young person."
    )
