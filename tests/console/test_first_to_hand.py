"""What a coordinator looks for stands first: what goes on, the way to add who is missing, titles and not keys."""

from __future__ import annotations

import re

from flask import Flask

from tests.console.autumn import Autumn


def test_what_goes_on_stands_before_what_has_ended(shipped: Flask, autumn: Autumn) -> None:
    page = autumn.visitor(shipped).opens("/enrolments/?size=50").page
    row = r'data-label="Where it stands"[^>]*>(.*?)</td>'
    stands = [re.sub(r"(?s)<svg.*?</svg>|<[^>]+>", "", each).strip() for each in re.findall(row, page, re.S)]
    ended = [each in ("Completed", "Ended early") for each in stands]
    assert len(set(ended)) == 2 and ended == sorted(ended), stands


def test_whoever_is_missing_is_added_from_the_young_persons_page(shipped: Flask, autumn: Autumn) -> None:
    asked = f"?young_person_id={autumn.main.person_id}"
    page = f"/young-people/{autumn.main.person_id}"
    ways = [f'href="/{each}/add{asked}"' for each in ("adults", "permissions")]
    assert all(way in autumn.visitor(shipped).opens(page).page for way in ways)
    assert not any(way in autumn.visitor(shipped, "mentor").opens(page).page for way in ways)


def test_a_programme_is_shown_by_titles_and_a_term_by_its_academic_year(shipped: Flask, autumn: Autumn) -> None:
    hester = autumn.visitor(shipped)
    page = hester.opens("/programmes/").page
    assert "The eight measures of progress, version 1" in page and "eight@1" not in page
    assert re.search(r">20\d\d-\d\d<", hester.opens("/terms/").page)
