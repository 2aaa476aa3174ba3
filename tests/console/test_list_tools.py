"""What a list offers to whoever works in it all day: saved lists, columns, files, one act for many rows."""

from __future__ import annotations

import csv
import io
import re
from unittest.mock import ANY
from urllib.parse import quote, unquote

import pytest
from flask import Flask
from openpyxl import load_workbook
from sqlalchemy import select

from cmcore.referrals.records import Referral
from cmcore.safekeeping.records import AuditEntry
from tests.console.autumn import Autumn
from tests.console.visitor import Visitor

#: What any act asks, answered.
ANSWERS = dict.fromkeys(("on", "due_on", "review_on", "seen_on", "paid_on", "held_on"), "2026-11-10") | {
    "reason": "Both of them are away.",
    "review_days": "42",
    "capacity": "3",
    "owner": "Ros Amblewick",
}


def heads(page: str) -> list[str]:
    """The heads of the list's columns."""
    found = re.findall(r'<th scope="col"[^>]*>(?:<a [^>]*>)?(?:<span class="cm-hidden">)?([^<]*)', page)
    return [one.strip() for one in found]


def goes_on(visitor: Visitor) -> Visitor:
    """Follow where the answer leads."""
    assert visitor.status == 303, visitor.page
    return visitor.opens(visitor.answer.location)


def test_a_name_that_is_searched_for_stands_in_no_address(shipped: Flask, autumn: Autumn) -> None:
    visitor = autumn.visitor(shipped).opens("/young-people/?care_status=looked_after&sort=-ref")
    visitor.sends("/young-people/list/find", q="Brindle", care_status="looked_after", sort="-ref")
    there = visitor.answer.location
    assert "rindle" not in unquote(there) and "care_status=looked_after" in there and "sort=-ref" in there
    page = goes_on(visitor).page
    assert 'value="Brindle"' in page and not re.search(r'(?:href|action)="[^"]*rindle', page)
    other = autumn.visitor(shipped, "head").opens(there)
    assert "Type it again" in other.page and "rindle" not in other.page


def test_rows_are_chosen_seen_done_and_taken_back(shipped: Flask, autumn: Autumn) -> None:
    visitor = autumn.visitor(shipped).opens("/referrals/?state=open")
    keys = re.findall(r'name="row" value="(\d+)"', visitor.page)
    assert str(autumn.keys["crisis"]) in keys and str(autumn.keys["referral"]) in keys
    visitor.sends("/referrals/list/together", act="triage", asked="state=open")
    assert "Choose the referrals first" in goes_on(visitor).page
    visitor.sends("/referrals/list/together", act="triage", asked="state=open", row=keys)
    page = goes_on(visitor).page
    assert "Nothing has been changed yet." in page and "Where it stands: Submitted → In triage" in page
    assert "Left as it is" in page
    address = visitor.answer.request.path
    seen = re.search(r'name="seen" value="(\w+)"', page)
    assert seen
    visitor.sends(f"{address}/confirm", seen="other")
    assert "Something has changed since you looked" in goes_on(visitor).page
    page = goes_on(visitor.sends(f"{address}/confirm", seen=seen.group(1))).page
    assert "What was done" in page and "Take all of it back" in page
    receipt = visitor.answer.request.path
    assert autumn.visitor(shipped, "mentor").opens(receipt).status == 404
    assert "about them were sent" not in page
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("console.list_together.sent_since", lambda *_: 2)
        assert "2 messages about them were sent. Taking it back does not call them back" in visitor.opens(receipt).page
    page = goes_on(visitor.sends(receipt)).page
    assert "Taken back by Hester Quillmarsh" in page and "Take all of it back" not in page


def test_an_answer_is_asked_once_for_all(shipped: Flask, autumn: Autumn) -> None:
    visitor = autumn.visitor(shipped).opens("/referrals/?state=submitted")
    visitor.sends("/referrals/list/together", act="withdraw", asked="state=submitted", all="1")
    page = goes_on(visitor).page
    assert "See what would change" in page and 'name="reason"' in page
    asked = visitor.answer.request.path
    assert "to put right" in visitor.sends(asked).page
    page = goes_on(visitor.sends(asked, reason="It was written twice.")).page
    assert "Submitted → Withdrawn" in page
    assert visitor.opens("/referrals/list/together/nothing").status == 404


def test_who_may_not_is_offered_nothing_and_refused(shipped: Flask, autumn: Autumn) -> None:
    visitor = autumn.visitor(shipped, "mentor").opens("/referrals/")
    assert visitor.status == 200 and "together" not in visitor.page
    assert visitor.sends("/referrals/list/together", act="triage", row="1").status == 404


def test_columns_are_chosen_and_kept_for_whoever_chose_them(shipped: Flask, autumn: Autumn) -> None:
    visitor = autumn.visitor(shipped).opens("/referrals/?state=open")
    usual = heads(visitor.page)
    visitor.sends("/referrals/list/columns", column=["ref", "state", "social_worker", "nonsense"], asked="state=open")
    assert visitor.answer.location == "/referrals/?state=open"
    shown = heads(goes_on(visitor).page)
    assert shown == ["Choose", "Referral", "Where it stands", "Social worker"] and shown != usual
    assert heads(autumn.visitor(shipped, "head").opens("/referrals/").page) == usual
    assert heads(visitor.opens("/referrals/?cols=ref+urgency").page) == ["Choose", "Referral", "How soon"]
    goes_on(visitor.opens("/referrals/").sends("/referrals/list/columns", usual="1"))
    assert heads(visitor.page) == usual


