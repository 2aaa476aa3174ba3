"""A workbook out and in: previewed, kept, held back, mended, brought in twice, taken back; by the rules of a page."""

from __future__ import annotations

from datetime import date, time
from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook
from sqlalchemy import func, select

from cmcore.base.findings import NotAllowed, NotFound
from cmcore.exchange.records import ImportRun
from cmcore.returns.undo import undo_workbook
from cmcore.safekeeping.audit import verify
from cmcore.safekeeping.records import AuditEntry
from cmcore.sessions.records import MentoringSession
from cmcore.testing import Stage, refused
from cmcore.testing.story import Story
from cmcore.virtual_schools.records import Authority
from cmcore.workbooks.bringing_in import rows_waiting
from cmcore.workbooks.giving_back import given_back
from cmcore.workbooks.lists import list_of, lists_for
from cmcore.workbooks.records import WorkbookRow
from cmcore.workbooks.sheet import held_records, held_rows, template
from cmcore.workbooks.tray import begins_with, findings_of, leave_out_row, mend_row, tray_workbook, waiting_rows
from tests.cmcore.workbooks.filled import DAYS, Desk, filled, heads_of, listed_words, session


def sessions(desk: Desk) -> int:
    with desk.stage.work() as work:
        return int(work.db.scalar(select(func.count(MentoringSession.id))) or 0)


def two_good_two_bad(desk: Desk) -> bytes:
    blob = desk.empty()
    (who,) = listed_words(blob)
    rows = [session(who, DAYS[0]), session(who, DAYS[1]), session(who, date(2027, 6, 9))]
    return filled(blob, "Sessions", [*rows, session(who, DAYS[2], To="soon")])


def test_a_template_names_people_by_initials_and_reference_only(desk: Desk) -> None:
    blob = desk.empty()
    assert listed_words(blob) == ["M.B. WR-0001 with J.T. WR-M-0001, mentoring from 19/05/2026 [1]"]
    book = load_workbook(BytesIO(blob))
    everything = " ".join(str(cell.value) for sheet in book for row in sheet for cell in row)
    assert not [name for name in ("Mossy", "Bramblewick", "Juno", "Tansyhurst") if name in everything]


def test_a_preview_says_what_comes_of_each_row_and_changes_nothing(desk: Desk) -> None:
    made = desk.preview(two_good_two_bad(desk))
    assert [(one.row.row, one.what) for one in made.outcomes] == [
        (6, "new"),
        (7, "new"),
        (8, "refused"),
        (9, "refused"),
    ]
    (late,) = made.outcomes[2].reasons
    assert (late.rule, late.row, late.column) == ("R-SES-1", 8, "Sessions!H")
    (soon,) = made.outcomes[3].reasons
    assert (soon.row, soon.column, soon.value) == (9, "Sessions!F", "soon")
    assert sessions(desk) == 0
    with desk.stage.work() as work:
        assert not waiting_rows(work, desk.stage.authority_id)


def test_good_rows_are_kept_and_bad_ones_wait_in_one_transaction(desk: Desk) -> None:
    _, run = desk.brings(two_good_two_bad(desk))
    assert run is not None and sessions(desk) == 2
    with desk.stage.work() as work:
        waiting = waiting_rows(work, desk.stage.authority_id, "session")
        assert [(one.row, findings_of(one)[0].row) for one in waiting] == [(8, 8), (9, 9)]
        lines = work.db.scalars(select(AuditEntry).where(AuditEntry.act == "session.add")).all()
        assert len(lines) == 2
    with desk.stage.work("operator") as work:
        assert not list(verify(work.db.connection(), [desk.stage.authority_id]))


def test_the_same_workbook_twice_changes_nothing_the_second_time(desk: Desk) -> None:
    blob = two_good_two_bad(desk)
    desk.brings(blob)
    made, run = desk.brings(blob)
    assert run is None
    assert made.counts == {"new": 0, "changed": 0, "same": 2, "refused": 2}
    assert sessions(desk) == 2
    with desk.stage.work() as work:
        assert len(waiting_rows(work, desk.stage.authority_id)) == 2


