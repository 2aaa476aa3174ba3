"""What was confirmed of a file's columns: for whom it is remembered, who sees it, and that the move to it lost none."""

from __future__ import annotations

import pytest
from sqlalchemy import inspect, select

from cmcore.base.engine import engine_for
from cmcore.base.findings import NotAllowed
from cmcore.base.migrations import downgrade, upgrade
from cmcore.exchange.columns import Heads, fingerprint, match_columns
from cmcore.exchange.ssda903.layout import HEADER
from cmcore.safekeeping.records import AuditEntry
from cmcore.testing import Stage
from cmcore.testing.story import Story
from cmcore.workbooks.records import ColumnMapping
from cmcore.workbooks.remembering import matched_as_before, of_mentor, remember, remember_all
from tests.cmcore.workbooks.filled import Desk

HEADINGS = ("Child ID", "Gender", "Mossy Bramblewick", "Ethnicity", "Pupil number")


def heads(*headings: str) -> Heads:
    return Heads("header.csv", "header", "ssda903.header", HEADER.asked, headings or HEADINGS, official=True)


def confirmed(stage: Stage) -> None:
    with stage.work() as work:
        made = match_columns(heads(), None, match_columns(heads()).places | {"DOB": 2})
        remember_all(work, stage.authority_id, [made], act="import.ssda903")


def test_what_was_confirmed_counts_for_the_same_headings_in_any_order_and_for_no_others(stage: Stage) -> None:
    confirmed(stage)
    with stage.work() as work:
        again, other = heads(*reversed(HEADINGS)), heads(*HEADINGS, "Team")
        same, fresh = matched_as_before(work, stage.authority_id, [again, other])
        assert same is not None and same.settled and same.matches["DOB"].heading == "Mossy Bramblewick"
        assert fresh is not None and "DOB" not in fresh.matches


def test_only_who_may_bring_such_files_in_sees_what_was_confirmed(desk: Desk) -> None:
    stage, mentor_id = desk.stage, desk.story.mentor_id
    other = stage.authority("991", "Quillshire", "QU")
    confirmed(stage)
    with stage.work() as work:
        key, act = of_mentor(mentor_id), "invoice.add"
        remember(work, stage.authority_id, "own invoice", key, {"held_on": "Date"}, act=act, mentor_id=mentor_id)
    seen = {}
    for role, who in (
        ("coordinator", {}),
        ("mentor", {"mentor_id": mentor_id}),
        ("mentor", {"mentor_id": mentor_id + 1, "login": "another"}),
        ("referrer", {}),
        ("evaluator", {}),
        ("coordinator", {"authority_id": other}),
    ):
        with stage.work(role, **who) as work:
            seen[len(seen)] = sorted(one.importer for one in work.db.scalars(select(ColumnMapping)))
    assert list(seen.values()) == [["own invoice", "ssda903.header"], ["own invoice"], [], [], [], []]
    with stage.work("referrer") as work, pytest.raises(NotAllowed):
        remember(work, stage.authority_id, "ssda903.header", fingerprint(["x"]), {}, act="import.ssda903")


def test_the_audit_says_that_it_was_confirmed_and_no_heading(stage: Stage) -> None:
    confirmed(stage)
    with stage.work() as work:
        lines = work.db.scalars(select(AuditEntry).where(AuditEntry.kind_of_record == "column_mapping")).all()
        assert len(lines) == 1 and "Bramblewick" not in str(vars(lines[0]))


def test_what_was_known_of_mentors_invoices_is_carried_over_and_back(empty_database_url: str) -> None:
    upgrade(empty_database_url)
    engine = engine_for(empty_database_url)
    stage, told = Stage(engine), {"held_on": "Date of visit"}
    stage.authority()
    mentor = Story.begin(stage).mentor_id
    with stage.work() as work:
        key, act = of_mentor(mentor), "invoice.add"
        remember(work, stage.authority_id, "own invoice", key, told, act=act, mentor_id=mentor)
    downgrade(empty_database_url, "core", "0027")
    assert "cm_invoice_headings" in inspect(engine).get_table_names()
    upgrade(empty_database_url)
    with stage.work() as work:
        kept = work.db.scalars(select(ColumnMapping)).one()
        assert (kept.headings, kept.known_by, kept.mentor_id) == (told, key, mentor)
    engine.dispose()
