"""The columns that are remembered: what is told of them, who may forget them, and when they go by themselves."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from cmcore.base.findings import NotAllowed
from cmcore.exchange.columns import fingerprint
from cmcore.safekeeping.records import AuditEntry
from cmcore.testing import Stage
from cmcore.workbooks.records import ColumnMapping
from cmcore.workbooks.remembered import (
    clear_old_columns,
    columns_of,
    forget_columns,
    kept_until,
    last_used_on,
    remembered_columns,
    what_of,
)
from cmcore.workbooks.remembering import matched_as_before, recalled, remember, used_again
from tests.cmcore.workbooks.test_remembering import confirmed, heads

FORGETS = "column_mapping"


@pytest.mark.parametrize(
    ("importer", "words"),
    [
        ("ssda903.header", "Return of looked-after children: "),
        ("ssda903.gone", "Return of looked-after children: gone"),
        ("gias.register", "Public register of schools"),
        ("own invoice", "A mentor's own invoices"),
        ("workbook.session.rows", "Sessions as a workbook"),
        ("workbook.of_a_plugin_gone.rows", "Of a plugin gone as a workbook"),
    ],
)
def test_what_is_remembered_says_of_which_files(importer: str, words: str) -> None:
    kept = ColumnMapping(importer=importer, headings={"DOB": "Born", "rate": ""})
    assert what_of(kept).startswith(words)
    assert [heading for _, heading in columns_of(kept)] == ["Born", ""]


def test_a_column_is_called_as_it_is_on_screen() -> None:
    header = ColumnMapping(importer="ssda903.header", headings={"DOB": "Born"})
    invoice = ColumnMapping(importer="own invoice", headings={"held_on": "Visit"})
    assert columns_of(header) == [("Date of birth (DOB)", "Born")] and columns_of(invoice) == [("Day", "Visit")]


def test_two_years_after_something_last_came_in_by_it_and_not_a_day_sooner_it_goes(stage: Stage) -> None:
    stage.on(date(2026, 2, 28))
    confirmed(stage)
    stage.on(date(2026, 11, 10))
    with stage.work() as work:
        used_again(work, stage.authority_id, [heads(), None])
        (kept,) = remembered_columns(work, stage.authority_id)
        assert (last_used_on(kept), kept_until(kept)) == (date(2026, 11, 10), date(2028, 11, 10))
        assert kept.confirmed_by == work.actor.name
    for on, gone in ((date(2028, 11, 9), 0), (date(2028, 11, 10), 1), (date(2028, 11, 11), 0)):
        stage.on(on)
        with stage.work("operator") as work:
            assert clear_old_columns(work) == gone


def test_what_was_confirmed_before_uses_were_written_down_counts_from_then(stage: Stage) -> None:
    confirmed(stage)
    with stage.work() as work:
        (kept,) = remembered_columns(work, stage.authority_id)
        kept.last_used_on = None
    with stage.work() as work:
        (kept,) = remembered_columns(work, stage.authority_id)
        assert kept_until(kept) == date(work.today.year + 2, work.today.month, work.today.day)


def test_a_use_is_written_down_once_a_day_and_what_stands_under_our_words_not_at_all(stage: Stage) -> None:
    confirmed(stage)
    for _ in range(2):
        stage.on(stage.clock.today() + timedelta(days=1))
        for _ in range(2):
            with stage.work() as work:
                used_again(work, stage.authority_id, [heads(), heads("CHILD", "SEX", "DOB", "ETHNIC", "UPN")])
    with stage.work() as work:
        (kept,) = remembered_columns(work, stage.authority_id)
        assert kept.version == 3


# SQLite lets one write after the other; only PostgreSQL lets both begin.
@pytest.mark.databases("postgresql")
@pytest.mark.parametrize("there_already", [True, False])
def test_two_who_use_the_same_columns_at_once_for_the_first_time_on_a_day_both_bring_their_files_in(
    stage: Stage, there_already: bool
) -> None:
    confirmed(stage)
    stage.on(stage.clock.today() + timedelta(days=1))
    with stage.work() as second:
        assert recalled(second, stage.authority_id, heads().importer, fingerprint(heads().headings)) is not None
        with stage.work() as first:
            used_again(first, stage.authority_id, [heads()])
            first.db.flush()
            if not there_already:
                used_again(second, stage.authority_id, [heads()])
        used_again(second, stage.authority_id, [heads()])
        second.db.flush()
    with stage.work() as work:
        (kept,) = remembered_columns(work, stage.authority_id)
        assert last_used_on(kept) == work.today and kept.version == 2


def test_what_is_forgotten_is_asked_about_again_and_the_audit_says_who_forgot_it(stage: Stage) -> None:
    confirmed(stage)
    with stage.work() as work:
        forget_columns(work, remembered_columns(work, stage.authority_id)[0])
    with stage.work() as work:
        (again,) = matched_as_before(work, stage.authority_id, [heads()])
        assert again is not None and not again.settled
        told = select(AuditEntry).where(AuditEntry.kind_of_record == FORGETS).order_by(AuditEntry.id.desc())
        last = work.db.scalars(told).first()
        assert last is not None and last.login == work.actor.login and "Bramblewick" not in str(vars(last))


def test_who_may_not_bring_such_files_in_forgets_none(stage: Stage) -> None:
    confirmed(stage)
    with stage.work() as work:
        kept = remembered_columns(work, stage.authority_id)[0]
    for role in ("finance", "evaluator"):
        with stage.work(role) as work:
            assert remembered_columns(work, stage.authority_id) == []
            with pytest.raises(NotAllowed):
                forget_columns(work, kept)
    with stage.work() as work:
        remember(work, stage.authority_id, "own invoice", "mentor 1", {"held_on": "Day"}, act="invoice.add")
    with stage.work("finance") as work:
        assert [one.importer for one in remembered_columns(work, stage.authority_id)] == ["own invoice"]
