"""Whether an answer is accepted as the others stand: its constraint, and the choices that are offered."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from cmcore.base.findings import Finding
from cmcore.base.words import in_words
from cmcore.forms.expressions import saying
from cmcore.forms.expressions.evaluating import Scope, evaluate, truth
from cmcore.forms.expressions.tree import Expression, answers_in
from cmcore.forms.expressions.values import as_text
from cmcore.forms.flow import offered
from cmcore.forms.kinds import Choice, Choices
from cmcore.forms.questions import Constraint, Question


def broken_by(
    question: Question,
    plain: Any,
    typed: Any,
    scope: Scope,
    labels: Mapping[str, str] | None = None,
    *,
    draft: bool = False,
) -> Finding | None:
    """What an acceptable answer still breaks, given the others; ``plain`` is how it is stored.

    ``labels`` are those of the questions it stands with, for a sentence that names them. In a draft nothing is held
    against an answer that is still missing.
    """
    if (found := _not_offered(question, plain, scope)) is not None:
        return found
    if question.constraint is None or (draft and _lacks(question.constraint.so, scope)):
        return None
    checking = scope.checking(typed if isinstance(typed, Decimal) else plain)
    if truth(question.constraint.so, checking):
        return None
    return Finding(
        refusal(question, question.constraint, checking, labels or {}),
        rule=question.rule,
        place=question.key,
        way_out="" if question.constraint.message else "Change it, or what it is held against.",
    )


def _lacks(expression: Expression, scope: Scope) -> bool:
    """Whether an answer it looks at is missing."""
    return any(evaluate(one, scope) == "" for one in answers_in(expression))


def refusal(question: Question, constraint: Constraint, scope: Scope, labels: Mapping[str, str]) -> str:
    """The sentence for an answer that breaks the constraint: the form's own, or the expression in words."""
    if constraint.message is not None and (said := as_text(evaluate(constraint.message, scope)).strip()):
        return said
    words = saying.say(constraint.so, lambda key: labels.get(key, key), lambda key, value: f"“{value}”")
    return question.about(f"this is not accepted. It must be so that {words}.")


def _not_offered(question: Question, plain: Any, scope: Scope) -> Finding | None:
    kind = question.kind
    if not isinstance(kind, Choice | Choices) or kind.only is None:
        return None
    chosen = plain if isinstance(plain, list) else [plain]
    among = offered(kind, scope)
    labels = {one.key: one.label for one in kind.options}
    wrong = [labels.get(one, one) for one in chosen if one not in among]
    if not wrong:
        return None
    still = [f"“{labels[one.key]}”" for one in kind.options if one.key in among]
    way_out = f"Choose {in_words(still, 'or')}." if 0 < len(still) <= 8 else "Choose one of those offered."
    if not still:
        way_out = "Change the answers it depends on."
    said = question.about(f"“{wrong[0]}” does not go with the other answers.")
    return Finding(said, rule=question.rule, place=question.key, way_out=way_out)
