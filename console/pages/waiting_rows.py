"""Rows of workbooks that were held back: why, and mending them on screen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, ClassVar

from cmcore.base.clock import local
from cmcore.base.findings import Finding
from cmcore.forms import Form, Question, kinds
from cmcore.safekeeping.work import Work
from cmcore.workbooks.known import class_of
from cmcore.workbooks.lists import list_of
from cmcore.workbooks.records import RowState, WorkbookRow
from cmcore.workbooks.sheet import PARENT
from cmcore.workbooks.tray import begins_with, findings_of, leave_out_row, mend_row
from console.record_view import RecordView
from console.shown import State
from console.steps import Step


def _form(work: Work, row: WorkbookRow) -> Form:
    """The list's own form, and before it what the row belongs to, where it hangs on another record."""
    listed = list_of(row.kind_of_record, work, row.authority_id)
    form = listed.form_for(work, row.authority_id)
    if listed.parent is None:
        return form
    words = listed.parent.words[0]
    parent = Question(
        key=PARENT, label=f"{words[:1].upper()}{words[1:]} it belongs to", kind=kinds.Pick(of=listed.parent.kind())
    )
    return replace(form, questions=(parent, *form.questions), answers=None)


def _mend(work: Work, row: WorkbookRow, answers: Any) -> Any:
    form = _form(work, row)
    from cmcore.forms import dump

    told = dump(form, answers)
    return mend_row(work, row, told, told.pop(PARENT, None))


def _waits(row: WorkbookRow) -> bool:
    return row.state == RowState.waiting.value


class WaitingRows(RecordView):
    """Rows of workbooks that could not be kept as they were."""

    record = WorkbookRow
    route_base = "/waiting-rows"
    list_title = "Rows that wait"
    about = (
        "Rows of workbooks that were held back. Mend one here, or download them all as a workbook and mend them there."
    )
    list_columns: ClassVar[list[str]] = ["where", "kind_of_record", "why", "brought", "state"]
    label_columns: ClassVar[dict[str, str]] = {
        "where": "Row",
        "kind_of_record": "List",
        "why": "Why it waits",
        "brought": "Brought in",
        "state": "Where it stands",
        "settled_by": "Settled by",
    }
    choice_columns: ClassVar[dict[str, Any]] = {"state": RowState}
    filter_columns: ClassVar[list[Any]] = ["state", "kind_of_record"]
    order_columns: ClassVar[list[str]] = []
    base_order = ("created_at", "desc")
    views: ClassVar[list[Any]] = [("Waiting", {"state": "waiting"})]
    show_columns: ClassVar[list[str]] = ["kind_of_record", "where", "brought", "state", "settled_by"]
    facts_heading = "The row"
    empty_words = "No row of a workbook waits. Rows that cannot be kept when a workbook is brought in wait here."
    steps = (
        Step(
            "mend",
            "Mend it",
            _mend,
            form=_form,
            act="workbook_row.mend",
            begins=begins_with,
            button="Keep it",
            why="Everything that was typed is there; put right what is wrong.",
            offered=_waits,
            done="The row was mended and kept.",
        ),
        Step(
            "leave-out",
            "Leave it out",
            leave_out_row,
            why="What was typed goes, and nothing is kept of it.",
            offered=_waits,
            done="The row was left out.",
            grave=True,
        ),
    )
    together = ("leave-out",)

    def cell_where(self, row: WorkbookRow) -> str:
        """Sheet and row."""
        return f"{row.sheet}, row {row.row}"

    def cell_kind_of_record(self, row: WorkbookRow) -> str:
        """What the row was to become."""
        record = class_of(row.kind_of_record)
        words = record.words[0] if record is not None else row.kind_of_record.replace("_", " ")
        return words[:1].upper() + words[1:]

    def cell_why(self, row: WorkbookRow) -> str:
        """The first thing that is wrong with it, and its rule."""
        first = next((one for one in findings_of(row) if one.blocks), None)
        return f"{first.message} {first.rule or ''}".strip() if first is not None else ""

    def cell_brought(self, row: WorkbookRow) -> str:
        """When it was brought in."""
        at = local(row.created_at)
        return f"{at.day} {at:%b %Y, %H:%M}"

    def cell_state(self, row: WorkbookRow) -> State:
        """Where it stands."""
        return State(RowState.say(row.state), "warn" if _waits(row) else "none", "ring" if _waits(row) else "dot")

    def heading(self, row: WorkbookRow) -> str:
        """Which row of what."""
        return f"{self.cell_kind_of_record(row)}: {self.cell_where(row)}"

    def findings(self, work: Work, row: WorkbookRow) -> Sequence[Finding]:  # type: ignore[override]
        """Why it waits."""
        return findings_of(row)
