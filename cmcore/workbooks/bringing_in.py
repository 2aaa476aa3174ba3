"""Brings a list's workbook in: a preview that changes nothing, then all of it in one transaction or none."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from cmcore.base.bulk import ranges
from cmcore.base.findings import Finding, Refused, refuse
from cmcore.exchange.columns import Heads, Matched
from cmcore.exchange.given import GivenFile
from cmcore.exchange.records import ImportChange, ImportRun
from cmcore.exchange.workbook.form_sheet import about_of, sheet_book
from cmcore.exchange.workbook.seen import Book
from cmcore.forms import Form
from cmcore.safekeeping.audit import plain
from cmcore.safekeeping.work import Work, action
from cmcore.virtual_schools.records import Authority
from cmcore.workbooks.list_columns import list_heads, with_own_headings
from cmcore.workbooks.lists import ListWorkbook
from cmcore.workbooks.outcomes import CHANGED, NEW, REFUSED, SAME, Outcome, Preview
from cmcore.workbooks.reading import ListReading, read_list
from cmcore.workbooks.records import RowState, WorkbookKey, WorkbookRow
from cmcore.workbooks.remembering import as_matched, matched_as_before
from cmcore.workbooks.sheet import sheet_form, stamp_of
from cmcore.workbooks.tray import settle, waiting_rows
from cmcore.workbooks.weighing import Weighing

#: What a run of a list's workbook is called among imports.
IMPORTER = "workbook"
#: How a workbook names the programme it was made for.
_KEY = re.compile(r"[1-9]\d{0,8}", re.ASCII)
#: The largest workbook that is read, in bytes.
LARGEST = 10_000_000


def read_workbook(
    work: Work,
    listed: ListWorkbook,
    authority: Authority,
    given: GivenFile,
    matched: Sequence[Matched | None] | None = None,
) -> ListReading:
    """The rows of a workbook somebody gave us; everything wrong with the file is a finding of the reading.

    ``matched`` says of each sheet which column is which. Where nobody said so, the headings are those that were given
    out, or such as were confirmed before; what could only be guessed is refused.
    """
    work.require(listed.needs, authority.id)
    file = given.name
    try:
        book = _book(given)
    except Refused as refused:
        return ListReading(file, findings=list(refused.findings))
    form = _form_of(work, listed, authority, book)
    asked, edition = sheet_form(listed, form), stamp_of(form)
    if matched is None:
        made = matched_as_before(work, authority.id, list_heads(listed, asked, book, file))
        matched = [as_matched(one) for one in made] if all(one is None or one.settled for one in made) else []
    if any(matched):
        book = with_own_headings(book, matched)
    return read_list(asked, book, file=file, edition=edition, authority=authority.code)


def heads_of_workbook(work: Work, listed: ListWorkbook, authority: Authority, given: GivenFile) -> list[Heads]:
    """The headings of a list's workbook, sheet by sheet; none for a file that is no workbook of a form."""
    work.require(listed.needs, authority.id)
    try:
        book = _book(given)
        return list_heads(listed, sheet_form(listed, _form_of(work, listed, authority, book)), book, given.name)
    except Refused:
        return []


def _form_of(work: Work, listed: ListWorkbook, authority: Authority, book: Book) -> Form:
    """The form of a list as it was given out: for the whole authority, or for the programme the workbook names."""
    told = about_of(book).get("programme", "")
    programme = int(told) if listed.by_programme and _KEY.fullmatch(told) else None
    return listed.form_for(work, authority.id, programme)


def _book(given: GivenFile) -> Book:
    with given.open() as stream:
        return sheet_book(stream.read(LARGEST + 1), given.name)


def preview_workbook(work: Work, listed: ListWorkbook, authority: Authority, reading: ListReading) -> Preview:
    """What would come of each row, found out by doing it and undoing all of it: nothing is changed.

    The work is undone when this returns.
    """
    made = Preview(listed.key, reading)
    if reading.refused:
        return made
    try:
        made.outcomes = Weighing(work, listed, authority, reading).outcomes()
    finally:
        work.undo()
    for one in made.outcomes:
        if one.what == NEW:
            one.record_id = None
    return made


