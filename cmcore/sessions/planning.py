"""A session planned before and recorded after, in place; or missed, and put off to another day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from cmcore.base.clock import day, local
from cmcore.base.findings import Refused, refuse
from cmcore.safekeeping.work import Work, action
from cmcore.sessions.actions import add_session, answers_of_session, change_session
from cmcore.sessions.forms import SessionAnswers, SessionMissedAnswers, SessionPlanAnswers
from cmcore.sessions.records import MentoringSession


@action("session.add")
def plan_session(work: Work, answers: SessionPlanAnswers, mark: str = "") -> MentoringSession:
    """Plan a session with what it is to help with and the idea, under the rules of :func:`add_session`."""
    return add_session(work, answers.as_session(), mark)


@action("session.change")
def change_plan(
    work: Work, session: MentoringSession, answers: SessionPlanAnswers, version: int | None = None
) -> MentoringSession:
    """Change a plan. Refuses a session that was reported meanwhile."""
    _still_a_plan(session)
    return change_session(work, session, answers.as_session(), version)


@action("session.report")
def record_session(
    work: Work, session: MentoringSession, answers: SessionAnswers, version: int | None = None, mark: str = ""
) -> MentoringSession:
    """Say how a planned session went: the plan becomes the record, in place. Refuses one that was reported already."""
    if mark and session.sent_once == mark:
        return session
    _still_a_plan(session)
    if answers.outcome is None:
        raise refuse("Say how it went.", place="outcome", way_out="Choose what happened, or leave it a plan.")
    return change_session(work, session, answers, version, mark)


@action("session.report")
def miss_session(
    work: Work, session: MentoringSession, answers: SessionMissedAnswers, version: int | None = None, mark: str = ""
) -> MentoringSession:
    """Say that a planned session did not take place. What was planned stays in it; another day becomes a new plan."""
    if mark and session.sent_once == mark:
        return session
    _still_a_plan(session)
    planned = answers_of_session(session)
    kept = {"intention": planned.intention, "planned_measures": planned.planned_measures}
    change_session(work, session, answers.as_session(**kept), version, mark)
    _instead(work, answers, planned)
    return session


@action("session.add")
def add_missed_session(work: Work, answers: SessionMissedAnswers, mark: str = "") -> MentoringSession:
    """Write down a session that nobody had planned here and that did not take place."""
    made = add_session(work, answers.as_session(), mark)
    _instead(work, answers, None)
    return made


def answers_of_plan(session: MentoringSession) -> SessionPlanAnswers:
    """A plan as the answers that would make it again."""
    told = answers_of_session(session)
    return SessionPlanAnswers(
        **{question.key: getattr(told, question.key) for question in SessionPlanAnswers.form.questions}
    )


def _instead(work: Work, answers: SessionMissedAnswers, planned: SessionAnswers | None) -> None:
    """Plan the session that is to be instead, at the same time of another day, with the same idea."""
    if answers.instead_on is None:
        return
    _another_day(answers.held_on, answers.instead_on)
    plan = SessionPlanAnswers(
        commission_id=answers.commission_id,
        held_on=answers.instead_on,
        starts=answers.starts,
        ends=answers.ends,
        place=answers.place,
        intention=planned.intention if planned else None,
        planned_measures=list(planned.planned_measures) if planned else [],
    ).as_session()
    try:
        add_session(work, plan)
    except Refused as refused:
        raise Refused(replace(each, place="instead_on") for each in refused.findings) from None


def _another_day(was: date, instead: date) -> None:
    if instead <= was:
        raise refuse(
            f"It was to be on {day(was)}, so it cannot be put off to {day(instead)}.",
            place="instead_on",
            way_out="Choose a later day, or leave it empty.",
        )


def _still_a_plan(session: MentoringSession) -> None:
    if session.outcome is not None:
        at = local(session.changed_at)
        raise refuse(f"How it went was said at {at:%H:%M} on {day(at.date())}.", way_out="Look at it, and change it.")
