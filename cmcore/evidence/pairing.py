"""Which two reviews of an enrolment are compared, in SQL: the same as the plain rule chooses, for thousands at once."""

from __future__ import annotations

from datetime import date

from sqlalchemy import BigInteger, Date, Subquery, case, cast, func, literal, select

from cmcore.evidence.days import DaysBetween
from cmcore.measures.change import BASELINE

#: More than any review's key, and a day before any review: what puts day and key into one number.
_KEYS, _DAY_NOUGHT = 2**31, date(1900, 1, 1)


def pairs_of(finals: Subquery) -> Subquery:
    """Baseline and latest review of each enrolment, chosen as :func:`~cmcore.measures.change.ends_of` does.

    One pass over the reviews: each role's first baseline and last other review, then the earliest role with both.
    The day and the key stand in one number, so that the least and the most of it are all that is asked for.
    """
    begins, ends = finals.c.kind == BASELINE, finals.c.kind != BASELINE
    days = DaysBetween(finals.c.held_on, literal(_DAY_NOUGHT, Date()))
    when = cast(days, BigInteger) * literal(_KEYS, BigInteger()) + finals.c.id
    base, late = func.min(case((begins, when))), func.max(case((ends, when)))
    began_on, latest_on = func.min(case((begins, finals.c.held_on))), func.max(case((ends, finals.c.held_on)))
    by_role = (
        select(
            finals.c.enrolment_id,
            finals.c.part,
            finals.c.scored_by,
            base.label("base"),
            (base % _KEYS).label("base_id"),
            began_on.label("began_on"),
            (late % _KEYS).label("late_id"),
            latest_on.label("latest_on"),
        )
        .group_by(finals.c.enrolment_id, finals.c.part, finals.c.scored_by)
        .having(latest_on >= began_on)
        .subquery("by_role")
    )
    earliest = func.row_number().over(partition_by=by_role.c.enrolment_id, order_by=by_role.c.base)
    both = select(by_role, earliest.label("place")).subquery("both_ends")
    return select(both).where(both.c.place == 1).subquery("pairs")
