"""What The Mighty Creatives ask of their mentors, over plain values and given the day: R-TMC-1 to R-TMC-4.

The age of a DBS certificate is not here: R-DBS-2 of the core says three years already, and is used as it is.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from cmcore.api import Finding, Policy, Term, day, in_words, pounds
from cmcore.api.asks import CheckKind
from cmcore_mighty_creatives.words import Paper


@dataclass(frozen=True)
class Insurance:
    """An insurance as far as the rules need it: its kind, its days, its cover in pence, when it was seen."""

    kind: str
    from_on: date
    to_on: date | None
    cover_pence: int | None
    seen_on: date | None

    def in_force(self, on: date) -> bool:
        """Whether it was seen and in force on a day."""
        ends = self.to_on is None or on <= self.to_on
        return self.from_on <= on and ends and self.seen_on is not None and self.seen_on <= on


def covered(insurances: Iterable[Insurance], on: date, policy: Policy, name: str) -> list[Finding]:
    """R-TMC-1: public liability insurance covers £5,000,000 on the day. Source: [Role], as advice."""
    wanted = policy.threshold("R-TMC-1", "cover_pence")
    held = [one for one in insurances if one.kind == CheckKind.public_liability and one.in_force(on)]
    best = max((one.cover_pence or 0 for one in held), default=None)
    if best is not None and best >= wanted:
        return []
    if best is None:
        said = f"No public liability insurance of {name} that was seen is in force on {day(on)}."
    else:
        said = f"The public liability insurance of {name} covers {pounds(best)}; {pounds(wanted)} is advised."
    return [policy.finding("R-TMC-1", said, way_out="Ask to see one that covers as much, and write it down.")]


def may_drive(insurances: Iterable[Insurance], on: date, policy: Policy, name: str) -> list[Finding]:
    """R-TMC-2: no young person is driven without business car insurance seen and in force. Source: [Role]."""
    if any(one.kind == CheckKind.business_car and one.in_force(on) for one in insurances):
        return []
    return [
        policy.finding(
            "R-TMC-2",
            f"{name} has no business car insurance that was seen and is in force on {day(on)}.",
            place="mentor_drove",
            way_out="Do not drive a young person before it is. If it is, write down that you saw it.",
        )
    ]


def reflects_each_term(held: Sequence[date], term: Term | None, on: date, policy: Policy, name: str) -> list[Finding]:
    """R-TMC-3: a reflective session each term. Nothing is said in the first weeks of a term. Source: [Role]."""
    if term is None or any(term.covers(each) for each in held):
        return []
    if (on - term.starts_on).days < policy.threshold("R-TMC-3", "days"):
        return []
    return [
        policy.finding(
            "R-TMC-3",
            f"{name} has had no reflective session in the {term.name.lower()} term.",
            way_out="Offer the next one, and write down when they came.",
        )
    ]


def has_read(read: Collection[str], policy: Policy, name: str) -> list[Finding]:
    """R-TMC-4: induction pack and risk assessment are read before the first session. Source: [Role]."""
    lacking = [one.label.lower() for one in Paper if one not in read]
    if not lacking:
        return []
    return [
        policy.finding(
            "R-TMC-4",
            f"{name} has not read the {in_words(lacking)} yet.",
            way_out="Read it first, and write down the day under “Papers to read”.",
        )
    ]
