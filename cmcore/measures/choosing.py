"""Measures to choose from in a form: those of the eight unless a programme is measured with others."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import lru_cache

from cmcore.forms import Form, Question, kinds
from cmcore.measures.registry import measure_sets
from cmcore.measures.sets import MeasureSet
from cmcore.measures.shipped import EIGHT


def measure_labels() -> Mapping[str, str]:
    """What every measure of every set is called, by its key; where two sets share a key, as the eight call it."""
    known = measure_sets()
    held, labels = _at_hand[-1]
    # The same object most times: to compare what the sets say, measure by measure, takes longer than what follows.
    if held is not known:
        labels = _labels(tuple(known.values()))
        _at_hand[-1] = (known, labels)
    return labels


#: The sets there were when labels were last asked for, and the labels with them: one tuple, replaced as a whole.
_at_hand: list[tuple[object, Mapping[str, str]]] = [(None, {})]


def measure_label(key: str) -> str:
    """What a measure is called; the key itself of one whose set is not in use here."""
    return measure_labels().get(key, key)


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


def measured_with(form: Form, sets: Iterable[str] | None = None, also: Iterable[str] = ()) -> Form:
    """A form whose every question that offers the eight offers the measures of these sets instead.

    ``sets`` are full names, None every set there is; ``also`` are measures that an old record names already: it keeps
    them. The form is given back as it is where it offers all that.
    """
    known = measure_sets()
    named = list(known) if sets is None else [name for name in dict.fromkeys(sets) if name in known]
    wanted = tuple(known[name] for name in named) or (EIGHT,)
    offered = {key for each in wanted for key in each.keys}
    more = tuple(sorted({key for key in also if key and key not in offered}))
    return form if wanted == (EIGHT,) and not more else _measured(form, wanted, more)


@lru_cache(maxsize=64)
def _measured(form: Form, sets: tuple[MeasureSet, ...], also: tuple[str, ...]) -> Form:
    kept = tuple(kinds.Option(key=key, label=measure_label(key)) for key in also)
    # As the eight are offered here: by their words, without the definitions.
    options = tuple(replace(one, hint="") for one in _choices(sets).options) + kept
    return replace(form, questions=tuple(_asked(each, options) for each in form.questions))


def _asked(question: Question, options: tuple[kinds.Option, ...]) -> Question:
    kind = question.kind
    if isinstance(kind, kinds.Repeated):
        inner = tuple(_asked(each, options) for each in kind.questions)
        return replace(question, kind=replace(kind, questions=inner))
    if isinstance(kind, kinds.Choice | kinds.Choices) and tuple(one.key for one in kind.options) == EIGHT.keys:
        return replace(question, kind=replace(kind, options=options))
    return question


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
