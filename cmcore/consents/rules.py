"""Whether a use is permitted on a day: R-CON-1 to R-CON-4. Pure, as at the day of the use, never as at today."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from cmcore.base.clock import day
from cmcore.base.findings import Finding
from cmcore.base.periods import birthday
from cmcore.base.policy import Policy
from cmcore.consents.words import ConsentKind, Decider, Decision

#: From this birthday on the young person decides (R-CON-1).
OF_AGE = 18


@dataclass(frozen=True)
class Decided:
    """A decision as far as the rules need it."""

    kind: str
    by: str
    decision: str
    starts_on: date
    ends_on: date | None = None
    withdrawn_on: date | None = None


def may_decide(by: str, starts_on: date, born_on: date, policy: Policy) -> list[Finding]:
    """R-CON-1: the social worker before the 18th birthday, the young person from that day. Source: [Role]."""
    of_age = birthday(born_on, OF_AGE)
    if by == Decider.social_worker and starts_on >= of_age:
        said = f"From {day(of_age)}, the 18th birthday, the young person decides."
        return [policy.finding("R-CON-1", said, place="decided_by", way_out="Ask the young person.")]
    if by == Decider.young_person and starts_on < of_age:
        said = f"Until {day(of_age)}, the 18th birthday, the social worker decides."
        return [policy.finding("R-CON-1", said, place="decided_by", way_out="Ask the social worker.")]
    return []


def in_force(decisions: Iterable[Decided], kind: str, on: date, born_on: date) -> bool:
    """Whether a kind of use is permitted on a day: by the latest decision about it that had begun by then.

    A refusal, an end, a withdrawal (from its very day) and the 18th birthday of whoever a social worker decided for
    (R-CON-2) all end it. No decision is no permission.
    """
    told = [one for one in decisions if one.kind == kind and one.starts_on <= on]
    if not told:
        return False
    latest = max(told, key=lambda one: one.starts_on)
    # Of several decisions of one day the strictest holds.
    same_day = [one for one in told if one.starts_on == latest.starts_on]
    return all(_holds(one, on, born_on) for one in same_day)


def _holds(one: Decided, on: date, born_on: date) -> bool:
    return (
        one.decision == Decision.given
        and (one.ends_on is None or on <= one.ends_on)
        and (one.withdrawn_on is None or on < one.withdrawn_on)
        and not (one.by == Decider.social_worker and on >= birthday(born_on, OF_AGE))
    )


def may_use(decisions: Iterable[Decided], kind: ConsentKind, on: date, born_on: date, policy: Policy) -> list[Finding]:
    """R-CON-3, and R-CON-2 where age is the reason: refuses a use that is not permitted on that day."""
    held = list(decisions)
    if in_force(held, kind, on, born_on):
        return []
    of_age = birthday(born_on, OF_AGE)
    if on >= of_age and in_force(held, kind, of_age - timedelta(days=1), born_on):
        said = f"The social worker's permission stopped covering this on {day(of_age)}, the 18th birthday."
        return [policy.finding("R-CON-2", said, way_out="Ask the young person.")]
    rule = "R-CON-4" if kind is ConsentKind.phone_contact else "R-CON-3"
    said = f"There is no permission in force on {day(on)} for this: {kind.label.lower()}."
    return [policy.finding(rule, said, way_out="Ask for it, and write down what was decided.")]


def about_to_lapse(decisions: Iterable[Decided], on: date, born_on: date, policy: Policy) -> list[str]:
    """R-CON-2: the kinds of use whose permission by a social worker ends at the 18th birthday within the days told."""
    of_age, held = birthday(born_on, OF_AGE), list(decisions)
    if not on < of_age <= on + timedelta(days=policy.threshold("R-CON-2", "days")):
        return []
    kinds = dict.fromkeys(one.kind for one in held if one.by == Decider.social_worker)
    return [kind for kind in kinds if in_force(held, kind, on, born_on) and not in_force(held, kind, of_age, born_on)]
