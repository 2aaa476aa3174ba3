"""What is read of reviews: the change of an enrolment's measures, what is due, what stands in the way."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import func, or_, select
from sqlalchemy.orm import selectinload

from cmcore.base.clock import LONDON
from cmcore.base.findings import Finding
from cmcore.base.policy import Policy
from cmcore.commissions.records import Commission
from cmcore.commissions.words import Purpose
from cmcore.enrolments.records import Enrolment
from cmcore.measures.change import Change, Ends, FinalReview, change_of, ends_of
from cmcore.measures.registry import measure_set
from cmcore.measures.sets import MeasureSet
from cmcore.programmes.records import Programme
from cmcore.reviews import rules
from cmcore.reviews.records import Review
from cmcore.reviews.rules import Held
from cmcore.reviews.words import ReviewKind
from cmcore.safekeeping.records import StateChange
from cmcore.safekeeping.work import Work
from cmcore.sessions.records import MentoringSession
from cmcore.sessions.words import MET

#: States of an enrolment in which reviews fall due.
AT_WORK = ("active", "closing")

#: States of a commission whose work goes on or is still to come.
UNDER_WAY = ("approved", "active")


@dataclass(frozen=True)
class EnrolmentChange:
    """What became of each measure of one enrolment, with the reviews it was read from."""

    measure_set: MeasureSet
    reviews: tuple[FinalReview, ...]
    ends: Ends
    changes: tuple[Change, ...]


def final_reviews(work: Work, enrolment: Enrolment) -> list[FinalReview]:
    """The final reviews of an enrolment as plain values, in order of time. Two statements, however many there are."""
    asked = (
        select(Review)
        .where(Review.enrolment_id == enrolment.id, Review.state == "final")
        .order_by(Review.held_on, Review.id)
        .options(selectinload(Review.scores))
    )
    return [as_plain(review) for review in work.db.scalars(asked)]


def as_plain(review: Review) -> FinalReview:
    """A review record as the plain values that changes are worked out from."""
    return FinalReview(
        measure_set=review.measure_set,
        kind=review.kind_of_review,
        held_on=review.held_on,
        scored_by=review.scored_by,
        scores={each.measure: each.score for each in review.scores},
        reasons={each.measure: each.not_scored_because for each in review.scores if each.not_scored_because},
        number=review.id,
    )


def change_of_enrolment(
    work: Work, enrolment: Enrolment, ref: str | None = None, scored_by: str | None = None
) -> EnrolmentChange:
    """The change of each measure between the earliest baseline and the latest review of one set and one scorer role.

    ``ref`` is the measure set; without it the set of the earliest baseline, or the programme's where there is none.
    """
    reviews = final_reviews(work, enrolment)
    if ref is None:
        ref = next((one.measure_set for one in reviews if one.kind == ReviewKind.baseline), None)
    chosen = measure_set(ref or work.get(Programme, enrolment.programme_id).measure_set)
    ends = ends_of(reviews, chosen, scored_by)
    changes = tuple(change_of(measure, ends) for measure in chosen.measures)
    return EnrolmentChange(chosen, tuple(reviews), ends, changes)


def measure_set_for(work: Work, enrolment: Enrolment) -> MeasureSet:
    """The set a new review of an enrolment is scored with: that of its baseline, so that the two can be compared."""
    asked = (
        select(Review.measure_set)
        .where(
            Review.enrolment_id == enrolment.id,
            Review.state == "final",
            Review.kind_of_review == ReviewKind.baseline,
        )
        .order_by(Review.held_on, Review.id)
        .limit(1)
    )
    ref = work.db.scalars(asked).first()
    return measure_set(ref or work.get(Programme, enrolment.programme_id).measure_set)


def others_held(work: Work, review: Review, but: Iterable[int] = ()) -> list[Held]:
    """The other final reviews of the same enrolment and set, as far as their order matters (R-MEA-6).

    Of a review without an enrolment: the young person's others without one.
    """
    left_out = {review.id, *but} - {None}
    asked = select(Review.kind_of_review, Review.held_on, Review.scored_by).where(
        Review.young_person_id == review.young_person_id,
        Review.enrolment_id == review.enrolment_id
        if review.enrolment_id is not None
        else Review.enrolment_id.is_(None),
        Review.measure_set == review.measure_set,
        Review.state == "final",
        Review.id.not_in(left_out),
    )
    return [Held(*row) for row in work.db.execute(asked)]


def reopened_on(work: Work, enrolment_id: int | None) -> date | None:
    """The day an enrolment was last reopened, if it ever was."""
    if enrolment_id is None:
        return None
    asked = select(func.max(StateChange.moved_on)).where(
        StateChange.kind_of_record == Enrolment.kind(),
        StateChange.record_id == enrolment_id,
        StateChange.transition == "reopen",
    )
    return work.db.scalar(asked)


def sessions_before(work: Work, enrolment_id: int, on: date) -> int:
    """How many sessions of an enrolment in which mentor and young person met began before a day."""
    begins = datetime.combine(on, time.min, LONDON)
    asked = select(func.count(MentoringSession.id)).where(
        MentoringSession.enrolment_id == enrolment_id,
        MentoringSession.outcome.in_(MET),
        MentoringSession.starts_at < begins,
    )
    return work.db.scalar(asked) or 0


def has_exit_review(work: Work, enrolment_id: int) -> bool:
    """Whether an enrolment has a final exit review, held since it was last reopened (R-MEA-4)."""
    since = reopened_on(work, enrolment_id)
    asked = select(Review.id).where(
        Review.enrolment_id == enrolment_id,
        Review.state == "final",
        Review.kind_of_review == ReviewKind.exit,
    )
    if since is not None:
        asked = asked.where(Review.held_on > since)
    return work.db.scalars(asked.limit(1)).first() is not None


def standing(work: Work, enrolment: Enrolment) -> list[Finding]:
    """What the rules say of an enrolment's reviews today: a late baseline (R-MEA-2), a review that is due (R-MEA-3).

    And an ending that nears, or has begun, without an exit review (R-MEA-7).
    """
    if enrolment.state not in AT_WORK or enrolment.started_on is None:
        return []
    reviews = final_reviews(work, enrolment)
    before = 0
    if not any(one.kind == ReviewKind.baseline for one in reviews):
        before = sessions_before(work, enrolment.id, work.today + timedelta(days=1))
    ends_on = ends_of_work(work, enrolment.id) if enrolment.state == "active" else None
    return what_is_due(enrolment, reviews, before, work.today, work.policy_of(enrolment), ends_on)


def ends_of_work(work: Work, enrolment_id: int) -> date | None:
    """The last day of an enrolment's commissioned mentoring; nothing where none is agreed or one has no end."""
    asked = select(Commission.ends_on).where(
        Commission.enrolment_id == enrolment_id,
        Commission.state.in_(UNDER_WAY),
        Commission.purpose == Purpose.mentoring,
    )
    days = list(work.db.scalars(asked))
    return None if None in days else max((one for one in days if one), default=None)


