"""The front door to long work: what a plugin declares with ``cm_long_work``, and how it is asked for."""

from __future__ import annotations

from cmcore.jobs.actions import ask_for as ask_for_long_work
from cmcore.jobs.doing import Doing
from cmcore.jobs.kinds import Result, TaskKind, task_kinds
from cmcore.jobs.records import Task

__all__ = ["Doing", "Result", "Task", "TaskKind", "ask_for_long_work", "task_kinds"]
