"""Lists that are kept in the stories: one of the coordinator's own, one for a role, one for everybody."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import Engine

from cmcore.base.clock import StoppedClock
from cmcore.demo.history import COORDINATOR
from cmcore.lists.actions import choose_columns, save_list
from cmcore.lists.forms import SavedListAnswers
from cmcore.lists.words import ForRole, ForWhom
from cmcore.safekeeping.scope import Actor, operator_scope
from cmcore.safekeeping.work import Work

_COORDINATOR = Actor("hester.quillmarsh", COORDINATOR)
_LISTS: tuple[tuple[str, SavedListAnswers, dict[str, Any]], ...] = (
    (
        "Referrals",
        SavedListAnswers(name="Crisis, undecided", for_whom=ForWhom.team, role=None),
        {"state": ["submitted", "triage", "more_information"], "urgency": ["crisis"]},
    ),
    (
        "Enrolments",
        SavedListAnswers(name="Going on now", for_whom=ForWhom.role, role=ForRole.head),
        {"state": ["active"], "cols": "ref young_person mentor used next"},
    ),
    (
        "YoungPeople",
        SavedListAnswers(name="Care leavers", for_whom=ForWhom.me, role=None),
        {"care_status": ["care_leaver"], "sort": "-looked_after_from"},
    ),
)


def keep_lists(engine: Engine, authority_id: int, today: date) -> None:
    """Keep lists as the coordinator would, and choose the columns of one."""
    clock = StoppedClock.on(today, 8)
    with Work(engine, _COORDINATOR, operator_scope({authority_id}, today), clock=clock, writing=True) as work:
        for key, answers, asks in _LISTS:
            save_list(work, answers, authority_id=authority_id, list_key=key, asks=asks)
        columns = ("name", "ref", "state", "capacity")
        choose_columns(work, columns, authority_id=authority_id, list_key="Mentors")
