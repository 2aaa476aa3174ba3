"""Plugins add measure sets through one hook; a doubled one is refused before anything is scored with it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from cmcore.measures.registry import measure_set, measure_sets
from cmcore.measures.shipped import EIGHT, SHIPPED
from cmcore.plugins.manifest import PluginFault
from cmcore.testing import a_plugin, plugged, refused

WREN = replace(EIGHT, key="wrenshire_eight")


def test_the_shipped_sets_are_there_without_any_plugin() -> None:
    with plugged():
        assert [one.ref for one in SHIPPED] == list(measure_sets())
    assert measure_set("eight@1") is EIGHT


def test_a_plugins_set_stands_beside_them_while_it_is_there() -> None:
    with plugged(a_plugin(cm_measure_sets=lambda: [WREN])):
        assert list(measure_sets()) == ["eight@1", "six@2017", "sdq@1", "wrenshire_eight@1"]
        assert measure_sets().owner("wrenshire_eight@1") == "wrenshire"
    assert "wrenshire_eight@1" not in measure_sets()


def test_of_two_plugins_with_one_set_the_second_is_refused_and_both_are_named() -> None:
    first = a_plugin(cm_measure_sets=lambda: [WREN])
    second = a_plugin("thornley", keys=("wrenshire_eight",), cm_measure_sets=lambda: [WREN])
    with plugged(first) as known:
        with pytest.raises(PluginFault, match="Thornley and Wrenshire both declare wrenshire_eight@1"):
            known.add(second.MANIFEST, second)
        assert list(known.plugins) == ["wrenshire"]


def test_a_set_of_the_core_is_not_declared_again() -> None:
    greedy = a_plugin(keys=("eight",), cm_measure_sets=lambda: [EIGHT])
    with pytest.raises(PluginFault, match="Wrenshire and the core both declare eight@1"), plugged(greedy):
        pass


def test_an_unknown_set_is_answered_with_the_ones_there_are() -> None:
    with plugged(), refused(words="There is no measure set “nine@1”. There are eight@1, six@2017, sdq@1."):
        measure_set("nine@1")
