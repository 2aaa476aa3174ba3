"""Whether a mentor may work on a day, R-DBS-1 to 3 and R-INS-1 to 3: over plain values, as at the day of the act.

What was seen or issued after that day does not count for it. Adding a check never turns a yes into a no: only the best
of the checks decides.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from cmcore.base.clock import day
from cmcore.base.findings import Finding, Severity, as_warnings
from cmcore.base.periods import years_after
from cmcore.base.policy import Policy
from cmcore.base.words import count, pounds
from cmcore.mentors.words import CheckKind

#: The kind of check that R-DBS-1 to R-DBS-3 are about.
DBS = CheckKind.enhanced_dbs.value
#: The kinds that R-INS-1 and R-INS-2, and R-INS-3, are about.
LIABILITY, CAR = CheckKind.public_liability.value, CheckKind.business_car.value


@dataclass(frozen=True)
class SeenCheck:
    """A check as far as the rules need it: its kind, the days it was issued, runs out and was seen by staff.

    Of an insurance also what it covers, in pence, and whether that includes young people as passengers.
    """

    kind: str
    issued_on: date
    expires_on: date | None = None
    seen_on: date | None = None
    cover_pence: int | None = None
    passengers: bool = False

    def seen_by(self, on: date) -> bool:
        """Whether it was there and staff had seen it, on that day or before."""
        return self.issued_on <= on and self.seen_on is not None and self.seen_on <= on

    def runs_out(self, policy: Policy) -> date | None:
        """The first day it no longer counts: a DBS certificate's third anniversary, or the day after it expires."""
        ends = [self.expires_on + timedelta(days=1)] if self.expires_on else []
        if self.kind == DBS:
            ends.append(years_after(self.issued_on, policy.threshold("R-DBS-2", "years")))
        return min(ends, default=None)


def may_work(
    checks: Iterable[SeenCheck], on: date, policy: Policy, kinds: Iterable[str] = (DBS,), name: str = "the mentor"
) -> list[Finding]:
    """What the checks of a mentor say of a day: each kind is there, was seen by then, and still counts.

    The enhanced DBS falls under R-DBS-1 (seen by staff), R-DBS-2 (less than three years old on that day: the third
    anniversary is refused) and R-DBS-3 (renewal is raised in good time); public liability under R-INS-1 (in force that
    day) and R-INS-2 (what it covers). Any other kind that is asked for falls under R-COM-1. Sources: [Role], [Default].
    An empty list, or one that only warns, is a yes.
    """
    held = list(checks)
    found: list[Finding] = []
    for kind in kinds:
        of_kind = [one for one in held if one.kind == kind]
        if kind == DBS:
            found += _dbs(of_kind, on, policy, name)
        elif kind == LIABILITY:
            found += insurance(of_kind, on, policy, name)
        else:
            found += _other(kind, of_kind, on, policy, name)
    return found


def counts_until(checks: Iterable[SeenCheck], on: date, policy: Policy, kind: str = DBS) -> date | None:
    """The last day the best of the checks seen by a day counts; nothing where none does, or where it never runs out."""
    ends = [one.runs_out(policy) for one in checks if one.kind == kind and one.seen_by(on)]
    known = [end for end in ends if end is not None]
    return max(known) - timedelta(days=1) if known and len(known) == len(ends) else None


def update_service_in_time(joined_on: date, checks: Iterable[SeenCheck], policy: Policy) -> list[Finding]:
    """R-DBS-3: the Update Service can be joined only within 30 days of the certificate's issue [Role]."""
    days = policy.threshold("R-DBS-3", "update_service_days")
    for one in checks:
        if one.kind == DBS and timedelta(0) <= joined_on - one.issued_on <= timedelta(days=days):
            return []
    return [
        policy.finding(
            "R-DBS-3",
            f"No enhanced DBS certificate was issued in the {count(days, 'day')} before {day(joined_on)}, "
            "so the Update Service could not be joined then.",
            place="issued_on",
            way_out="Check the day it was joined, and that the certificate is entered.",
        )
    ]


