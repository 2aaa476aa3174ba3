"""When a plan is due, which one, and what must hold before it is complete: R-PEP-1 to R-PEP-3. Pure, given the day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from cmcore.base.clock import day
from cmcore.base.findings import Finding
from cmcore.base.periods import academic_year, age_on, birthday, is_working_day, working_days_after
from cmcore.base.policy import Policy
from cmcore.base.words import count
from cmcore.peps.words import PlanKind
from cmcore.referrals.words import Rag

#: From this age on 31 August the plan is the one after 16, and from this birthday on there is none.
AFTER_16, OF_AGE = 16, 18


@dataclass(frozen=True)
class InCare:
    """What decides whether somebody is to have a plan: birth, and the days of being looked after."""

    born_on: date
    looked_after_from: date | None
    ceased_on: date | None = None


@dataclass(frozen=True)
class Due:
    """A plan that is to be: which one, whether it is the first, and by when it is to be held."""

    plan: PlanKind
    first: bool
    due_on: date


def plan_on(born_on: date, on: date, policy: Policy) -> PlanKind | None:
    """Which plan somebody of that birth has on a day; none before the age of the rule and from the 18th birthday.

    The plan after 16 begins with Year 12: at 16 on the 31 August before. Source: [Role] "from 16 to 18 a PETP".
    """
    age = age_on(born_on, on)
    if age < policy.threshold("R-PEP-2", "from_age") or age >= OF_AGE:
        return None
    return PlanKind.petp if age_on(born_on, date(academic_year(on), 8, 31)) >= AFTER_16 else PlanKind.pep


def first_due(looked_after_from: date, policy: Policy) -> date:
    """R-PEP-1: the last day for the first plan; working days of England, bank holidays counted out."""
    return working_days_after(looked_after_from, policy.threshold("R-PEP-1", "working_days"))


def term_due(starts_on: date, ends_on: date, policy: Policy) -> date:
    """R-PEP-2: the last day for a term's plan, so many working days into it and never after its last working day."""
    return _within(starts_on, ends_on, policy.threshold("R-PEP-2", "working_days"))


@lru_cache(maxsize=64)
def _within(starts_on: date, ends_on: date, days: int) -> date:
    """The same for everybody in a term: worked out once, however many young people there are."""
    last = ends_on
    while not is_working_day(last) and last > starts_on:
        last -= timedelta(days=1)
    return min(working_days_after(starts_on, days), last)


def due_in_term(
    person: InCare, starts_on: date, ends_on: date, before: date, held_this_year: int, policy: Policy
) -> Due | None:
    """The plan somebody is to have in a term; nothing where they are not in care, not of the age, or had enough.

    ``before`` is the last day of the term before: whoever became looked after since has their first plan.
    ``held_this_year`` counts the plans opened in earlier terms of the academic year.
    """
    since = person.looked_after_from
    if since is None or since > ends_on or (person.ceased_on is not None and person.ceased_on <= starts_on):
        return None
    on = max(starts_on, since)
    plan = plan_on(person.born_on, on, policy)
    if plan is None:
        return None
    first = since > before
    if plan is PlanKind.petp and not first and held_this_year >= policy.threshold("R-PEP-2", "after_16_a_year"):
        return None
    due = first_due(since, policy) if first else term_due(starts_on, ends_on, policy)
    # Nobody of age is asked to a plan: it is held on the day before at the latest.
    return Due(plan, first, min(due, birthday(person.born_on, OF_AGE) - timedelta(days=1)))


def in_time(due_on: date, held_on: date | None, on: date, policy: Policy, *, first: bool) -> list[Finding]:
    """R-PEP-1 and R-PEP-2: a plan that was not held by its day. Source: care planning regulations 2010; [Role]."""
    if (held_on or on) <= due_on:
        return []
    rule, which = ("R-PEP-1", "The first PEP") if first else ("R-PEP-2", "This term's PEP")
    if held_on is not None:
        said = f"{which} was due by {day(due_on)} and was held on {day(held_on)}."
        return [policy.finding(rule, said, place="held_on", way_out="Say in the plan why it was late.")]
    return [policy.finding(rule, f"{which} was due by {day(due_on)}.", way_out="Agree a day, and write down who met.")]


def may_complete(unreviewed: int, quality: str | None, policy: Policy) -> list[Finding]:
    """R-PEP-3: every earlier target was reviewed, and the quality mark is not red. Source: DOMAIN §8."""
    said: list[Finding] = []
    if unreviewed:
        many = count(unreviewed, "target of an earlier PEP was", "targets of earlier PEPs were")
        said.append(policy.finding("R-PEP-3", f"{many} not reviewed.", way_out="Say what became of each."))
    if quality == Rag.red:
        red = "Its quality mark is red."
        said.append(
            policy.finding("R-PEP-3", red, place="quality", way_out="Have it reviewed again, then mark it anew.")
        )
    return said


def measure_is_theirs(measure: str, own: Mapping[str, str], policy: Policy) -> list[Finding]:
    """R-MEA-8: a target is to move a measure the young person is scored with: ``own``, with their words."""
    if measure in own:
        return []
    return [
        policy.finding(
            "R-MEA-8",
            f"“{measure}” is not among the measures this young person is scored with.",
            place="measure",
            way_out=f"Choose from {', '.join(own.values())}, or leave it empty.",
        )
    ]


def may_submit(held_on: date | None) -> list[Finding]:
    """A plan is submitted once the meeting was held."""
    if held_on is not None:
        return []
    return [Finding("Nobody has met yet.", place="held_on", way_out="Write down when the meeting was, and who came.")]


def not_ahead(on: date | None, today: date, place: str) -> list[Finding]:
    """What has happened lies not ahead."""
    if on is None or on <= today:
        return []
    return [Finding(f"{day(on)} is still to come.", place=place, way_out="Write it down once it has happened.")]