def test_columns_may_change_places(desk: Desk) -> None:
    blob = desk.empty()
    (who,) = listed_words(blob)

    def turned(book: Any, sheet: Any) -> None:
        heads = heads_of(sheet)
        first, second = heads["Day"], heads["Where"]
        for row in (4, 5, 6):
            one, other = sheet.cell(row, first), sheet.cell(row, second)
            one.value, other.value = other.value, one.value
            one.number_format, other.number_format = other.number_format, one.number_format

    plain, moved = (filled(blob, "Sessions", [session(who, DAYS[0])], change) for change in (None, turned))
    desk.brings(moved)
    made, run = desk.brings(plain)
    assert made.counts["same"] == 1 and run is None


def test_what_is_held_is_changed_by_its_number_and_empty_cells_leave_it(desk: Desk) -> None:
    desk.brings(filled(desk.empty(), "Sessions", [session(listed_words(desk.empty())[0], DAYS[0])]))
    with desk.stage.work() as work:
        authority = work.get(Authority, desk.stage.authority_id)
        listed = list_of("session", work, authority.id)
        blob = template(
            work, listed, authority, held_rows(work, listed, authority, held_records(work, listed, authority))
        )
    assert "Drew a map" not in str(load_workbook(BytesIO(blob))["Sessions"]["J6"].value)
    unchanged = desk.preview(blob)
    assert unchanged.counts["same"] == 1
    made, run = desk.brings(filled(blob, "Sessions", [{"Where": "At home", "Art form": "Film"}]))
    assert made.outcomes[0].changes == ("Where", "Art form") and run is not None
    with desk.stage.work() as work:
        kept = work.db.scalars(select(MentoringSession)).one()
        assert (kept.place, kept.art_form, kept.done) == ("home", "Film", "Drew a map of the town.")
    with desk.stage.work() as work:
        undo_workbook(work, work.get(ImportRun, run))
    with desk.stage.work() as work:
        kept = work.db.scalars(select(MentoringSession)).one()
        assert (kept.place, kept.art_form) == ("school", "")


def test_a_row_without_number_is_known_again_by_what_it_says(desk: Desk) -> None:
    (who,) = listed_words(desk.empty())
    desk.brings(filled(desk.empty(), "Sessions", [session(who, DAYS[0])]))
    made, _ = desk.brings(filled(desk.empty(), "Sessions", [session(who, DAYS[0], To=time(16, 0))]))
    assert [one.what for one in made.outcomes] == ["changed"] and sessions(desk) == 1


def test_the_workbook_comes_back_marked_and_mends_what_waits(desk: Desk) -> None:
    blob = two_good_two_bad(desk)
    made, _ = desk.brings(blob)
    with desk.stage.work() as work:
        waiting = rows_waiting(work, desk.stage.authority_id, "session")
    marked = given_back(blob, made, waiting)
    sheet = load_workbook(BytesIO(marked))["Sessions"]
    notes = {cell.coordinate: cell.comment.text for row in sheet for cell in row if cell.comment}
    assert set(notes) == {"H8", "F9"} and "R-SES-1" in notes["H8"]
    assert sheet["H8"].fill.fgColor.rgb.endswith("F6CFCB")
    again = filled(marked, "Sessions", [{}, {}, {"Day": DAYS[2]}, {"Day": date(2026, 6, 22), "To": time(15, 0)}])
    made, run = desk.brings(again)
    assert made.counts == {"new": 2, "changed": 0, "same": 2, "refused": 0} and run is not None
    with desk.stage.work() as work:
        settled = work.db.scalars(select(WorkbookRow)).all()
        assert {one.state for one in settled} == {"mended"}
        assert not any(one.told or one.findings for one in settled)


def test_rows_that_wait_are_mended_on_screen_or_left_out(desk: Desk) -> None:
    desk.brings(two_good_two_bad(desk))
    chosen = {"joint": False, "mentor_drove": False, "chargeable": True, "worrying": False}
    with desk.stage.work() as work:
        late, _ = waiting_rows(work, desk.stage.authority_id)
        with refused("R-SES-1"):
            mend_row(work, late, begins_with(late) | chosen)
    with desk.stage.work() as work:
        late, soon = waiting_rows(work, desk.stage.authority_id)
        mend_row(work, late, begins_with(late) | chosen | {"held_on": "2026-06-22"})
        leave_out_row(work, soon)
    assert sessions(desk) == 3
    with desk.stage.work() as work:
        assert not waiting_rows(work, desk.stage.authority_id)
        with refused(None, "This row is settled"):
            leave_out_row(work, work.get(WorkbookRow, soon.id))