def test_a_list_is_saved_for_a_role_shown_there_and_taken_away(shipped: Flask, autumn: Autumn) -> None:
    visitor = autumn.visitor(shipped).opens("/referrals/list/save?state=triage&cols=ref+state&q=Brindle")
    assert "Columns: Referral, Where it stands" in visitor.page and "rindle" not in visitor.page.split("<form")[0]
    asked = "/referrals/list/save?state=triage&cols=ref+state"
    assert "to put right" in visitor.sends(asked, name="", for_whom="me").page
    visitor.sends(asked, name="In hand", for_whom="role", role="head")
    assert visitor.answer.location == "/referrals/?state=triage&cols=ref+state"
    goes_on(visitor)
    head = autumn.visitor(shipped, "head").opens("/referrals/")
    assert '<a href="/referrals/?state=triage&amp;cols=ref+state">In hand</a>' in head.page
    assert 'aria-current="page">In hand</a>' in head.opens("/referrals/?state=triage&cols=ref+state").page
    assert "In hand" not in autumn.visitor(shipped, "referrer").opens("/referrals/").page
    found = re.search(r'>In hand</a>[^/]*/[^/]*action="(/referrals/list/save/\d+/remove)"', visitor.opens(asked).page)
    assert found
    assert autumn.visitor(shipped, "referrer").opens("/referrals/").sends(found.group(1)).status == 404
    assert "no longer kept" in goes_on(visitor.sends(found.group(1))).page


def table(visitor: Visitor) -> list[list[str]]:
    """The rows of the CSV file that came."""
    assert visitor.status == 200 and visitor.answer.mimetype == "text/csv", visitor.answer
    return list(csv.reader(io.StringIO(visitor.answer.data.decode("utf-8-sig"))))


def test_a_list_leaves_as_a_file_as_it_is_narrowed_and_shown_and_that_is_written_down(
    shipped: Flask, autumn: Autumn
) -> None:
    with autumn.stage.work() as work:
        work.change(work.get(Referral, autumn.keys["crisis"]), referrer_name="=HYPERLINK(1)")
    visitor = autumn.visitor(shipped).opens(
        "/referrals/list/file?as=csv&urgency=crisis&cols=ref+received_on+referrer_name"
    )
    assert table(visitor) == [["Referral", "Received", "Asked by"], [ANY, "2026-11-10", "'=HYPERLINK(1)"]]
    assert "filename=referrals-2026-11-10.csv" in visitor.answer.headers["Content-Disposition"]
    asked = quote("urgency=crisis&cols=ref+received_on+referrer_name")
    assert 'name="asked" value="urgency=crisis"' in visitor.opens("/referrals/?urgency=crisis").page
    visitor.opens(f"/referrals/list/file?asked={asked}")
    book = load_workbook(io.BytesIO(visitor.answer.data))
    cell = book["Referrals"]["C2"]
    assert cell.value == "=HYPERLINK(1)" and cell.data_type == "s"
    assert "Hester Quillmarsh" in str([row[0].value for row in book["About"]])
    with autumn.stage.work() as work:
        read = work.db.scalars(
            select(AuditEntry).where(AuditEntry.what == "read", AuditEntry.kind_of_record == "referral")
        ).all()
    assert [one.why for one in read] == ["in a file of referrals: Referral, Received, Asked by"] * 2


def test_a_file_holds_what_its_reader_sees_and_nothing_sensitive_unless_it_is_asked_for(
    shipped: Flask, autumn: Autumn
) -> None:
    every = table(autumn.visitor(shipped).opens("/young-people/list/file?as=csv"))
    mine = table(autumn.visitor(shipped, "mentor").opens("/young-people/list/file?as=csv"))
    assert 1 < len(mine) < len(every) and {row[0] for row in mine} <= {row[0] for row in every}
    assert not any("Quillshire" in cell or cell.startswith("QU-") for row in every for cell in row)
    assert autumn.visitor(shipped, "finance").opens("/young-people/list/file?as=csv").status == 403
    phones = "/adults/list/file?as=csv&cols=name+phone+role"
    assert table(autumn.visitor(shipped).opens(phones))[0] == ["Role"]
    assert table(autumn.visitor(shipped).opens(f"{phones}&sensitive=1"))[0] == ["Name", "Role", ANY]


def test_a_list_that_is_too_long_is_narrowed_before_it_leaves(
    shipped: Flask, autumn: Autumn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("console.list_files.MOST", 2)
    page = goes_on(autumn.visitor(shipped).opens("/referrals/list/file")).page
    assert "More than 2 referrals match. Narrow the list" in page


def test_whatever_a_list_offers_for_many_rows_can_be_seen_beforehand(shipped: Flask, autumn: Autumn) -> None:
    visitor = autumn.visitor(shipped, "head")
    tried, would = set(), set()
    with shipped.app_context():
        lists = {one.route_base for one in shipped.appbuilder.baseviews if getattr(one, "together", ())}
    for at in sorted(lists):
        page = visitor.opens(f"{at}/").page
        for act in re.findall(r'<option value="([\w-]+)">', page.split('id="together-act"')[1].split("</select>")[0]):
            tried.add((at, act))
            keys = re.findall(r'name="row" value="(\d+)"', page)
            goes_on(visitor.opens(f"{at}/").sends(f"{at}/list/together", act=act, row=keys))
            if visitor.answer.request.path.endswith("/ask"):
                visitor.sends(visitor.answer.request.path, **ANSWERS)
                assert visitor.status == 303, (at, act, visitor.page)
                goes_on(visitor)
            assert visitor.status == 200 and "see what would change" in visitor.page, (at, act)
            if "would change</h2>" in visitor.page and "Nothing would change" not in visitor.page:
                would.add((at, act))
    assert len(tried) > 20 and len(would) > 8, (tried, would)
