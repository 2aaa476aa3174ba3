"""Plugins add measure sets through one hook; a doubled one is refused before anything is scored with it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from cmcore.measures.registry import measure_set, measure_sets
from cmcore.measures.sets import DoubledMeasureSet, MeasureSet
from cmcore.measures.shipped import EIGHT, SHIPPED
from cmcore.plugins.hookspecs import hookimpl
from cmcore.plugins.register import register
from cmcore.testing import refused


class Declaring:
    """A plugin that declares one measure set."""

    def __init__(self, declared: MeasureSet) -> None:
        self.declared = declared

    @hookimpl
    def cm_measure_sets(self) -> list[MeasureSet]:
        """The set it was made with."""
        return [self.declared]


@pytest.fixture(autouse=True)
def gathered_anew() -> Iterator[None]:
    measure_sets.cache_clear()
    yield
    for name in ("cmcore_wrenshire", "cmcore_other"):
        if register().pluggy.has_plugin(name):
            register().pluggy.unregister(name=name)
    measure_sets.cache_clear()


def test_the_shipped_sets_are_there_without_any_plugin() -> None:
    assert [one.ref for one in SHIPPED] == list(measure_sets())
    assert measure_set("eight@1") is EIGHT


def test_a_plugins_set_stands_beside_them() -> None:
    register().add("cmcore_wrenshire", Declaring(replace(EIGHT, version=2)))
    assert list(measure_sets()) == ["eight@1", "six@2017", "sdq@1", "eight@2"]
    assert measure_sets().owner("eight@2") == "cmcore_wrenshire"


def test_two_plugins_with_one_set_are_refused_and_both_are_named() -> None:
    register().add("cmcore_wrenshire", Declaring(replace(EIGHT, version=2)))
    register().add("cmcore_other", Declaring(replace(EIGHT, version=2)))
    with pytest.raises(DoubledMeasureSet, match="eight@2 is declared by cmcore_(wrenshire|other) and by cmcore_"):
        measure_sets()


def test_an_unknown_set_is_answered_with_the_ones_there_are() -> None:
    with refused(words="There is no measure set “nine@1”. There are eight@1, six@2017, sdq@1."):
        measure_set("nine@1")
