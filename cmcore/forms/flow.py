"""In which order questions depend on each other, which are shown, and what is worked out."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter
from typing import Any

from cmcore.forms.conditions import holds, keys_of
from cmcore.forms.questions import Question


@dataclass(frozen=True)
class Flow:
    """What the answers so far lead to: the questions that are hidden, and the answers that were worked out."""

    hidden: frozenset[str]
    calculated: Mapping[str, Any]


def needs_of(question: Question) -> frozenset[str]:
    """The questions it cannot be shown or worked out without."""
    shown = keys_of(question.show_when) if question.show_when else frozenset()
    return shown | frozenset(question.calculate.needs if question.calculate else ())


def in_order(questions: Sequence[Question]) -> list[Question]:
    """The questions, each after those it depends on; a cycle raises :class:`graphlib.CycleError` with its keys."""
    by_key = {question.key: question for question in questions}
    order = TopologicalSorter({question.key: needs_of(question) & by_key.keys() for question in questions})
    return [by_key[key] for key in order.static_order()]


def cycle_in(questions: Sequence[Question]) -> list[str]:
    """The keys of a circle of dependencies, first one again at the end; empty when there is none."""
    try:
        in_order(questions)
    except CycleError as circle:
        return list(reversed(circle.args[1]))
    return []


def follow(
    ordered: Sequence[Question],
    typed: Callable[[Question], Any],
    plain: Callable[[Question, Any], Any],
) -> Flow:
    """Follow the conditions and calculations of questions in dependency order.

    ``typed`` gives the typed answer to a question, or None when there is none or it is unacceptable; ``plain`` the same
    as it is stored, which is what conditions look at. A hidden question counts as not answered.
    """
    hidden: set[str] = set()
    worked_out: dict[str, Any] = {}
    wanted = {key for question in ordered for key in needs_of(question)}
    by_type: dict[str, Any] = {}
    by_text: dict[str, Any] = {}
    for question in ordered:
        if question.show_when is not None and not holds(question.show_when, by_text):
            hidden.add(question.key)
            continue
        if question.calculate is not None:
            inputs = [by_type.get(key) for key in question.calculate.needs]
            value = None if any(one is None for one in inputs) else question.calculate.run(*inputs)
            worked_out[question.key] = value
        elif question.key in wanted:
            value = typed(question)
        else:
            continue
        by_type[question.key] = value
        by_text[question.key] = None if value is None else plain(question, value)
    return Flow(frozenset(hidden), worked_out)