def update_service_open(
    checks: Iterable[SeenCheck], on: date, policy: Policy, name: str = "the mentor"
) -> list[Finding]:
    """R-DBS-3: for as long as the Update Service can be joined, and was not, that is told. Source: [Role]."""
    held = list(checks)
    newest = max((one.issued_on for one in held if one.kind == DBS and one.seen_by(on)), default=None)
    last = newest + timedelta(days=policy.threshold("R-DBS-3", "update_service_days")) if newest else None
    joined = any(one.kind == CheckKind.dbs_update_service and newest and one.issued_on >= newest for one in held)
    if last is None or joined or on > last or not policy.applies("R-DBS-3", on):
        return []
    said = f"{name} can join the DBS Update Service until {day(last)}."
    way_out = "Remind them, and enter the check “DBS Update Service” once they have."
    return [Finding(said, rule="R-DBS-3", severity=Severity.inform, way_out=way_out)]


def seen_in_time(issued_on: date, seen_on: date, today: date) -> list[Finding]:
    """A check is seen on or after the day it was issued, and not later than today."""
    if seen_on > today:
        return [
            Finding(
                f"The day it was seen, {day(seen_on)}, is after today, {day(today)}.",
                place="seen_on",
                way_out="Write it down on the day you see it.",
            )
        ]
    if seen_on < issued_on:
        said = f"The day it was seen, {day(seen_on)}, is before the day it was issued, {day(issued_on)}."
        return [Finding(said, place="seen_on", way_out="Change one of the two.")]
    return []


def _dbs(checks: Sequence[SeenCheck], on: date, policy: Policy, name: str) -> list[Finding]:
    seen = [one for one in checks if one.seen_by(on)]
    if not seen:
        return [_not_seen(checks, on, policy, name)] if policy.applies("R-DBS-1", on) else []
    ends = [end for one in seen if (end := one.runs_out(policy)) is not None]
    end = max(ends)
    if end <= on:
        return [_too_old(seen, end, policy, name)] if policy.applies("R-DBS-2", on) else []
    raised_on = end - timedelta(days=policy.threshold("R-DBS-3", "days"))
    if raised_on <= on and policy.applies("R-DBS-3", on):
        return [_renewal(end, policy, name)]
    return []


def _not_seen(checks: Sequence[SeenCheck], on: date, policy: Policy, name: str) -> Finding:
    if later := [one.seen_on for one in checks if one.seen_on is not None and one.seen_on > on]:
        said = f"The enhanced DBS certificate of {name} was first seen on {day(min(later))}, after {day(on)}."
    elif any(one.issued_on <= on for one in checks):
        said = f"Nobody has seen the enhanced DBS certificate of {name}."
    else:
        said = f"No enhanced DBS certificate of {name} is entered for {day(on)}."
    return policy.finding("R-DBS-1", said, way_out="Ask to see the certificate, and write down that you saw it.")


def _too_old(seen: Sequence[SeenCheck], end: date, policy: Policy, name: str) -> Finding:
    years = policy.threshold("R-DBS-2", "years")
    latest = max(one.issued_on for one in seen)
    if years_after(latest, years) == end:
        said = f"The DBS certificate of {name} was {_years(years)} old on {day(end)}."
    else:
        said = f"The DBS certificate of {name} stopped counting on {day(end)}."
    return policy.finding("R-DBS-2", said, way_out="Enter a newer certificate that you have seen.")


def _renewal(end: date, policy: Policy, name: str) -> Finding:
    return policy.finding(
        "R-DBS-3",
        f"The DBS certificate of {name} counts until {day(end - timedelta(days=1))}.",
        way_out="Ask for a new one now.",
    )


# ---- insurances
def _in_force(checks: Iterable[SeenCheck], kind: str, on: date) -> list[SeenCheck]:
    of_kind = [one for one in checks if one.kind == kind and one.seen_by(on)]
    return [one for one in of_kind if one.expires_on is None or on <= one.expires_on]


