"""Pictures are well-formed, carry no inline style, escape what they are given, and say nothing the table does not."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from cmcore.evidence.account import CohortCounts, MeasureCounts, account_of
from cmcore.measures.change import FinalReview, change_of, ends_of
from cmcore.measures.sets import Measure, MeasureSet
from cmcore.measures.shipped import EIGHT, SDQ
from console import charts
from console.evidence_rows import evidence_view, signed
from console.measure_rows import measures_view

TEMPLATES = Path(__file__).resolve().parents[2] / "console" / "templates"
PLACES = {"x", "y", "x1", "x2", "y1", "y2", "cx", "cy", "r", "d", "points", "width", "height", "viewBox"}
PATTERN = {"id", "patternUnits", "patternTransform"}
ALLOWED = PLACES | PATTERN | {"class", "fill", "overflow", "text-anchor", "aria-hidden", "focusable"}


def parsed(picture: Markup) -> ElementTree.Element:
    return ElementTree.fromstring(f"<root>{picture}</root>")


def proper(picture: Markup) -> ElementTree.Element:
    """Well-formed, hidden from those who listen, and drawn with classes and plain attributes only."""
    root = parsed(picture)
    for outermost in root:
        assert outermost.tag == "svg"
        assert (outermost.get("aria-hidden"), outermost.get("focusable")) == ("true", "false")
    for element in root.iter():
        assert set(element.attrib) <= ALLOWED, element.attrib
        assert element.tag in {"root", "svg", "line", "circle", "path", "rect", "text", "polyline", "defs", "pattern"}
    return root


def dumbbell(measure: Measure, before: int | None, after: int | None) -> ElementTree.Element:
    reviews = [
        FinalReview("x@1", "baseline", date(2026, 5, 26), "joint", {measure.key: before}),
        FinalReview("x@1", "exit", date(2026, 9, 22), "joint", {measure.key: after}),
    ]
    measure_set = MeasureSet("x", 1, "Invented", (measure,), date(2020, 1, 1), "invented")
    return proper(charts.dumbbell(change_of(measure, ends_of(reviews, measure_set))))


@given(st.sampled_from([*EIGHT.measures, *SDQ.measures]), st.data())
def test_every_row_is_well_formed_and_inside_its_frame(measure: Measure, data: st.DataObject) -> None:
    score = st.none() | st.integers(measure.scale.least, measure.scale.most)
    row = dumbbell(measure, data.draw(score), data.draw(score))
    for element in row.iter():
        for name in ("x", "cx", "x1", "x2"):
            value = element.get(name, "")
            if value.endswith("%"):
                assert 8 <= float(value[:-1]) <= 92


def test_the_axis_is_never_cut() -> None:
    assert charts.ticks(EIGHT["confidence"].scale) == [1, 2, 3, 4, 5]
    assert charts.ticks(SDQ["total"].scale) == [0, 10, 20, 30, 40]
    assert [charts.place(EIGHT["confidence"].scale, score) for score in (1, 3, 5)] == [8, 50, 92]


def test_each_outcome_has_a_shape_of_its_own_whatever_the_colour() -> None:
    confidence = EIGHT["confidence"]
    shapes = {}
    for name, (before, after) in {
        "up": (2, 4),
        "down": (4, 2),
        "same": (3, 3),
        "top": (5, 5),
        "alone": (3, None),
    }.items():
        row = dumbbell(confidence, before, after)
        shapes[name] = tuple(
            (element.tag, element.get("r"), element.get("d"))
            for element in row.iter()
            if element.tag in ("circle", "path")
        )
    assert len(set(shapes.values())) == len(shapes)
    assert dumbbell(confidence, 4, 2).find(".//line[@class='cm-ch-way cm-ch-way--down']") is not None


def test_where_lower_is_better_the_axis_stays_and_the_chevron_points_down_the_scale() -> None:
    total = SDQ["total"]
    improved, declined = dumbbell(total, 20, 10), dumbbell(total, 10, 20)
    assert improved.find(".//circle[@class='cm-ch-up']") is not None
    assert declined.find(".//path[@class='cm-ch-down']") is not None
    leftwards, rightwards = (row.find(".//path[@class='cm-ch-chev']") for row in (improved, declined))
    assert leftwards is not None and rightwards is not None
    assert (leftwards.get("d"), rightwards.get("d")) == (charts._LEFTWARDS, charts._RIGHTWARDS)
    best = dumbbell(total, 0, 0).find(".//path[@class='cm-ch-way']")
    assert best is not None and best.get("d") == "M-14-9v18"


@given(st.integers(0, 99_000), st.integers(0, 99_000), st.integers(0, 99_000))
def test_the_parts_of_a_cohort_bar_fill_it_exactly(improved: int, maintained: int, declined: int) -> None:
    root = proper(charts.cohort_bar(improved, maintained, declined))
    total = improved + maintained + declined
    if not total:
        assert len(root) == 0
        return
    (bar,) = root
    widths = [float(part.get("width", "")[:-1]) for part in bar if part.tag in ("rect", "svg")]
    assert len(widths) == sum(part > 0 for part in (improved, maintained, declined))
    assert sum(widths) == pytest.approx(100, abs=0.02)


def test_the_counts_stand_in_the_bar_where_they_fit() -> None:
    words = [element.text for element in proper(charts.cohort_bar(41, 13, 7)).iter("text")]
    assert words == ["41", "13", "7"]
    assert [element.text for element in proper(charts.cohort_bar(960, 30, 1)).iter("text")] == ["960"]


def test_the_other_pictures_are_well_formed_too() -> None:
    days = [date(2026, 5, 26), date(2026, 7, 7), date(2026, 9, 22)]
    for picture in (
        charts.axis(EIGHT["confidence"].scale),
        charts.axis(SDQ["total"].scale),
        charts.hatching(),
        charts.flow_bar(61, 118, filled=True),
        charts.flow_bar(0, 0),
        charts.interval_mark(None),
        *(mark for mark, _ in (*charts.measures_key(), *charts.cohort_key())),
        charts.over_time(EIGHT["confidence"].scale, []),
        charts.over_time(EIGHT["confidence"].scale, [(day, None) for day in days]),
        charts.over_time(EIGHT["confidence"].scale, [(days[0], 3)]),
        charts.over_time(EIGHT["confidence"].scale, list(zip(days, (2, None, 4), strict=True))),
        charts.over_time(EIGHT["confidence"].scale, list(zip(days, (2, 3, 4), strict=True))),
    ):
        proper(picture)


def test_a_review_without_a_score_leaves_a_gap_in_the_line() -> None:
    scale = EIGHT["confidence"].scale
    days = [date(2026, 5, 1), date(2026, 6, 1), date(2026, 7, 1), date(2026, 8, 1)]
    lines = proper(charts.over_time(scale, list(zip(days, (1, 2, None, 4), strict=True)))).findall(".//polyline")
    assert len(lines) == 1


# ---- the templates


def page() -> Environment:
    return Environment(loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined)


def measures_html(measure_set: MeasureSet, *reviews: FinalReview) -> str:
    template = page().from_string('{% from "cm/_measures.html" import measures_part %}{{ measures_part(view) }}')
    return template.render(view=measures_view(measure_set, reviews, hoped_for=("confidence",)))


def scored(kind: str, on: date, **scores: int | None) -> FinalReview:
    keys = dict.fromkeys(EIGHT.keys, 3) | scores
    return FinalReview(
        "eight@1", kind, on, "joint", keys, {key: "M.’s choice" for key, one in keys.items() if one is None}
    )


BASELINE = scored("baseline", date(2026, 5, 26), participation=2, confidence=1, leadership=None, ambition=5)
LATEST = scored("exit", date(2026, 9, 22), participation=4, confidence=3, achievement=2, leadership=None, ambition=5)


def test_the_table_says_in_words_and_numbers_all_that_the_pictures_show() -> None:
    html = measures_html(EIGHT, BASELINE, LATEST)
    told = " ".join(re.sub(r"<svg.*?</svg>", "", html, flags=re.S).split())
    said = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", told))
    assert "Two of seven measures have improved" in said
    assert "Baseline 26 May to latest 22 September 2026, 17 weeks apart." in said
    assert "Scored by young person and mentor together both times." in said
    for row in (
        "Participation 2 4 Improved by 2",
        "Confidence hoped for 1 3 Improved by 2",
        "Achievement 3 2 Declined by 1",
        "Motivation 3 3 Maintained",
        "Leadership – – Not scored, M.’s choice",
        "Ambition 5 5 Maintained at the top",
    ):
        assert row in said
    assert [label for label in EIGHT.keys if label.capitalize() in said] == list(EIGHT.keys)


def test_the_pages_parts_carry_no_inline_style_and_no_script() -> None:
    for html in (measures_html(EIGHT, BASELINE, LATEST), measures_html(EIGHT), evidence_html()):
        assert not re.search(r"\sstyle\s*=|<style|<script|\son\w+\s*=", html)
        ElementTree.fromstring(f"<root>{html}</root>")


def test_before_there_is_anything_to_compare_the_page_says_so() -> None:
    assert "The measures have no baseline yet" in measures_html(EIGHT)
    only = measures_html(EIGHT, BASELINE)
    assert "nothing to compare it with yet" in only and "No later review yet" in only
    assert "Every review" not in only


def test_a_set_of_one_measure_says_what_became_of_it() -> None:
    reviews = [
        FinalReview("sdq@1", "baseline", date(2025, 3, 31), "carer", {"total": 21}),
        FinalReview("sdq@1", "interim", date(2026, 3, 31), "carer", {"total": 15}),
    ]
    assert "Total difficulties: improved by 6" in measures_html(SDQ, *reviews)


def test_a_label_and_a_reason_are_escaped() -> None:
    wicked = '<b onclick="x">&'
    measure = replace(EIGHT["confidence"], label=wicked)
    measure_set = MeasureSet("wicked", 1, wicked, (measure,), date(2020, 1, 1), "invented")
    reviews = [FinalReview("wicked@1", "baseline", date(2026, 5, 26), "joint", {}, {"confidence": wicked})]
    reviews.append(FinalReview("wicked@1", "exit", date(2026, 9, 22), "joint", {}, {"confidence": wicked}))
    html = measures_html(measure_set, *reviews)
    assert "<b onclick" not in html and "&lt;b onclick" in html


def evidence_html() -> str:
    pairs = {
        "participation": {(2, 4): 41, (3, 3): 6, (5, 5): 7, (3, 2): 7},
        "confidence": {(1, 2): 4, (2, 2): 3, (4, 3): 2},
        "leadership": {},
    }
    measures = {key: MeasureCounts(sum(counts.values()), counts) for key, counts in pairs.items()}
    counted = CohortCounts(EIGHT, 118, 96, 88, 61, measures, {91: 61}, {1260: 61}, {"joint": 50, "mentor": 11})
    template = page().from_string(
        '{% import "cm/_evidence.html" as evidence %}{{ evidence.flow_part(view) }}{{ evidence.spread_part(view) }}'
        "{{ evidence.caveats_part(view) }}{{ evidence.tests_part(view) }}{{ evidence.facts_part(view) }}"
    )
    return template.render(view=evidence_view(account_of(counted, 10)))


def test_the_cohort_shows_no_share_without_its_pairs_and_none_under_ten() -> None:
    said = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", re.sub(r"<svg.*?</svg>", "", evidence_html(), flags=re.S)))
    assert "61 of the 96 who started can be compared" in said
    assert "118 referred" in said and "22 did not" in said and "8 have no first score" in said
    assert "Participation 61 41 13 7 7 67 % 55 to 78" in said
    assert "Confidence 9 4 3 0 2 fewer than 10 pairs" in said
    assert "Leadership 0 0 0 0 0 no pairs" in said
    assert "No comparison group." in said and "Different people scored." in said
    assert "The same both times: young person and mentor together (50) and mentor (11)." in said
    assert re.findall(r"\d+ % \d+ to \d+", said) == ["67 % 55 to 78"]


def test_a_change_is_written_with_its_sign() -> None:
    assert [signed(value) for value in (1, 0, -0.5, 1.5)] == ["+1", "0", "−0.5", "+1.5"]
