"""What went on in the background that autumn: a pack that waits to be fetched, an import that failed, and messages."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from cmcore.demo.columns_kept import keep_columns
from cmcore.demo.held_back import hold_a_row_back
from cmcore.demo.kept_lists import keep_lists
from cmcore.jobs.actions import noticed
from cmcore.jobs.forms import PackAnswers
from cmcore.jobs.packs import ask_for_pack
from cmcore.jobs.records import Task
from cmcore.jobs.tasks import Tasks
from cmcore.messages.mail import Mail
from cmcore.messages.records import OutgoingMessage
from cmcore.messages.sending import PostRoom
from cmcore.returns.tasks import RETURN, ask_to_bring_in

if TYPE_CHECKING:
    from tests.console.autumn import Autumn

WHO = "coordinator@example.invalid"
SUMMER = PackAnswers(starts_on=date(2026, 6, 1), ends_on=date(2026, 8, 31))


def settled(made: Autumn) -> None:
    """Ask for long work, do it, leave one piece waiting; write messages down in each state."""
    stage = made.stage

    with stage.work("coordinator", login=WHO) as work:
        done = ask_for_pack(work, stage.authority_id, SUMMER)
        files = [("header.csv", b"CHILD,SEX\n1,1\n")]
        failed = ask_to_bring_in(work, stage.authority_id, RETURN, files, seen="0" * 64, largest=1_000_000)
        made.keys |= {"pack": done.id, "failed_import": failed.id}
    tasks = Tasks(PostRoom(stage.engine, Mail(), stage.clock))
    for name in ("pack", "failed_import"):
        assert tasks.do(stage.authority_id, made.keys[name])
    with stage.work("coordinator", login=WHO) as work:
        for name in ("pack", "failed_import"):
            noticed(work, work.get(Task, made.keys[name]))
        made.keys["waiting_pack"] = ask_for_pack(work, stage.authority_id, SUMMER).id
    hold_a_row_back(stage.engine, stage.authority_id, stage.clock.today())
    keep_lists(stage.engine, stage.authority_id, stage.clock.today())
    keep_columns(stage.engine, stage.authority_id, stage.clock.today())
    with stage.work("operator") as work:
        for number, told in enumerate(({"sent_at": stage.clock.now()}, {"fault": "unreachable"}, {}), 1):
            message = OutgoingMessage(
                authority_id=stage.authority_id,
                kind_of_message="digest",
                login=WHO,
                key=f"2026-11-0{number}",
                made_on=date(2026, 11, number),
                tries=1 if told else 0,
                **told,
            )
            made.keys["message" if "fault" in told else f"message_{number}"] = _kept(work, message)


def _kept(work: object, message: OutgoingMessage) -> int:
    work.add(message)  # type: ignore[attr-defined]
    work.db.flush()  # type: ignore[attr-defined]
    return int(message.id)
