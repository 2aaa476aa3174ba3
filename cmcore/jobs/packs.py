"""A pack of activity reports: those that were sent in some days, one file each, in one zip, made 25 at a time."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from io import BytesIO
from typing import Any
from zipfile import ZIP_STORED, ZipFile

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from cmcore.activity_reports.paper import report_document
from cmcore.activity_reports.records import ActivityReport
from cmcore.base.findings import refuse
from cmcore.base.words import count
from cmcore.exchange.documents.press import press
from cmcore.jobs.actions import ask_for
from cmcore.jobs.doing import Doing
from cmcore.jobs.forms import PackAnswers, PackFiles
from cmcore.jobs.kinds import Result, task
from cmcore.jobs.records import Task
from cmcore.jobs.words import FilePart
from cmcore.safekeeping.work import Work

PACK = "reports.pack"
#: So many reports are one step: what a kill costs at most, and what is held in memory.
AT_A_TIME = 25
#: More reports than this make no pack: a year of the largest authority is half of it.
MOST = 2_000
#: States of a report in which it was sent and stands.
SENT = ("submitted", "accepted", "locked")
#: The press lets other threads go on while it sets a page.
_THREADS = 2
_ENDINGS = {"pdf": "pdf", "word": "docx"}


def ask_for_pack(work: Work, authority_id: int, answers: PackAnswers, once: str = "") -> Task:
    """Ask for a pack of activity reports, as far as the actor reaches. Refuses days without any, and too many."""
    told = {
        "starts_on": answers.starts_on,
        "ends_on": answers.ends_on,
        "mentors": sorted(answers.mentors or ()),
        "young_people": sorted(answers.young_people or ()),
        "file": PackFiles(answers.file).value,
    }
    found = len(list(work.db.scalars(_keys(authority_id, told).limit(MOST + 1))))
    if not found:
        raise refuse(
            "No report that was sent reaches into these days.",
            place="starts_on",
            way_out="Choose other days or people.",
        )
    if found > MOST:
        raise refuse(
            f"These are more than {MOST:,} reports.", place="ends_on", way_out="Choose fewer days, or some mentors."
        )
    return ask_for(work, authority_id, PACK, told, once=once)


def once_a_minute(work: Work, answers: PackAnswers) -> str:
    """A mark that is the same for the same question of the same person within a minute: asked twice is asked once."""
    told = f"{work.actor.login} {sorted(answers.columns().items())} {work.clock.now():%Y-%m-%d %H:%M}"
    return hashlib.sha256(told.encode()).hexdigest()[:24]


@task(PACK, "Activity reports as a pack", "activity_report.see", way_out="Choose the days again.")
def make_pack(doing: Doing) -> Result:
    """Set each report, keep 25 at a time, and put all into one file; that each was taken out is written down."""
    told = doing.parameters
    if "keys" not in doing.checkpoint:
        with doing.step() as work:
            doing.checkpoint = {"keys": list(work.db.scalars(_keys(doing.authority_id, told).limit(MOST))), "done": 0}
    keys: list[int] = doing.checkpoint["keys"]
    while (done := doing.checkpoint["done"]) < len(keys):
        doing.tell("reports", done, len(keys))
        _batch(doing, keys[done : done + AT_A_TIME], done)
    doing.tell("reports", len(keys), len(keys))
    if "made" not in doing.checkpoint:
        with doing.step() as work:
            name = f"activity-reports-{told['starts_on']}-to-{told['ends_on']}.zip"
            whole, many = _together(piece.content for piece in doing.pieces(work))
            doing.keeps(work, FilePart.result, name, "application/zip", whole)
            doing.checkpoint = {**doing.checkpoint, "made": many}
    many = doing.checkpoint["made"]
    return Result(f"{count(many, 'report')} in one zip file.", {"reports": many})


def _batch(doing: Doing, keys: Sequence[int], done: int) -> None:
    with doing.looking() as work:
        reports = _reports(work, keys)
        files = _set(work, reports, doing.parameters["file"])
        taken = [one.id for one in reports]
    packed = BytesIO()
    with ZipFile(packed, "w", ZIP_STORED) as archive:
        for name, content in files:
            archive.writestr(name, content)
    with doing.step() as work:
        for report in _reports(work, taken):
            work.opened(report, why="to take it out in a pack")
        number = done // AT_A_TIME
        doing.keeps(work, FilePart.piece, f"piece-{number}.zip", "application/zip", packed.getvalue(), number)
        doing.checkpoint = {**doing.checkpoint, "done": done + len(keys)}


def _set(work: Work, reports: Sequence[ActivityReport], file: str) -> list[tuple[str, bytes]]:
    # What writes Word is read in when somebody asks for it: every command begins quicker without it.
    from cmcore.activity_reports.word import WORD, report_word

    names = [f"{one.ref}.{_ENDINGS[file]}" for one in reports]
    if file == WORD:
        return list(zip(names, [report_word(work, one) for one in reports], strict=True))
    documents = [report_document(work, one) for one in reports]
    with ThreadPoolExecutor(_THREADS) as threads:
        return list(zip(names, threads.map(press, documents), strict=True))


def _keys(authority_id: int, told: Any) -> Select[Any]:
    asked = select(ActivityReport.id).where(
        ActivityReport.authority_id == authority_id,
        ActivityReport.state.in_(SENT),
        ActivityReport.starts_on <= _day(told["ends_on"]),
        ActivityReport.ends_on >= _day(told["starts_on"]),
    )
    if told["mentors"]:
        asked = asked.where(ActivityReport.mentor_id.in_(told["mentors"]))
    if told["young_people"]:
        asked = asked.where(ActivityReport.young_person_id.in_(told["young_people"]))
    return asked.order_by(ActivityReport.ref, ActivityReport.id)


def _reports(work: Work, keys: Sequence[int]) -> list[ActivityReport]:
    asked = select(ActivityReport).where(ActivityReport.id.in_(keys)).order_by(ActivityReport.ref, ActivityReport.id)
    together = joinedload(ActivityReport.mentor), joinedload(ActivityReport.young_person)
    return list(work.db.scalars(asked.options(*together)))


def _together(pieces: Any) -> tuple[bytes, int]:
    whole, many = BytesIO(), 0
    with ZipFile(whole, "w", ZIP_STORED) as archive:
        for piece in pieces:
            with ZipFile(BytesIO(piece)) as read:
                for entry in read.infolist():
                    archive.writestr(entry, read.read(entry))
                    many += 1
    return whole.getvalue(), many


def _day(value: Any) -> date:
    return value if isinstance(value, date) else date.fromisoformat(value)
