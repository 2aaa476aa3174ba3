"""The compliance board, reflective sessions, training and risk assessments, as people see them."""

from __future__ import annotations

from flask import Flask
from sqlalchemy import select

from cmcore.readiness.records import AssessmentRead, Supervision
from tests.console.autumn import Autumn


def test_the_board_says_who_may_work_and_until_when(shipped: Flask, autumn: Autumn) -> None:
    page = autumn.visitor(shipped).opens("/who-may-work/").page
    assert "Juno Tansyhurst" in page and "Kit Ferndrake" in page
    assert "Not from 29 Nov 2026 on" in page and "R-DBS-2" in page
    assert "Not in 30 days (1)" in page and "May work (2)" in page


def test_another_day_is_looked_at_and_a_view_narrows(shipped: Flask, autumn: Autumn) -> None:
    visitor = autumn.visitor(shipped)
    later = visitor.opens("/who-may-work/?on=2026-11-29&show=out").page
    assert "Juno Tansyhurst" in later and "Kit Ferndrake" not in later and "May not work" in later
    assert "was three years old on 29 November 2026" in later
    assert "That is not a day" in visitor.opens("/who-may-work/?on=soon").page
    assert visitor.opens("/who-may-work/?authority=999").status == 404


def test_a_mentor_sees_only_themselves_and_others_nothing(shipped: Flask, autumn: Autumn) -> None:
    page = autumn.visitor(shipped, "mentor").opens("/who-may-work/").page
    assert "Whether you may work" in page and "Juno Tansyhurst" in page and "Kit Ferndrake" not in page
    for who in ("referrer", "evaluator", "administrator"):
        assert autumn.visitor(shipped, who).opens("/who-may-work/").status == 403


def test_a_reflective_session_is_written_down_for_several_at_once(shipped: Flask, autumn: Autumn) -> None:
    visitor = autumn.visitor(shipped).opens(f"/reflective-sessions/add?mentor_id={autumn.main.mentor_id}")
    assert "Juno Tansyhurst" in visitor.page
    with autumn.stage.work() as work:
        held = work.get(Supervision, autumn.keys["supervision"])
        assert (held.mentor.name, held.attendance) == ("Juno Tansyhurst", "came")
    page = visitor.opens(f"/mentors/{autumn.main.mentor_id}").page
    assert "6 Oct 2026" in page and "Attachment" in page


def test_a_mentor_says_that_they_have_read_a_risk_assessment(shipped: Flask, autumn: Autumn) -> None:
    with autumn.stage.work("operator") as work:
        work.db.delete(work.get(AssessmentRead, autumn.keys["assessment_read"]))
    address = f"/risk-assessments/{autumn.keys['risk_assessment']}"
    visitor = autumn.visitor(shipped, "mentor").opens(f"{address}/read")
    assert "Juno Tansyhurst" in visitor.page
    day = {"read_on.day": "10", "read_on.month": "11", "read_on.year": "2026"}
    done = visitor.sends(f"{address}/read", mentor_id=str(autumn.main.mentor_id), **day)
    assert done.status == 303, done.page
    with autumn.stage.work() as work:
        reads = work.db.scalars(select(AssessmentRead).where(AssessmentRead.mentor_id == autumn.main.mentor_id))
        assert autumn.keys["risk_assessment"] in {one.assessment_id for one in reads}