def insurance(checks: Iterable[SeenCheck], on: date, policy: Policy, name: str = "the mentor") -> list[Finding]:
    """R-INS-1, R-INS-2: public liability insurance is in force on that day, and covers as much as is advised.

    Its last day counts. The best of those in force decides on the cover; one that does not say counts for nothing.
    In the last 30 days [Default] its end is told, unless a later one was seen. Source: [Role].
    """
    held = [one for one in checks if one.kind == LIABILITY]
    good = _in_force(held, LIABILITY, on)
    if not good:
        return [_not_insured(held, on, policy, name)] if policy.applies("R-INS-1", on) else []
    said = []
    best, advised = max(one.cover_pence or 0 for one in good), policy.threshold("R-INS-2", "cover_pence")
    if best < advised and policy.applies("R-INS-2", on):
        covers = f"covers {pounds(best)}" if best else "does not say what it covers"
        said.append(
            policy.finding(
                "R-INS-2",
                f"The public liability insurance of {name} {covers}; {pounds(advised)} is advised.",
                way_out="Ask for one that covers as much, and write it down.",
            )
        )
    ends = [one.expires_on for one in good if one.expires_on is not None]
    end = max(ends) if len(ends) == len(good) else None
    if end is not None and policy.applies("R-INS-1", on) and (end - on).days < policy.threshold("R-INS-1", "days"):
        told = policy.finding(
            "R-INS-1",
            f"The public liability insurance of {name} runs out on {day(end)}.",
            way_out="Ask to see the next one now.",
        )
        said += as_warnings([told])
    return said


def may_drive(checks: Iterable[SeenCheck], on: date, policy: Policy, name: str = "the mentor") -> list[Finding]:
    """R-INS-3: business car insurance, seen and in force on that day, covers carrying young people. Source: [Role]."""
    good = _in_force(checks, CAR, on)
    if any(one.passengers for one in good) or not policy.applies("R-INS-3", on):
        return []
    if good:
        said = f"The business car insurance of {name} is not known to cover carrying young people."
    else:
        said = f"{name} has no business car insurance that was seen and is in force on {day(on)}."
    return [
        policy.finding(
            "R-INS-3",
            said,
            place="mentor_drove",
            way_out="Do not drive them before it is. If it is, have the coordinator write down that it was seen.",
        )
    ]


def _not_insured(held: Sequence[SeenCheck], on: date, policy: Policy, name: str) -> Finding:
    seen = [one for one in held if one.seen_by(on)]
    if ended := [one.expires_on for one in seen if one.expires_on is not None]:
        said = f"The public liability insurance of {name} ran out on {day(max(ended))}."
    elif any(one.issued_on <= on for one in held):
        said = f"Nobody has seen the public liability insurance of {name} by {day(on)}."
    else:
        said = f"No public liability insurance of {name} is entered for {day(on)}."
    return policy.finding("R-INS-1", said, way_out="Ask to see the policy, and write down that you saw it.")


def _other(kind: str, checks: Sequence[SeenCheck], on: date, policy: Policy, name: str) -> list[Finding]:
    """Any other check a programme type asks for: one that was seen by that day and has not run out."""
    seen = [one for one in checks if one.seen_by(on)]
    ends = [one.runs_out(policy) for one in seen]
    if any(end is None or end > on for end in ends):
        return []
    words = CheckKind.say(kind)
    known = [end for end in ends if end is not None]
    if known:
        said = f"{words} of {name} ran out on {day(max(known) - timedelta(days=1))}."
    else:
        said = f"{words} of {name} has not been seen by {day(on)}."
    return [policy.finding("R-COM-1", said, way_out="Ask to see it, and write down that you saw it.")]


def _years(years: int) -> str:
    words = {1: "a year", 2: "two years", 3: "three years", 4: "four years", 5: "five years"}
    return words.get(years, f"{years} years")