@action("workbook_row.bring_in")
def bring_in_workbook(
    work: Work,
    authority: Authority,
    listed: ListWorkbook,
    reading: ListReading,
    *,
    digest: str = "",
    seen: str | None = None,
) -> tuple[Preview, ImportRun | None]:
    """Bring a workbook in: good rows are kept, the others held back to be mended. All of it or nothing.

    ``digest`` is the file's fingerprint, ``seen`` that of the preview that was confirmed: where something has changed
    since, this refuses. Gives no run where the workbook changes nothing. Refuses a file that is refused as a whole, and
    whoever may not add to the list.
    """
    if reading.refused:
        raise Refused(reading.findings)
    made = Preview(listed.key, reading, Weighing(work, listed, authority, reading).outcomes())
    if seen is not None and seen != made.digest:
        raise refuse(
            "Something has changed since you looked, so nothing was brought in.",
            way_out="Look at what would change now, and confirm that.",
        )
    return made, _Keeping(work, authority, listed, made, digest).run()


def rows_waiting(work: Work, authority_id: int, kind: str) -> dict[int, int]:
    """Under which number each row of the workbook brought in last waits, by its row in the sheet."""
    return {one.row: one.id for one in waiting_rows(work, authority_id, kind)}


class _Keeping:
    """What is kept of a bringing-in beside the records themselves."""

    def __init__(self, work: Work, authority: Authority, listed: ListWorkbook, made: Preview, digest: str) -> None:
        self.work = work
        self.authority = authority
        self.listed = listed
        self.made = made
        self.digest = digest
        waiting = waiting_rows(work, authority.id, listed.key)
        self.waiting = {one.id: one for one in waiting}
        self.held_back = {one.fingerprint for one in waiting}

    def run(self) -> ImportRun | None:
        """Write the run, what it made and changed, and the rows held back; none where nothing came of it."""
        again = [one for one in self.made.refused if one.fingerprint not in self.held_back]
        mended = [one for one in self.made.outcomes if one.mends in self.waiting and one.what != REFUSED]
        if not again and not mended and all(one.what in (SAME, REFUSED) for one in self.made.outcomes):
            return None
        run = self.work.add(self._run())
        self.work.db.flush()
        self._keys(run)
        for one in self.made.outcomes:
            if one.what == CHANGED or (one.what == NEW and one.after.get("version", 1) != 1):
                self.work.db.add(self._change(run, one))
        for one in mended:
            settle(self.work, self.waiting[one.mends or 0], RowState.mended, one.record_id)
        for one in again:
            self._hold_back(run, one)
        return run

    def _run(self) -> ImportRun:
        now = self.work.clock.now()
        made: dict[str, list[int]] = defaultdict(list)
        for one in self.made.outcomes:
            for kind, key in one.made:
                made[kind].append(key)
        told = self.made.counts
        return ImportRun(
            authority_id=self.authority.id,
            importer=IMPORTER,
            of_kind=self.listed.key,
            login=self.work.actor.login,
            started_at=now,
            finished_at=now,
            started_by=self.work.actor.name,
            files={"workbook": self.digest},
            counts={self.listed.key: told},
            receipt={
                "made": {kind: ranges(keys) for kind, keys in made.items()},
                "held_back": [_without_value(each) for one in self.made.refused[:200] for each in one.reasons],
                "held_back_in_all": told[REFUSED],
            },
        )

    def _keys(self, run: ImportRun) -> None:
        self.work.db.add_all(
            WorkbookKey(
                authority_id=self.authority.id,
                run_id=run.id,
                kind_of_record=self.listed.key,
                fingerprint=one.fingerprint,
                record_id=one.record_id,
            )
            for one in self.made.outcomes
            if one.what == NEW
        )

    def _change(self, run: ImportRun, one: Outcome) -> ImportChange:
        return ImportChange(
            authority_id=self.authority.id,
            run_id=run.id,
            kind_of_record=self.listed.key,
            record_id=one.record_id,
            change=one.what,
            before={name: plain(value) for name, value in one.before.items()},
            after={name: plain(value) for name, value in one.after.items()},
        )

    def _hold_back(self, run: ImportRun, one: Outcome) -> None:
        if one.mends in self.waiting:
            # It was to mend a row that waits, and waits in its place.
            settle(self.work, self.waiting[one.mends or 0], RowState.left_out, None)
        self.work.add(
            WorkbookRow(
                authority_id=self.authority.id,
                run_id=run.id,
                kind_of_record=self.listed.key,
                act=self.listed.needs,
                login=self.work.actor.login,
                sheet=one.row.sheet,
                row=one.row.row,
                told=one.row.raw,
                findings=[each.as_data() for each in one.findings],
                fingerprint=one.fingerprint,
            )
        )


def _without_value(one: Finding) -> dict[str, Any]:
    """A finding for the receipt: where and what, not what was typed."""
    told = one.as_data()
    told.pop("value", None)
    return told