def test_waiting_rows_come_as_a_workbook_of_their_own(desk: Desk) -> None:
    desk.brings(two_good_two_bad(desk))
    with desk.stage.work() as work:
        authority = work.get(Authority, desk.stage.authority_id)
        blob = tray_workbook(work, list_of("session", work, authority.id), authority)
    mended = filled(blob, "Sessions", [{"Day": DAYS[2]}, {"Day": date(2026, 6, 22), "To": time(15, 0)}])
    made, _ = desk.brings(mended)
    assert made.counts["new"] == 2
    with desk.stage.work() as work:
        assert not waiting_rows(work, desk.stage.authority_id)


def test_a_whole_bringing_in_is_taken_back_unless_somebody_built_on_it(desk: Desk) -> None:
    _, run = desk.brings(two_good_two_bad(desk))
    with desk.stage.work() as work:
        kept = work.db.scalars(select(MentoringSession).order_by(MentoringSession.id)).first()
        work.change(kept, art_form="Film")
    with desk.stage.work() as work, refused(None, "changed since"):
        undo_workbook(work, work.get(ImportRun, run))
    with desk.stage.work() as work:
        kept = work.db.scalars(select(MentoringSession).order_by(MentoringSession.id)).first()
        kept.version, kept.art_form = 1, ""
    assert sessions(desk) == 2


def test_what_was_taken_back_can_be_brought_in_again(desk: Desk) -> None:
    blob = two_good_two_bad(desk)
    _, run = desk.brings(blob)
    with desk.stage.work() as work:
        undo_workbook(work, work.get(ImportRun, run))
    assert sessions(desk) == 0
    made, again = desk.brings(blob)
    assert made.counts["new"] == 2 and again is not None and sessions(desk) == 2


def test_after_thirty_days_it_is_not_taken_back(desk: Desk) -> None:
    _, run = desk.brings(two_good_two_bad(desk))
    desk.stage.on(date(2026, 12, 11))
    with desk.stage.work() as work, refused("R-IMP-1"):
        undo_workbook(work, work.get(ImportRun, run))


def test_what_is_confirmed_is_what_was_seen(desk: Desk) -> None:
    blob = two_good_two_bad(desk)
    seen = desk.preview(blob).digest
    with desk.stage.work() as work:
        desk.story.logged(work, DAYS[0])
    with refused(None, "Something has changed since you looked"):
        desk.brings(blob, seen=seen)
    assert sessions(desk) == 1


def test_a_mentor_brings_in_their_own_sessions_and_nobody_elses(desk: Desk, stage: Stage) -> None:
    desk.role = "mentor"
    (who,) = listed_words(desk.empty())
    made, run = desk.brings(filled(desk.empty(), "Sessions", [session(who, DAYS[0]), session("WR-0002", DAYS[1])]))
    assert [one.what for one in made.outcomes] == ["new", "refused"]
    assert made.outcomes[1].reasons[0].rule == "R-LST-3"
    with stage.work("mentor", mentor_id=desk.story.mentor_id) as work:
        assert len(waiting_rows(work, stage.authority_id)) == 1
        undo_workbook(work, work.get(ImportRun, run))


def test_rows_that_wait_are_seen_only_by_who_may_add_them(desk: Desk, stage: Stage) -> None:
    desk.brings(two_good_two_bad(desk))
    for role, seen in (("head", 2), ("finance", 0), ("referrer", 0), ("administrator", 0), ("evaluator", 0)):
        with stage.work(role) as work:
            assert len(waiting_rows(work, stage.authority_id)) == seen, role
    with stage.work("mentor", mentor_id=desk.story.mentor_id) as work:
        assert not waiting_rows(work, stage.authority_id)
    other = stage.authority("991", "Quillshire", "QU")
    with stage.work(authority_id=other) as work:
        with pytest.raises(NotFound):
            work.get(WorkbookRow, 1)