def what_is_due(
    enrolment: Enrolment,
    reviews: Sequence[FinalReview],
    sessions_so_far: int,
    today: date,
    policy: Policy,
    ends_on: date | None = None,
) -> list[Finding]:
    """The same for whoever has read the final reviews and counted the sessions: the database is not asked.

    ``ends_on`` is the last day of the commissioned work, where that is known.
    """
    if enrolment.state not in AT_WORK or enrolment.started_on is None:
        return []
    if not any(one.kind == ReviewKind.baseline for one in reviews):
        return rules.baseline_in_time(enrolment.started_on, sessions_so_far, None, today, policy)
    last_on = max(one.held_on for one in reviews)
    scored = any(one.kind == ReviewKind.exit for one in reviews)
    reason = enrolment.no_exit_review_because
    if enrolment.state == "closing":
        ending = rules.ends_unscored(scored, reason, policy)
    else:
        ending = rules.exit_coming(ends_on, scored or bool(reason), today, policy)
    return [*ending, *rules.review_in_time(last_on, today, policy, enrolment.review_days)]


@dataclass(frozen=True)
class Due:
    """An enrolment whose measures are to be scored: since when, or that it has no baseline yet."""

    enrolment: Enrolment
    last_on: date | None
    days_over: int


def overdue(work: Work, authority_id: int, most: int = 50) -> list[Due]:
    """Enrolments of an authority with an overdue review (R-MEA-3) or a late baseline (R-MEA-2), worst first.

    Two statements. A baseline that is late by sessions alone stands on the young person's page.
    """
    policy = work.policy_of(authority_id)
    baseline_days, review_days = policy.threshold("R-MEA-2", "days"), policy.threshold("R-MEA-3", "days")
    last = (
        select(Review.enrolment_id, func.max(Review.held_on).label("last_on"))
        .where(Review.state == "final", Review.authority_id == authority_id, Review.enrolment_id.is_not(None))
        .group_by(Review.enrolment_id)
        .subquery()
    )
    # The exact day is worked out below, for those whose interval differs; nobody is due sooner than this.
    shortest = select(func.min(Enrolment.review_days)).where(Enrolment.authority_id == authority_id)
    least = min(review_days, work.db.scalar(shortest) or review_days)
    asked = (
        select(Enrolment, last.c.last_on)
        .outerjoin(last, last.c.enrolment_id == Enrolment.id)
        .where(
            Enrolment.authority_id == authority_id,
            Enrolment.state.in_(AT_WORK),
            or_(
                last.c.last_on < work.today - timedelta(days=least),
                last.c.last_on.is_(None) & (Enrolment.started_on < work.today - timedelta(days=baseline_days)),
            ),
        )
    )
    found = []
    for enrolment, last_on in work.db.execute(asked):
        allowed = (enrolment.review_days or review_days) if last_on else baseline_days
        over = (work.today - (last_on or enrolment.started_on)).days - allowed
        if over > 0:
            found.append(Due(enrolment, last_on, over))
    return _worst(found, most)


def _worst(found: Sequence[Due], most: int) -> list[Due]:
    return sorted(found, key=lambda one: (-one.days_over, one.enrolment.id))[:most]
