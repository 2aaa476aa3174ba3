"""What waits for somebody, as conditions a list can be narrowed by: each says in SQL what a plain rule says of one.

The thresholds are those of the record's own authority. Every condition holds on both databases.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Date, and_, exists, false, func, literal, or_, select

from cmcore.base.policy import Policy
from cmcore.commissions.records import Commission
from cmcore.commissions.words import Purpose
from cmcore.enrolments.records import Enrolment
from cmcore.evidence.days import DaysBetween
from cmcore.mentors.records import Mentor, MentorCheck
from cmcore.mentors.rules import DBS, LIABILITY
from cmcore.reviews.queries import AT_WORK, UNDER_WAY
from cmcore.reviews.records import Review
from cmcore.reviews.words import ReviewKind
from cmcore.risks.records import KnownRisk, RiskBriefing
from cmcore.safekeeping.work import Work
from cmcore.sessions.queries import used_of_commission
from cmcore.sessions.records import MentoringSession
from cmcore.sessions.words import MET

Condition = ColumnElement[bool]


def _gone(today: date, since: Any) -> ColumnElement[int]:
    return DaysBetween(literal(today, Date()), since)


def _by_authority(work: Work, of: Any, made: Callable[[Policy], Condition]) -> Condition:
    """The condition with the thresholds of each authority within reach; the first one's for what belongs elsewhere."""
    keys = sorted(work.scope.authorities) if work.scope else []
    if len(keys) < 2:
        return or_(false(), *(made(work.policy_of(key)) for key in keys))
    elsewhere = and_(of.not_in(keys), made(work.policy_of(keys[0])))
    return or_(elsewhere, *(and_(of == key, made(work.policy_of(key))) for key in keys))


def _final(*kinds: ReviewKind) -> list[Condition]:
    of_kind = [Review.kind_of_review.in_(kinds)] if kinds else []
    return [Review.enrolment_id == Enrolment.id, Review.state == "final", *of_kind]


def baseline_late(work: Work) -> Condition:
    """Enrolments whose first score is late (R-MEA-2)."""
    held = select(func.count(MentoringSession.id)).where(
        MentoringSession.enrolment_id == Enrolment.id,
        MentoringSession.outcome.in_(MET),
        MentoringSession.starts_at <= work.clock.now(),
    )

    def late(policy: Policy) -> Condition:
        days, sessions = policy.threshold("R-MEA-2", "days"), policy.threshold("R-MEA-2", "sessions")
        return or_(
            Enrolment.started_on < work.today - timedelta(days=days),
            held.correlate(Enrolment).scalar_subquery() >= sessions,
        )

    return and_(
        Enrolment.state.in_(AT_WORK),
        Enrolment.started_on.is_not(None),
        ~exists().where(*_final(ReviewKind.baseline)).correlate(Enrolment),
        _by_authority(work, Enrolment.authority_id, late),
    )


def review_over(work: Work) -> Condition:
    """Enrolments whose next review is over its day (R-MEA-3)."""
    last = select(func.max(Review.held_on)).where(*_final()).correlate(Enrolment).scalar_subquery()

    def over(policy: Policy) -> Condition:
        return _gone(work.today, last) > func.coalesce(Enrolment.review_days, policy.threshold("R-MEA-3", "days"))

    return and_(
        Enrolment.state.in_(AT_WORK),
        Enrolment.started_on.is_not(None),
        exists().where(*_final(ReviewKind.baseline)).correlate(Enrolment),
        _by_authority(work, Enrolment.authority_id, over),
    )


def baseline_to_take(work: Work) -> Condition:
    """Enrolments that have started and have no first score, which is not late yet (R-MEA-2)."""
    return and_(
        Enrolment.state.in_(AT_WORK),
        Enrolment.started_on.is_not(None),
        Enrolment.young_person_id.is_not(None),
        ~exists().where(*_final(ReviewKind.baseline)).correlate(Enrolment),
        ~baseline_late(work),
    )


