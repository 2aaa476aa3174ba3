"""The rules of events as findings: values in, findings out."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from cmcore.api import AwardStanding, Finding, Policy, count, day


def works_towards(standings: Iterable[AwardStanding], on: date) -> bool:
    """Whether somebody works towards an award now, or did on a day."""
    return any(
        one.current
        or (one.enrolled_on is not None and one.enrolled_on <= on and one.ended_on is not None and one.ended_on >= on)
        for one in standings
    )


def has_award(working_towards: bool, policy: Policy) -> list[Finding]:
    """R-EVT-1: who comes to an event works towards an award at some level. Source: DOMAIN §9, [Artsmark]."""
    if working_towards:
        return []
    return [
        policy.finding(
            "R-EVT-1",
            "They came to an event and are not enrolled for an award.",
            way_out="Enrol them at the level that fits, or write down why not.",
        )
    ]


def within_capacity(capacity: int, taken: int, policy: Policy) -> list[Finding]:
    """R-EVT-4: no more places are given than there are. Source: DOMAIN §9 [Default]."""
    if taken <= capacity:
        return []
    return [
        policy.finding(
            "R-EVT-4",
            f"There {'is' if capacity == 1 else 'are'} {count(capacity, 'place')}, and {taken} would be taken.",
            place="capacity",
            way_out="Give more places if the provider agrees, or put them on the waiting list.",
        )
    ]


def fits_age(age: int, youngest: int, oldest: int, policy: Policy) -> list[Finding]:
    """R-EVT-5: an event is for those of its ages; another is let through knowingly. Source: DOMAIN §9 [Default]."""
    if youngest <= age <= oldest:
        return []
    return [
        policy.finding(
            "R-EVT-5",
            f"This event is for {youngest} to {oldest} years, and they will be {age}.",
            way_out="Ask the provider, or offer another event.",
        )
    ]


def has_begun(on: date, today: date) -> list[Finding]:
    """Attendance is taken on the day or afterwards."""
    if on <= today:
        return []
    return [Finding(f"This event is on {day(on)}.", way_out="Take attendance on the day.")]
