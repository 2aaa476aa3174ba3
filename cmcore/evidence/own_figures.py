"""The figures the core brings: who is looked after and mentored, sessions, hours, reviews, change, plans."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement, func, or_, select

from cmcore.base.clock import LONDON
from cmcore.base.periods import Period
from cmcore.evidence.figures import Counted, Figure
from cmcore.measures.change import FinalReview, Outcome, changes_of, ends_of
from cmcore.measures.registry import measure_sets
from cmcore.peps.records import PepCycle
from cmcore.reviews.records import Review, ReviewScore
from cmcore.safekeeping.work import Work
from cmcore.sessions.records import MentoringSession
from cmcore.sessions.words import MET
from cmcore.virtual_schools.records import Authority
from cmcore.young_people.records import YoungPerson

_FAR = date(2999, 12, 31)


def _whole(work: Work, asked: Any) -> int:
    return int(work.db.scalar(asked) or 0)


def _looked_after(authority: Authority, period: Period) -> tuple[ColumnElement[bool], ...]:
    """Whose time in care meets the period."""
    return (
        YoungPerson.authority_id == authority.id,
        YoungPerson.looked_after_from <= (period.ends_on or _FAR),
        or_(YoungPerson.ceased_on.is_(None), YoungPerson.ceased_on >= period.starts_on),
    )


def _recorded(authority: Authority, period: Period) -> tuple[ColumnElement[bool], ...]:
    """Sessions of the period of which it is said how they went."""
    last = (period.ends_on or _FAR) + timedelta(days=1)
    return (
        MentoringSession.authority_id == authority.id,
        MentoringSession.outcome.is_not(None),
        MentoringSession.starts_at >= datetime.combine(period.starts_on, time(), LONDON),
        MentoringSession.starts_at < datetime.combine(last, time(), LONDON),
    )


def _met(authority: Authority, period: Period) -> tuple[ColumnElement[bool], ...]:
    return (*_recorded(authority, period), MentoringSession.outcome.in_(MET))


def looked_after(work: Work, authority: Authority, period: Period) -> Counted:
    """Young people whose time in care meets the period."""
    return Counted(_whole(work, select(func.count(YoungPerson.id)).where(*_looked_after(authority, period))))


def mentored(work: Work, authority: Authority, period: Period) -> Counted:
    """Young people who met a mentor in the period."""
    people = func.count(MentoringSession.young_person_id.distinct())
    return Counted(_whole(work, select(people).where(*_met(authority, period))))


def looked_after_mentored(work: Work, authority: Authority, period: Period) -> Counted:
    """Of the young people looked after in the period, those who met a mentor in it."""
    theirs = _looked_after(authority, period)
    met = select(MentoringSession.young_person_id).where(*_met(authority, period))
    reached = select(func.count(YoungPerson.id)).where(*theirs, YoungPerson.id.in_(met))
    return Counted(_whole(work, reached), looked_after(work, authority, period).number)


def sessions_held(work: Work, authority: Authority, period: Period) -> Counted:
    """Sessions at which mentor and young person met, of all that were to be held and are recorded."""
    of = select(func.count(MentoringSession.id)).where(*_recorded(authority, period))
    held = select(func.count(MentoringSession.id)).where(*_met(authority, period))
    return Counted(_whole(work, held), _whole(work, of))


def hours_held(work: Work, authority: Authority, period: Period) -> Counted:
    """Whole hours of the sessions held."""
    minutes = select(func.coalesce(func.sum(MentoringSession.minutes), 0)).where(*_met(authority, period))
    return Counted(_whole(work, minutes) // 60)


def reviews_held(work: Work, authority: Authority, period: Period) -> Counted:
    """Final reviews held in the period."""
    asked = select(func.count(Review.id)).where(
        Review.authority_id == authority.id,
        Review.state == "final",
        Review.held_on >= period.starts_on,
        Review.held_on <= (period.ends_on or _FAR),
    )
    return Counted(_whole(work, asked))


def pairs_improved(work: Work, authority: Authority, period: Period) -> Counted:
    """Pairs of scores that improved, of all pairs whose later review was held in the period. One statement."""
    asked = (
        select(
            Review.enrolment_id,
            Review.id,
            Review.measure_set,
            Review.kind_of_review,
            Review.held_on,
            Review.scored_by,
            ReviewScore.measure,
            ReviewScore.score,
        )
        .join(ReviewScore, ReviewScore.review_id == Review.id)
        .where(
            Review.authority_id == authority.id,
            Review.enrolment_id.is_not(None),
            Review.state == "final",
            Review.held_on <= (period.ends_on or _FAR),
        )
        .order_by(Review.id)
    )
    reviews: dict[int | None, dict[int, FinalReview]] = {}
    scores: dict[int, dict[str, int | None]] = {}
    for enrolment, key, ref, kind, on, by, measure, score in work.db.execute(asked):
        scores.setdefault(key, {})[measure] = score
        reviews.setdefault(enrolment, {})[key] = FinalReview(ref, kind, on, by, scores[key], number=key)
    known, improved, pairs = measure_sets(), 0, 0
    for of_one in reviews.values():
        told = list(of_one.values())
        for ref in {one.measure_set for one in told if one.measure_set in known}:
            latest = ends_of(told, known[ref]).latest
            if latest is None or not period.covers(latest.held_on):
                continue
            for change in changes_of(told, known[ref]):
                pairs += change.outcome.paired
                improved += change.outcome is Outcome.improved
    return Counted(improved, pairs)


def peps_held(work: Work, authority: Authority, period: Period) -> Counted:
    """Education plans whose meeting was held, of all whose term ends in the period."""
    of_terms = (
        PepCycle.authority_id == authority.id,
        PepCycle.term_ends_on >= period.starts_on,
        PepCycle.term_ends_on <= (period.ends_on or _FAR),
    )
    held = select(func.count(PepCycle.id)).where(*of_terms, PepCycle.held_on.is_not(None))
    return Counted(_whole(work, held), _whole(work, select(func.count(PepCycle.id)).where(*of_terms)))


#: Every figure of the core, in the order they are offered.
OWN: tuple[Figure, ...] = (
    Figure(
        key="looked_after",
        title="Young people looked after",
        meaning="Young people with a day they came into care, whose time in care meets the period.",
        count=looked_after,
    ),
    Figure(
        key="mentored",
        title="Young people mentored",
        meaning="Young people with at least one session in the period at which they met their mentor.",
        count=mentored,
    ),
    Figure(
        key="looked_after_mentored",
        title="Young people looked after who were mentored",
        meaning="Of the young people looked after in the period, those who met a mentor at least once in it.",
        count=looked_after_mentored,
    ),
    Figure(
        key="sessions_held",
        title="Mentoring sessions held",
        meaning="Sessions at which mentor and young person met, of all sessions of the period that are recorded: the "
        "others were missed, called off or put off.",
        count=sessions_held,
        of_people=False,
    ),
    Figure(
        key="hours_held",
        title="Hours of mentoring",
        meaning="The time of the sessions held in the period, in whole hours; what is left of an hour is dropped.",
        count=hours_held,
        of_people=False,
    ),
    Figure(
        key="reviews_held",
        title="Reviews of the measures",
        meaning="Final reviews held in the period; drafts and reviews that were superseded are not counted.",
        count=reviews_held,
    ),
    Figure(
        key="pairs_improved",
        title="Scores that improved",
        meaning="Of all pairs of scores (one measure at the baseline and at the latest final review by the same role, "
        "held in the period), those in which the later one is better.",
        count=pairs_improved,
    ),
    Figure(
        key="peps_held",
        title="Education plans with a meeting held",
        meaning="Of the PEPs whose term ends in the period, those with a day on which the meeting was held.",
        count=peps_held,
    ),
)
