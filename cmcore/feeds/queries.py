"""What is before somebody, as their own scope shows it: sessions, reviews that are due, hours and checks that end."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session, joinedload, selectinload

from cmcore.commissions.records import Commission
from cmcore.enrolments.records import Enrolment
from cmcore.feeds.actions import hash_of
from cmcore.feeds.records import CalendarFeed
from cmcore.mentors.queries import checks_of
from cmcore.mentors.records import Mentor
from cmcore.mentors.rules import counts_until
from cmcore.messages.wording import Link, Message, Place, Said, Wording, say
from cmcore.reviews.queries import AT_WORK
from cmcore.reviews.records import Review
from cmcore.safekeeping.access import beyond
from cmcore.safekeeping.work import Work
from cmcore.sessions.records import MentoringSession
from cmcore.sessions.words import SessionPlace
from cmcore.young_people.records import YoungPerson

#: How far back and ahead a feed reaches.
BACK, AHEAD = timedelta(days=14), timedelta(days=180)
#: The most entries of one kind.
MOST = 500
_TOKEN = beyond("finds whose feed a token opens, before anybody's scope is known; one sign-in name comes back")


@dataclass(frozen=True)
class Ahead:
    """One thing that is before somebody: a key that stays, when, and what it says, before it has passed the gate."""

    key: str
    starts: datetime | date
    ends: datetime | None
    message: Message


def whose(engine: Engine, token: str) -> tuple[int, str] | None:
    """The key and the sign-in name of the feed a token opens; nothing for one that is unknown or was taken back."""
    asked = select(CalendarFeed.id, CalendarFeed.login).where(
        CalendarFeed.token_hash == hash_of(token), CalendarFeed.revoked_at.is_(None)
    )
    with Session(engine) as db:
        found = db.execute(asked, execution_options=_TOKEN).first()
    return (found.id, found.login) if found is not None else None


def before_them(work: Work) -> list[Ahead]:
    """What is before whoever the work is for. Every row of it is within their reach, and of kinds their role sees."""
    found = list(_sessions(work)) if work.may("session.see") else []
    if work.may("review.see"):
        found += _reviews(work)
    if work.may("commission.see"):
        found += _hours(work)
    if work.may("mentor_check.see"):
        found += _checks(work)
    return found


def _about(person: YoungPerson, of: Wording, alone: Wording) -> Said:
    """Initials and reference; the reference alone where no name is known."""
    if person.initials == person.ref:
        return say(alone, ref=person.ref)
    return say(of, initials=person.initials, ref=person.ref)


def _sessions(work: Work) -> Iterator[Ahead]:
    """A mentor's own sessions that are planned."""
    mentors = [grant.mentor_id for grant in (work.scope.grants if work.scope else ()) if grant.mentor_id is not None]
    now = work.clock.now()
    asked = (
        select(MentoringSession)
        .where(
            MentoringSession.mentor_id.in_(mentors),
            MentoringSession.outcome.is_(None),
            MentoringSession.starts_at >= now - BACK,
            MentoringSession.starts_at < now + AHEAD,
        )
        .options(joinedload(MentoringSession.young_person))
        .order_by(MentoringSession.starts_at)
        .limit(MOST)
    )
    for each in work.db.scalars(asked) if mentors else ():
        if each.young_person is not None:
            title = _about(each.young_person, Wording.feed_session, Wording.feed_session_of)
            where = say(Wording.feed_place, where=SessionPlace.say(each.place))
            message = Message(title, (where,), Link(Place.session, each.id))
            yield Ahead(f"session-{each.id}", each.starts_at, each.ends_at, message)


def _reviews(work: Work) -> Iterator[Ahead]:
    """The day each review is due: of the baseline R-MEA-2 says it, of those that follow R-MEA-3."""
    last = select(Review.enrolment_id, func.max(Review.held_on).label("held_on")).where(Review.state == "final")
    latest = last.group_by(Review.enrolment_id).subquery()
    asked = (
        select(Enrolment, latest.c.held_on, YoungPerson)
        .join(YoungPerson, YoungPerson.id == Enrolment.young_person_id)
        .outerjoin(latest, latest.c.enrolment_id == Enrolment.id)
        .where(Enrolment.state.in_(AT_WORK), Enrolment.started_on.is_not(None))
        .order_by(Enrolment.id)
        .limit(MOST * 4)
    )
    soon: list[tuple[date, Enrolment, YoungPerson]] = []
    for enrolment, held_on, person in work.db.execute(asked):
        policy = work.policy_of(enrolment)
        days = enrolment.review_days or policy.threshold("R-MEA-3", "days")
        if held_on is None:
            held_on, days = enrolment.started_on, policy.threshold("R-MEA-2", "days")
        due = held_on + timedelta(days=days)
        if work.today - BACK <= due <= work.today + AHEAD:
            soon.append((due, enrolment, person))
    for due, enrolment, person in sorted(soon, key=lambda one: (one[0], one[1].id))[:MOST]:
        title = _about(person, Wording.feed_review, Wording.feed_review_of)
        yield Ahead(f"review-{enrolment.id}", due, None, Message(title, (), Link(Place.enrolment, enrolment.id)))


def _hours(work: Work) -> Iterator[Ahead]:
    """The last day of commissions that are active."""
    asked = (
        select(Commission)
        .where(
            Commission.state == "active",
            Commission.ends_on >= work.today - BACK,
            Commission.ends_on <= work.today + AHEAD,
        )
        .options(joinedload(Commission.young_person))
        .order_by(Commission.ends_on, Commission.id)
        .limit(MOST)
    )
    for each in work.db.scalars(asked):
        if each.young_person is not None and each.ends_on is not None:
            title = _about(each.young_person, Wording.feed_hours, Wording.feed_hours_of)
            yield Ahead(f"hours-{each.id}", each.ends_on, None, Message(title, (), Link(Place.commission, each.id)))


def _checks(work: Work) -> Iterator[Ahead]:
    """The last day each check of a mentor counts: a coordinator's mentors, a mentor's own."""
    asked = select(Mentor).where(Mentor.state.in_(("onboarding", "active", "paused"))).order_by(Mentor.id)
    for mentor in work.db.scalars(asked.options(selectinload(Mentor.checks)).limit(MOST)):
        checks, policy = checks_of(mentor), work.policy_of(mentor.home_authority_id)
        for kind in sorted({one.kind for one in checks}):
            until = counts_until(checks, work.today, policy, kind)
            if until is not None and work.today - BACK <= until <= work.today + AHEAD:
                message = Message(say(Wording.expiry_subject, ref=mentor.ref), (), Link(Place.mentor, mentor.id))
                yield Ahead(f"check-{mentor.id}-{kind}", until, None, message)