def test_whoever_may_not_add_to_a_list_neither_downloads_nor_brings_in(desk: Desk, stage: Stage) -> None:
    blob = two_good_two_bad(desk)
    desk.role = "finance"
    with refused(None, "There is no workbook for “session”"):
        desk.preview(blob)
    with stage.work("evaluator") as work:
        assert not list(lists_for(work, stage.authority_id))
    with stage.work("finance") as work:
        authority = work.get(Authority, stage.authority_id)
        with stage.work() as other:
            listed = list_of("session", other, stage.authority_id)
        with pytest.raises(NotAllowed):
            template(work, listed, authority)


def test_a_workbook_of_a_list_that_hangs_on_a_person(desk: Desk) -> None:
    desk.kind = "supporting_adult"
    blob = desk.empty()
    who = next(one for one in listed_words(blob) if one.startswith("M.B."))
    rows = [
        {"Young person": who, "What they are to the young person": "Foster carer", "Name": "Ada Fernley"},
        {"Young person": "WR-0001", "What they are to the young person": "Social worker", "Name": "=1+1"},
        {"Young person": "WR-0001", "What they are to the young person": "Wizard", "Name": "Bo Larkspur"},
    ]
    made, run = desk.brings(filled(blob, "Supporting adults", rows))
    assert [one.what for one in made.outcomes] == ["new", "refused", "refused"]
    assert made.outcomes[1].reasons[0].rule == "R-SHT-3" and run is not None


def test_every_list_writes_a_workbook_that_reads_back_empty(desk: Desk, stage: Stage) -> None:
    with stage.work() as work:
        kinds = [one.key for one in lists_for(work, stage.authority_id)]
    assert len(kinds) >= 16
    for desk.kind in kinds:
        made = desk.preview(desk.empty())
        assert [one.rule for one in made.reading.findings] == ["R-LST-6"], desk.kind


def test_every_list_that_is_changed_reads_back_what_is_held_as_the_same(desk: Desk, stage: Stage) -> None:
    story: Story = desk.story
    with stage.work() as work:
        story.logged(work, DAYS[0])
    with stage.work() as work:
        authority = work.get(Authority, stage.authority_id)
        for listed in lists_for(work, stage.authority_id):
            records = held_records(work, listed, authority)
            if listed.change is None or not records:
                continue
            blob = template(work, listed, authority, held_rows(work, listed, authority, records))
            desk.kind = listed.key
            made = desk.preview(blob)
            told = [str(one) for each in made.outcomes for one in each.reasons]
            assert {one.what for one in made.outcomes} <= {"same", "refused"}, (listed.key, told)


def test_many_rows_are_judged_as_one_by_one(desk: Desk) -> None:
    blob = desk.empty()
    (who,) = listed_words(blob)
    days = [date.fromordinal(DAYS[0].toordinal() + number) for number in range(24)]
    rows = [session(who, each, To=time(15, 0)) for each in days]
    clash = session(who, days[3], From=time(14, 30), To=time(15, 30))
    over = session(who, date(2026, 8, 1), From=time(9, 0), To=time(20, 0))
    made, run = desk.brings(filled(blob, "Sessions", [*rows, clash, over, over | {"Day": date(2026, 8, 2)}]))
    assert [one.what for one in made.outcomes] == ["new"] * 24 + ["refused"] * 3
    assert [one.reasons[0].rule for one in made.refused] == ["R-SES-1", "R-COM-2", "R-COM-2"]
    assert sessions(desk) == 24 and run is not None
    again, nothing = desk.brings(filled(blob, "Sessions", [*rows, rows[0] | {"Art form": "Film"}]))
    assert again.counts == {"new": 0, "changed": 1, "same": 24, "refused": 0} and nothing is not None


def test_a_bringing_in_that_is_cut_off_leaves_nothing_and_completes_the_next_time(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    blob = two_good_two_bad(desk)

    def cut_off(*told: Any) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr("cmcore.workbooks.bringing_in._Keeping._hold_back", cut_off)
        with pytest.raises(KeyboardInterrupt):
            desk.brings(blob)
    assert sessions(desk) == 0
    with desk.stage.work() as work:
        assert not work.db.scalars(select(ImportRun)).all() and not waiting_rows(work, desk.stage.authority_id)
    made, run = desk.brings(blob)
    assert made.counts["new"] == 2 and run is not None
