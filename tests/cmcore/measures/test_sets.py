"""Measure sets: the shipped three are as their sources give them, and a doubled set is refused."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from cmcore.measures.sets import DoubledMeasureSet, Measure, MeasureSet, MeasureSets, Polarity, Scale
from cmcore.measures.shipped import EIGHT, SDQ, SHIPPED, SIX

SHARED = Path(os.environ.get("CM_SHARED") or Path(__file__).resolve().parents[4] / "shared")


def test_the_eight_stand_in_the_order_of_the_role_document() -> None:
    assert EIGHT.ref == "eight@1"
    assert EIGHT.keys == (
        "participation",
        "engagement",
        "confidence",
        "communication",
        "motivation",
        "achievement",
        "leadership",
        "ambition",
    )


def test_each_definition_of_the_eight_is_the_documents_own_text() -> None:
    document = SHARED / "sources" / "creative-mentor-role.txt"
    if not document.exists():
        pytest.skip("The role document is not here: set CM_SHARED to the folder that holds sources/.")
    text = document.read_text("utf-8").replace("to exchange of information", "to exchange information")
    for measure in EIGHT.measures:
        said = measure.definition[0].lower() + measure.definition[1:]
        assert f"{measure.label}: Refers to {said}" in text, measure.key


def test_the_eight_and_the_six_run_from_one_to_five_and_higher_is_better() -> None:
    for measure in (*EIGHT.measures, *SIX.measures):
        assert (measure.scale.least, measure.scale.most) == (1, 5)
        assert measure.scale.least_means == "needing significant help"
        assert measure.scale.most_means == "doing very well"
        assert measure.polarity is Polarity.higher_is_better
        assert measure.best == 5


def test_the_six_of_2017_are_the_six_the_interview_names() -> None:
    assert SIX.ref == "six@2017"
    assert SIX.keys == ("engagement", "achievement", "confidence", "communication", "motivation", "ambition")


def test_the_sdq_total_runs_from_nought_to_forty_and_lower_is_better() -> None:
    total = SDQ["total"]
    assert (SDQ.ref, total.scale.least, total.scale.most, total.best) == ("sdq@1", 0, 40, 0)
    assert total.steps(20, 12) == 8
    assert EIGHT["confidence"].steps(2, 4) == 2


@pytest.mark.parametrize("score", [0, 6, 2.5, 3.0, "3", None, True])
def test_only_a_whole_number_inside_the_scale_is_a_score(score: object) -> None:
    assert score not in EIGHT["confidence"].scale


def test_every_end_of_the_scale_is_a_score() -> None:
    assert 1 in EIGHT["confidence"].scale and 5 in EIGHT["confidence"].scale
    assert 0 in SDQ["total"].scale and 40 in SDQ["total"].scale


def test_a_set_is_found_by_key_and_version() -> None:
    sets = MeasureSets([("core", SHIPPED)])
    assert list(sets) == ["eight@1", "six@2017", "sdq@1"]
    assert sets["six@2017"] is SIX and sets.owner("six@2017") == "core"


def test_a_next_version_stands_beside_the_first() -> None:
    second = replace(EIGHT, version=2)
    assert list(MeasureSets([("core", [EIGHT]), ("cmcore_wrenshire", [second])])) == ["eight@1", "eight@2"]


def test_a_doubled_set_is_refused_and_names_both_owners() -> None:
    with pytest.raises(DoubledMeasureSet, match=r"eight@1 is declared by core and by cmcore_wrenshire"):
        MeasureSets([("core", SHIPPED), ("cmcore_wrenshire", [EIGHT])])


def test_an_unknown_measure_is_answered_with_the_ones_there_are() -> None:
    with pytest.raises(KeyError, match="no measure .hope.*participation"):
        EIGHT["hope"]


def test_a_set_is_in_use_from_its_first_day_to_its_last() -> None:
    kept = replace(SIX, valid_from=date(2014, 1, 1), valid_to=date(2018, 8, 31))
    assert kept.in_use(date(2014, 1, 1)) and kept.in_use(date(2018, 8, 31))
    assert not kept.in_use(date(2013, 12, 31)) and not kept.in_use(date(2018, 9, 1))


def test_a_set_that_could_not_be_named_or_scored_is_refused() -> None:
    calm = Measure("calm", "Calm", "Being at ease.", Scale(1, 3, "rarely", "mostly"), "invented for this test")
    started = date(2026, 9, 1)
    with pytest.raises(ValueError, match="has no measures"):
        MeasureSet("calmness", 1, "Calmness", (), started, "invented")
    with pytest.raises(ValueError, match="names calm twice"):
        MeasureSet("calmness", 1, "Calmness", (calm, calm), started, "invented")
    with pytest.raises(ValueError, match="not a key"):
        MeasureSet("Calm set", 1, "Calmness", (calm,), started, "invented")
    with pytest.raises(ValueError, match="version"):
        MeasureSet("calmness", 0, "Calmness", (calm,), started, "invented")
    with pytest.raises(ValueError, match="ends before"):
        MeasureSet("calmness", 1, "Calmness", (calm,), started, "invented", date(2026, 8, 31))
    with pytest.raises(ValueError, match="not a key"):
        replace(calm, key="Calm")
    with pytest.raises(ValueError, match="smaller to a larger"):
        Scale(3, 3, "rarely", "mostly")
