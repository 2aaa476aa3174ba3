"""What must hold of a session: R-SES-1, R-SES-2 and R-COM-3. Pure, given the instant."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from cmcore.base.clock import LONDON, day, local
from cmcore.base.findings import Finding
from cmcore.base.policy import Policy
from cmcore.base.words import count
from cmcore.sessions.words import ABSENCES


@dataclass(frozen=True)
class Overlap:
    """Another session of the same young person at the same time."""

    same_enrolment: bool
    joint: bool
    starts_at: datetime


def minutes_between(starts_at: datetime, ends_at: datetime) -> int:
    """Whole minutes between two instants, right across clock changes."""
    return int((ends_at - starts_at).total_seconds() // 60)


def clocks_show(on: date, starts: time, ends: time, policy: Policy) -> list[Finding]:
    """R-SES-1: both times are on England's clocks that day. In the night they go forward an hour is left out."""
    said = []
    for place, at in (("starts", starts), ("ends", ends)):
        told = datetime.combine(on, at, LONDON)
        if local(told.astimezone(UTC)).replace(tzinfo=None) != told.replace(tzinfo=None):
            said.append(
                policy.finding(
                    "R-SES-1",
                    f"There was no {at:%H:%M} on {day(on)}: the clocks went forward.",
                    place=place,
                    way_out="Write the time the clock showed.",
                )
            )
    return said


def times_hold(
    starts_at: datetime,
    ends_at: datetime,
    *,
    now: datetime,
    reported: bool,
    first_day: date,
    last_day: date | None,
    policy: Policy,
) -> list[Finding]:
    """R-SES-1 on times: in order, within the longest length, inside the commission, not in the future once reported."""
    longest = timedelta(hours=policy.threshold("R-SES-1", "hours"))
    on = local(starts_at).date()
    said = []
    if ends_at <= starts_at:
        said.append(
            policy.finding("R-SES-1", "It ends before it starts.", place="ends", way_out="Look at both times again.")
        )
    elif ends_at - starts_at > longest:
        hours = int(longest.total_seconds() // 3600)
        said.append(
            policy.finding(
                "R-SES-1",
                f"It is longer than {hours} hours.",
                place="ends",
                way_out="Look at both times again, or keep it as two sessions.",
            )
        )
    if reported and ends_at > now:
        said.append(
            policy.finding(
                "R-SES-1",
                "It has not ended yet, so nobody can say how it went.",
                place="outcome",
                way_out="Keep it as a plan and say how it went afterwards.",
            )
        )
    if on < first_day:
        said.append(
            policy.finding(
                "R-SES-1",
                f"The commission begins on {day(first_day)}.",
                place="starts",
                way_out="Choose a later day, or another commission.",
            )
        )
    if last_day is not None and on > last_day:
        said.append(
            policy.finding(
                "R-SES-1",
                f"The commission ends on {day(last_day)}.",
                place="starts",
                way_out="Ask the coordinator for another commission.",
            )
        )
    return said


def mentor_is_free(busy: bool, policy: Policy) -> list[Finding]:
    """R-SES-1: a mentor is never in two places. Where the other is, is not said: it may be another authority's."""
    if not busy:
        return []
    return [
        policy.finding(
            "R-SES-1", "The mentor has another session at that time.", place="starts", way_out="Choose another time."
        )
    ]


def young_person_is_free(overlaps: Sequence[Overlap], joint: bool, policy: Policy) -> list[Finding]:
    """R-SES-1 and R-COM-3: a young person is in one session at a time, two mentors only where both say it was joint."""
    said = []
    for other in overlaps:
        at = f"{local(other.starts_at):%H:%M}"
        if other.same_enrolment and joint and other.joint:
            continue
        if other.same_enrolment:
            said.append(
                policy.finding(
                    "R-COM-3",
                    f"Another mentor has a session with the young person at {at} that day.",
                    place="joint",
                    way_out="If you worked together, say in both that it was joint. Otherwise choose another time.",
                )
            )
        else:
            said.append(
                policy.finding(
                    "R-SES-1",
                    f"The young person has another session at {at} that day.",
                    place="starts",
                    way_out="Choose another time.",
                )
            )
    return said


def absences_in_a_row(outcomes: Sequence[str], policy: Policy) -> list[Finding]:
    """R-SES-2: the last sessions, oldest first, were all missed; raised from the policy's number on."""
    row = 0
    for outcome in reversed(outcomes):
        if outcome not in ABSENCES:
            break
        row += 1
    if row < policy.threshold("R-SES-2", "absences"):
        return []
    return [
        policy.finding(
            "R-SES-2",
            f"{count(row, 'session')} in a row {'was' if row == 1 else 'were'} missed.",
            way_out="Talk with those around the young person about what is in the way.",
        )
    ]


def measures_are_the_programmes(
    planned: Sequence[str], noticed: Sequence[str], own: Mapping[str, str], policy: Policy
) -> list[Finding]:
    """R-MEA-8: planned measures and notes of impact name measures of the programme's set: ``own``, with their words."""
    offered = ", ".join(own.values())
    return [
        policy.finding(
            "R-MEA-8",
            f"“{strange}” is not among the measures of this programme.",
            place=place.format(at),
            way_out=f"Choose from {offered}.",
        )
        for place, named in (("planned_measures", planned), ("impact.{}.measure", noticed))
        for at, strange in [(number, each) for number, each in enumerate(named) if each not in own][:1]
    ]
