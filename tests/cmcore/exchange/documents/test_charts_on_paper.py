"""Charts on paper: every number and every change stands in words beside the picture, and nothing hidden is drawn."""

from __future__ import annotations

from dataclasses import replace

import pytest

from cmcore.exchange.documents.blocks import Block, Document
from cmcore.exchange.documents.charts import ChangeRow, Changes, Moved, MovedRow, ticks
from cmcore.exchange.documents.press import press
from tests.cmcore.exchange.documents.pdf_read import Read

UP = ChangeRow(label="Confidence", least=1, most=5, baseline=1, latest=3, mark="improved", words="Improved by 2")
ROWS = (
    replace(UP, hoped=True),
    ChangeRow(label="Achievement", least=1, most=5, baseline=3, latest=2, mark="declined", words="Declined by 1"),
    ChangeRow(
        label="Ambition", least=1, most=5, baseline=5, latest=5, mark="at_ceiling", words="Maintained at the top"
    ),
    ChangeRow(label="Leadership", least=1, most=5, baseline=None, latest=4, mark="unpaired", words="Not scored, ill"),
    ChangeRow(
        label="Motivation", least=1, most=5, baseline=2, latest=None, mark="unpaired", words="No later review yet"
    ),
    ChangeRow(label="Engagement", least=1, most=5, baseline=3, latest=3, mark="maintained", words="Maintained"),
)
COHORT = MovedRow(
    label="Participation",
    paired=61,
    improved=41,
    maintained=13,
    declined=7,
    at_ceiling=6,
    share="67 % (55 to 78) of 61",
)


def read(*blocks: Block) -> Read:
    return Read(press(Document(title="What changed", blocks=blocks)))


def rows_of(page: Read) -> list[str]:
    return [one.text for one in page.of_kind("TR")]


def test_the_table_says_what_the_picture_draws() -> None:
    page = read(Changes(rows=ROWS))
    assert rows_of(page) == [
        "Measure Baseline 1 2 3 4 5 Latest Change",
        "Confidence hoped for 1 3 Improved by 2",
        "Achievement 3 2 Declined by 1",
        "Ambition 5 5 Maintained at the top",
        "Leadership – 4 Not scored, ill",
        "Motivation 2 – No later review yet",
        "Engagement 3 3 Maintained",
    ]
    assert "baseline improved maintained maintained, no room to improve declined" in page.text


def test_only_marks_that_are_drawn_are_explained() -> None:
    assert "declined" not in read(Changes(rows=(UP,))).text


def test_scales_that_differ_have_no_axis_in_common() -> None:
    total = ChangeRow(
        label="SDQ", least=0, most=40, baseline=22, latest=17, mark="improved", words="Improved by 5", rising=False
    )
    assert rows_of(read(Changes(rows=(UP, total))))[0] == "Measure Baseline Latest Change"
    assert rows_of(read(Changes(rows=(total,))))[0] == "Measure Baseline 0 10 20 30 40 Latest Change"
    assert ticks(1, 5) == [1, 2, 3, 4, 5]


def test_a_score_outside_its_scale_and_a_change_without_two_scores_are_refused() -> None:
    with pytest.raises(ValueError, match="Confidence: 6 is not a score from 1 to 5"):
        replace(UP, latest=6)
    with pytest.raises(ValueError, match="Confidence: a change needs two scores"):
        replace(UP, baseline=None)


def test_every_count_of_a_cohort_stands_in_the_table() -> None:
    page = read(Moved(rows=(COHORT,)))
    assert rows_of(page)[1] == "Participation 61 41 13 6 7 67 % (55 to 78) of 61"
    assert "not shown" not in page.text


def test_numbers_that_are_not_shown_are_a_letter_and_one_piece_of_the_bar() -> None:
    hidden = replace(COHORT, maintained=None, declined=None, at_ceiling=None)
    page = read(Moved(rows=(hidden,)))
    assert rows_of(page)[1].startswith("Participation 61 41 c c c")
    assert "c stands for a number that is not shown" in page.text
    [bar] = [row["parts"] for row in Moved(rows=(hidden,)).as_data()["rows"]]
    assert [(one["part"], one["count"]) for one in bar] == [("up", "41"), ("hidden", "")]


def test_a_cohort_nobody_may_count_has_no_bar() -> None:
    hidden = replace(COHORT, paired=None)
    assert Moved(rows=(hidden,)).as_data()["rows"][0]["parts"] == []
    assert rows_of(read(Moved(rows=(hidden,))))[1].startswith("Participation c 41")


@pytest.mark.parametrize("wrong", [{"improved": 42}, {"improved": 60, "maintained": None, "declined": 2}])
def test_counts_that_do_not_make_up_the_pairs_are_refused(wrong: dict[str, int | None]) -> None:
    with pytest.raises(ValueError, match="do not make up 61 pairs"):
        replace(COHORT, **wrong)
