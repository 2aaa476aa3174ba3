"""Long work: what was asked for, how far it is, and the result that waits until it is fetched."""

from __future__ import annotations

from typing import Any, ClassVar

from flask import Response, abort, flash, jsonify, redirect, url_for
from flask_appbuilder.baseviews import expose

from cmcore.base.clock import local
from cmcore.base.findings import Refused
from cmcore.exchange.given import in_size
from cmcore.jobs.actions import fetch, noticed, stop, try_again
from cmcore.jobs.kinds import task_kinds
from cmcore.jobs.packs import PACK
from cmcore.jobs.queries import files_of
from cmcore.jobs.records import Task
from cmcore.jobs.tasks import NOBODY
from cmcore.jobs.words import FilePart
from cmcore.returns.tasks import REGISTER, RETURN
from cmcore.safekeeping.work import Work
from console import desk
from console.listing import Filter, Queue
from console.printing import download
from console.record_forms import ONE
from console.record_view import RecordView
from console.security import needs
from console.shown import State
from console.steps import Step

_LIVE = ("queued", "running")
_LOOKS = {
    "queued": ("note", "ring"),
    "running": ("note", "half"),
    "done": ("plain", "tick"),
    "failed": ("stop", "stop"),
    "cancelled": ("none", "ring"),
}


def _whose(value: str, work: Work) -> Any:
    mine = Task.asked_by_login == work.actor.login
    return {"mine": mine, "waiting": mine & Task.ended_at.is_not(None) & Task.fetched_at.is_(None)}.get(
        value, Task.asked_by_login == NOBODY
    )


def _once_more(work: Work, task: Task) -> Task:
    done = try_again(work, task)
    desk.premises().attendant.wake_after(work)
    return done


