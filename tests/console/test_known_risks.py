"""Known risks on the pages: a young person's, a referral's, Today, the timeline; and who sees none of them."""

from __future__ import annotations

import re
from html import unescape

from flask import Flask

from cmcore.enrolments.records import Enrolment
from cmcore.referrals.records import Referral
from tests.console.autumn import Autumn


def test_the_young_persons_page_says_how_serious_who_was_briefed_and_what_is_over(
    shipped: Flask, autumn: Autumn
) -> None:
    visitor = autumn.visitor(shipped).opens(f"/young-people/{autumn.main.person_id}")
    part = visitor.page.partition('id="risks"')[2].partition("</section>")[0]
    words = " ".join(unescape(re.sub(r"<[^>]+>", " ", part)).split())
    assert words.index("Red") < words.index("Amber")
    assert "Briefed: " in words and "on 8 Sep 2026" in words
    assert "No mentor has been briefed yet" in words and "over its day" in words
    assert f"/known-risks/add?young_person_id={autumn.main.person_id}" in part
    assert "has not been briefed of 1 known risk." in visitor.page


def test_a_mentor_reads_them_on_their_own_home_and_writes_none_and_others_see_no_such_page(
    shipped: Flask, autumn: Autumn
) -> None:
    mentor = autumn.visitor(shipped, "mentor")
    assert "Known risks of the young people you work with" in mentor.page
    assert f'href="/known-risks/{autumn.keys["known_risk"]}"' in mentor.page
    page = mentor.opens(f"/known-risks/{autumn.keys['known_risk']}").page
    assert "Leaves the building when it gets loud." in page and "/brief" not in page
    for who in ("finance", "evaluator", "administrator"):
        assert autumn.visitor(shipped, who).opens("/known-risks/").status == 403


def test_today_tells_a_coordinator_whom_to_brief_and_what_to_look_at_again(shipped: Flask, autumn: Autumn) -> None:
    page = autumn.visitor(shipped).page
    assert "Mentors to brief of known risks" in page and "Known risks to look at again" in page
    assert autumn.visitor(shipped).opens("/commissions/?risks=brief").page.count("/commissions/") > 1


def test_an_accepted_referrals_risk_is_offered_and_begins_the_form(shipped: Flask, autumn: Autumn) -> None:
    person = autumn.others["planned"].person_id
    with autumn.stage.work() as work:
        key = work.get(Enrolment, autumn.keys["planned"]).referral_id
        work.change(work.get(Referral, key), risks="Bolts at loud noise.", concern="amber")
    visitor = autumn.visitor(shipped)
    link = f"/known-risks/add?young_person_id={person}&referral_id={key}"
    for path in (f"/referrals/{key}", f"/young-people/{person}"):
        assert link in unescape(visitor.opens(path).page)
    form = visitor.opens(link).page
    assert "Bolts at loud noise." in form
    assert re.search(r'value="amber"[^>]*(checked|selected)', form)
    # Somebody else's referral says nothing here.
    other = visitor.opens(f"/known-risks/add?young_person_id={autumn.main.person_id}&referral_id={key}").page
    assert "Bolts at loud noise." not in other


def test_the_timeline_tells_when_a_risk_became_known_and_who_was_briefed(shipped: Flask, autumn: Autumn) -> None:
    page = autumn.visitor(shipped).opens(f"/young-people/{autumn.main.person_id}/timeline?kind=risk").page
    assert "Known risk, amber" in page and "briefed of a known risk" in page
