"""The front door to plans, drafts and weeks of sessions: what a script does with them, as the console does."""

from __future__ import annotations

from cmcore.sessions.drafts import clear_old_drafts, discard_draft, keep_draft, own_drafts
from cmcore.sessions.forms import SessionMissedAnswers, SessionPlanAnswers
from cmcore.sessions.mentors_week import Expected, expected_in_week, plans_before, sessions_of_week, waiting_to_be_told
from cmcore.sessions.planning import (
    add_missed_session,
    answers_of_plan,
    change_plan,
    miss_session,
    plan_session,
    record_session,
)
from cmcore.sessions.records import SessionDraft
from cmcore.sessions.week import WeekAnswers, WeekJudged, WeekRowAnswers, log_rows
from cmcore.sessions.words import DraftOf, Missed

__all__ = [
    "DraftOf",
    "Expected",
    "Missed",
    "SessionDraft",
    "SessionMissedAnswers",
    "SessionPlanAnswers",
    "WeekAnswers",
    "WeekJudged",
    "WeekRowAnswers",
    "add_missed_session",
    "answers_of_plan",
    "change_plan",
    "clear_old_drafts",
    "discard_draft",
    "expected_in_week",
    "keep_draft",
    "log_rows",
    "miss_session",
    "own_drafts",
    "plan_session",
    "plans_before",
    "record_session",
    "sessions_of_week",
    "waiting_to_be_told",
]
