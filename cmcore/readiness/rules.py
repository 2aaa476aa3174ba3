"""Whether a mentor is inducted and supported: R-MEN-1 and R-MEN-2 over plain values, as at the day of the act."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from cmcore.base.clock import day
from cmcore.base.findings import Finding, as_warnings
from cmcore.base.periods import Term
from cmcore.base.policy import Policy
from cmcore.mentors.rules import SeenCheck
from cmcore.mentors.words import CheckKind

#: The kind of check that says a mentor was inducted.
INDUCTION = CheckKind.induction.value


@dataclass(frozen=True)
class Assessed:
    """A risk assessment as far as the rules need it: its key, its activity, and the days it holds."""

    id: int
    activity: str
    made_on: date
    replaced_on: date | None = None

    def in_force(self, on: date) -> bool:
        """Whether it holds on a day; the day it is replaced is no longer one."""
        return self.made_on <= on and (self.replaced_on is None or on < self.replaced_on)


def may_begin(
    checks: Iterable[SeenCheck],
    assessments: Iterable[Assessed],
    read: Mapping[int, date],
    on: date,
    policy: Policy,
    name: str = "the mentor",
) -> list[Finding]:
    """R-MEN-2: by that day the induction was seen, and a risk assessment that every mentor reads had been read.

    ``assessments`` are those for everybody, ``read`` the days on which the mentor read them. One that is in force and
    was not read yet, by a mentor who has read another, is pointed out and stops nothing: everybody would have to stop
    on the day a new one is made. Source: [Role]. Neither a further check nor a further reading turns a yes into a no.
    """
    if not policy.applies("R-MEN-2", on):
        return []
    said = []
    if not any(one.kind == INDUCTION and one.seen_by(on) for one in checks):
        said.append(
            policy.finding(
                "R-MEN-2",
                f"The induction of {name} is not written down by {day(on)}.",
                way_out="Add the check “Induction” once the mentor has been through it.",
            )
        )
    known = [one for one in assessments if one.made_on <= on]
    done = [one for one in known if (when := read.get(one.id)) is not None and when <= on]
    if not done:
        lacking = "has not read the risk assessment" if known else "has no risk assessment to read"
        way_out = "Read it first, and write down the day." if known else "Enter the risk assessment every mentor reads."
        said.append(policy.finding("R-MEN-2", f"{name} {lacking} by {day(on)}.", way_out=way_out))
        return said
    unread = [one for one in known if one.in_force(on) and one not in done]
    told = [
        policy.finding(
            "R-MEN-2",
            f"{name} has not read the risk assessment “{one.activity}” of {day(one.made_on)} yet.",
            way_out="Read it, and write down the day.",
        )
        for one in unread
    ]
    return said + as_warnings(told)


def reflects_each_term(
    came: Sequence[date], term: Term | None, on: date, policy: Policy, name: str = "the mentor"
) -> list[Finding]:
    """R-MEN-1: a reflective session each term; nothing is said in the first 28 days of one [Default]. Source: [Role].

    ``came`` are the days on which the mentor came; what lies after the day that is asked about does not count.
    """
    if term is None or not policy.applies("R-MEN-1", on):
        return []
    if any(term.covers(each) and each <= on for each in came):
        return []
    if (on - term.starts_on).days < policy.threshold("R-MEN-1", "days"):
        return []
    return [
        policy.finding(
            "R-MEN-1",
            f"{name} has had no reflective session in the {term.name.lower()} term.",
            way_out="Offer the next one, and write down when they came.",
        )
    ]


def term_on(terms: Iterable[Term], on: date) -> Term | None:
    """The term a day lies in, or the last one that had begun; nothing before the first."""
    begun = [each for each in terms if each.starts_on <= on]
    return max(begun, key=lambda each: each.starts_on, default=None)
