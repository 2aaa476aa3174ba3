"""Rows that were held back: read, mended on screen, or left out. What was typed goes when a row is settled."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select

from cmcore.base.findings import Finding, Refused, Severity, refuse
from cmcore.forms import load
from cmcore.safekeeping.work import Work, action
from cmcore.virtual_schools.records import Authority
from cmcore.workbooks.lists import ListWorkbook, list_of
from cmcore.workbooks.records import RowState, WorkbookRow
from cmcore.workbooks.sheet import HELD, PARENT, template


def waiting_rows(work: Work, authority_id: int, kind: str = "") -> Sequence[WorkbookRow]:
    """The rows that wait to be mended, those brought in first first; of one list where its kind is named."""
    asked = select(WorkbookRow).where(
        WorkbookRow.authority_id == authority_id, WorkbookRow.state == RowState.waiting.value
    )
    if kind:
        asked = asked.where(WorkbookRow.kind_of_record == kind)
    return work.db.scalars(asked.order_by(WorkbookRow.run_id, WorkbookRow.row, WorkbookRow.id)).all()


def findings_of(row: WorkbookRow) -> list[Finding]:
    """Why a row was held back, as findings."""
    return [Finding(**one | {"severity": Severity(one.get("severity", "block"))}) for one in row.findings]


def settle(work: Work, row: WorkbookRow, state: RowState, record_id: int | None) -> None:
    """Say what came of a row that waited; what was typed goes."""
    now = work.clock.now()
    work.change(
        row,
        state=state.value,
        told={},
        findings=[],
        settled_at=now,
        settled_by=work.actor.name,
        record_id=record_id,
    )


@action("workbook_row.mend")
def mend_row(work: Work, row: WorkbookRow, raw: Mapping[str, Any], parent_id: int | None = None) -> Any:
    """Keep a row that waited, with these answers in place of what was typed; gives the record it became.

    Refuses what the list's form and act refuse, and a row that was settled already. ``parent_id`` is the record it
    belongs to, in a list that hangs on another one.
    """
    _still_waiting(row)
    authority = work.get(Authority, row.authority_id)
    listed = list_of(row.kind_of_record, work, authority.id)
    answers = load(listed.form_for(work, authority.id), raw)
    parent = None
    if listed.parent is not None:
        if parent_id is None:
            raise refuse(f"Say which {listed.parent.words[0]} it belongs to.", place=PARENT)
        parent = work.get(listed.parent, parent_id)
    record = _changed(work, listed, row, answers) or listed.make(work, authority.id, parent, answers)
    work.db.flush()
    settle(work, row, RowState.mended, record.id)
    return record


def _changed(work: Work, listed: ListWorkbook, row: WorkbookRow, answers: Any) -> Any:
    """The record a row was to change, changed; nothing where it was to make one."""
    held = row.told.get(HELD)
    if not isinstance(held, int):
        return None
    if listed.change is None:
        raise refuse(f"A {listed.one} that is held is not changed here.")
    record: Any = work.get(listed.record, held)
    listed.change(work, record, answers, record.version)
    return record


@action("workbook_row.mend")
def leave_out_row(work: Work, row: WorkbookRow) -> WorkbookRow:
    """Leave a row out for good: what was typed goes. Refuses one that was settled already."""
    _still_waiting(row)
    settle(work, row, RowState.left_out, None)
    return row


def _still_waiting(row: WorkbookRow) -> None:
    if row.state != RowState.waiting:
        raise Refused([Finding(f"This row is settled: {RowState.say(row.state).lower()}.")])


def tray_workbook(work: Work, listed: ListWorkbook, authority: Authority) -> bytes:
    """The rows of a list that wait, as a workbook to mend them in; bringing it back settles those that are good."""
    rows = [{**one.told, HELD: _named(one)} for one in waiting_rows(work, authority.id, listed.key)]
    return template(work, listed, authority, rows)


def _named(row: WorkbookRow) -> Any:
    """What stands in the first column of a row that waits: which one it is, or the record it changes."""
    held = row.told.get(HELD)
    return held if isinstance(held, int) else f"waiting row {row.id}"


def begins_with(row: WorkbookRow) -> dict[str, Any]:
    """What the form of a row that waits begins with: what was typed, by question."""
    return {key: value for key, value in row.told.items() if key != HELD}
