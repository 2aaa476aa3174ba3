"""A young person's story in the console: made, its names decided on, approved by somebody else, given out."""

from __future__ import annotations

import re

from flask import Flask

from tests.console.autumn import Autumn


def test_a_story_goes_from_its_names_to_a_second_person_and_out(shipped: Flask, autumn: Autumn) -> None:
    at = f"/stories/{autumn.keys['story']}"
    maker, second = autumn.visitor(shipped), autumn.visitor(shipped, "head")
    page = maker.opens(at).page
    assert "As it is told" in page and "<del>" in page and "(to decide)" in page
    # Nobody else is asked while a name is open; the reason stands on the page.
    assert "may be a name" in maker.opens(f"{at}/ask").page
    form = maker.opens(f"{at}/names").page
    fields = dict.fromkeys(re.findall(r'name="(n[0-9a-f]{12})"', form), "leave_out")
    version = re.findall(r'name="cm-version" value="(\d+)"', form)[0]
    assert (
        fields
        and maker.opens(f"{at}/names").sends(f"{at}/names", **{"cm-version": version}, also="beside", **fields).status
        == 303
    )
    assert "(to decide)" not in maker.opens(at).page
    assert maker.opens(f"{at}/ask").sends(f"{at}/ask").status == 303
    assert "You made this story" in maker.opens(f"{at}/approve").page
    assert "Stories to approve" in second.opens("/").page
    assert maker.opens(f"{at}/file/pdf").status == 422
    assert second.opens(f"{at}/approve").sends(f"{at}/approve").status == 303
    given = {"given_to": "themselves", "given_how": "together"}
    assert maker.opens(f"{at}/give").sends(f"{at}/give", **given).status == 303
    assert "Open it as a PDF" in maker.opens(at).page
    for kind, begins in (("pdf", b"%PDF"), ("word", b"PK")):
        taken = maker.opens(f"{at}/file/{kind}")
        assert taken.status == 200 and taken.answer.data.startswith(begins)
    assert maker.opens(f"{at}/file/other").status == 404
    looked = f"/young-people/{autumn.others['ended'].person_id}/looked"
    assert "opened as PDF" in second.opens(looked).page


def test_a_story_is_begun_from_the_young_persons_own_list_and_parts_are_left_out(
    shipped: Flask, autumn: Autumn
) -> None:
    person = autumn.main.person_id
    visitor = autumn.visitor(shipped)
    assert f"/stories/?young_person_id={person}" in visitor.opens(f"/young-people/{person}").page
    add = f"/stories/add?young_person_id={person}"
    assert add in visitor.opens(f"/stories/?young_person_id={person}").page
    told = {"why": "keepsake", "asked_on.day": "10", "asked_on.month": "11", "asked_on.year": "2026"}
    made = visitor.opens(add).sends(add, **told)
    assert made.status == 303
    at = made.answer.headers["Location"]
    form = visitor.opens(f"{at}/parts").page
    part = re.findall(r'name="parts"[^>]*value="([^"]+)"', form)[0]
    version = re.findall(r'name="cm-version" value="(\d+)"', form)[0]
    assert visitor.sends(f"{at}/parts", **{"cm-version": version}, parts=part).status == 422
    assert (
        visitor.sends(f"{at}/parts", **{"cm-version": version}, parts=part, reason="It tells of another child.").status
        == 303
    )
    assert "Left out: It tells of another child." in visitor.opens(at).page


def test_mentors_referrers_and_others_find_no_story(shipped: Flask, autumn: Autumn) -> None:
    at = f"/stories/{autumn.keys['story']}"
    for who in ("mentor", "referrer", "finance", "evaluator", "administrator", "elsewhere"):
        assert autumn.visitor(shipped, who).opens(at).status in (403, 404), who
