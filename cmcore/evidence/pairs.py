"""Who can be compared, mentor by mentor: how many have both scores of how many who started, and who is missing.

A sister pilot of the same research mentored 21 young people and could not be evaluated, because only 13 had both scores
[Research]: so what is missing is counted while it can still be made good.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, and_, case, exists, false, func, select
from sqlalchemy.orm import aliased

from cmcore.commissions.records import Commission
from cmcore.enrolments.records import Enrolment
from cmcore.evidence.account import whole_percent
from cmcore.evidence.waiting import exit_coming, exit_missing
from cmcore.measures.change import BASELINE
from cmcore.mentors.records import Mentor
from cmcore.reviews.records import Review
from cmcore.safekeeping.work import Work

Condition = ColumnElement[bool]


@dataclass(frozen=True)
class PairTally:
    """How many of one mentor's can be compared. An enrolment with two mentors counts once, under the later.

    ``paired``, ``baseline_only``, ``no_baseline`` and ``lost`` add up to ``started``: both scores; a first score, and
    time for another; no first score yet; ended without both. ``exit_due`` are those whose exit review is due now.
    """

    mentor_id: int | None
    mentor: str
    started: int
    paired: int
    baseline_only: int
    no_baseline: int
    lost: int
    exit_due: int

    def percent(self, least_pairs: int) -> int | None:
        """The share with both scores as a whole percentage; nothing where fewer started than a share is shown of."""
        if self.started < max(1, least_pairs):
            return None
        return whole_percent(self.paired / self.started)


def mentor_of() -> ColumnElement[Any]:
    """The mentor of an enrolment's latest commission, as SQL over :class:`Enrolment`."""
    return (
        select(Commission.mentor_id)
        .where(Commission.enrolment_id == Enrolment.id)
        .order_by(Commission.starts_on.desc(), Commission.id.desc())
        .limit(1)
        .correlate(Enrolment)
        .scalar_subquery()
    )


def _scored_twice() -> Condition:
    """A baseline and a later review by the same scorer role in the same set, as pairs of evidence are chosen."""
    first, later = aliased(Review), aliased(Review)
    return exists().where(
        first.enrolment_id == Enrolment.id,
        first.state == "final",
        first.kind_of_review == BASELINE,
        later.enrolment_id == first.enrolment_id,
        later.state == "final",
        later.kind_of_review != BASELINE,
        later.scored_by == first.scored_by,
        later.measure_set == first.measure_set,
        later.held_on >= first.held_on,
    )


def _has_baseline() -> Condition:
    return exists().where(
        Review.enrolment_id == Enrolment.id, Review.state == "final", Review.kind_of_review == BASELINE
    )


def _started() -> Condition:
    return and_(Enrolment.started_on.is_not(None), Enrolment.young_person_id.is_not(None))


def _ended() -> Condition:
    return Enrolment.ended_on.is_not(None)


#: How an enrolment that started stands, each in one way only: the words, and the condition.
STANDS: Mapping[str, tuple[str, Callable[[], Condition]]] = {
    "both": ("Both scores", lambda: and_(_started(), _scored_twice())),
    "first": ("A first score only", lambda: and_(_started(), ~_ended(), _has_baseline(), ~_scored_twice())),
    "none": ("No first score yet", lambda: and_(_started(), ~_ended(), ~_has_baseline(), ~_scored_twice())),
    "lost": ("Ended without both scores", lambda: and_(_started(), _ended(), ~_scored_twice())),
}


def stands(key: str) -> Condition:
    """The enrolments that stand so; another key finds none."""
    return STANDS[key][1]() if key in STANDS else false()


def pairs_by_mentor(
    work: Work, *, authority_id: int | None = None, mentors: Collection[int] | None = None
) -> list[PairTally]:
    """The tally of every mentor within reach by name, of one authority's or of these only; last, who has no mentor.

    One statement, and another for the names. Whoever asks counts what they may see: a mentor their own.
    """
    waits = exit_missing(work) | exit_coming(work)
    each = (
        select(
            mentor_of().label("mentor_id"),
            *(case((makes(), 1), else_=0).label(key) for key, (_, makes) in STANDS.items()),
            case((waits, 1), else_=0).label("exit_due"),
        )
        .where(_started(), *([Enrolment.authority_id == authority_id] if authority_id is not None else []))
        .subquery("standing")
    )
    asked = select(
        each.c.mentor_id,
        func.count().label("started"),
        *(func.sum(each.c[key]).label(key) for key in (*STANDS, "exit_due")),
    ).group_by(each.c.mentor_id)
    if mentors is not None:
        asked = asked.where(each.c.mentor_id.in_(mentors))
    rows = work.db.execute(asked).all()
    known = [row.mentor_id for row in rows if row.mentor_id is not None]
    names: dict[int, str] = {}
    if known:
        asked_names = select(Mentor.id, Mentor.name).where(Mentor.id.in_(known))
        names = {row.id: row.name for row in work.db.execute(asked_names)}
    made = [
        PairTally(
            mentor_id=row.mentor_id,
            mentor=names.get(row.mentor_id, "A mentor of another authority" if row.mentor_id else "No mentor yet"),
            started=row.started,
            paired=int(row.both),
            baseline_only=int(row.first),
            no_baseline=int(row.none),
            lost=int(row.lost),
            exit_due=int(row.exit_due),
        )
        for row in rows
    ]
    return sorted(made, key=lambda one: (one.mentor_id is None, one.mentor.casefold(), one.mentor_id or 0))


def together(tallies: Iterable[PairTally], words: str = "All") -> PairTally:
    """All of them added up: an enrolment stands in one only."""
    known = list(tallies)
    sums = {
        name: sum(getattr(one, name) for one in known)
        for name in ("started", "paired", "baseline_only", "no_baseline", "lost", "exit_due")
    }
    return PairTally(mentor_id=None, mentor=words, **sums)
