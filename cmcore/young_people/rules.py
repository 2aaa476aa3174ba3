"""What must hold of a young person and of the spells of their life: R-YP-1, and days that fit together."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from cmcore.base.clock import day
from cmcore.base.findings import Finding, Severity
from cmcore.base.periods import Period, age_on
from cmcore.base.policy import Policy
from cmcore.base.words import count
from cmcore.exchange.ssda903.upn import check_letter, has_pattern

#: Young people are accepted up to this age, the year of it included. Source: DOMAIN §3 [LGA].
OLDEST = 25


def age_is_accepted(born_on: date, today: date, policy: Policy) -> list[Finding]:
    """R-YP-1: from birth to 25 is accepted, anything else refused; outside 4 to 21 is warned of. Source: [LGA]."""
    if born_on > today:
        said = f"The date of birth, {day(born_on)}, is after today, {day(today)}."
        return [Finding(said, rule="R-YP-1", place="born_on", way_out="Put the date right.")]
    age = age_on(born_on, today)
    if age > OLDEST:
        said = f"Somebody born on {day(born_on)} is {age}; young people are accepted to the age of {OLDEST}."
        return [Finding(said, rule="R-YP-1", place="born_on", way_out="Put the date of birth right.")]
    least, most = policy.threshold("R-YP-1", "least"), policy.threshold("R-YP-1", "most")
    if least <= age <= most:
        return []
    said = f"Somebody born on {day(born_on)} is {count(age, 'year')} old, which is outside {least} to {most}."
    return [policy.finding("R-YP-1", said, place="born_on", way_out="Check the date of birth.")]


def clean_upn(upn: str | None) -> str | None:
    """A unique pupil number as it is kept: capitals, no spaces; nothing where there is none."""
    return "".join((upn or "").split()).upper() or None


def upn_is_sound(upn: str | None) -> list[Finding]:
    """A UPN is a letter and twelve digits, the last of which may be a letter; a wrong check letter is warned of.

    Source: unique pupil numbers guide (Department for Education).
    """
    number = clean_upn(upn)
    if number is None:
        return []
    if not has_pattern(number):
        said = "This is not a unique pupil number: a letter, then twelve digits, the last of which may be a letter."
        return [Finding(said, place="upn", way_out="Copy it from the school's record, or leave it empty and say why.")]
    right = check_letter(number)
    if right == number[0]:
        return []
    said = f"The first letter of this unique pupil number is {number[0]}, and its digits call for {right or 'another'}."
    return [
        Finding(
            said,
            severity=Severity.warn,
            place="upn",
            way_out="Compare it with the school's record: a digit may be wrong.",
        )
    ]


def care_days_fit(care_status: str, looked_after_from: date | None, ceased_on: date | None) -> list[Finding]:
    """Being looked after does not end before it begins, and somebody who is looked after now has no end of it."""
    found = []
    if looked_after_from and ceased_on and ceased_on < looked_after_from:
        said = f"Being looked after ended on {day(ceased_on)}, before it began on {day(looked_after_from)}."
        found.append(Finding(said, place="ceased_on", way_out="Change one of the two."))
    elif care_status == "looked_after" and ceased_on:
        said = f"This says “looked after”, and that it ended on {day(ceased_on)}."
        way_out = "Choose another care status, or leave that day empty."
        found.append(Finding(said, severity=Severity.warn, place="ceased_on", way_out=way_out))
    return found


def not_before_birth(born_on: date, days: Iterable[tuple[str, date | None]]) -> list[Finding]:
    """None of these days, each with the question it answers, lies before the date of birth."""
    return [
        Finding(
            f"{day(on)} is before the date of birth, {day(born_on)}.", place=place, way_out="Put one of the two right."
        )
        for place, on in days
        if on is not None and on < born_on
    ]


def not_after_today(today: date, days: Iterable[tuple[str, date | None]]) -> list[Finding]:
    """None of these days, each with the question it answers, is still to come."""
    return [
        Finding(f"{day(on)} is after today, {day(today)}.", place=place, way_out="Enter it when it has happened.")
        for place, on in days
        if on is not None and on > today
    ]


def overlaps(period: Period, others: Iterable[tuple[str, Period]]) -> list[Finding]:
    """Warns of other spells, each with its name, that share days with this one; handing over on one day is fine."""
    return [
        Finding(
            f"This shares days with the {name}.",
            severity=Severity.warn,
            place="starts_on",
            way_out="Enter the day the earlier one ended, if it has ended.",
        )
        for name, other in others
        if _before(period.starts_on, other.ends_on) and _before(other.starts_on, period.ends_on)
    ]


def _before(on: date, end: date | None) -> bool:
    return end is None or on < end