class LongWork(RecordView):
    """What goes on in the background."""

    record = Task
    route_base = "/tasks"
    list_title = "Long work"
    plural = "pieces of long work"
    about = (
        "What takes longer than a page: files brought in, packs of reports, the counts of each morning. "
        "You can leave it; the result waits here for a week."
    )
    list_columns: ClassVar[list[str]] = ["kind_of_task", "state", "far", "asked_at", "asked_by"]
    label_columns: ClassVar[dict[str, str]] = {
        "kind_of_task": "What",
        "asked_at": "Asked for",
        "asked_by": "By",
        "far": "How far it is",
        "state": "Where it stands",
        "ended_at": "Ended",
    }
    load_columns: ClassVar[list[str]] = ["progress.done"]
    filter_columns: ClassVar[list[Any]] = [
        "state",
        Filter(
            "whose",
            "Whose",
            (("mine", "Mine"), ("daily", "Of each day"), ("waiting", "Mine, ended and not looked at")),
            _whose,
        ),
    ]
    order_columns: ClassVar[list[str]] = ["asked_at"]
    base_order = ("asked_at", "desc")
    views: ClassVar[list[Any]] = [("Mine", {"whose": "mine"}), ("Going on", {"state": "open"})]
    queues = (Queue("Long work of yours that has ended", {"whose": "waiting"}, "now", "The result waits for a week."),)
    show_template = "cm/task.html"
    show_columns: ClassVar[list[str]] = ["asked_at", "asked_by", "ended_at"]
    facts_heading = "Who asked for it"
    empty_words = "Nothing long was asked for yet. Bring files in, or take activity reports out as a pack."
    steps = (
        Step(
            "cancel",
            "Stop it",
            stop,
            act="task.cancel",
            why="It stops between two steps. What was not finished is not kept.",
            offered=lambda task: task.state in _LIVE and task.stop_asked_at is None,
            done="It is being stopped.",
        ),
        Step(
            "again",
            "Try again",
            _once_more,
            act="task.again",
            why="It goes on where it was.",
            offered=lambda task: task.state in ("failed", "cancelled"),
            done="It waits its turn.",
        ),
    )

    def cell_kind_of_task(self, task: Task) -> str:
        """What it does."""
        known = task_kinds().get(task.kind_of_task)
        return known.words if known else task.kind_of_task

    def cell_asked_at(self, task: Task) -> str:
        """Day and time."""
        return _at(task.asked_at)

    def cell_ended_at(self, task: Task) -> str:
        """Day and time, once it has ended."""
        return _at(task.ended_at) if task.ended_at else ""

    def cell_far(self, task: Task) -> str:
        """How far it is, or what came of it."""
        return _far(task)[2] if task.state == "running" else task.said

    def cell_state(self, task: Task) -> State:
        """What failed stands out."""
        stopping = task.state == "running" and task.stop_asked_at is not None
        return State("Being stopped" if stopping else task.state_label, *_LOOKS.get(task.state, ("plain", "dot")))

    def heading(self, task: Task) -> str:
        """What it does."""
        return self.cell_kind_of_task(task)

    def page_title(self, task: Task) -> str:
        """The title in the browser."""
        return f"Long work {task.id}"

    def show_context(self, work: Work, record: Any, opened: bool) -> dict[str, Any]:
        """How far it is, and where its result is; whoever asked has seen by now that it ended."""
        if record.ended_at is not None and record.fetched_at is None and record.asked_by_login == work.actor.login:
            noticed(work, record)
            work.commit()
        context = super().show_context(work, record, opened)
        done, of, words = _far(record)
        file = next(iter(files_of(work, record, FilePart.result)), None) if record.state == "done" else None
        context |= {
            "live": record.state in _LIVE,
            "done": done,
            "of": of,
            "far": words,
            "file_size": in_size(file.size) if file is not None else "",
            "file_until": _at(file.expires_at) if file is not None else "",
            "file_gone": record.kind_of_task == PACK and record.state == "done" and file is None,
            "receipt_url": self._receipt(record),
            "anew_url": self._anew(record),
        }
        return context

    def _receipt(self, task: Task) -> str:
        page = self.appbuilder.page_about(task.result_kind) if task.result_id else None
        return f"{page.address()}{task.result_id}" if page is not None and page.may("show") else ""

    def _anew(self, task: Task) -> str:
        """Where the same is asked for anew, where it cannot go on as it was."""
        if task.kind_of_task in (RETURN, REGISTER):
            return url_for("Imports.choose", importer=task.kind_of_task.removeprefix("import."))
        return url_for("ActivityReports.pack", authority_id=task.authority_id) if task.kind_of_task == PACK else ""

    @expose(f"/{ONE}/progress")
    @needs("{kind}.see")
    def progress(self, pk: int) -> Response:
        """How far it is, for the script that keeps the page up to date."""
        task = self.record_at(desk.work(), pk)
        done, of, words = _far(task)
        answer = jsonify(done=done, of=of, words=words, state=task.state, ended=task.state not in _LIVE)
        answer.headers["Cache-Control"] = "no-store"
        return answer

    @expose(f"/{ONE}/result")
    @needs("{kind}.see")
    def result(self, pk: int) -> Any:
        """The file that came of it, for whoever asked for it; that it was fetched is written down."""
        work = desk.work()
        task = self.record_at(work, pk)
        if task.asked_by_login != work.actor.login:
            abort(404)
        try:
            file = fetch(work, task)
            content, media_type, name = file.content, file.media_type, file.name
            work.commit()
        except Refused as refused:
            work.undo()
            flash(" ".join(f"{one.message} {one.way_out}" for one in refused.findings), "warning")
            return redirect(self.address_of(task), 303)
        return download(content, media_type, name)


def _at(instant: Any) -> str:
    at = local(instant)
    return f"{at.day} {at:%b %Y, %H:%M}"


def _far(task: Task) -> tuple[int, int, str]:
    """How far it is, in numbers and in words."""
    shown = desk.premises().attendant.tasks.live.get(task.id) if task.state == "running" else None
    row = task.progress
    words, done, of = shown or ((row.words_of, row.done, row.of) if row is not None else ("", 0, 0))
    if task.state == "queued":
        return 0, 0, "It begins in a moment."
    if not words:
        return done, of, "It has begun."
    told = f"{words[:1].upper()}{words[1:]}"
    return done, of, f"{told}: {done:,} of {of:,}" if of else (f"{told}: {done:,}" if done else told)
