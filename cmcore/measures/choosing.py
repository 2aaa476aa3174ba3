"""Measures to choose from in a form: those of the eight unless a programme is measured with others."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache

from cmcore.forms import Form, kinds
from cmcore.measures.registry import measure_sets
from cmcore.measures.sets import MeasureSet
from cmcore.measures.shipped import EIGHT


def measure_labels() -> Mapping[str, str]:
    """What every measure of every set is called, by its key; where two sets share a key, as the eight call it."""
    known = measure_sets()
    return _labels(tuple(known.values()))


def offering(form: Form, question: str, sets: Iterable[str] | None = None) -> Form:
    """A form that offers the measures of these sets in one of its questions.

    Sets are given by full name, as "eight@1"; None is every set there is. A set whose plugin is not in use offers
    nothing. The form is given back as it is where it offers them already.
    """
    known = measure_sets()
    named = list(known) if sets is None else [name for name in sets if name in known]
    wanted = tuple(known[name] for name in named)
    if not wanted or wanted == (EIGHT,):
        return form
    return form.with_question(question, kind=_choices(wanted))


@lru_cache(maxsize=64)
def _choices(sets: tuple[MeasureSet, ...]) -> kinds.Choices:
    found: dict[str, kinds.Option] = {}
    for each in sets:
        for one in each.measures:
            found.setdefault(one.key, kinds.Option(key=one.key, label=one.label, hint=one.definition))
    return kinds.Choices(options=tuple(found.values()))


@lru_cache(maxsize=4)
def _labels(sets: tuple[MeasureSet, ...]) -> Mapping[str, str]:
    labels = {one.key: one.label for each in sets for one in each.measures}
    return labels | {one.key: one.label for one in EIGHT.measures}
