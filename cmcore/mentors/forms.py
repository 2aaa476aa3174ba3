"""What is asked about a mentor and each of their checks."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from cmcore.base.findings import Finding
from cmcore.forms import Answers, Check, ask, check, form, when
from cmcore.forms.checks import days_in_order, numbers_in_order
from cmcore.mentors.words import CheckKind

_DISTRICT = re.compile(r"[A-Z]{1,2}[0-9][0-9A-Z]?")
#: Kinds of check that run out on a day printed on them, and for how much they cover.
_INSURANCES = (CheckKind.public_liability, CheckKind.business_car)


@check("postcode_district")
def _is_a_district(district: str) -> Iterable[Finding]:
    if district and not _DISTRICT.fullmatch(district.upper().replace(" ", "")):
        yield Finding(
            f"“{district}” is not the first half of a postcode.", place="postcode_district", way_out="For example DE4."
        )


@form(
    "mentor",
    version=1,
    title="Mentor",
    checks=[_is_a_district, numbers_in_order("least_age", "most_age", "The oldest age is below the youngest.")],
)
class MentorAnswers(Answers):
    """A freelance artist who works one to one with young people."""

    name: str = ask("Name", most=120, section="Who it is")
    email: str = ask("E-mail", required=False, holds="email", sensitive=True)
    phone: str = ask("Telephone", required=False, holds="telephone", most=40, sensitive=True)
    art_forms: str = ask(
        "What they do", required=False, hint="Film, drama, music: a comma between.", section="What they offer"
    )
    languages: str = ask("Languages", required=False, hint="A comma between.")
    least_age: int | None = ask("Youngest they work with", least=0, most=25, unit="years")
    most_age: int | None = ask("Oldest they work with", least=0, most=25, unit="years")
    capacity: int | None = ask("How many young people at a time", least=0, most=100, unit="young people")
    availability: str = ask("When they can work", required=False, long=True, most=500)
    postcode_district: str = ask(
        "First half of their postcode", required=False, most=5, hint="For example DE4.", section="Getting there"
    )
    travel_miles: int | None = ask("How far they travel", least=0, most=500, unit="miles")
    drives: bool = ask("Do they drive?", default=False)


def _insured_until() -> Check:
    @check("kind_of_check", "expires_on", even_unanswered=True)
    def run(kind: CheckKind | None, expires_on: date | None) -> Iterable[Finding]:
        if kind in _INSURANCES and expires_on is None:
            yield Finding(
                "An insurance needs the day it runs out.",
                place="expires_on",
                way_out="It is printed on the certificate.",
            )

    return run


@form(
    "mentor-check",
    version=2,
    title="Check of a mentor",
    checks=[
        _insured_until(),
        days_in_order("issued_on", "expires_on", "The day it runs out"),
        days_in_order("issued_on", "seen_on", "The day you saw it"),
    ],
)
class MentorCheckAnswers(Answers):
    """That a check was made and seen. What a DBS certificate says is never written down, and no copy is kept."""

    kind_of_check: CheckKind = ask("What was checked?")
    issued_on: date = ask(
        "The day it was issued", hint="As printed on it; of training or references, the day they were given."
    )
    expires_on: date | None = ask(
        "The last day it counts", show_when=~when("kind_of_check").is_(CheckKind.enhanced_dbs)
    )
    cover_pence: int | None = ask(
        "What it covers, in pounds", money=True, show_when=when("kind_of_check").is_in(*_INSURANCES)
    )
    covers_passengers: bool | None = ask(
        "Does it cover carrying young people?",
        required=False,
        hint="Look for business use with passengers. Without it nobody is driven (R-INS-3).",
        show_when=when("kind_of_check").is_in(CheckKind.business_car),
    )
    masked_reference: str = ask(
        "Last four characters of its number", required=False, most=4, hint="Never the whole number."
    )
    seen_on: date | None = ask("The day you saw it yourself", hint="Leave it empty until you have.")


@form("see-mentor-check", version=1, title="Write down that you saw it")
class SeeCheckAnswers(Answers):
    """You held the paper in your hands, or were shown it online. Your name is kept with the day."""

    seen_on: date = ask("The day you saw it")
