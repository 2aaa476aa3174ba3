"""In which order questions depend on each other, which are shown, and what is worked out."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from graphlib import CycleError, TopologicalSorter
from typing import Any

from cmcore.forms.conditions import holds, keys_of
from cmcore.forms.expressions.evaluating import Scope, truth
from cmcore.forms.expressions.outcomes import worked_out
from cmcore.forms.expressions.tree import Expression, keys_in
from cmcore.forms.kinds import Choice, Choices, Repeated
from cmcore.forms.questions import Question


@dataclass(frozen=True)
class Flow:
    """What the answers so far lead to: hidden questions, answers that were worked out, and what expressions look at."""

    hidden: frozenset[str]
    calculated: Mapping[str, Any]
    scope: Scope = field(default_factory=lambda: Scope({}))


def needs_of(question: Question, up: int = 0) -> frozenset[str]:
    """The questions it cannot be shown or worked out without, so many rounds out."""
    found = keys_of(question.show_when, up) if question.show_when else frozenset()
    if question.calculate is not None:
        expression = question.calculate.expression
        if expression is not None:
            found |= keys_in(expression, up)
        elif not up:
            found |= frozenset(question.calculate.needs)
    if isinstance(question.kind, Repeated):
        # What is asked in a round may wait for what is asked around it.
        found = found.union(*(needs_of(one, up + 1) for one in question.kind.questions))
    return found


def looks_at(question: Question, up: int = 0) -> frozenset[str]:
    """The questions it needs, and those it only looks at when an answer to it is checked."""
    found = needs_of(question, up).union(*(keys_in(one, up) for one in _checked_by(question)))
    if question.required_when is not None:
        found |= keys_of(question.required_when, up)
    if isinstance(question.kind, Repeated):
        found = found.union(*(looks_at(one, up + 1) for one in question.kind.questions))
    return found


def _checked_by(question: Question) -> Iterator[Expression]:
    if isinstance(question.kind, Choice | Choices) and question.kind.only is not None:
        yield question.kind.only
    if question.constraint is not None:
        yield question.constraint.so
        if question.constraint.message is not None:
            yield question.constraint.message


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


def looked_at(questions: Sequence[Question]) -> frozenset[str]:
    """The questions that some of these look at."""
    return frozenset(key for question in questions for key in looks_at(question))


def follow(
    ordered: Sequence[Question],
    typed: Callable[[Question], Any],
    plain: Callable[[Question, Any], Any],
    scope: Scope | None = None,
    wanted: frozenset[str] | None = None,
    everything: bool = False,
) -> Flow:
    """Follow the conditions and calculations of questions in dependency order.

    ``typed`` gives the typed answer to a question, or None when there is none or it is unacceptable; ``plain`` the same
    as it is stored, which is what conditions look at. A hidden question counts as not answered. ``scope`` is filled
    with the answers as they become known: those that are looked at, or ``everything``; one that stands in a round knows
    what is around it.
    """
    by_text: dict[str, Any] = {}
    exact: dict[str, Decimal] = {}
    scope = Scope(by_text, exact=exact) if scope is None else scope
    assert isinstance(scope.answers, dict) and isinstance(scope.exact, dict)
    by_text, exact = scope.answers, scope.exact
    hidden: set[str] = set()
    calculated: dict[str, Any] = {}
    wanted = looked_at(ordered) if wanted is None else wanted
    by_type: dict[str, Any] = {}
    for question in ordered:
        if question.show_when is not None and not holds(question.show_when, scope):
            hidden.add(question.key)
            continue
        if question.calculate is not None:
            value = calculated[question.key] = _calculated(question, by_type, scope)
        elif everything or question.key in wanted:
            value = typed(question)
        else:
            continue
        by_type[question.key] = value
        by_text[question.key] = None if value is None else plain(question, value)
        if isinstance(value, Decimal):
            exact[question.key] = value
    return Flow(frozenset(hidden), calculated, scope)


def _calculated(question: Question, by_type: Mapping[str, Any], scope: Scope) -> Any:
    calculation = question.calculate
    assert calculation is not None
    if calculation.expression is not None:
        return worked_out(calculation.expression, question.kind, scope)
    assert calculation.run is not None
    inputs = [by_type.get(key) for key in calculation.needs]
    return None if any(one is None for one in inputs) else calculation.run(*inputs)


def offered(kind: Choice | Choices, scope: Scope) -> frozenset[str]:
    """The keys of the answers that are offered, given the other answers."""
    if kind.only is None:
        return frozenset(one.key for one in kind.options)
    return frozenset(
        one.key
        for one in kind.options
        if truth(kind.only, scope.offering({"name": one.key, "label": one.label, **dict(one.facts)}))
    )
