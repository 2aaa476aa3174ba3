"""How a mapping of two measure sets is held against them, and what it lets stand side by side."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace

from cmcore.measures.mappings import MeasureMapping, mapping_between, mapping_faults
from cmcore.measures.registry import measure_sets
from cmcore.plugins.manifest import Manifest
from cmcore.plugins.marks import hookimpl
from cmcore.plugins.register import Register, standing

SAME = ("engagement", "achievement", "confidence", "communication", "motivation", "ambition")
MAPPING = MeasureMapping(
    earlier="six@2017",
    later="eight@1",
    same={key: key for key in SAME},
    not_comparable={"participation": "Not scored in 2017.", "leadership": "Not scored in 2017."},
    source="invented for a test",
)


def _with(*mappings: MeasureMapping) -> Register:
    made = Register()
    told = Manifest(name="quillshire", title="Quillshire", version="1", api=1, maker="Hester Quillmarsh")
    module = SimpleNamespace(cm_measure_mappings=hookimpl(lambda: list(mappings)))
    made.add(told, module)
    return made


def test_a_mapping_lets_the_measures_of_both_sets_stand_side_by_side_in_the_order_of_the_later() -> None:
    pairs = MAPPING.in_both(measure_sets())
    assert [new.key for _, new in pairs][:2] == ["engagement", "confidence"]
    assert len(pairs) == 6


def test_a_mapping_that_is_silent_about_a_measure_is_not_used_and_says_so() -> None:
    silent = replace(MAPPING, not_comparable={})
    with standing(_with(silent)):
        assert mapping_between("six@2017", "eight@1") is None
        assert mapping_faults() == ["The mapping six@2017 to eight@1 says nothing of participation, leadership."]


def test_a_mapping_of_measures_on_different_scales_is_not_used() -> None:
    wrong = MeasureMapping("sdq@1", "eight@1", {"total": "confidence"}, "invented for a test")
    assert "scored on another scale" in wrong.faults(measure_sets())[0]


def test_a_mapping_of_a_set_nobody_declares_is_not_used() -> None:
    strange = replace(MAPPING, earlier="seven@1")
    assert strange.faults(measure_sets()) == ["The mapping seven@1 to eight@1 names seven@1, which nobody declares."]


def test_the_mapping_of_two_sets_is_found_whichever_is_asked_for_first() -> None:
    with standing(_with(MAPPING)):
        assert mapping_between("eight@1", "six@2017") is MAPPING
        assert mapping_between("sdq@1", "eight@1") is None


def test_where_no_plugin_declares_one_there_is_no_mapping() -> None:
    with standing(Register()):
        assert mapping_between("eight@1", "six@2017") is None
