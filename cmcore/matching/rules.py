"""How well a mentor fits a referral, part by part, and what blocks: pure, over plain values. R-MAT-1."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from cmcore.base.findings import Finding
from cmcore.base.policy import Policy
from cmcore.base.words import count, in_words
from cmcore.matching.districts import Table, apart
from cmcore.matching.fields import days_meant, likeness

#: The parts of a score in the order they are told: their key in R-MAT-1, and their words.
PARTS = (
    ("interest", "Art form and interest"),
    ("distance", "Distance"),
    ("availability", "Availability"),
    ("capacity", "Room"),
    ("age", "Age"),
    ("earlier", "Earlier together"),
)
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
#: How far a mentor travels who has not said [Default], in miles; and how many years count as the same age.
USUAL_MILES, NEAR_YEARS = 15, 2


@dataclass(frozen=True)
class Wanted:
    """What is asked for: interests, the age on the planned day, the district of the work, and the days of the week."""

    interests: str
    age: int
    planned_on: date
    district: str = ""
    weekdays: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Offered:
    """What a mentor offers, and whom they work with now and worked with before, as far as may be seen."""

    name: str
    art_forms: Sequence[str]
    district: str
    travel_miles: int | None
    availability: str
    capacity: int | None
    least_age: int | None
    most_age: int | None
    #: Young people they are commissioned for today.
    live: int = 0
    #: The ages of those they have worked with, when that began.
    ages: Sequence[int] = ()
    #: The years in which they have worked with this very young person.
    together: Sequence[int] = ()


@dataclass(frozen=True)
class Part:
    """One part of a score: how many points of how many, and why."""

    key: str
    label: str
    points: int
    most: int
    why: str

    def as_data(self) -> dict[str, Any]:
        """As plain values."""
        return {"key": self.key, "label": self.label, "points": self.points, "most": self.most, "why": self.why}


@dataclass(frozen=True)
class Scored:
    """A mentor's score out of 100, its parts in order, and what blocks or warns on the planned day."""

    score: int
    parts: tuple[Part, ...]
    findings: tuple[Finding, ...] = ()

    @property
    def blocks(self) -> tuple[Finding, ...]:
        """What refuses the match, each with its rule."""
        return tuple(one for one in self.findings if one.blocks)


def score(wanted: Wanted, offered: Offered, policy: Policy, entered: Table | None = None) -> Scored:
    """A mentor's score for a referral, each part weighed as R-MAT-1 of the authority says. Blocks are added elsewhere.

    Each part is a share from 0 to 1 of its weight; the whole is out of 100, whatever the weights add up to.
    """
    shares = {
        "interest": _interest(wanted, offered),
        "distance": _distance(wanted, offered, entered),
        "availability": _availability(wanted, offered),
        "capacity": _capacity(offered),
        "age": _age(wanted, offered),
        "earlier": _earlier(offered),
    }
    weights = {key: int(policy.threshold("R-MAT-1", key)) for key, _ in PARTS}
    whole = sum(weights.values()) or 1
    got = sum(weights[key] * share for key, (share, _) in shares.items())
    parts = tuple(
        Part(key, label, round(weights[key] * shares[key][0]), weights[key], shares[key][1]) for key, label in PARTS
    )
    return Scored(round(100 * got / whole), parts)


def _interest(wanted: Wanted, offered: Offered) -> tuple[float, str]:
    if not wanted.interests.strip():
        return 0.0, "The referral does not say what they like."
    if not offered.art_forms:
        return 0.0, "The mentor has not said what they do."
    share, why = likeness(wanted.interests, offered.art_forms)
    forms = in_words([one.strip().lower() for one in offered.art_forms])
    return share, f"{why}." if why else f"Nothing they like is named beside {forms}."


def _distance(wanted: Wanted, offered: Offered, entered: Table | None) -> tuple[float, str]:
    if not wanted.district:
        return 0.0, "It is not known where the work would be: name the first half of a postcode."
    if not offered.district:
        return 0.0, "The mentor has not said where they are based."
    found = apart(wanted.district, offered.district, entered)
    said = found.words[:1].upper() + found.words[1:]
    if found.miles is None:
        return 0.0, f"{said}."
    reach = offered.travel_miles if offered.travel_miles is not None else USUAL_MILES
    if found.miles > reach:
        return 0.0, f"{said}; they travel {reach}."
    return 1.0 - 0.5 * found.miles / max(reach, 1), f"{said}; they travel {reach}."


def _availability(wanted: Wanted, offered: Offered) -> tuple[float, str]:
    said = offered.availability.strip()
    if not said:
        return 0.0, "The mentor has not said when they can work."
    if not wanted.weekdays:
        return 1.0, f"“{said}”. No days were asked for."
    meant = days_meant(said)
    if meant is None:
        return 0.5, f"“{said}”: no day of the week could be read in it. Ask."
    both = sorted(wanted.weekdays & meant)
    if not both:
        return 0.0, f"“{said}”: none of the days asked for."
    return len(both) / len(wanted.weekdays), f"“{said}”: {in_words([_DAYS[one] for one in both])} fits."


def _capacity(offered: Offered) -> tuple[float, str]:
    now = f"{count(offered.live, 'young person', 'young people')} now"
    if offered.capacity is None:
        return 0.5, f"{now}; the mentor has not said how many at a time."
    free = offered.capacity - offered.live
    if free <= 0:
        return 0.0, f"{now}, of {offered.capacity} at a time: no room."
    return min(1.0, free / max(offered.capacity, 1) * 2), f"{now}, of {offered.capacity} at a time."


def _age(wanted: Wanted, offered: Offered) -> tuple[float, str]:
    least, most = offered.least_age, offered.most_age
    if (least is not None and wanted.age < least) or (most is not None and wanted.age > most):
        said = f"{least if least is not None else 'any age'} to {most if most is not None else 'any age'}"
        return 0.0, f"They work with ages {said}; the young person will be {wanted.age}."
    near = sum(1 for one in offered.ages if abs(one - wanted.age) <= NEAR_YEARS)
    known = least is not None or most is not None
    worked = f"has worked with {count(near, 'young person', 'young people')} of about that age"
    within = "The age is within what they offer" if known else "They have not said which ages"
    return (0.6 if known else 0.3) + (0.4 if near else 0.0), f"{within}; {worked if near else 'nobody so old yet'}."


def _earlier(offered: Offered) -> tuple[float, str]:
    if not offered.together:
        return 0.0, "They have not worked together."
    years = in_words([str(one) for one in sorted(set(offered.together))])
    return 1.0, f"They have worked together, in {years}. Ask the young person."


def may_be_matched(state: str, label: str) -> list[Finding]:
    """A referral in which a mentor may be chosen: accepted, or matched before with somebody else."""
    if state in ("accepted", "matched"):
        return []
    return [
        Finding(
            f"This referral is “{label}”.", way_out="Accept it first; then a mentor can be chosen.", place="mentor_id"
        )
    ]


def in_order(scored: Collection[tuple[Scored, str]]) -> list[tuple[Scored, str]]:
    """Those whom nothing blocks first, the best score first among each, then by name."""
    return sorted(scored, key=lambda one: (bool(one[0].blocks), -one[0].score, one[1]))
