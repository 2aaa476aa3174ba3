"""What people do with long work: ask for it, stop it, have it tried again, fetch its result."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from cmcore.base.findings import Finding, Refused, refuse
from cmcore.jobs.kinds import TaskKind, references_only, task_kinds
from cmcore.jobs.queries import asked_once, files_of
from cmcore.jobs.records import Task, TaskFile, TaskProgress
from cmcore.jobs.words import FilePart
from cmcore.safekeeping.work import Work, action

#: How long a result waits to be fetched.
KEPT_FOR = timedelta(days=7)
#: So much long work of one person may wait or go on at a time.
MOST_AT_ONCE = 20


@action("task.add")
def ask_for(
    work: Work,
    authority_id: int,
    kind: str,
    parameters: Mapping[str, Any],
    *,
    given: Sequence[tuple[str, bytes]] = (),
    once: str = "",
) -> Task:
    """Ask for long work; it is done in the background, as far as its asker may. ``once`` asked twice is asked once.

    ``given`` are files it is to read. Refuses an unknown kind, one whose act the actor may not do, and text in the
    parameters.
    """
    work.require("task.add", authority_id)
    known = _known(kind)
    work.require(known.act, authority_id)
    once = once or secrets.token_hex(12)
    already = asked_once(work, authority_id, kind, once)
    if already is not None:
        return already
    told = {**parameters, "files": len(given)} if given else parameters
    made = work.add(
        Task(
            authority_id=authority_id,
            kind_of_task=kind,
            once=once,
            parameters=references_only(told),
            asked_at=work.clock.now(),
            asked_by=work.actor.name,
            asked_by_login=work.actor.login,
        )
    )
    work.db.flush()
    work.add(TaskProgress(authority_id=authority_id, task_id=made.id))
    for number, (name, content) in enumerate(given):
        keep_file(work, made, FilePart.given, name, "application/octet-stream", content, number=number)
    return made


def keep_file(
    work: Work, task: Task, part: FilePart, name: str, media_type: str, content: bytes, *, number: int = 0
) -> TaskFile:
    """Keep a file with long work for a week."""
    now = work.clock.now()
    return work.add(
        TaskFile(
            authority_id=task.authority_id,
            task_id=task.id,
            part=part.value,
            number=number,
            name=name[:120],
            media_type=media_type,
            size=len(content),
            content=content,
            kept_at=now,
            expires_at=now + KEPT_FOR,
        )
    )


@action("task.cancel")
def stop(work: Work, task: Task) -> Task:
    """Stop long work: at once where it waits, between two steps where it goes on. What it did so far is said."""
    if task.state == "queued":
        work.move(task, "cancel")
        work.change(task, ended_at=work.clock.now(), said="Stopped before it began; nothing was done.")
        let_go(work, task)
    elif task.state == "running":
        work.change(task, stop_asked_at=task.stop_asked_at or work.clock.now())
    else:
        raise refuse(f"This is “{task.state_label}” already.", way_out="There is nothing to stop.")
    return task


@action("task.again")
def try_again(work: Work, task: Task) -> Task:
    """Have long work that failed or was stopped done again, from where it was. Refuses where its files are gone."""
    known = _known(task.kind_of_task)
    work.require(known.act, task.authority_id)
    if task.parameters.get("files") and not files_of(work, task, FilePart.given):
        raise refuse("The files it was given are gone by now.", way_out=known.way_out)
    work.move(task, "again")
    progress = work.get(TaskProgress, task.id)
    progress.attempt, progress.beat_at = 0, None
    work.change(task, stop_asked_at=None, ended_at=None, said="")
    return task


@action("task.see")
def fetch(work: Work, task: Task) -> TaskFile:
    """The file that came of long work, for whoever asked for it; that it was fetched is written down.

    Refuses whoever asked for it once and may not have it done any more.
    """
    if (known := task_kinds().get(task.kind_of_task)) is not None:
        work.require(known.act, task.authority_id)
    found = files_of(work, task, FilePart.result)
    if not found or found[0].expires_at <= work.clock.now():
        raise Refused([Finding("The result is gone by now.", way_out="Ask for it again.")])
    if task.fetched_at is None:
        work.change(task, fetched_at=work.clock.now())
    work.opened(found[0], "to fetch the result of long work")
    return found[0]


@action("task.see")
def noticed(work: Work, task: Task) -> Task:
    """Keep that whoever asked has seen that it ended; it waits for them no more."""
    work.change(task, fetched_at=work.clock.now())
    return task


def let_go(work: Work, task: Task, *parts: FilePart) -> None:
    """Let the files go that long work was given, or made on its way."""
    for part in parts or (FilePart.given, FilePart.piece):
        for file in files_of(work, task, part):
            work.db.delete(file)


def _known(kind: str) -> TaskKind:
    known = task_kinds().get(kind)
    if known is None:
        raise refuse("There is no long work of this kind.", way_out="Ask for one of those on the page.")
    return known
