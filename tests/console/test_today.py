"""Today: what waits for whoever is signed in, each line with the number of rows its list has."""

from __future__ import annotations

import re
from datetime import timedelta
from html import unescape

import pytest
from flask import Flask

from cmcore.reviews.records import Review
from cmcore.safekeeping.memberships import give_role
from tests.console.autumn import Autumn
from tests.console.test_statements import statements


def queues(page: str) -> dict[str, tuple[int, str]]:
    """The lines: what waits, how many, and where they are listed."""
    found = re.findall(r'cm-queues__n">(\d+)</span>.*?<a href="([^"]+)">([^<]+)</a>', page, re.S)
    return {words: (int(number), unescape(url)) for number, url, words in found}


def test_every_line_counts_the_rows_of_the_list_it_leads_to(shipped: Flask, autumn: Autumn) -> None:
    for who in autumn.accounts:
        visitor = autumn.visitor(shipped, who)
        for words, (number, url) in queues(visitor.page).items():
            assert visitor.opens(url).page.count('<th scope="row"') == number, (who, words)


def test_a_coordinator_is_told_what_waits_the_most_pressing_first(shipped: Flask, autumn: Autumn) -> None:
    page = autumn.visitor(shipped).page
    assert {words: number for words, (number, _) in queues(page).items()} == {
        "Concerns nobody has answered": 1,
        "Crisis referrals": 1,
        "Exit reviews missing": 1,
        "New referrals to read": 2,
        "Invoices that do not tally": 1,
        "Invoices to approve": 1,
        "Baselines late": 1,
        "Reviews due": 2,
        "Commissions to approve": 1,
        "Mentors to brief of known risks": 2,
        "Known risks to look at again": 1,
        "Reviews to make final": 1,
        "Referrals to send": 1,
        "Commissions nearly out of hours": 1,
        "PEPs due": 1,
        "Mentors whose DBS certificate runs out": 1,
        "Forms begun and not finished": 1,
    }
    # Twelve lines at a glance; what comes after them is folded away, and not left out.
    order = ("Concerns nobody", "Crisis referrals", "This week", "PEPs due", "5 more lists wait", "DBS")
    assert sorted(order, key=page.index) == list(order)


