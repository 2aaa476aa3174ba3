"""Finding a mentor in the console: from the referral to a decision to a commission begun with it."""

from __future__ import annotations

import re
from html import unescape

from flask import Flask
from sqlalchemy import select

from cmcore.matching.records import MatchDecision
from tests.console.autumn import Autumn


def at(autumn: Autumn, more: str = "") -> str:
    return f"/matching/{autumn.keys['to_match']}{more}"


def test_the_referral_and_the_planned_enrolment_lead_to_a_mentor(shipped: Flask, autumn: Autumn) -> None:
    visitor = autumn.visitor(shipped)
    for path in (f"/referrals/{autumn.keys['to_match']}", f"/enrolments/{autumn.keys['planned']}"):
        page = visitor.opens(path).page
        assert "Find another mentor" in page and at(autumn) in page
    waiting = visitor.opens(f"/referrals/{autumn.keys['referral']}").page
    assert "Find a mentor" not in waiting


def test_mentors_are_ranked_with_every_part_and_nothing_decided(shipped: Flask, autumn: Autumn) -> None:
    page = autumn.visitor(shipped).opens(at(autumn)).page
    assert page.index("Choose Juno Tansyhurst") < page.index("Choose Kit Ferndrake")
    for words in (
        "Art form and interest",
        "Film is what they like.",
        "Distance",
        "Earlier together",
        "of 100",
        "R-MAT-1",
    ):
        assert words in page
    assert "They met at the open day." in page


def test_a_hard_block_is_named_and_nobody_can_be_chosen(shipped: Flask, autumn: Autumn) -> None:
    page = autumn.visitor(shipped).opens(at(autumn, "?on=2029-01-01")).page
    assert "Cannot be chosen for that day" in page and "R-DBS-2" in page and "/decide" not in page


def test_when_and_where_are_asked_and_the_days_are_kept(shipped: Flask, autumn: Autumn) -> None:
    visitor = autumn.visitor(shipped).opens(at(autumn, "/wanted?near=DE4&days=04&on=2026-12-01"))
    assert 'value="DE4"' in visitor.page and visitor.page.partition("</main>")[0].count("checked") == 2
    day = {"planned_on.day": "2", "planned_on.month": "12", "planned_on.year": "2026"}
    done = visitor.sends(at(autumn, "/wanted"), district="s40", weekdays=["tuesday"], **day)
    assert done.status == 303 and done.answer.location.endswith("?on=2026-12-02&near=S40&days=1")
    page = visitor.opens(done.answer.location).page
    assert "To begin on 2 December 2026, in S40, on a Tuesday." in page


def test_a_decision_is_kept_with_its_reason_and_leads_to_the_commission(shipped: Flask, autumn: Autumn) -> None:
    visitor = autumn.visitor(shipped).opens(at(autumn, f"/decide?mentor_id={autumn.main.mentor_id}&on=2026-11-16"))
    day = {"planned_on.day": "16", "planned_on.month": "11", "planned_on.year": "2026"}
    refused = visitor.sends(at(autumn, "/decide"), mentor_id=str(autumn.main.mentor_id), reason="", **day)
    assert refused.status == 422 and "Why this mentor" in refused.page
    done = visitor.sends(
        at(autumn, "/decide"), mentor_id=str(autumn.main.mentor_id), reason="She asked for Juno.", **day
    )
    assert done.status == 303 and "/commissions/add?" in done.answer.location
    form = visitor.opens(unescape(done.answer.location)).page
    assert "Juno Tansyhurst" in form and re.search(r'name="starts_on.day"[^>]*value="16"', form)
    with autumn.stage.work() as work:
        kept = work.db.scalars(select(MatchDecision).order_by(MatchDecision.id.desc())).first()
        assert kept is not None and kept.reason == "She asked for Juno." and kept.mentor_id == autumn.main.mentor_id


def test_who_does_not_match_finds_no_such_page(shipped: Flask, autumn: Autumn) -> None:
    for who in ("mentor", "referrer", "finance", "evaluator"):
        assert autumn.visitor(shipped, who).opens(at(autumn)).status in (403, 404)
    assert autumn.visitor(shipped, "elsewhere").opens(at(autumn)).status == 404
