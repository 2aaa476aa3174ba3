"""Money in the console: the year's lines, what is set aside, who may look, and what is refused in words."""

from __future__ import annotations

from datetime import date

from flask import Flask

from tests.console.autumn import Autumn

PAID = {"spent_pence": "110", "spent_on.day": "2", "spent_on.month": "11", "spent_on.year": "2026"}


def test_finance_sees_where_each_line_stands_and_no_name(shipped: Flask, autumn: Autumn) -> None:
    page = autumn.visitor(shipped, "finance").opens("/money/").page
    assert "Money 2026-27" in page and "Quarry Fund" in page and "£600.00" in page
    assert "Pupil Premium Plus is £2,690.00 for each looked-after child" in page
    # Whom something was held for stands there by reference, and by nothing else.
    assert "WR-0001" in page and "Bramblewick" not in page and "Mossy" not in page and "M.B." not in page


def test_a_year_without_lines_says_what_to_do(shipped: Flask, autumn: Autumn) -> None:
    visitor = autumn.visitor(shipped)
    assert "No funding lines in this year yet" in visitor.opens("/money/?year=2024").page
    for odd in ("year=x", "page=-1", "page=99", "authority=", "year=99999999"):
        assert visitor.opens(f"/money/?{odd}").status == 200


def test_money_is_shown_to_those_it_concerns_only(shipped: Flask, autumn: Autumn) -> None:
    for who in ("mentor", "referrer", "evaluator", "administrator"):
        assert autumn.visitor(shipped, who).opens("/money/").status in (403, 404)
        assert autumn.visitor(shipped, who).opens(f"/set-aside/{autumn.keys['allocation']}").status in (403, 404)
    assert autumn.visitor(shipped).opens(f"/money/?authority={autumn.keys['quillshire']}").status == 404


def test_pupil_premium_plus_is_set_aside_for_a_target_and_refused_without(shipped: Flask, autumn: Autumn) -> None:
    visitor = autumn.visitor(shipped).opens(f"/set-aside/add?young_person_id={autumn.main.person_id}")
    assert visitor.status == 200 and "Target of the education plan it serves" in visitor.page
    answers = {
        "funding_line_id": str(autumn.keys["funding_line"]),
        "amount_pence": "800",
        "use": "mentoring",
        "agreed_on.day": "9",
        "agreed_on.month": "11",
        "agreed_on.year": "2026",
    }
    visitor.sends(f"/set-aside/add?young_person_id={autumn.main.person_id}", **answers)
    assert visitor.status == 422 and "R-PPP-1" in visitor.page and "names no target" in visitor.page
    assert 'value="800"' in visitor.page
    visitor.sends(
        f"/set-aside/add?young_person_id={autumn.main.person_id}",
        **answers | {"funding_line_id": str(autumn.keys["grant"]), "amount_pence": "80"},
    )
    assert visitor.status == 303
    assert "£80.00" in visitor.opens(visitor.answer.location).page


def test_finance_says_what_was_paid(shipped: Flask, autumn: Autumn) -> None:
    address = f"/set-aside/{autumn.keys['allocation']}"
    visitor = autumn.visitor(shipped, "finance").opens(f"{address}/pay")
    assert visitor.sends(f"{address}/pay", **PAID | {"spent_pence": "121"}).status == 422
    assert "more than was set aside" in visitor.page
    assert visitor.sends(f"{address}/pay", **PAID).status == 303
    assert "£110.00" in visitor.opens("/money/").page


def test_what_is_promised_to_nobody_waits_on_today_from_january(shipped: Flask, autumn: Autumn) -> None:
    assert "promised to nobody" not in autumn.visitor(shipped).opens("/").page
    autumn.stage.on(date(2027, 3, 1))
    visitor = autumn.visitor(shipped)
    assert "Pupil Premium Plus promised to nobody" in visitor.opens("/").page
    page = visitor.opens("/money/").page
    assert "R-PPP-3" in page and "30 days are left" in page and "lost after 31 March" in page