def test_no_more_lines_stand_open_however_many_press_and_what_is_folded_says_so(
    shipped: Flask, autumn: Autumn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("console.service.MOST", 1)
    page = autumn.visitor(shipped).page
    assert 'id="group-2"' not in page and "16 more lists wait, 3 of them now" in page


def test_others_are_told_what_is_theirs_to_do(shipped: Flask, autumn: Autumn) -> None:
    assert set(queues(autumn.visitor(shipped, "elsewhere").page)) == {"First scores to take"}
    assert set(queues(autumn.visitor(shipped, "mentor").page)) == {"Reviews due", "Baselines late"}
    assert set(queues(autumn.visitor(shipped, "referrer").page)) == {"Referrals to send", "PEPs due"}
    assert set(queues(autumn.visitor(shipped, "finance").page)) == {"Invoices that do not tally", "Invoices to approve"}
    for who in ("evaluator", "administrator"):
        page = autumn.visitor(shipped, who).page
        assert queues(page) == {} and "cm-lines" in page


def test_a_plan_whose_time_has_passed_waits_for_the_mentor(shipped: Flask, autumn: Autumn) -> None:
    from datetime import date

    autumn.stage.on(date(2026, 11, 12), 20)
    page = autumn.visitor(shipped, "mentor").page
    # It stands in their own list, where one press says how it went; a count of it below would say it twice.
    mine = page.partition("Not recorded yet")[2].partition("</section>")[0]
    assert re.search(r'href="/sessions/\d+/\w+">', mine)
    assert "Sessions to write up" not in queues(page)


def test_each_role_finds_its_own_work_on_today(shipped: Flask, autumn: Autumn) -> None:
    def lines(who: str) -> dict[str, list[str]]:
        parts = re.findall(r'id="home-(\w+)">.*?</section>', page := autumn.visitor(shipped, who).page, re.S)
        found = {}
        for key in parts:
            part = page.partition(f'id="home-{key}">')[2].partition("</section>")[0]
            found[key] = re.findall(r'href="([^"]+)"', part)
        return found

    assert lines("coordinator") == {} and lines("mentor") == {}
    referrer = lines("referrer")
    assert set(referrer) == {"referrals", "going"}
    assert any(re.fullmatch(r"/referrals/\d+", one) for one in referrer["referrals"])
    assert all(re.fullmatch(r"/young-people/\d+", one) for one in referrer["going"]) and referrer["going"]
    assert "Creative mentoring, 13 sessions, concern amber" in autumn.visitor(shipped, "referrer").page
    assert "/money/" in lines("finance")["money"][-1]
    assert any(one.startswith("/evidence/") for one in lines("evaluator")["evidence"])
    assert lines("administrator")["console"][0].startswith("/plugins")
    # Every line leads to a page whoever reads it may open.
    for who in ("referrer", "finance", "evaluator", "administrator"):
        visitor = autumn.visitor(shipped, who)
        for url in {unescape(one) for found in lines(who).values() for one in found}:
            assert visitor.opens(url).status == 200, (who, url)


def test_the_head_sees_caseload_pairs_change_and_spend_in_pictures_with_their_counts(
    shipped: Flask, autumn: Autumn
) -> None:
    page = autumn.visitor(shipped, "head").page
    going = re.findall(r'id="h-caseload">(\d+) enrolments go on', page)
    stands = re.findall(r">(\d+) of (\d+)<", page.partition('id="h-caseload"')[2].partition("</section>")[0])
    assert (
        stands and sum(int(number) for number, _ in stands) == int(going[0]) and {of for _, of in stands} == {going[0]}
    )
    assert "who started can be compared" in page and 'id="h-moved"' in page and "Both scores" in page
    assert re.search(r'id="h-spend">£[\d,.]+ paid of £[\d,.]+, from \d+ funding line', page)
    assert page.count("<svg") > 12
    for who in ("coordinator", "finance", "evaluator"):
        assert 'id="h-caseload"' not in autumn.visitor(shipped, who).page


def of_the_head(page: str) -> tuple[str, str]:
    """Whose pictures are shown, and when what changed was counted."""
    shown = re.search(r'aria-label="Whose pictures">.*?aria-current="page">([^<]+)<', page)
    counted = re.search(r'id="counted">Counted at ([\d:]+)', page)
    return (unescape(shown[1]) if shown else ""), (counted[1] if counted else "")


def test_the_head_of_several_authorities_chooses_whose_pictures_to_see_for_no_more_statements(
    shipped: Flask, autumn: Autumn
) -> None:
    other, first = autumn.keys["quillshire"], autumn.stage.authority_id
    visitor = autumn.visitor(shipped, "head")
    assert "Whose pictures" not in visitor.page and visitor.opens(f"/?of={other}").status == 404
    with autumn.stage.work("operator", authority_id=other) as work:
        give_role(work, other, "head@example.invalid", "head")
    assert of_the_head(visitor.opens("/").page) == ("Wrenshire", "12:00")
    with statements(autumn.stage.engine) as sent:
        page = visitor.opens(f"/?of={other}").page
    assert of_the_head(page) == ("Quillshire", "12:00") and "1 enrolment goes on, Quillshire" in page
    assert len(sent) <= 20, len(sent)
    assert f'href="/?of={first}"' in page and visitor.opens("/?of=77").status == 404


def test_what_changed_is_counted_once_and_says_when_until_a_score_is_kept_or_ten_minutes_are_over(
    shipped: Flask, autumn: Autumn
) -> None:
    visitor, engine = autumn.visitor(shipped, "head"), autumn.stage.engine

    def counted() -> tuple[str, int]:
        with statements(engine) as sent:
            page = visitor.opens("/").page
        return of_the_head(page)[1], sum("cm_review_score" in each for each in sent)

    begun = autumn.stage.clock.at
    at, reads = counted()
    assert at == "12:00" and reads
    autumn.stage.clock.at = begun + timedelta(minutes=9)
    assert counted() == ("12:00", 0)
    # A score that was kept here is counted at once.
    with autumn.stage.work() as work:
        work.get(Review, autumn.keys["draft_review"]).words_said = "I can do it."
    assert counted() == ("12:09", reads)
    autumn.stage.clock.at = begun + timedelta(minutes=20)
    assert counted() == ("12:20", reads)
