"""The charts on paper are made of the same changes and accounts as the pages."""

from __future__ import annotations

from datetime import date

from cmcore.evidence.account import account_of
from cmcore.evidence.on_paper import chart_block, cohort_block
from cmcore.exchange.documents.blocks import Document
from cmcore.exchange.documents.press import press
from cmcore.measures.change import FinalReview, changes_of
from cmcore.measures.shipped import EIGHT, SDQ
from tests.cmcore.evidence.test_account import cohort
from tests.cmcore.exchange.documents.pdf_read import Read


def reviews(of: str, first: dict[str, int | None], latest: dict[str, int | None]) -> list[FinalReview]:
    return [
        FinalReview(of, "baseline", date(2026, 5, 26), "joint", first),
        FinalReview(of, "interim", date(2026, 9, 22), "joint", latest, {"leadership": "M.’s choice"}),
    ]


def test_a_young_persons_measures_are_printed_as_their_page_shows_them() -> None:
    scored = reviews("eight@1", dict.fromkeys(EIGHT.keys, 3), {**dict.fromkeys(EIGHT.keys, 3), "leadership": None})
    changes = changes_of(scored, EIGHT)
    page = Read(press(Document(title="Measures", blocks=(chart_block(changes, hoped_for=("confidence",)),))))
    rows = [one.text for one in page.of_kind("TR")][1:]
    assert rows[0] == "Participation 3 3 Maintained"
    assert rows[2] == "Confidence hoped for 3 3 Maintained"
    assert rows[6] == "Leadership 3 – Not scored at the latest review, M.’s choice"


def test_where_less_is_better_the_mark_points_the_way_the_number_went() -> None:
    [row] = chart_block(changes_of(reviews("sdq@1", {"total": 22}, {"total": 17}), SDQ)).rows
    assert (row.mark, row.rising, row.words) == ("improved", False, "Improved by 5")


def test_a_cohort_is_printed_with_its_counts_and_no_share_under_the_least_pairs() -> None:
    account = account_of(cohort({(2, 3): 9, (3, 3): 4, (5, 5): 2, (4, 3): 1}), least_pairs=10)
    block = cohort_block(account)
    [row] = [one for one in block.rows if one.label == "Confidence"]
    assert (row.paired, row.improved, row.maintained, row.at_ceiling, row.declined) == (16, 9, 6, 2, 1)
    assert row.share.endswith("of 16")
    assert "of 16" in Read(press(Document(title="Cohort", blocks=(block,)))).text
    few = cohort_block(account_of(cohort({(2, 3): 9}), least_pairs=10))
    assert {one.share for one in few.rows} == {"fewer than 10 pairs", "no pairs"}
