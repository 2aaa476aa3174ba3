"""Both scores in the console: each mentor's tally, the lists it leads to, and what a mentor finds of it on Today."""

from __future__ import annotations

import re
from html import unescape

from flask import Flask

from cmcore.reviews.words import ReviewKind
from tests.console.autumn import Autumn


def counted(page: str) -> dict[str, tuple[int, str]]:
    """Every number of the last row that leads somewhere, by its heading."""
    row = page[page.rindex('<th scope="row"') :]
    found = re.findall(r'data-label="([^"]+)"[^>]*><a href="([^"]+)">(\d+)</a>', row)
    return {head: (int(number), unescape(url)) for head, url, number in found}


def test_every_number_leads_to_the_list_of_whom_it_counts(shipped: Flask, autumn: Autumn) -> None:
    hester = autumn.visitor(shipped)
    page = hester.opens("/both-scores/").page
    # Two mentors, with their denominators, and all together.
    assert page.count('<th scope="row"') == 3 and "A share is shown from 10 who started." in page
    assert re.search(r"Kit Ferndrake</a></th>.*?>1 of 2<", page, re.S)
    numbers = counted(page)
    assert set(numbers) == {"Started", "Both scores", "First score only", "No first score yet", "Exit review due"}
    for head, (number, url) in numbers.items():
        assert hester.opens(url).page.count('<th scope="row"') == number, head
    # One mentor's numbers stand on their own page, and count theirs only.
    kit = hester.opens(f"/mentors/{autumn.keys['mentor']}").page
    assert "1 of 2 who started have both scores" in kit
    started = re.search(r'data-label="Started"[^>]*><a href="([^"]+)">2</a>', kit)
    assert started and hester.opens(unescape(started[1])).page.count('<th scope="row"') == 2
    assert "Mentor: <b>Kit Ferndrake</b>" in hester.page


def test_a_mentor_finds_their_own_tally_on_today_and_others_do_not_open_it(shipped: Flask, autumn: Autumn) -> None:
    juno = autumn.visitor(shipped, "mentor")
    part = juno.page.partition('id="evening-scores"')[2].partition("</section>")[0]
    assert "1 of the 2 young people who started have both" in part and "1 has no first score yet" in part
    page = juno.opens("/both-scores/").page
    assert "Juno Tansyhurst" in page and "Kit Ferndrake" not in page
    assert autumn.visitor(shipped, "referrer").opens("/both-scores/").status == 403
    assert "Nobody has started yet" not in autumn.visitor(shipped, "elsewhere").opens("/both-scores/").page


def test_ending_early_without_an_exit_review_says_so_before_and_after(shipped: Flask, autumn: Autumn) -> None:
    hester, unscored = autumn.visitor(shipped), autumn.others["late"]
    there = f"/enrolments/{unscored.enrolment_id}/end_early"
    assert "nobody can say what changed" in hester.opens(there).page and "R-MEA-7" in hester.page
    assert "nobody can say what changed" in hester.opens(f"/enrolments/{autumn.others['closing'].enrolment_id}").page
    hester.opens(there).sends(there, on="2026-11-10", reason="The placement ended.")
    assert hester.status == 303
    assert "nobody can say what changed" in hester.opens(hester.answer.location).page
    with autumn.stage.work() as work:
        autumn.main.scored(work, autumn.stage.clock.today(), ReviewKind.exit, 4)
    assert "nobody can say" not in hester.opens(f"/enrolments/{autumn.main.enrolment_id}/end_early").page
