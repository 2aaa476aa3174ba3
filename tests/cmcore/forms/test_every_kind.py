"""Every kind of answer has every output: a kind that lacks one is noticed here, by name."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields, is_dataclass
from typing import Any

import pytest

from cmcore.forms import kinds
from cmcore.forms.descriptions import kind_in_words
from cmcore.forms.frozen import freeze_kind
from cmcore.forms.jsonschema import kind_as_json
from cmcore.forms.saying import say_kind
from cmcore.forms.schema import field_for
from tests.cmcore.forms import at_random

OUTPUTS = {
    "schema": field_for,
    "plain words": kind_in_words,
    "JSON Schema": kind_as_json,
    "frozen": freeze_kind,
    "said": say_kind,
    "answers at random": at_random.answers,
}


def lacking(every: Iterable[type[kinds.Kind]], outputs: dict[str, Any]) -> list[str]:
    """The kinds without a word of their own in an output."""
    return [
        f"{kind.__name__} has no {name}"
        for kind in every
        for name, output in outputs.items()
        if output.dispatch(kind) is output.dispatch(object)
    ]


def every_kind() -> list[type[kinds.Kind]]:
    """The kinds the core declares."""
    return [kind for kind in kinds.Kind.__subclasses__() if kind.__module__ == kinds.__name__]


def test_every_kind_has_every_output() -> None:
    assert len(every_kind()) >= 18
    assert lacking(every_kind(), OUTPUTS) == []


def test_a_kind_without_an_output_is_named() -> None:
    @dataclass(frozen=True, kw_only=True)
    class Smell(kinds.Kind):
        """What it smells of."""

    assert "Smell has no schema" in lacking([Smell], OUTPUTS)
    assert len(lacking([Smell], OUTPUTS)) == len(OUTPUTS)


def test_the_form_at_random_asks_every_kind() -> None:
    asked = {type(question.kind) for question in at_random.EveryKind.form.questions}
    assert set(every_kind()) - asked == set()


@pytest.mark.parametrize("kind", every_kind(), ids=lambda kind: kind.__name__)
def test_a_kind_is_a_frozen_value_that_does_nothing(kind: type[kinds.Kind]) -> None:
    assert is_dataclass(kind)
    assert kind.__dataclass_params__.frozen  # type: ignore[attr-defined]
    own = {name for name in vars(kind) if not name.startswith("_")}
    assert own <= {one.name for one in fields(kind)}, "a kind has no behaviour: write it in the output's own file"