def exit_coming(work: Work) -> Condition:
    """Enrolments whose commissioned work ends soon, with a baseline and without an exit review (R-MEA-7)."""
    under_way = [
        Commission.enrolment_id == Enrolment.id,
        Commission.state.in_(UNDER_WAY),
        Commission.purpose == Purpose.mentoring,
    ]
    ends = select(func.max(Commission.ends_on)).where(*under_way).correlate(Enrolment).scalar_subquery()

    def soon(policy: Policy) -> Condition:
        told: Condition = ends <= work.today + timedelta(days=policy.threshold("R-MEA-7", "days"))
        return told

    return and_(
        Enrolment.state == "active",
        Enrolment.started_on.is_not(None),
        Enrolment.no_exit_review_because == "",
        exists().where(*_final(ReviewKind.baseline)).correlate(Enrolment),
        ~exists().where(*_final(ReviewKind.exit)).correlate(Enrolment),
        ~exists().where(*under_way, Commission.ends_on.is_(None)).correlate(Enrolment),
        _by_authority(work, Enrolment.authority_id, soon),
    )


def exit_missing(work: Work) -> Condition:
    """Enrolments that are closing, with neither an exit review nor a reason for none (R-MEA-4)."""
    return and_(
        Enrolment.state == "closing",
        Enrolment.no_exit_review_because == "",
        ~exists().where(*_final(ReviewKind.exit)).correlate(Enrolment),
    )


def hours_nearly_used(work: Work) -> Condition:
    """Active commissions of which so much is used that more hours should be thought of (R-COM-2)."""
    used = used_of_commission()

    def nearly(policy: Policy) -> Condition:
        told: Condition = used * 100 >= Commission.minutes * policy.threshold("R-COM-2", "told_at_percent")
        return told

    return and_(Commission.state == "active", _by_authority(work, Commission.authority_id, nearly))


def dbs_running_out(work: Work) -> Condition:
    """Active mentors without a DBS certificate, seen by today, that counts beyond the days of R-DBS-3."""

    def running_out(policy: Policy) -> Condition:
        by = work.today + timedelta(days=policy.threshold("R-DBS-3", "days"))
        too_old = _years_before(by, policy.threshold("R-DBS-2", "years"))
        counts = exists().where(
            MentorCheck.mentor_id == Mentor.id,
            MentorCheck.kind_of_check == DBS,
            MentorCheck.seen_on <= work.today,
            MentorCheck.issued_on <= work.today,
            MentorCheck.issued_on > too_old,
            or_(MentorCheck.expires_on.is_(None), MentorCheck.expires_on >= by),
        )
        return ~counts.correlate(Mentor)

    return and_(Mentor.state == "active", _by_authority(work, Mentor.home_authority_id, running_out))


def insurance_running_out(work: Work) -> Condition:
    """Active mentors without public liability insurance, seen by today, beyond the days of R-INS-1."""

    def running_out(policy: Policy) -> Condition:
        by = work.today + timedelta(days=policy.threshold("R-INS-1", "days"))
        counts = exists().where(
            MentorCheck.mentor_id == Mentor.id,
            MentorCheck.kind_of_check == LIABILITY,
            MentorCheck.seen_on <= work.today,
            MentorCheck.issued_on <= work.today,
            or_(MentorCheck.expires_on.is_(None), MentorCheck.expires_on >= by),
        )
        return ~counts.correlate(Mentor)

    return and_(Mentor.state == "active", _by_authority(work, Mentor.home_authority_id, running_out))


def session_unreported(work: Work) -> Condition:
    """Planned sessions whose time has passed and of which nobody has said how they went."""
    return and_(MentoringSession.outcome.is_(None), MentoringSession.ends_at <= work.clock.now())


def _years_before(on: date, years: int) -> date:
    """The latest day whose anniversary is not after a day; of 29 February the anniversary is 1 March."""
    try:
        return on.replace(year=on.year - years)
    except ValueError:
        return date(on.year - years, 2, 28)


def to_be_briefed(work: Work) -> Condition:
    """Active commissions whose mentor was not briefed of a known risk of the young person (R-RIS-1)."""
    briefed = exists().where(RiskBriefing.known_risk_id == KnownRisk.id, RiskBriefing.mentor_id == Commission.mentor_id)
    lacking = exists().where(
        KnownRisk.young_person_id == Commission.young_person_id,
        KnownRisk.ended_on.is_(None),
        ~briefed.correlate(KnownRisk, Commission),
    )
    return and_(Commission.state == "active", lacking.correlate(Commission))
