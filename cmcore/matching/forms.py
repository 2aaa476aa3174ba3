"""What is asked when a mentor is chosen for a referral, and when a distance is entered."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from cmcore.base.findings import Finding
from cmcore.base.words import Choice
from cmcore.forms import Answers, ask, check, form

_DISTRICT = re.compile(r"[A-Z]{1,2}[0-9][0-9A-Z]?")


class Weekday(Choice):
    """A day of the week."""

    monday = "monday", "Monday"
    tuesday = "tuesday", "Tuesday"
    wednesday = "wednesday", "Wednesday"
    thursday = "thursday", "Thursday"
    friday = "friday", "Friday"
    saturday = "saturday", "Saturday"
    sunday = "sunday", "Sunday"


@check("district")
def _a_district(district: str) -> Iterable[Finding]:
    if district and not _DISTRICT.fullmatch(district.upper().replace(" ", "")):
        said = f"“{district}” is not the first half of a postcode."
        yield Finding(said, place="district", way_out="For example DE4.")


@form("match-wanted", version=1, title="What is asked of a mentor", checks=[_a_district])
class MatchWantedAnswers(Answers):
    """When and where the work is to be. Mentors are ranked anew; nothing is kept."""

    planned_on: date = ask("The day it is to begin", hint="The mentor's checks are looked at as on that day.")
    district: str = ask(
        "First half of the postcode where it is to be",
        required=False,
        most=5,
        hint="For example DE4. Empty takes that of the school.",
    )
    weekdays: list[Weekday] = ask("Days that suit", required=False)


@form("match-decision", version=1, title="Choose a mentor")
class MatchDecisionAnswers(Answers):
    """A person decides, and says why. It commissions nobody: drawing up the commission comes next."""

    mentor_id: int = ask("Mentor", of="mentor", few=True)
    planned_on: date = ask("The day it is to begin")
    reason: str = ask(
        "Why this mentor",
        long=True,
        most=1000,
        sensitive=True,
        hint="What the score does not say: what the young person wants, what you know of both.",
    )


@check("one_district", "other_district")
def _both_districts(one_district: str, other_district: str) -> Iterable[Finding]:
    for place, given in (("one_district", one_district), ("other_district", other_district)):
        if not _DISTRICT.fullmatch(given.upper().replace(" ", "")):
            said = f"“{given}” is not the first half of a postcode."
            yield Finding(said, place=place, way_out="For example DE4.")


@form("travel-distance", version=1, title="Distance", checks=[_both_districts])
class TravelDistanceAnswers(Answers):
    """How far it is between two postcode districts by road, where you know better than their letters tell."""

    one_district: str = ask("From", most=5, hint="The first half of a postcode, for example DE4.")
    other_district: str = ask("To", most=5)
    miles: int = ask("Miles by road", least=0, most=500, unit="miles")
