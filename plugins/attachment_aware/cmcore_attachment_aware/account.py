"""The account over years: how many schools took part, and what was counted before and after, as it is and for others.

Two periods of the same schools are compared, and nothing else: no school that did not take part stands beside them.
A school counts in an indicator where it is known before and after; how many do not is said.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from cmcore.api import Authority, Work, day
from cmcore.api.evidencing import Disclosure, Symbol
from cmcore_attachment_aware.queries import Done, cohorts_of, done_by
from cmcore_attachment_aware.records import AwareCohort, AwarePlace
from cmcore_attachment_aware.schoolwork import AwareReading
from cmcore_attachment_aware.telling import Counted
from cmcore_attachment_aware.words import COUNTED, At, Indicator

#: Under so many schools a sum of a cohort tells a school that knows its own number that of another: R-SUP-1.
LEAST_SCHOOLS = 3
#: What stands in place of a figure that is hidden, and of one for which nothing was counted.
HIDDEN, NOTHING = Symbol.hidden.value, Symbol.not_applicable.value
CAVEAT = (
    "The same schools in two periods, and no school beside them that did not take part: this says what was counted, "
    "not why."
)


@dataclass(frozen=True)
class Sum:
    """So many of so many."""

    number: int = 0
    out_of: int = 0

    def __add__(self, other: Sum) -> Sum:
        """Both together."""
        return Sum(self.number + other.number, self.out_of + other.out_of)

    @property
    def rate(self) -> float | None:
        """How many in a hundred; nothing where there is no whole."""
        return 100 * self.number / self.out_of if self.out_of else None


@dataclass(frozen=True)
class Compared:
    """One indicator over some schools: how many took part, were counted twice, and the sums before and after.

    ``lower``, ``same`` and ``higher`` say of how many schools the share was lower, the same and higher afterwards.
    """

    indicator: Indicator
    schools: int
    both: int
    before: Sum
    after: Sum
    lower: int = 0
    same: int = 0
    higher: int = 0
    #: The day a reader outside was first shown these sums.
    as_at: date | None = None
    #: Which counts are summed: of each school known before and after, and in which state; nothing where it is not kept.
    which: frozenset[Counted] | None = field(default=frozenset(), compare=False)

    def __add__(self, other: Compared) -> Compared:
        """The same indicator over more schools."""
        return Compared(
            self.indicator,
            self.schools + other.schools,
            self.both + other.both,
            self.before + other.before,
            self.after + other.after,
            self.lower + other.lower,
            self.same + other.same,
            self.higher + other.higher,
            which=(self.which or frozenset()) | (other.which or frozenset()),
        )


@dataclass(frozen=True)
class CohortAccount:
    """One cohort: its schools by where they stand, its staff, and its indicators."""

    cohort: AwareCohort
    applied: int
    waiting: int
    took_part: int
    graduated: int
    withdrawn: int
    declined: int
    staff: int
    compared: tuple[Compared, ...]

    def over(self, work: Work) -> bool:
        """Whether its year is over, so that its numbers stand."""
        return bool(self.cohort.ends_on < work.today)


def direction(before: Sum, after: Sum) -> int:
    """Whether a share is lower (-1), the same (0) or higher (1) afterwards, told exactly."""
    difference = after.number * before.out_of - before.number * after.out_of
    return (difference > 0) - (difference < 0)


def compare(indicator: Indicator, schools: Sequence[Done]) -> Compared:
    """One indicator over these schools: only those known before and after are summed."""
    found = Compared(indicator, len(schools), 0, Sum(), Sum())
    for done in schools:
        read = [one for at in At if (one := done.reading(indicator.value, at.value)) is not None]
        before, after = (_sum(done.reading(indicator.value, at.value)) for at in At)
        if before is None or after is None:
            continue
        state = " ".join(f"{one.id}.{one.version}" for one in read)
        went = direction(before, after)
        ways = int(went < 0), int(went == 0), int(went > 0)
        which = frozenset({(read[0].setting_id, state)})
        found += Compared(indicator, 0, 1, before, after, *ways, which=which)
    return found


def _sum(reading: AwareReading | None) -> Sum | None:
    if reading is None or reading.number is None or reading.out_of is None:
        return None
    return Sum(reading.number, reading.out_of)


def accounts_of(work: Work, authority: Authority) -> list[CohortAccount]:
    """Every cohort of an authority, the earliest first. Eight statements, however many years there are."""
    cohorts = sorted(cohorts_of(work, authority.id), key=lambda one: one.year)
    asked = select(AwarePlace).where(AwarePlace.authority_id == authority.id).options(joinedload(AwarePlace.setting))
    by_cohort: dict[int, list[AwarePlace]] = {one.id: [] for one in cohorts}
    for place in work.db.scalars(asked):
        by_cohort[place.attachment_aware_cohort_id].append(place)
    took_part = [one for places in by_cohort.values() for one in places if one.joined_on is not None]
    done = done_by(work, took_part)
    return [_account(one, by_cohort[one.id], done) for one in cohorts]


def _account(cohort: AwareCohort, places: Sequence[AwarePlace], done: dict[int, Done]) -> CohortAccount:
    here = [one for one in places if one.joined_on is not None]
    schools = [done[one.id] for one in here]

    def many(state: str) -> int:
        return sum(one.state == state for one in places)

    return CohortAccount(
        cohort=cohort,
        applied=len(places),
        waiting=many("waiting"),
        took_part=len(here),
        graduated=many("graduated"),
        withdrawn=many("withdrawn"),
        declined=many("declined"),
        staff=sum(len(one.staff) for one in schools),
        compared=tuple(compare(one, schools) for one in Indicator),
    )


# ---- in words, as it is and for others
def share_of(indicator: str, found: Sum) -> str:
    """How many in a hundred, in words: one decimal."""
    if found.rate is None:
        return ""
    per = "in 100 sessions" if indicator == Indicator.attendance else "per 100 pupils"
    return f"{found.rate:.1f} {per}"


def in_full(indicator: str, found: Sum) -> str:
    """A count with its whole, and its share: "12 of 240 pupils on roll (5.0 per 100 pupils)"."""
    return f"{found.number:,} of {found.out_of:,} {COUNTED[indicator][1]} ({share_of(indicator, found)})"


def changed(found: Compared) -> str:
    """How a share went, without a word on why: "lower by 1.8", the difference of the two shares as they are shown."""
    before, after = found.before.rate, found.after.rate
    if before is None or after is None:
        return ""
    went = direction(found.before, found.after)
    if went == 0:
        return "the same"
    apart = abs(round(after, 1) - round(before, 1))
    return f"{'lower' if went < 0 else 'higher'} by {f'{apart:.1f}' if apart >= 0.05 else 'less than 0.1'}"


@dataclass(frozen=True)
class Told:
    """One indicator of a cohort as it is read: before, after, how it went, and of how many schools."""

    label: str
    both: str
    before: str
    after: str
    went: str
    as_at: str = ""


def told(found: Compared, policy: Disclosure | None = None) -> Told:
    """An indicator in words: with a ``policy`` for readers outside, with small numbers hidden.

    R-SUP-1 hides a count from 1 to 5, of suspensions and exclusions or of sessions that were missed; both periods where
    one is hidden, since one tells the other beside how it went; and all where fewer than three schools are summed.
    """
    both = f"{found.both} of {found.schools}"
    if not found.both:
        nothing = NOTHING if policy is not None else "Not counted twice"
        return Told(found.indicator.label, both, nothing, nothing, nothing if policy is not None else "")
    if policy is not None and policy.hides and hides(found, policy):
        return Told(found.indicator.label, both, HIDDEN, HIDDEN, HIDDEN)
    return Told(
        found.indicator.label,
        both,
        in_full(found.indicator, found.before),
        in_full(found.indicator, found.after),
        changed(found),
        "" if found.as_at is None else day(found.as_at),
    )


def hides(found: Compared, policy: Disclosure) -> bool:
    """Whether an indicator is hidden from readers outside."""
    if 0 < found.both < LEAST_SCHOOLS:
        return True
    rests = (one.out_of - one.number for one in (found.before, found.after))
    return any(policy.is_small(one) for one in (found.before.number, found.after.number, *rests))


def over_all(accounts: Sequence[CohortAccount], policy: Disclosure | None = None) -> tuple[Compared, ...]:
    """The indicators over all years; for readers outside those of which no year is hidden: a sum tells."""
    found = []
    for number, indicator in enumerate(Indicator):
        years = [one.compared[number] for one in accounts]
        if policy is not None and policy.hides and any(one.both and hides(one, policy) for one in years):
            continue
        whole = Compared(indicator, 0, 0, Sum(), Sum())
        for one in years:
            whole += one
        found.append(whole)
    return tuple(found)
