"""The forms of sessions and PEP targets as they offer the measures of whom they are about."""

from __future__ import annotations

from typing import Any

from flask import request

from cmcore.forms import Form, form_of
from cmcore.measures.choosing import measure_labels, measured_with
from cmcore.peps.forms import TargetAnswers
from cmcore.peps.queries import sets_of_person
from cmcore.peps.records import PepCycle, PepTarget
from cmcore.safekeeping.work import Work
from cmcore.sessions.actions import measures_named
from cmcore.sessions.forms import SessionAnswers, SessionMissedAnswers, SessionPlanAnswers
from cmcore.sessions.mentors_week import only_commission
from cmcore.sessions.queries import sets_of_commission
from cmcore.sessions.records import MentoringSession


def form_to_add(work: Work, parent: Any) -> Any:
    """Which form the address asks for: a session that was, one that is to be, or one that was not."""
    asked = request.args.get("as", "")
    if asked == "missed":
        return SessionMissedAnswers
    form = form_of(SessionPlanAnswers if asked == "plan" else SessionAnswers)
    known = request.form.get("commission_id") or request.args.get("commission_id", "")
    number = int(known) if known.isascii() and known.isdigit() and len(known) < 11 else only_commission(work)
    return measured_with(form, sets_of_commission(work, number), _sent())


def form_to_change(work: Work, session: MentoringSession) -> Form:
    """The form a session is changed on, with the measures of its own programme and those it names already."""
    return _of_session(SessionPlanAnswers if session.outcome is None else SessionAnswers, work, session)


def form_to_record(work: Work, session: MentoringSession) -> Form:
    """The form on which a plan becomes a record."""
    return _of_session(SessionAnswers, work, session)


def target_form(work: Work, about: PepCycle | PepTarget | None) -> Any:
    """The form of a target with the measures of the young person's programmes, and the one it names already."""
    if about is None:
        return TargetAnswers
    also = {getattr(about, "measure", None) or "", *_sent("measure")}
    return measured_with(form_of(TargetAnswers), sets_of_person(work, about.young_person_id), also)


def _of_session(declared: Any, work: Work, session: MentoringSession) -> Form:
    sets = sets_of_commission(work, session.commission_id)
    return measured_with(form_of(declared), sets, measures_named(session) | _sent())


def _sent(*named: str) -> set[str]:
    """The measures that came back, so that what another programme's page offered is refused by its rule (R-MEA-8)."""
    places = named or [key for key in request.form if key == "planned_measures" or key.endswith(".measure")]
    return {key for place in places for key in request.form.getlist(place)} & measure_labels().keys()
