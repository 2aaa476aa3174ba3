"""What leaves the authority, held against the accounts that left it before: together they tell of no few (R-SUP-1).

A line that was given out stays as it is, with the day it was first given out, until what it counts now lies so far from
everything shown of it that no difference tells of fewer than three schools, or of a small number. That it stayed is not
said: it would tell that little changed. A sum over years is made of the lines that are shown, and tells no more.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlalchemy import select

from cmcore.api import Authority, Work, for_others
from cmcore.api.evidencing import Disclosure
from cmcore_attachment_aware.account import LEAST_SCHOOLS, CohortAccount, Compared, Sum, accounts_of, hides
from cmcore_attachment_aware.records import AwareCohort, AwareRelease
from cmcore_attachment_aware.telling import tells_of_few
from cmcore_attachment_aware.words import Indicator

_Earlier = dict[tuple[int, str], list[Compared]]


@dataclass(frozen=True)
class Outside:
    """The account as readers outside have it: cohorts whose year is over, and how small numbers are told there."""

    accounts: list[CohortAccount]
    policy: Disclosure
    #: The lines that were not shown before.
    fresh: tuple[tuple[AwareCohort, Compared], ...]


def for_readers(work: Work, authority: Authority) -> Outside:
    """What would leave the authority today; nothing of it is remembered.

    A year that goes on is left out: its sums today and next month would tell apart the school that came between.
    """
    policy, earlier = for_others(work, authority), _earlier(work, authority)
    accounts, fresh = [], []
    for one in accounts_of(work, authority):
        if not one.over(work):
            continue
        shown = []
        for found in one.compared:
            before = earlier[one.cohort.id, found.indicator.value]
            line = beside(replace(found, as_at=work.today), before, policy)
            if line not in before and line.both and not (policy.hides and hides(line, policy)):
                fresh.append((one.cohort, line))
            shown.append(line)
        accounts.append(replace(one, compared=tuple(shown)))
    return Outside(accounts, policy, tuple(fresh))


def give_out(work: Work, authority: Authority) -> Outside:
    """The account for readers outside, remembered as given out; what is the same as before is remembered once."""
    # Held until the transaction ends: of two accounts given out at once, the second must know of the first.
    held = select(AwareCohort.id).where(AwareCohort.authority_id == authority.id).order_by(AwareCohort.id)
    work.db.execute(held.with_for_update())
    found = for_readers(work, authority)
    for cohort, line in found.fresh:
        work.add(
            AwareRelease(
                authority_id=authority.id,
                attachment_aware_cohort_id=cohort.id,
                indicator=line.indicator.value,
                schools=line.schools,
                counted=line.both,
                before_number=line.before.number,
                before_out_of=line.before.out_of,
                after_number=line.after.number,
                after_out_of=line.after.out_of,
                which=None if line.which is None else sorted(map(list, line.which)),
                given_out_on=work.today,
            )
        )
    return found


def beside(found: Compared, earlier: Sequence[Compared], policy: Disclosure) -> Compared:
    """An indicator as it may be shown beside what was shown of it ``earlier``, the first one first.

    What it counts now, where nothing was shown, or where it lies apart from each and all together tell of no few; else
    what was shown last.
    """
    if not earlier or not policy.hides:
        same = bool(earlier) and _sums(earlier[-1]) == _sums(found)
        return earlier[-1] if same else found
    tells = (
        not found.both
        or hides(found, policy)
        or not all(apart(found, one, policy) for one in earlier)
        or _together(found, earlier, policy)
    )
    return earlier[-1] if tells else found


def _together(found: Compared, earlier: Sequence[Compared], policy: Disclosure) -> bool:
    """Whether three lines and more tell of a few, of which no two do; so it is taken where one was kept without which
    counts it sums.
    """
    if len(earlier) < 2:
        return False
    accounts = [(one.which, _numbers(one)) for one in (*earlier, found)]
    known = [(which, figures) for which, figures in accounts if which is not None]
    return len(known) < len(accounts) or tells_of_few(known, LEAST_SCHOOLS, policy.is_small)


def apart(one: Compared, other: Compared, policy: Disclosure) -> bool:
    """Whether two lines may both be known: three schools more or fewer, and no number of theirs differs by a few.

    Not of as many schools: one could have come for another, or been counted anew, and would be told.
    """
    if abs(one.both - other.both) < LEAST_SCHOOLS:
        return False
    differences = (abs(each - before) for each, before in zip(_numbers(one), _numbers(other), strict=True))
    return not any(policy.is_small(each) for each in differences)


def _numbers(line: Compared) -> tuple[int, ...]:
    """All that a reader can take away: how many, how many not, and of how many, before and after."""
    return tuple(
        each
        for found in (line.before, line.after)
        for each in (found.number, found.out_of - found.number, found.out_of)
    )


def _sums(line: Compared) -> tuple[int, Sum, Sum]:
    return line.both, line.before, line.after


def _earlier(work: Work, authority: Authority) -> _Earlier:
    """What was given out of each cohort and indicator, the first one first."""
    asked = select(AwareRelease).where(AwareRelease.authority_id == authority.id).order_by(AwareRelease.id)
    found: _Earlier = defaultdict(list)
    for one in work.db.scalars(asked):
        line = Compared(
            Indicator(one.indicator),
            one.schools,
            one.counted,
            Sum(one.before_number, one.before_out_of),
            Sum(one.after_number, one.after_out_of),
            as_at=one.given_out_on,
            which=None if one.which is None else frozenset((school, state) for school, state in one.which),
        )
        found[one.attachment_aware_cohort_id, one.indicator].append(line)
    return found
