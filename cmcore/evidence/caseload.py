"""How many enrolments stand, for a list of them: who works with whom, hours used, both scores, the next review."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from sqlalchemy import ScalarSelect, String, cast, func, select

from cmcore.base.policy import Policy
from cmcore.commissions.records import Commission
from cmcore.enrolments.records import Enrolment
from cmcore.measures.change import Ends, FinalReview, ends_of
from cmcore.measures.registry import measure_set, measure_sets
from cmcore.mentors.records import Mentor
from cmcore.reviews import rules
from cmcore.reviews.queries import AT_WORK
from cmcore.reviews.records import Review
from cmcore.reviews.words import ReviewKind
from cmcore.safekeeping.work import Work
from cmcore.sessions.records import MentoringSession
from cmcore.sessions.words import MET

#: No word of a review's columns holds one of these.
_BETWEEN, _WITHIN = ";", "|"


@dataclass(frozen=True)
class Standing:
    """How one enrolment stands: its mentors (those at work first), minutes commissioned and used, and its reviews.

    ``reviews`` are the final ones without their scores, the earliest first; ``concern`` is that of the latest which
    says one.
    """

    mentors: tuple[str, ...] = ()
    minutes: int = 0
    used: int = 0
    met: int = 0
    reviews: tuple[FinalReview, ...] = ()
    concern: str = ""
    _live: frozenset[str] = field(default=frozenset(), repr=False)

    @property
    def mentor(self) -> str:
        """The mentor at work, or the last one; nothing before the first."""
        live = [each for each in self.mentors if each in self._live]
        return (live or [*self.mentors[-1:], ""])[0]

    @property
    def has_baseline(self) -> bool:
        """Whether there is a first score."""
        return any(one.kind == ReviewKind.baseline for one in self.reviews)

    def ends(self, ref: str) -> Ends:
        """The two reviews that can be compared, in the set of the earliest baseline or else this one."""
        used = next((one.measure_set for one in self.reviews if one.kind == ReviewKind.baseline), ref)
        # Scores in a set whose plugin is not in use are kept, and compared with nothing.
        known = used in measure_sets()
        return ends_of(self.reviews if known else (), measure_set(used if known else "eight@1"))


@dataclass(frozen=True)
class NextReview:
    """What is to be scored next, "baseline", "review" or "exit", and how many days are left; less than none is late."""

    kind: str
    days: int


def standings(work: Work, enrolments: Collection[Enrolment]) -> dict[int, Standing]:
    """How each of these enrolments stands. One statement, however many there are."""
    found: dict[int, Standing] = {}
    if not enrolments:
        return found
    for row in work.db.execute(_asked([each.id for each in enrolments])):
        before = found.get(row.id) or _with_reviews(row.reviews)
        if row.minutes is None:
            found[row.id] = before
            continue
        live = {row.name} if row.state == "active" and row.name else set()
        names = before.mentors if row.name in (None, *before.mentors) else (*before.mentors, row.name)
        found[row.id] = replace(
            before,
            mentors=names,
            minutes=before.minutes + row.minutes,
            used=before.used + int(row.used),
            met=before.met + int(row.met),
            _live=before._live | live,
        )
    return found


def next_review(enrolment: Enrolment, standing: Standing, today: date, policy: Policy) -> NextReview | None:
    """What is to be scored next and when, as R-MEA-2 to R-MEA-4 say; nothing while nothing is due."""
    if enrolment.state not in AT_WORK or enrolment.started_on is None:
        return None
    if not standing.has_baseline:
        left = policy.threshold("R-MEA-2", "days") - (today - enrolment.started_on).days
        late = rules.baseline_in_time(enrolment.started_on, standing.met, None, today, policy)
        return NextReview("baseline", min(left, -1) if late else left)
    if enrolment.state == "closing":
        scored = any(one.kind == ReviewKind.exit for one in standing.reviews) or enrolment.no_exit_review_because
        return None if scored else NextReview("exit", 0)
    due_on = rules.review_due_on(max(one.held_on for one in standing.reviews), policy, enrolment.review_days)
    return NextReview("review", (due_on - today).days)


def _asked(ids: Sequence[int]) -> Any:
    return (
        select(
            Enrolment.id,
            Commission.minutes,
            Commission.state,
            Mentor.name,
            _of_commission(func.coalesce(func.sum(MentoringSession.minutes), 0), MentoringSession.chargeable).label(
                "used"
            ),
            _of_commission(func.count(MentoringSession.id), MentoringSession.outcome.in_(MET)).label("met"),
            _reviews().label("reviews"),
        )
        .outerjoin(Commission, Commission.enrolment_id == Enrolment.id)
        .outerjoin(Mentor, Mentor.id == Commission.mentor_id)
        .where(Enrolment.id.in_(ids))
        .order_by(Enrolment.id, Commission.starts_on, Commission.id)
    )


def _of_commission(counted: Any, condition: Any) -> ScalarSelect[Any]:
    return (
        select(counted)
        .where(MentoringSession.commission_id == Commission.id, MentoringSession.outcome.is_not(None), condition)
        .correlate(Commission)
        .scalar_subquery()
    )


def _reviews() -> ScalarSelect[Any]:
    columns = (
        Review.kind_of_review,
        cast(Review.held_on, String),
        Review.scored_by,
        Review.measure_set,
        func.coalesce(Review.concern, ""),
        cast(Review.id, String),
    )
    told: Any = columns[0]
    for each in columns[1:]:
        told = told + _WITHIN + each
    return (
        select(func.aggregate_strings(told, _BETWEEN))
        .where(Review.enrolment_id == Enrolment.id, Review.state == "final")
        .correlate(Enrolment)
        .scalar_subquery()
    )


def _with_reviews(told: str | None) -> Standing:
    reviews, concerns = [], {}
    for one in (told or "").split(_BETWEEN) if told else ():
        kind, on, by, ref, concern, number = one.split(_WITHIN)
        made = FinalReview(ref, kind, date.fromisoformat(on), by, {}, number=int(number))
        reviews.append(made)
        if concern:
            concerns[made.order] = concern
    ordered = tuple(sorted(reviews, key=lambda one: one.order))
    return Standing(reviews=ordered, concern=concerns[max(concerns)] if concerns else "")
