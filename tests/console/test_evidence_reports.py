"""Reports in the console: drawn up for whoever may see them, remembered when given out, and each copy written down."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from sqlalchemy import func, select

from cmcore.evidence.records import PublishedTable
from cmcore.evidence.reports.outputs import OUTPUTS
from cmcore.safekeeping.records import AuditEntry
from console.report_rows import lines, parts_of
from tests.cmcore.evidence.reports.made_reports import made
from tests.console.autumn import Autumn
from tests.console.test_evidence import text_of
from tests.console.visitor import Visitor

SUMMARY, TERMLY = "/evidence/reports/summary", "/evidence/reports/termly"


def visiting(shipped: Flask, autumn: Autumn, who: str) -> Visitor:
    return Visitor(shipped).holds(autumn.token(who))


def given_out(autumn: Autumn) -> int:
    with autumn.stage.work("operator", authority_id=1) as work:
        return work.db.scalar(select(func.count(PublishedTable.id))) or 0


def test_a_summary_is_read_and_taken_away_as_each_kind_of_file(shipped: Flask, autumn: Autumn) -> None:
    head = visiting(shipped, autumn, "head")
    page = head.opens(f"{SUMMARY}?key_stage=KS4&by=care_status").page
    said = text_of(page)
    assert "Programme summary: Creative mentoring" in said and "Only key stage at the start: Key stage 4." in said
    assert "By care status" in said and "No comparison group." in said and "do not pass this on" in said
    # It stands under the name it is saved as only where the very same filters are.
    assert "“" in said
    links = re.findall(r'href="(/evidence/reports/summary/file[^"]*)"', page)
    assert len(links) == len(OUTPUTS)
    for link in (links[2], links[-1]):
        answer = head.opens(link.replace("&amp;", "&")).answer
        assert answer.status_code == 200 and "key_stage=KS4" in link
        assert "filename=summary-creative-mentoring." in answer.headers["Content-Disposition"]
    assert given_out(autumn) == 0
    with autumn.stage.work("operator", authority_id=1) as work:
        whys = list(work.db.scalars(select(AuditEntry.why).where(AuditEntry.why.startswith("programme summary"))))
    assert whys == [f"programme summary taken out as {one}" for one in ("Workbook", "JSON")]
    assert head.opens("/evidence/reports/").status == 302
    assert head.opens(f"{SUMMARY}/file?format=exe").status == 404
    assert head.opens("/evidence/reports/shoes").status == 404


def test_a_policy_that_hides_is_looked_at_freely_and_remembered_when_taken_away(shipped: Flask, autumn: Autumn) -> None:
    pytest.importorskip("scipy", reason="scipy is not installed: the extra is called evidence.")
    head = visiting(shipped, autumn, "head")
    said = text_of(head.opens(TERMLY).page)
    assert "Termly return: Creative mentoring, Autumn term 2026-27" in said and "Paid to mentors for the term" in said
    assert "Every number, for your own use" not in said
    assert given_out(autumn) == 0
    assert head.opens(f"{TERMLY}/file?format=csv").status == 200
    assert given_out(autumn) == 1
    assert head.opens(f"{TERMLY}?policy=internal").status == 422
    assert "A return to a committee hides small numbers." in head.page
    assert head.opens(f"{TERMLY}?term=2020-01-01").status == 422
    assert head.opens(f"{SUMMARY}?started_from=yesterday").status == 422


def test_an_evaluator_has_what_is_given_out_and_others_have_nothing(shipped: Flask, autumn: Autumn) -> None:
    pytest.importorskip("scipy", reason="scipy is not installed: the extra is called evidence.")
    evaluator = visiting(shipped, autumn, "evaluator")
    said = text_of(evaluator.opens(SUMMARY).page)
    assert "Small numbers are not shown." in said and "Every number, for your own use" not in said
    assert given_out(autumn) == 1
    assert evaluator.opens(f"/evidence/reports/journey/{autumn.main.person_id}").status in (403, 404)
    for who in ("mentor", "referrer", "finance", "administrator"):
        assert visiting(shipped, autumn, who).opens(SUMMARY).status == 403


def test_a_journey_is_read_from_a_young_persons_page_and_every_copy_is_written_down(
    shipped: Flask, autumn: Autumn
) -> None:
    head = visiting(shipped, autumn, "head")
    where = f"/evidence/reports/journey/{autumn.main.person_id}"
    assert f'href="{where}"' in head.opens(f"/young-people/{autumn.main.person_id}").page
    page = head.opens(where).page
    assert "A young person’s journey" in page and "These are one person’s scores." in page
    with autumn.stage.work("operator", authority_id=1) as work:
        from cmcore.young_people.records import YoungPerson

        person = work.get(YoungPerson, autumn.main.person_id)
        name, ref = person.family_name, person.ref
    assert name not in page
    answer = head.opens(f"{where}/file?format=html").answer
    assert answer.headers["Content-Disposition"] == f"attachment; filename=journey-{ref}.html"
    with autumn.stage.work("operator", authority_id=1) as work:
        whys = list(work.db.scalars(select(AuditEntry.why).where(AuditEntry.why.startswith("journey report"))))
    assert whys == ["journey report read", "journey report taken out as Page"]
    mentor = visiting(shipped, autumn, "mentor")
    assert mentor.opens(where).status == 200
    assert mentor.opens(f"/evidence/reports/journey/{autumn.others['new'].person_id}").status == 404
    assert visiting(shipped, autumn, "elsewhere").opens(where).status == 404


def test_what_is_hidden_is_one_dashed_piece_on_the_page_too() -> None:
    moved, _ = parts_of(made())[0].shown
    [(label, cells)] = moved.rows  # type: ignore[union-attr]
    assert (label, [one.words for one in cells]) == ("Confidence", ["", "14", "c", "0", "c", "c"])
    assert cells[0].picture.count("cm-ch-bar--hid") == 1 and "cm-ch-bar--up" not in cells[0].picture
    assert [words for _, words in moved.key][-1] == "not shown"  # type: ignore[union-attr]
    plain = lines(made().sections[0].tables[1])
    assert plain.heads == [("What", False), ("Number", True), ("Day", False)]
