"""A young person's further pages: everything in one stream, narrowed by kinds, and who has looked."""

from __future__ import annotations

from html import unescape

from flask import Flask

from tests.console.autumn import Autumn
from tests.console.test_statements import cost, said


def test_the_timeline_holds_every_kind_and_is_narrowed_by_tags_in_the_address(shipped: Flask, autumn: Autumn) -> None:
    at = f"/young-people/{autumn.main.person_id}/timeline"
    visitor = autumn.visitor(shipped)
    assert at in visitor.opens(f"/young-people/{autumn.main.person_id}").page
    whole = visitor.opens(at).page
    for what in ("Session held", "Baseline", "Enrolment: active", "Concern raised", "due", "Journal: picture"):
        assert what in whole, what
    for what in ("Case study", "Permission, ", "Education: ", "Care episode began"):
        assert what in whole, what
    narrowed = visitor.opens(f"{at}?kind=concern&kind=journal").page
    assert "Concern raised" in narrowed and "Journal: " in narrowed and "Session held" not in narrowed
    # Each kind is a tag; taking one away leaves the other.
    assert f'href="{at}?kind=journal"' in unescape(narrowed)
    assert "Nothing of this is kept" in visitor.opens(f"{at}?kind=award").page


def test_the_timeline_shows_no_more_than_somebody_may_see_and_costs_few_statements(
    shipped: Flask, autumn: Autumn
) -> None:
    at = f"/young-people/{autumn.main.person_id}/timeline"
    for who in ("coordinator", "head", "mentor", "referrer"):
        visitor = autumn.visitor(shipped, who)
        sent = cost(visitor, at, autumn.stage.engine)
        assert len(sent) <= 20, f"for the {who}\n{said(sent)}"
        assert len(sent) - len(cost(visitor, f"{at}?kind=session", autumn.stage.engine)) > 3
    assert "Care episode" in autumn.visitor(shipped, "mentor").opens(at).page
    assert "Their story" not in autumn.visitor(shipped, "mentor").opens(at).page
    assert autumn.visitor(shipped, "elsewhere").opens(at).status == 404
    assert autumn.visitor(shipped, "finance").opens(at).status in (403, 404)


def test_who_has_looked_is_told_to_whoever_sees_the_audit_and_is_written_down(shipped: Flask, autumn: Autumn) -> None:
    person = autumn.main.person_id
    autumn.visitor(shipped, "mentor").opens(f"/young-people/{person}")
    head = autumn.visitor(shipped, "head")
    assert f"/young-people/{person}/looked" in head.opens(f"/young-people/{person}").page
    assert "mentor@example.invalid" in head.opens(f"/young-people/{person}/looked").page
    assert "who has looked" in head.opens(f"/young-people/{person}/looked").page
    for who in ("mentor", "referrer"):
        visitor = autumn.visitor(shipped, who)
        assert "/looked" not in visitor.opens(f"/young-people/{person}").page
        assert visitor.opens(f"/young-people/{person}/looked").status in (403, 404), who


def test_the_page_says_what_is_planned_what_is_risked_and_what_is_permitted(shipped: Flask, autumn: Autumn) -> None:
    page = autumn.visitor(shipped).opens(f"/young-people/{autumn.main.person_id}").page
    assert "Plan and targets" in page and "Hoped for" in page and "Engagement" in page
    permitted = page.partition('id="h-permissions"')[2].partition("</section>")[0]
    assert "The social worker" in permitted
    none = autumn.visitor(shipped).opens(f"/young-people/{autumn.others['late'].person_id}").page
    assert "None today: no picture is taken" in none
