"""Asks the library's own rules about every record of an authority, as at the day each thing happened."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import select

from cmcore.base.clock import local
from cmcore.base.findings import Finding
from cmcore.base.periods import Period, Term
from cmcore.base.policy import Policy
from cmcore.commissions import rules as of_commissions
from cmcore.commissions.records import Commission
from cmcore.enrolments import rules as of_enrolments
from cmcore.enrolments.records import Enrolment
from cmcore.measures.registry import measure_set
from cmcore.mentors import rules as of_mentors
from cmcore.mentors.queries import checks_of
from cmcore.mentors.records import Mentor
from cmcore.network.records import SupportingAdult
from cmcore.programmes.registry import programme_types
from cmcore.referrals import rules as of_referrals
from cmcore.referrals.queries import is_at_school
from cmcore.referrals.records import Referral
from cmcore.reviews import rules as of_reviews
from cmcore.reviews.records import Review
from cmcore.reviews.rules import Held
from cmcore.safekeeping.records import StateChange
from cmcore.safekeeping.work import Work
from cmcore.sessions import rules as of_sessions
from cmcore.sessions.records import MentoringSession
from cmcore.sessions.words import MET, NOT_HELD
from cmcore.virtual_schools.records import Authority, TermDates
from cmcore.virtual_schools.rules import term_fits
from cmcore.young_people import rules as of_people
from cmcore.young_people.records import CareEpisode, EducationSpell, SendStatus, YoungPerson

Steps = dict[tuple[str, int], list[StateChange]]


def every_finding(work: Work) -> Iterator[tuple[str, Finding]]:
    """What the rules say of everything within reach: what it is about, and the finding."""
    authority = work.db.scalars(select(Authority)).one()
    policy = work.policy_of(authority)
    steps = _steps(work)
    for asked in (_terms, _people, _mentors, _referrals, _commissions, _enrolments, _sessions, _reviews):
        for about, findings in asked(work, policy, steps):
            yield from ((f"{asked.__name__}: {about}", one) for one in findings)


def _steps(work: Work) -> Steps:
    found: Steps = defaultdict(list)
    for each in work.db.scalars(select(StateChange).order_by(StateChange.id)):
        found[each.kind_of_record, each.record_id].append(each)
    return found


Asked = Iterable[tuple[object, Sequence[Finding]]]


def _terms(work: Work, policy: Policy, steps: Steps) -> Asked:
    by_year: dict[int, list[Term]] = defaultdict(list)
    for each in work.db.scalars(select(TermDates)):
        term = Term(each.name, each.starts_on, each.ends_on)
        yield each, term_fits(term, each.year, by_year[each.year])
        by_year[each.year].append(term)


def _people(work: Work, policy: Policy, steps: Steps) -> Asked:
    spells: dict[int, list[Any]] = defaultdict(list)
    for kind in (CareEpisode, EducationSpell, SendStatus, SupportingAdult):
        for each in work.db.scalars(select(kind)):
            spells[each.young_person_id].append(each)
    for person in work.db.scalars(select(YoungPerson)):
        yield person, of_people.age_is_accepted(person.born_on, work.today, policy)
        yield person, of_people.upn_is_sound(person.upn)
        yield person, of_people.care_days_fit(person.care_status, person.looked_after_from, person.ceased_on)
        days = [("looked_after_from", person.looked_after_from), ("ceased_on", person.ceased_on)]
        days += [("starts_on", each.starts_on) for each in spells[person.id]]
        yield person, of_people.not_before_birth(person.born_on, days)
        yield person, of_people.not_after_today(work.today, days)
        for kind in (CareEpisode, EducationSpell):
            held = [(str(one), Period(one.starts_on, one.ends_on)) for one in spells[person.id] if type(one) is kind]
            for number, (_, period) in enumerate(held):
                yield person, of_people.overlaps(period, held[:number])


def _mentors(work: Work, policy: Policy, steps: Steps) -> Asked:
    for mentor in work.db.scalars(select(Mentor)):
        for check in mentor.checks:
            assert check.seen_on is not None
            yield check, of_mentors.seen_in_time(check.issued_on, check.seen_on, work.today)
        for step in _followed(mentor, steps):
            if step.to_state == "active":
                yield mentor, of_mentors.may_work(checks_of(mentor), step.moved_on, policy)


def _referrals(work: Work, policy: Policy, steps: Steps) -> Asked:
    measures = set(measure_set("eight@1").keys)
    for referral in work.db.scalars(select(Referral)):
        yield referral, of_referrals.received_in_time(referral.received_on, work.today)
        taken = _followed(referral, steps)
        if taken:
            yield referral, of_referrals.names_an_outcome(referral.outcomes, measures, policy)
            assert referral.submitted_at is not None
            assert local(referral.submitted_at).date() == taken[0].moved_on >= referral.received_on
        if referral.state == "matched":
            yield (
                referral,
                of_referrals.may_match(
                    social_worker=referral.social_worker_id is not None,
                    at_school=is_at_school(work, referral.young_person_id, work.today),
                    designated_teacher=referral.designated_teacher_id is not None,
                    policy=policy,
                ),
            )
        for adult in (referral.social_worker, referral.designated_teacher):
            assert adult is None or adult.young_person_id == referral.young_person_id


def _commissions(work: Work, policy: Policy, steps: Steps) -> Asked:
    kinds = programme_types()["creative-mentoring"].checks
    for commission in work.db.scalars(select(Commission)):
        yield commission, of_commissions.days_in_order(commission.starts_on, commission.ends_on)
        for step in _followed(commission, steps):
            if step.to_state == "active":
                checks = of_mentors.may_work(checks_of(commission.mentor), step.moved_on, policy, kinds)
                yield commission, of_commissions.may_activate(checks, step.moved_on, commission.starts_on, policy)
        ended = commission.lifecycle.ended(commission.state)
        assert ended == (commission.ended_on is not None)
        assert commission.young_person_id == commission.enrolment.young_person_id


def _enrolments(work: Work, policy: Policy, steps: Steps) -> Asked:
    commissions: dict[int, list[Commission]] = defaultdict(list)
    for each in work.db.scalars(select(Commission)):
        commissions[each.enrolment_id].append(each)
    exits = set(work.db.scalars(select(Review.enrolment_id).where(Review.kind_of_review == "exit")))
    for enrolment in work.db.scalars(select(Enrolment)):
        taken, last = _followed(enrolment, steps), None
        for step in taken:
            yield (
                enrolment,
                of_enrolments.step_in_time(
                    step.moved_on, work.today, started_on=enrolment.started_on, last_step_on=last
                ),
            )
            last = step.moved_on
        if enrolment.state == "completed":
            yield enrolment, of_reviews.may_complete(enrolment.id in exits, enrolment.no_exit_review_because, policy)
        states = [each.state for each in commissions[enrolment.id]]
        if enrolment.state in ("active", "paused", "closing"):
            assert states[-1] == "active", "an enrolment that goes on has an active commission"
            assert enrolment.started_on == taken[0].moved_on
        elif enrolment.state in ("completed", "ended_early"):
            assert set(states) <= {"completed", "ended_early"}
            assert enrolment.ended_on == taken[-1].moved_on
        else:
            assert set(states) <= {"draft", "approved"}
        assert enrolment.referral is not None
        assert enrolment.referral.state in (("matched",) if states else ("accepted",))


def _sessions(work: Work, policy: Policy, steps: Steps) -> Asked:
    measures = {measure.key: measure.label for measure in measure_set("eight@1").measures}
    kinds = programme_types()["creative-mentoring"].checks
    used: dict[int, int] = defaultdict(int)
    by_mentor: dict[int, list[tuple[datetime, datetime]]] = defaultdict(list)
    by_person: dict[int, list[tuple[datetime, datetime]]] = defaultdict(list)
    asked = select(MentoringSession).order_by(MentoringSession.starts_at, MentoringSession.id)
    for session in work.db.scalars(asked):
        commission, on = session.commission, local(session.starts_at).date()
        assert (commission.enrolment_id, commission.young_person_id, commission.mentor_id) == (
            session.enrolment_id,
            session.young_person_id,
            session.mentor_id,
        )
        assert session.minutes == of_sessions.minutes_between(session.starts_at, session.ends_at)
        yield (
            session,
            of_sessions.times_hold(
                session.starts_at,
                session.ends_at,
                now=work.clock.now(),
                reported=session.outcome is not None,
                first_day=commission.starts_on,
                last_day=commission.last_day,
                policy=policy,
            ),
        )
        if session.outcome not in NOT_HELD:
            busy = _clashes(by_mentor[session.mentor_id], session)
            yield session, of_sessions.mentor_is_free(busy, policy)
            assert session.young_person_id is not None
            assert not _clashes(by_person[session.young_person_id], session), "a young person in two sessions"
        if session.chargeable:
            yield session, of_commissions.may_log(commission.minutes, used[commission.id], session.minutes, policy)
            used[commission.id] += session.minutes
        if session.outcome is None or session.outcome in MET:
            yield session, of_mentors.may_work(checks_of(session.mentor), on, policy, kinds)
        noticed = [each["measure"] for each in session.impact]
        yield session, of_sessions.measures_are_the_programmes(session.planned_measures, noticed, measures, policy)
        assert not session.mentor_drove or session.mentor.drives


def _clashes(others: list[tuple[datetime, datetime]], session: MentoringSession) -> bool:
    clash = bool(others) and others[-1][1] > session.starts_at
    others.append((session.starts_at, session.ends_at))
    return clash


def _reviews(work: Work, policy: Policy, steps: Steps) -> Asked:
    held: dict[tuple[int, int | None, str], list[Review]] = defaultdict(list)
    for review in work.db.scalars(select(Review)):
        chosen = measure_set(review.measure_set)
        scores = {each.measure: each.score for each in review.scores}
        reasons = {each.measure: each.not_scored_because for each in review.scores}
        yield review, of_reviews.scores_are_whole(chosen, scores, reasons, policy)
        yield review, of_reviews.not_ahead(review.held_on, work.today)
        _followed(review, steps)
        assert (review.state == "draft") == (review.finalised_at is None)
        if review.state == "final":
            held[review.young_person_id, review.enrolment_id, review.measure_set].append(review)
    for together in held.values():
        plain = [Held(each.kind_of_review, each.held_on, each.scored_by) for each in together]
        for number, one in enumerate(plain):
            others = plain[:number] + plain[number + 1 :]
            yield together[number], of_reviews.in_order(one, others, policy)


def _followed(record: Any, steps: Steps) -> list[StateChange]:
    """The steps of a record, each of them possible where it was taken, in order of time, ending where it stands."""
    taken, state = steps.get((record.kind(), record.id), []), record.lifecycle.initial
    day: date | None = None
    for step in taken:
        way = record.lifecycle.way(step.transition, state)
        assert (step.from_state, step.to_state) == (state, way.target)
        assert bool(step.reason) or not way.needs_reason, f"{way.label} needs a reason"
        assert day is None or day <= step.moved_on, f"{record.kind()} {record.id} goes back in time"
        state, day = way.target, step.moved_on
    assert state == record.state
    return taken
