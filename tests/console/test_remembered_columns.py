"""What is remembered of columns, as who brings files in sees and forgets it; and nobody else."""

from __future__ import annotations

from flask import Flask
from sqlalchemy import select

from cmcore.safekeeping.records import AuditEntry
from tests.console.autumn import Autumn
from tests.console.test_statements import cost


def test_what_is_remembered_is_seen_and_forgotten_once_asked(shipped: Flask, autumn: Autumn) -> None:
    hester = autumn.visitor(shipped)
    page = hester.opens("/columns/").page
    assert "Return of looked-after children" in page and "5 of 5 columns" in page and "Hester Quillmarsh" in page
    assert "Pupil number" not in page, "headings stand on its own page"
    assert len(cost(hester, "/columns/?importer=ssda903", autumn.stage.engine)) <= 6
    page = hester.opens("/columns/1").page
    assert "Pupil number" in page and "if nothing comes in by it before" in page
    assert "asked about again" in hester.opens("/columns/1/forget").page
    hester.sends("/columns/1/forget")
    assert hester.answer.location == "/columns/"
    assert "Nothing is remembered" in hester.opens("/columns/").page and hester.opens("/columns/1").status == 404
    with autumn.stage.work() as work:
        told = select(AuditEntry.what).where(AuditEntry.kind_of_record == "column_mapping")
        assert list(work.db.scalars(told.order_by(AuditEntry.id)))[-1] == "removed"


def test_who_brings_no_such_files_in_sees_none(shipped: Flask, autumn: Autumn) -> None:
    for who in ("finance", "mentor", "administrator"):
        visitor = autumn.visitor(shipped, who)
        assert "Nothing is remembered" in visitor.opens("/columns/").page
        assert visitor.opens("/columns/1").status == 404 and visitor.opens("/columns/1/forget").status == 404
    assert autumn.visitor(shipped, "evaluator").opens("/columns/").status == 403
    assert autumn.visitor(shipped, "elsewhere").opens("/columns/1").status == 404
