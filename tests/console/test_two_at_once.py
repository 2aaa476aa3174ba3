"""Two people at one record, through the pages it has: both versions are shown, and nothing typed is lost."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

import pytest
from flask import Flask

from cmcore.network.records import SupportingAdult
from cmcore.reviews.records import Review
from tests.console.autumn import Autumn
from tests.console.visitor import Visitor


def carried(page: str) -> dict[str, str]:
    """What a page carries along for the next sending."""
    found = re.findall(r'<input type="hidden" name="(cm-[^"]+)" value="([^"]*)"', page)
    return {name: unescape(value) for name, value in found}


def chosen(page: str) -> dict[str, str]:
    """Which version each line begins with."""
    return dict(re.findall(r'name="(cm-keep\.[^"]+)" value="(\w+)" checked', page))


@pytest.fixture
def two(shipped: Flask, autumn: Autumn) -> tuple[Visitor, Visitor]:
    """The head and a coordinator of the same virtual school."""
    return autumn.visitor(shipped, "head"), autumn.visitor(shipped, "coordinator")


def test_the_second_settles_on_what_each_changed_and_saves_again(two: tuple[Visitor, Visitor], autumn: Autumn) -> None:
    key = autumn.keys["supporting_adult"]
    path, kept = f"/adults/{key}/edit", {"role": "foster_carer", "name": "Denise Mossgarth", "emergency_contact": "yes"}
    first, second = two
    opened = [carried(one.opens(path).page) for one in two]
    first.sends(path, **kept, phone="07700 900318", organisation="Kinship", **opened[0])
    assert first.status == 303
    second.sends(path, **kept, phone="07700 900319", email="denise@mossgarth.example", **opened[1])
    assert second.status == 409 and "Two people changed this at once" in second.page
    assert all(words in second.page for words in ("Kinship", "07700 900319", "denise@mossgarth.example"))
    assert chosen(second.page) == {
        "cm-keep.organisation": "theirs",
        "cm-keep.phone": "yours",
        "cm-keep.email": "yours",
    }
    second.sends(path, **carried(second.page), **chosen(second.page))
    assert second.status == 303
    with autumn.stage.work() as work:
        adult = work.get(SupportingAdult, key)
        assert (adult.organisation, adult.phone, adult.email) == ("Kinship", "07700 900319", "denise@mossgarth.example")


def test_two_corrections_of_one_review_do_not_undo_each_other(two: tuple[Visitor, Visitor], autumn: Autumn) -> None:
    ended = autumn.others["ended"]
    with autumn.stage.work() as work:
        draft = work.get(Review, autumn.keys["draft_review"])
        key, enrolment = draft.id, draft.enrolment_id
    assert ended.enrolment_id != enrolment
    first, second = two
    second.opens(f"/reviews/{key}/finalise").sends(f"/reviews/{key}/finalise")
    path = f"/reviews/{key}/correct"
    pages = [one.opens(path).page for one in two]
    assert all('name="scores.confidence" value="3" id="q-scores-confidence-3" checked' in page for page in pages)
    answers = _answers(pages[0])
    first.sends(path, **answers | {"scores.confidence": "4"}, **carried(pages[0]))
    assert first.status == 303, first.page
    second.sends(path, **answers | {"words_said": "I can do it."}, **carried(pages[1]))
    assert second.status == 409 and "I can do it." in second.page
    second.sends(path, **carried(second.page), **chosen(second.page))
    assert second.status == 303, second.page
    with autumn.stage.work() as work:
        review = work.get(Review, key)
        assert review.words_said == "I can do it."
        assert {each.measure: each.score for each in review.scores}["confidence"] == 4


def test_a_step_somebody_else_was_quicker_with_keeps_what_was_typed(
    two: tuple[Visitor, Visitor], autumn: Autumn
) -> None:
    path = f"/referrals/{autumn.keys['referral']}/withdraw"
    first, second = two
    for one in two:
        one.opens(path)
    first.sends(path, reason="They moved away.")
    assert first.status == 303
    second.sends(path, reason="The school asked us to wait until spring.")
    assert second.status == 422 and "It has moved on since" in second.page and "“Withdrawn” now" in second.page
    assert "The school asked us to wait until spring." in second.page
    assert "It has moved on since" in second.opens(path).page


def _answers(page: str) -> dict[str, Any]:
    """What would be sent if nothing were changed."""
    found: dict[str, Any] = {}
    for tag in re.findall(r"<input[^>]*>", page):
        said = dict(re.findall(r'(\w+)="([^"]*)"', tag))
        name = said.get("name", "")
        if name.startswith("cm-") or name in ("", "q", "csrf_token"):
            continue
        if said.get("type") in ("radio", "checkbox") and not tag.endswith(" checked>"):
            continue
        found[name] = unescape(said.get("value", ""))
    for name, text in re.findall(r'<textarea[^>]* name="([^"]+)"[^>]*>\n?(.*?)</textarea>', page, re.S):
        found[name] = unescape(text)
    return found
