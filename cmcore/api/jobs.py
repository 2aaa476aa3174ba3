"""The front door to long work: what a plugin declares with ``cm_long_work``, and how it is asked for."""

from __future__ import annotations

from cmcore.jobs.actions import ask_for as ask_for_long_work
from cmcore.jobs.doing import Doing
from cmcore.jobs.forms import PackAnswers
from cmcore.jobs.kinds import Result, TaskKind, task_kinds
from cmcore.jobs.packs import ask_for_pack
from cmcore.jobs.records import Task
from cmcore.jobs.tasks import Tasks
from cmcore.returns.tasks import ask_to_bring_in

__all__ = [
    "Doing",
    "PackAnswers",
    "Result",
    "Task",
    "TaskKind",
    "Tasks",
    "ask_for_long_work",
    "ask_for_pack",
    "ask_to_bring_in",
    "task_kinds",
]
